// Contests of endurance, tick by tick, against their closed forms.
#include "models/theory/concession_game.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/bargain/play.hpp"
#include "models/theory/attrition.hpp"
#include "models/theory/audience_cost.hpp"
#include "tests/theory/happens.hpp"

namespace parley {
namespace {

using namespace theory;

constexpr std::uint64_t seed = 20260131;

constexpr AttritionSides unequal_sides{0.1, 1.0, 0.2, 1.5};
constexpr double attrition_tick = 0.05;
constexpr int attrition_runs = 220000;

TEST(AttritionGame, EndsWhenAndByWhomTheTheorySays) {
  std::vector<double> durations, payoffs;
  double first = 0.0;
  for (int k = 0; k < attrition_runs; ++k) {
    AttritionGame game(unequal_sides, attrition_tick, seed, static_cast<std::uint64_t>(k));
    play(game);
    durations.push_back(game.result().time);
    payoffs.push_back(game.result().payoffs[0] -
                      (game.result().gave_way[0] && game.result().gave_way[1] ? 0.5 * unequal_sides.prize1 : 0.0));
    first += game.result().gave_way[0] ? 1.0 : 0.0;
  }
  // In ticks the laws are geometric; they are played exactly, and differ from the closed form by no more than a tick.
  const AttritionOutcome theory = attrition_outcome(unequal_sides);
  const auto ticked = [](const AttritionOutcome& o) {
    const double one = o.hazard1 * attrition_tick, other = o.hazard2 * attrition_tick, any = one + other - one * other;
    return std::pair{attrition_tick / any, one / any};
  };
  EXPECT_NEAR(ticked(theory).first, theory.expected_duration, attrition_tick);
  EXPECT_NEAR(ticked(theory).second, theory.first_concedes, attrition_tick);
  EXPECT_TRUE(statistics::has_mean(durations, ticked(theory).first, theory.expected_duration));
  EXPECT_TRUE(happens(first, attrition_runs, ticked(theory).second));
  const AttritionOutcome wrong = attrition_outcome({0.105, 1.0, 0.2, 1.5});
  EXPECT_FALSE(statistics::has_mean(durations, ticked(wrong).first, theory.expected_duration))
      << "a wrong cost goes unnoticed";
  EXPECT_FALSE(happens(first, attrition_runs, ticked(wrong).second)) << "a wrong cost goes unnoticed";
}

TEST(AttritionGame, NoTimeToQuitIsBetterThanAnother) {
  for (const double quit : {0.0, 2.0, 8.0}) {
    std::vector<double> payoffs;
    for (int k = 0; k < attrition_runs; ++k) {
      AttritionGame game(unequal_sides, attrition_tick, seed, static_cast<std::uint64_t>(k), quit);
      play(game);
      payoffs.push_back(game.result().payoffs[0]);
    }
    double mean = 0.0;
    for (const double payoff : payoffs) mean += payoff / attrition_runs;
    EXPECT_NEAR(mean, 0.0, 0.01) << quit;
  }
}

TEST(AttritionGame, PrivatePrizesQuitWhenTheTheorySays) {
  const double tick = 0.002, cost = 0.5;
  for (const PrizeLaw law : {PrizeLaw::uniform, PrizeLaw::exponential})
    for (std::uint64_t k = 0; k < 40; ++k) {
      PrivateAttritionGame game(law, cost, tick, seed, k);
      play(game);
      const double lower = std::min(game.prizes()[0], game.prizes()[1]);
      const double theory =
          law == PrizeLaw::uniform ? quit_time_uniform(lower, cost) : quit_time_exponential(lower, cost, 1.0);
      const double wrong = law == PrizeLaw::uniform ? quit_time_uniform(lower, cost * 1.2)
                                                    : quit_time_exponential(lower, cost * 1.2, 1.0);
      EXPECT_NEAR(game.result().time, theory, 0.02 * theory + 4.0 * tick + 0.02) << lower;
      if (theory > 1.0) {
        EXPECT_GT(std::abs(game.result().time - wrong), 0.02 * theory + 4.0 * tick + 0.02) << lower;
      }
      EXPECT_TRUE(game.result().gave_way[game.prizes()[0] <= game.prizes()[1] ? 0 : 1]);
    }
}

TEST(CrisisGame, HorizonAndFirstStepMatchTheTheory) {
  const AudienceCrisis crisis{1.0, {0.5, 0.3}, {0.5, 0.2}};
  const CrisisOutcome theory = crisis_outcome(crisis);
  const double tick = 0.01;
  const int runs = 160000;
  double at_once_first = 0.0, at_once_second = 0.0, wars = 0.0, open = 0.0, in_window = 0.0;
  for (int k = 0; k < runs; ++k) {
    CrisisGame game(crisis, tick, seed, static_cast<std::uint64_t>(k));
    play(game);
    const Concession& end = game.result();
    at_once_first += end.time == 0.0 && end.gave_way[0] ? 1.0 : 0.0;
    at_once_second += end.time == 0.0 && end.gave_way[1] ? 1.0 : 0.0;
    if (!end.gave_way[0] && !end.gave_way[1]) {
      wars += 1.0;
      ASSERT_NEAR(end.time, theory.horizon, 2.0 * tick);
    }
    if (end.time > 2.005) {
      open += 1.0;
      in_window += end.time < 2.205 && end.gave_way[0] ? 1.0 : 0.0;
    }
  }
  EXPECT_EQ(at_once_first, 0.0);
  EXPECT_TRUE(happens(at_once_second, runs, theory.second_at_once));
  EXPECT_FALSE(happens(at_once_second, runs, crisis_outcome({1.0, {0.5, 0.3}, {0.5, 0.21}}).second_at_once))
      << "a wrong belief goes unnoticed";
  EXPECT_TRUE(happens(wars, runs, 0.3 * 0.2)) << "both committed";
  // While both stand, side 1 gives way at the rate a/(v + a t): twenty ticks after t = 2, with the other doing the
  // same.
  const auto within = [&](const AudienceCrisis& c) {
    double stand = 1.0, gone = 0.0;
    for (int k = 1; k <= 20; ++k) {
      const double chance = concession_hazard(c, 1, 2.0 + tick * k) * tick;
      gone += stand * chance;
      stand *= (1.0 - chance) * (1.0 - chance);
    }
    return gone;
  };
  EXPECT_TRUE(happens(in_window, open, within(crisis)));
  EXPECT_FALSE(happens(in_window, open, within({1.0, {0.5, 0.3}, {0.3, 0.2}}))) << "a wrong cost goes unnoticed";
}

}  // namespace
}  // namespace parley
