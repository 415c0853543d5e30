// Alternating offers: learners and planners against the closed forms, and against closed forms of another game.
#include "models/theory/offers_game.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "engine/bargain/play.hpp"
#include "models/theory/alternating_offers.hpp"
#include "models/theory/ratification.hpp"
#include "tests/theory/happens.hpp"

namespace parley {
namespace {

using namespace theory;

constexpr std::uint64_t seed = 20260131;

template <class Player>
OffersResult play_offers(const OffersRules& rules) {
  OffersGame game(rules, {std::make_unique<Player>(rules, 0), std::make_unique<Player>(rules, 1)}, seed, 0);
  play(game);
  return game.result();
}

TEST(OffersGame, LearnersReachRubinstein) {
  for (const auto& [d1, d2] : std::vector<std::pair<double, double>>{{0.9, 0.8}, {0.5, 0.99}, {0.99, 0.99}, {1.0, 0.9}})
    for (const int first : {0, 1}) {
      OffersRules rules{.discount = {d1, d2}};
      rules.first_proposer = first;
      const OffersResult result = play_offers<LearningPlayer>(rules);
      const OpeningShares theory = rubinstein_shares(d1, d2);
      ASSERT_EQ(result.end, OffersResult::End::deal);
      EXPECT_NEAR(result.payoffs[0], first == 0 ? theory.when_1_proposes : theory.when_2_proposes, 1e-11);
      // The same judge rejects a discount that is wrong by a hundredth.
      const OpeningShares wrong = rubinstein_shares(d1 - 0.01, d2);
      EXPECT_GT(std::abs(result.payoffs[0] - (first == 0 ? wrong.when_1_proposes : wrong.when_2_proposes)), 1e-4);
    }
}

TEST(OffersGame, LearnersReachOutsideOptions) {
  struct Case {
    double w1, w2;
  };
  for (const Case c : {Case{0.0, 0.3}, Case{0.0, 0.6}, Case{0.55, 0.0}, Case{0.52, 0.48}, Case{0.5, 0.5}}) {
    OffersRules rules{.discount = {0.9, 0.85}};
    rules.outside = {c.w1, c.w2};
    const OffersResult result = play_offers<LearningPlayer>(rules);
    const LeastClaims claims{0.9, 0.85, c.w1, c.w2};
    EXPECT_NEAR(result.payoffs[0], least_claim_shares(claims).when_1_proposes, 1e-11) << c.w1 << ' ' << c.w2;
  }
  // A floor that is wrong by a hundredth is caught where it binds.
  OffersRules rules{.discount = {0.9, 0.9}};
  rules.outside = {0.0, 0.6};
  EXPECT_GT(std::abs(play_offers<LearningPlayer>(rules).payoffs[0] -
                     least_claim_shares({0.9, 0.9, 0.0, 0.61}).when_1_proposes),
            1e-3);
}

TEST(OffersGame, LearnersReachBreakdownRisk) {
  for (const double q : {0.5, 0.1, 0.01}) {
    OffersRules rules{.discount = {1.0, 1.0}};
    rules.breakdown = q;
    rules.breakdown_payoff = {0.2, 0.1};
    EXPECT_NEAR(play_offers<LearningPlayer>(rules).payoffs[0],
                breakdown_shares({.risk = q, .payoff1 = 0.2, .payoff2 = 0.1}).when_1_proposes, 1e-10);
    rules.discount = {0.95, 0.9};
    EXPECT_NEAR(play_offers<LearningPlayer>(rules).payoffs[0],
                breakdown_shares({.discount1 = 0.95, .discount2 = 0.9, .risk = q, .payoff1 = 0.2, .payoff2 = 0.1})
                    .when_1_proposes,
                1e-10);
  }
}

TEST(OffersGame, LearnersReachRatifierFloors) {
  struct Case {
    double r1, r2;
  };
  for (const Case c : {Case{0.0, 0.0}, Case{0.4, 0.0}, Case{0.6, 0.0}, Case{0.5, 0.48}, Case{0.1, 0.9}}) {
    OffersRules rules{.discount = {0.9, 0.9}};
    rules.floor = {c.r1, c.r2};
    const OffersResult result = play_offers<LearningPlayer>(rules);
    EXPECT_NEAR(result.payoffs[0], ratified_shares({0.9, 0.9, c.r1, c.r2}).when_1_proposes, 1e-11)
        << c.r1 << ' ' << c.r2;
  }
  OffersRules infeasible{.discount = {0.9, 0.9}};
  infeasible.floor = {0.6, 0.5};
  EXPECT_NE(play_offers<LearningPlayer>(infeasible).end, OffersResult::End::deal);
}

TEST(OffersGame, ForesightReachesStahl) {
  for (const long rounds : {1L, 2L, 3L, 4L, 9L, 10L, 101L}) {
    OffersRules rules{.discount = {0.9, 0.8}};
    rules.horizon = rounds;
    const OffersResult result = play_offers<ForesightPlayer>(rules);
    EXPECT_EQ(result.round, 0);
    EXPECT_NEAR(result.payoffs[0], stahl_share(0.9, 0.8, rounds), 1e-12) << rounds;
    EXPECT_GT(std::abs(result.payoffs[0] - stahl_share(0.9, 0.81, rounds)), rounds == 1 ? -1.0 : 1e-4);
    rules.disagreement = {0.2, 0.3};
    rules.first_proposer = 1;
    EXPECT_NEAR(play_offers<ForesightPlayer>(rules).payoffs[0],
                finite_horizon_share({.discount1 = 0.9,
                                      .discount2 = 0.8,
                                      .rounds = rounds,
                                      .first_proposer = 2,
                                      .disagreement1 = 0.2,
                                      .disagreement2 = 0.3}),
                1e-12);
  }
}

TEST(OffersGame, RoundsMatterOffThePath) {
  // A stubborn opening is refused, and the refuser gets in the next round what it would have as first proposer then.
  OffersRules rules{.discount = {0.9, 0.8}};
  rules.horizon = 6;
  OffersGame game(rules, {std::make_unique<StubbornPlayer>(0.9), std::make_unique<ForesightPlayer>(rules, 1)}, seed, 0);
  play(game);
  EXPECT_EQ(game.result().end, OffersResult::End::horizon);
  OffersGame soft(rules, {std::make_unique<StubbornPlayer>(0.2), std::make_unique<ForesightPlayer>(rules, 1)}, seed, 0);
  play(soft);
  EXPECT_EQ(soft.result().round, 0);
  EXPECT_DOUBLE_EQ(soft.result().payoffs[0], 0.2);
}

TEST(OffersGame, BreakdownHappensAsOftenAsItShould) {
  double broken = 0.0;
  const int runs = 180000;
  for (int k = 0; k < runs; ++k) {
    OffersRules rules{.discount = {0.9, 0.9}};
    rules.horizon = 3;
    rules.breakdown = 0.25;
    OffersGame game(rules, {std::make_unique<StubbornPlayer>(0.9), std::make_unique<StubbornPlayer>(0.9)}, seed,
                    static_cast<std::uint64_t>(k));
    play(game);
    broken += game.result().end == OffersResult::End::breakdown ? 1.0 : 0.0;
  }
  EXPECT_TRUE(happens(broken, runs, 1.0 - 0.75 * 0.75 * 0.75));
  EXPECT_FALSE(happens(broken, runs, 1.0 - 0.74 * 0.74 * 0.74)) << "a wrong risk goes unnoticed";
}

}  // namespace
}  // namespace parley
