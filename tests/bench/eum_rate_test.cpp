// Monte Carlo over the emission case: at least 50,000 three-round runs a second on one core are wanted. The test fails
// below half of that, which another machine or a busy one may cost, but no mistake of ours should.
#include <gtest/gtest.h>

#include <cstdio>
#include <numeric>

#include "models/eum/monte_carlo.hpp"
#include "tests/bench/rate.hpp"
#include "tests/eum/emission.hpp"

namespace parley::eum {
namespace {

TEST(EumRate, ThreeRoundsOfTheEmissionCase) {
#ifndef NDEBUG
  GTEST_SKIP() << "rates are of optimised builds";
#endif
  const Case issue = read_actors(std::string(PARLEY_SOURCE_DIR) + "/configs/eum/emission_uncertain.csv").front();
  const double rate = median_rate(20000, [&](std::size_t runs, std::size_t seed) {
    const Forecasts forecasts = simulate(issue, {.rounds = 3}, {.runs = runs, .seed = seed});
    return std::accumulate(forecasts.median.begin(), forecasts.median.end(), 0.0);
  });
  std::printf("expected-utility model, emission case, three rounds: %.0f runs a second\n", rate);
  EXPECT_GT(rate, 25000);
}

}  // namespace
}  // namespace parley::eum
