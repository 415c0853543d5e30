// War and its alternatives, played out: private costs, screening, shifting power, battles that teach.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/bargain/play.hpp"
#include "models/theory/battle_game.hpp"
#include "models/theory/shift_game.hpp"
#include "models/theory/war_bargaining.hpp"
#include "models/theory/war_game.hpp"
#include "models/theory/war_walk.hpp"
#include "tests/theory/happens.hpp"

namespace parley {
namespace {

using namespace theory;

constexpr std::uint64_t seed = 20260131;

struct WarShares {
  double wars = 0.0;
  std::vector<double> payoffs;
};

WarShares play_wars(const PrivateCost& game, int runs) {
  WarShares shares;
  for (int k = 0; k < runs; ++k) {
    WarGame war(game, 1, seed, static_cast<std::uint64_t>(k));
    play(war);
    shares.wars += war.result().war ? 1.0 : 0.0;
    shares.payoffs.push_back(war.result().payoff_a);
  }
  return shares;
}

TEST(WarGame, WarIsAsFrequentAsRiskAndReturnSay) {
  const int runs = 150000;
  for (const PrivateCost& game : {PrivateCost{0.5, 0.1, 0.0, 0.4}, PrivateCost{0.3, 0.05, 0.1, 0.5}}) {
    const WarShares played = play_wars(game, runs);
    const RiskReturn theory = risk_return(game);
    EXPECT_TRUE(happens(played.wars, runs, theory.war_probability));
    EXPECT_TRUE(statistics::has_mean(played.payoffs, theory.expected_a, theory.expected_a));
    EXPECT_FALSE(happens(played.wars, runs,
                         risk_return({game.strength, game.cost_a + 0.02, game.lowest, game.highest}).war_probability))
        << "a wrong cost goes unnoticed";
  }
  EXPECT_EQ(play_wars({0.6, 0.2, 0.1, 0.4}, 1000).wars, 0.0) << "caution is better here";
}

TEST(WarGame, ScreeningReachesItsRounds) {
  const PrivateCost game{0.5, 0.1, 0.0, 0.4};
  const auto theory = screening_rounds(game, 10);
  ASSERT_EQ(theory.size(), 3u);
  const int runs = 150000;
  std::array<double, 3> reached{};
  for (int k = 0; k < runs; ++k) {
    WarGame war(game, 10, seed, static_cast<std::uint64_t>(k));
    long round = 0;
    while (!war.over()) {
      war.advance();
      const auto table = war.table();
      EXPECT_NEAR(table.demand, theory[static_cast<std::size_t>(round)].demand, 1e-8);
      reached[static_cast<std::size_t>(round++)] += 1.0;
      const auto answers = war.decide(table);
      war.learn(table, answers);
      war.settle(table, answers);
    }
    EXPECT_FALSE(war.result().war);
  }
  for (std::size_t k = 0; k < 3; ++k) EXPECT_TRUE(happens(reached[k], runs, theory[k].reached));
}

bool fights(ShiftRules rules) {
  ShiftGame game(std::move(rules));
  play(game);
  return game.result().war;
}

TEST(ShiftGame, FightsExactlyWhereTheCommitmentConditionSaysSo) {
  for (const double p1 : {0.1, 0.3, 0.4})
    for (const double p2 : {0.4, 0.6, 0.9})
      for (const double discount : {0.6, 0.9, 0.99}) {
        const double threshold = commitment_threshold(shift_pressure(p1, p2, discount));
        for (const double d : {0.0, threshold - 1e-6, threshold + 1e-6, 0.5}) {
          if (d < 0.0) continue;
          EXPECT_EQ(fights({.strength = {p1, p2}, .discount = discount, .destroyed = d}), d < threshold)
              << p1 << ' ' << p2 << ' ' << discount << ' ' << d;
        }
      }
}

TEST(ShiftGame, FightsExactlyWhereThePreventiveConditionSaysSo) {
  // Where the declining side keeps something after the shift: c_B (1 − δ) ≤ 1 − p2.
  for (const double p1 : {0.2, 0.3})
    for (const double discount : {0.5, 0.6}) {
      const double threshold = preventive_war_threshold(shift_pressure(p1, 0.65, discount), discount);
      if (threshold <= 0.0 || threshold * (1.0 - discount) > 0.35) continue;
      for (const double cost : {threshold - 1e-6, threshold + 1e-6})
        EXPECT_EQ(
            fights(
                {.strength = {p1, 0.65}, .discount = discount, .cost = {0.0, cost}, .proposer = ShiftProposer::rising}),
            cost < threshold);
    }
  EXPECT_TRUE(
      fights({.strength = {0.2, 0.65}, .discount = 0.5, .cost = {0.0, 0.4}, .proposer = ShiftProposer::rising}));
}

TEST(ShiftGame, PeacePaysAndPayoffsAddUp) {
  ShiftGame game({.strength = {0.3, 0.35, 0.4, 0.42}, .discount = 0.9, .destroyed = 0.3});
  play(game);
  EXPECT_FALSE(game.result().war);
  EXPECT_NEAR(game.result().payoffs[0] + game.result().payoffs[1], 10.0, 1e-9);
}

TEST(ShiftGame, NeutralisingTheLeastShareKeepsThePeace) {
  const PowerShift shift{.strength_now = 0.3, .strength_next = 0.6, .discount = 0.9, .destroyed = 0.1};
  const double least = least_neutralised_share(shift);
  const auto war_with = [&](double share) {
    return fights({.strength = {0.3, 0.6 - share * 0.3}, .discount = 0.9, .destroyed = 0.1});
  };
  EXPECT_TRUE(war_with(least - 1e-6));
  EXPECT_FALSE(war_with(least + 1e-6));
}

TEST(BattleGame, WarIsARandomWalk) {
  const int runs = 240000;
  for (const double p : {0.55, 0.5, 0.4}) {
    double victories = 0.0;
    std::vector<double> battles;
    for (int k = 0; k < runs; ++k) {
      BattleGame war(
          {.forts = 10, .start = 5, .win_if_strong = p, .win_if_weak = p, .prior_strong = 0.5, .talks = Talks::none},
          seed, static_cast<std::uint64_t>(k));
      play(war);
      victories += war.result().a_won ? 1.0 : 0.0;
      battles.push_back(static_cast<double>(war.result().battles));
    }
    const double expected = expected_battles({10, 5, p});
    EXPECT_TRUE(happens(victories, runs, victory_probability({10, 5, p})));
    EXPECT_TRUE(statistics::has_mean(battles, expected, expected));
    EXPECT_FALSE(happens(victories, runs, victory_probability({10, 5, p + 0.01}))) << "a wrong chance goes unnoticed";
  }
}

TEST(BattleGame, CompleteInformationSettlesAtOnce) {
  for (const double p : {0.3, 0.5, 0.7}) {
    BattleGame war({.forts = 20,
                    .start = 10,
                    .win_if_strong = p,
                    .win_if_weak = p,
                    .prior_strong = 0.5,
                    .discount = 0.99,
                    .cost = 0.005},
                   seed, 1);
    play(war);
    EXPECT_TRUE(war.result().settled);
    EXPECT_EQ(war.result().battles, 1);
  }
}

struct LearningWar {
  std::vector<double> beliefs;
  double settled = 0.0, battles = 0.0, battles_when_strong = 0.0, strong = 0.0;
};

LearningWar play_learning_wars(Talks talks, Teachers teachers) {
  LearningWar wars;
  for (std::uint64_t k = 0; k < 50000; ++k) {
    BattleGame war({.forts = 30,
                    .start = 15,
                    .win_if_strong = 0.65,
                    .win_if_weak = 0.35,
                    .prior_strong = 0.3,
                    .discount = 0.998,
                    .cost = 0.002,
                    .talks = talks,
                    .teachers = teachers},
                   seed, k);
    play(war);
    const double battles = static_cast<double>(war.result().battles);
    wars.beliefs.push_back(war.result().believed);
    wars.settled += war.result().settled ? 1.0 : 0.0;
    wars.battles += battles;
    wars.battles_when_strong += war.result().strong ? battles : 0.0;
    wars.strong += war.result().strong ? 1.0 : 0.0;
  }
  return wars;
}

TEST(BattleGame, FightingTeachesUntilTheRangeOpens) {
  const LearningWar naive = play_learning_wars(Talks::during_war, Teachers::battles);
  const double runs = static_cast<double>(naive.beliefs.size());
  EXPECT_GT(naive.settled, 0.95 * runs);
  EXPECT_GT(naive.battles_when_strong / naive.strong,
            (naive.battles - naive.battles_when_strong) / (runs - naive.strong) + 2.0)
      << "the underestimated fight longer";
  EXPECT_LT(play_learning_wars(Talks::during_war, Teachers::battles_and_offers).battles, naive.battles);
}

TEST(BattleGame, BeliefsAreRightOnAverageWhenNothingIsOverlooked) {
  EXPECT_TRUE(statistics::has_mean(play_learning_wars(Talks::none, Teachers::battles).beliefs, 0.3, 1.0));
  EXPECT_TRUE(
      statistics::has_mean(play_learning_wars(Talks::during_war, Teachers::battles_and_offers).beliefs, 0.3, 1.0));
  // B overlooks what a refusal to settle says: the judge sees it.
  EXPECT_FALSE(statistics::has_mean(play_learning_wars(Talks::during_war, Teachers::battles).beliefs, 0.3, 1.0));
}

}  // namespace
}  // namespace parley
