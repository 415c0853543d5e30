// The Monte Carlo plays the same model in lanes: bit for bit what one run alone gives, whatever the number of runs.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/bargain/play.hpp"
#include "engine/core/check.hpp"
#include "models/eum/monte_carlo.hpp"
#include "tests/eum/emission.hpp"

namespace parley::eum {
namespace {

Case uncertain() { return read_actors(std::string(PARLEY_SOURCE_DIR) + "/configs/eum/emission_uncertain.csv").front(); }

TEST(MonteCarlo, LanesAreTheScalarRunBitForBit) {
  for (const double q : {1.0, 0.7})
    for (const Variant variant : {Variant::least_move, Variant::scholz_compatible}) {
      const Options options{.variant = variant, .rounds = 3, .q = q};
      const Forecasts forecasts = simulate(uncertain(), options, {.runs = 501, .seed = 11});
      for (std::uint64_t run = 0; run < 501; run += 25) {
        Challenge<double> game(draw_standing<double>(uncertain(), 11, run), options);
        play(game);
        EXPECT_EQ(bits_of(game.median()), bits_of(forecasts.median[run])) << run;
        EXPECT_EQ(bits_of(game.weighted_mean()), bits_of(forecasts.weighted_mean[run])) << run;
      }
    }
}

TEST(MonteCarlo, ARunDependsOnItsNumberOnly) {
  const Forecasts all = simulate(uncertain(), {}, {.runs = 103, .seed = 3});
  const Forecasts tail = simulate(uncertain(), {}, {.runs = 50, .seed = 3, .first_run = 53});
  EXPECT_TRUE(std::equal(tail.median.begin(), tail.median.end(), all.median.begin() + 53));
  EXPECT_NE(all.median, simulate(uncertain(), {}, {.runs = 103, .seed = 4}).median);
}

TEST(MonteCarlo, WithoutUncertaintyAllRunsAreTheTrace) {
  const double median = trace(emission(), {}).back().median;
  for (const double each : simulate(emission(), {}, {.runs = 9}).median) EXPECT_EQ(each, median);
}

TEST(MonteCarlo, DrawsHaveTheirDistributions) {
  const std::size_t runs = 20000;
  const std::vector<Uncertain> numbers = {{.value = 5, .shape = Shape::normal, .sd = 0.5, .low = 0, .high = 10},
                                          {.value = 5, .shape = Shape::uniform, .low = 4, .high = 8},
                                          {.value = 5, .shape = Shape::triangular, .low = 4, .high = 8}};
  const double means[] = {5, 6, (4 + 5 + 8) / 3.0};
  const double variances[] = {0.25, 16 / 12.0, (16 + 25 + 64 - 20 - 40 - 32) / 18.0};
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    double sum = 0, squares = 0;
    for (std::size_t run = 0; run < runs; ++run) {
      const Draws<double> draws(7, run, 0);
      const double x = draw(numbers[n], draws, {Stream::Kind::actor, 0}, static_cast<std::uint8_t>(n));
      EXPECT_GE(x, numbers[n].low);
      EXPECT_LE(x, numbers[n].high);
      sum += x;
      squares += (x - means[n]) * (x - means[n]);
    }
    // Five standard errors: one false alarm in a million; a bias of 2 % of the mean is 14 standard errors or more.
    EXPECT_NEAR(sum / runs, means[n], 5 * std::sqrt(variances[n] / runs)) << n;
    EXPECT_NEAR(squares / runs, variances[n], 5 * variances[n] * std::sqrt(3.0 / runs)) << n;
  }
}

TEST(MonteCarlo, ImpossiblePlansAreRefused) {
  EXPECT_THROW(simulate(emission(), {}, {.runs = 0}), InputError);
  EXPECT_THROW(simulate(emission(), {.rounds = -1}, {}), InputError);
  EXPECT_THROW(simulate(emission(), {.rounds = 3, .q = 1.5}, {}), InputError);
}

}  // namespace
}  // namespace parley::eum
