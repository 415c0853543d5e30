// The closed forms at their corners: where something starts to bind, where a case degenerates, and what is refused.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/core/check.hpp"
#include "models/theory/alternating_offers.hpp"
#include "models/theory/attrition.hpp"
#include "models/theory/audience_cost.hpp"
#include "models/theory/axiomatic.hpp"
#include "models/theory/casualty_support.hpp"
#include "models/theory/durability.hpp"
#include "models/theory/legislative.hpp"
#include "models/theory/mediation.hpp"
#include "models/theory/opinion_dynamics.hpp"
#include "models/theory/prospect.hpp"
#include "models/theory/ratification.hpp"
#include "models/theory/spatial.hpp"
#include "models/theory/war_bargaining.hpp"
#include "models/theory/war_walk.hpp"

namespace parley {
namespace {

using namespace theory;

TEST(AlternatingOffers, FiniteHorizonTendsToTheEndlessGame) {
  for (const int first : {1, 2}) {
    const double endless =
        first == 1 ? rubinstein_shares(0.9, 0.8).when_1_proposes : rubinstein_shares(0.9, 0.8).when_2_proposes;
    EXPECT_NEAR(finite_horizon_share({.discount1 = 0.9, .discount2 = 0.8, .rounds = 2000, .first_proposer = first}),
                endless, 1e-12);
  }
  for (long rounds = 1; rounds < 12; ++rounds)
    EXPECT_NEAR(finite_horizon_share({.discount1 = 0.9, .discount2 = 0.8, .rounds = rounds}),
                stahl_share(0.9, 0.8, rounds), 1e-14);
  EXPECT_DOUBLE_EQ(finite_horizon_share(
                       {.discount1 = 0.9, .discount2 = 0.8, .rounds = 1, .disagreement1 = 0.1, .disagreement2 = 0.3}),
                   0.7);
  EXPECT_DOUBLE_EQ(finite_horizon_share(
                       {.discount1 = 0.9, .discount2 = 0.8, .rounds = 1, .disagreement1 = 0.6, .disagreement2 = 0.7}),
                   0.6)
      << "no split suits both";
}

/// The fixed point by plain iteration.
OpeningShares iterated(const LeastClaims& c) {
  double x = 0.5, y = 0.5;
  for (int k = 0; k < 20000; ++k) {
    x = 1.0 - std::max(c.discount2 * y, c.least2);
    y = 1.0 - std::max(c.discount1 * x, c.least1);
  }
  return {x, 1.0 - y};
}

TEST(AlternatingOffers, LeastClaimsEqualTheIteratedFixedPoint) {
  for (const double d1 : {0.3, 0.9, 0.99})
    for (const double d2 : {0.5, 0.95})
      for (double w1 = 0.0; w1 <= 1.0; w1 += 0.125)
        for (double w2 = 0.0; w1 + w2 <= 1.0; w2 += 0.125) {
          const LeastClaims c{d1, d2, w1, w2};
          EXPECT_NEAR(least_claim_shares(c).when_1_proposes, iterated(c).when_1_proposes, 1e-12)
              << d1 << ' ' << d2 << ' ' << w1 << ' ' << w2;
          EXPECT_NEAR(least_claim_shares(c).when_2_proposes, iterated(c).when_2_proposes, 1e-12);
        }
  EXPECT_THROW(least_claim_shares({0.9, 0.9, 0.6, 0.5}), InputError);
  EXPECT_THROW(rubinstein_shares(1.0, 1.0), InputError);
}

TEST(AlternatingOffers, BreakdownAtItsEnds) {
  EXPECT_NEAR(breakdown_shares({.discount1 = 0.9, .discount2 = 0.8, .risk = 0.0, .payoff1 = 0.2, .payoff2 = 0.1})
                  .when_1_proposes,
              rubinstein_shares(0.9, 0.8).when_1_proposes, 1e-15);
  EXPECT_DOUBLE_EQ(breakdown_shares({.risk = 1.0, .payoff1 = 0.2, .payoff2 = 0.1}).when_1_proposes, 0.9);
  EXPECT_NEAR(breakdown_shares({.risk = 1e-12, .payoff1 = 0.2, .payoff2 = 0.1}).when_1_proposes, 0.55, 1e-11);
  EXPECT_THROW(breakdown_shares({.risk = 0.0, .payoff1 = 0.2, .payoff2 = 0.1}), InputError);
}

TEST(Axiomatic, DisagreementCutsTheFrontier) {
  AxiomaticProblem problem{.weights_a = {0.6, 0.3, 0.1}, .weights_b = {0.2, 0.5, 0.3}, .disagreement = {0.3, 0.2}};
  const AxiomaticSolutions s = axiomatic_solutions(problem);
  EXPECT_NEAR(s.ideal.a, 0.9 + 0.1 / 3.0, 1e-12);
  EXPECT_NEAR(s.ideal.b, 0.9, 1e-12);
  EXPECT_NEAR(s.egalitarian.a - 0.3, s.egalitarian.b - 0.2, 1e-12);
  EXPECT_NEAR((s.kalai_smorodinsky.a - 0.3) / (s.ideal.a - 0.3), (s.kalai_smorodinsky.b - 0.2) / (s.ideal.b - 0.2),
              1e-12);
  problem.disagreement = {0.9, 0.9};
  EXPECT_THROW(axiomatic_solutions(problem), InputError);
  problem.disagreement = {0.6, 0.8};  // on the frontier: the only agreement
  EXPECT_NEAR(axiomatic_solutions(problem).nash.a, 0.6, 1e-12);
  EXPECT_NEAR(axiomatic_solutions(problem).kalai_smorodinsky.b, 0.8, 1e-12);
}

TEST(Axiomatic, AllWeightOnOneSideAndTies) {
  AxiomaticProblem problem{.weights_a = {0.6, 0.4}, .weights_b = {0.4, 0.6}, .disagreement = {0.1, 0.2}, .alpha = 1.0};
  EXPECT_NEAR(axiomatic_solutions(problem).nash.b, 0.2, 1e-12);
  problem.alpha = 0.0;
  EXPECT_NEAR(axiomatic_solutions(problem).nash.a, 0.1, 1e-12);
  // A constant sum: every split is utilitarian, the middle is named.
  const AxiomaticSolutions tied = axiomatic_solutions({.weights_a = {0.5, 0.5}, .weights_b = {0.5, 0.5}});
  EXPECT_NEAR(tied.utilitarian.a, 0.5, 1e-12);
  // Issues that one side or neither values.
  const AxiomaticSolutions lopsided = axiomatic_solutions({.weights_a = {0.0, 1.0, 0.0}, .weights_b = {1.0, 0.0, 0.0}});
  EXPECT_NEAR(lopsided.nash.a, 1.0, 1e-12);
  EXPECT_NEAR(lopsided.nash.b, 1.0, 1e-12);
  EXPECT_NEAR(lopsided.egalitarian.a, 1.0, 1e-12);
}

TEST(Legislative, CornersAgreeWithEachOther) {
  EXPECT_NEAR(veto_shares({.players = 5, .votes = 5, .veto_players = 2, .discount = 0.9}).ex_ante_veto, 0.2, 1e-15)
      << "under unanimity a veto adds nothing";
  EXPECT_NEAR(veto_shares({.players = 5, .votes = 3, .veto_players = 0, .discount = 0.9}).other_proposer,
              closed_rule_shares(5, 3, 0.9).proposer, 1e-15);
  EXPECT_NEAR(veto_shares({.players = 3, .votes = 2, .veto_players = 1, .discount = 1.0}).ex_ante_veto, 1.0, 1e-15);
  EXPECT_NEAR(veto_shares({.players = 3, .votes = 2, .veto_players = 1, .discount = 0.7}).ex_ante_veto,
              (2.0 - 0.7) / (6.0 - 3.5), 1e-15);
  EXPECT_DOUBLE_EQ(closed_rule_shares(4, 1, 0.9).proposer, 1.0);
  EXPECT_THROW(closed_rule_shares(3, 4, 0.9), InputError);
  const UnanimityShares patient = unanimity_shares({0.5, 0.5}, {1.0, 0.9});
  EXPECT_DOUBLE_EQ(patient.ex_ante[0], 1.0);
  EXPECT_NEAR(unanimity_shares({0.5, 0.5}, {1.0 - 1e-9, 0.9}).ex_ante[0], 1.0, 1e-7);
  EXPECT_THROW(unanimity_shares({0.5, 0.4}, {0.9, 0.9}), InputError);
}

TEST(WarBargaining, DemandsAtTheirCorners) {
  EXPECT_DOUBLE_EQ(risk_return({0.5, 0.3, 0.1, 0.4}).demand, 0.6) << "caution where the gain is small";
  EXPECT_DOUBLE_EQ(risk_return({0.5, 0.3, 0.1, 0.4}).war_probability, 0.0);
  EXPECT_DOUBLE_EQ(risk_return({0.5, 0.1, 0.2, 0.2}).expected_a, 0.7) << "a known cost";
  EXPECT_EQ(screening_rounds({0.5, 0.1, 0.2, 0.2}, 10).size(), 1u);
  EXPECT_EQ(screening_rounds({0.5, 0.0, 0.0, 0.4}, 25).size(), 25u) << "demands that fall for ever are cut";
  EXPECT_TRUE(indivisible_issue(0.9, 0.05, 0.2).pure_deal);
  EXPECT_FALSE(indivisible_issue(0.5, 0.1, 0.2).pure_deal);
  EXPECT_DOUBLE_EQ(least_neutralised_share({0.6, 0.3, 0.9, 0.1}), 0.0) << "a fall of strength needs no guarantee";
}

TEST(WarWalk, FormulaSolveAndLimitsAgree) {
  for (const double p : {0.0, 0.2, 0.4999, 0.5, 0.5 + 1e-9, 0.55, 0.99, 1.0})
    for (const long k : {0L, 1L, 4L, 9L, 10L}) {
      const auto values = fighting_values(10, p, 1.0, 0.01);
      const WarWalk war{10, k, p};
      const double cost = k == 0 || k == 10 ? 0.0 : 0.01 * expected_battles(war);
      EXPECT_NEAR(values[static_cast<std::size_t>(k)], victory_probability(war) - cost, 1e-10) << p << ' ' << k;
    }
  EXPECT_NEAR(expected_battles({10, 5, 0.5}), 25.0, 1e-12);
  EXPECT_NEAR(expected_battles({10, 3, 0.5 + 4e-7}), expected_battles({10, 3, 0.5 + 6e-7}), 1e-4)
      << "no step where the formulas meet";
  EXPECT_NEAR(victory_probability({1000000, 999999, 0.3}), 3.0 / 7.0, 1e-12);
  EXPECT_EQ(victory_probability({1000000, 1, 0.3}), 0.0);
}

TEST(WarWalk, LearningAtItsEnds) {
  EXPECT_DOUBLE_EQ(posterior_strong({0.0, 0.6, 0.4}, 5, 0), 0.0);
  EXPECT_DOUBLE_EQ(posterior_strong({0.5, 1.0, 0.4}, 3, 1), 0.0) << "one loss rules out who never loses";
  EXPECT_NEAR(posterior_strong({0.5, 0.6, 0.4}, 100000, 99998), 1.0 / (1.0 + std::pow(2.0 / 3.0, 2)), 1e-9);
  EXPECT_THROW(posterior_strong({0.5, 1.0, 1.0}, 0, 1), InputError);
  EXPECT_DOUBLE_EQ(nats_per_battle(0.5, 0.5), 0.0);
  EXPECT_TRUE(std::isinf(nats_per_battle(0.5, 1.0)));
}

TEST(Ratification, FloorsAndWinSets) {
  EXPECT_THROW(ratified_shares({0.9, 0.9, 0.6, 0.5}), InputError);
  EXPECT_NEAR(ratified_shares({0.9, 0.9, 0.6, 0.4}).when_1_proposes, 0.6, 1e-15);
  EXPECT_DOUBLE_EQ(uncertain_ratification(0.0).demand, 1.0);
  EXPECT_DOUBLE_EQ(uncertain_ratification(2.0).ratified, 0.25);
  EXPECT_NEAR(uncertain_ratification(0.8, 0.4).demand, 0.7, 1e-15);
}

TEST(AudienceCost, UnequalSidesAndCertainty) {
  const CrisisOutcome s = crisis_outcome({2.0, {0.5, 0.3}, {1.0, 0.4}});
  EXPECT_NEAR(s.horizon, 2.0 * (1.0 / 0.3 - 1.0), 1e-12);  // of side 1, by side 2's cost
  EXPECT_NEAR(s.second_at_once, 1.0 - 0.4 * (2.0 + 0.5 * s.horizon) / 2.0, 1e-12);
  EXPECT_DOUBLE_EQ(s.first_at_once, 0.0);
  EXPECT_DOUBLE_EQ(crisis_outcome({1.0, {0.5, 1.0}, {0.5, 0.2}}).second_at_once, 0.8) << "against the surely committed";
  EXPECT_DOUBLE_EQ(crisis_outcome({1.0, {0.5, 0.0}, {0.5, 0.2}}).first_at_once, 1.0);
  EXPECT_TRUE(std::isinf(crisis_outcome({1.0, {0.5, 0.0}, {0.5, 0.0}}).horizon));
  EXPECT_DOUBLE_EQ(concession_hazard({1.0, {0.5, 0.3}, {0.5, 0.2}}, 1, 100.0), 0.0);
}

TEST(Spatial, ContractCurveIsEfficientAndNashFair) {
  const SpatialTaste first{{{1.0, 0.5, 0.0}, {0.5, 2.0, 0.1}, {0.0, 0.1, 1.0}}, {0.0, 0.0, 0.2}},
      second{{{2.0, -0.3, 0.0}, {-0.3, 1.0, 0.0}, {0.0, 0.0, 3.0}}, {1.0, 1.0, 0.9}};
  const SpatialBargain nash = spatial_nash_point(first, second, -3.0, -3.0);
  const auto product = [&](const std::vector<double>& x) {
    return (-squared_distance(first, x) + 3.0) * (-squared_distance(second, x) + 3.0);
  };
  for (std::size_t k = 0; k < 3; ++k)
    for (const double step : {-1e-4, 1e-4}) {
      auto moved = nash.position;
      moved[k] += step;
      EXPECT_LT(product(moved), product(nash.position));
    }
  EXPECT_THROW(spatial_nash_point(first, second, 0.0, 0.0), InputError);
  EXPECT_THROW(squared_distance({{{1.0, 2.0}, {2.0, 1.0}}, {0.0, 0.0}}, {1.0, 1.0}), InputError)
      << "not positive semidefinite";
  EXPECT_THROW(squared_distance({{{1.0, 0.2}, {0.3, 1.0}}, {0.0, 0.0}}, {1.0, 1.0}), InputError) << "not symmetric";
}

TEST(Prospect, LossAversionStopsAtTheReference) {
  EXPECT_DOUBLE_EQ(loss_averse_nash({.reference = 0.4, .loss_aversion = 2.25}), 0.4);
  EXPECT_DOUBLE_EQ(loss_averse_nash({.reference = 0.4, .loss_aversion = 1.0}), 0.5);
  EXPECT_DOUBLE_EQ(loss_averse_nash({.reference = 0.6, .loss_aversion = 2.25}), 0.5);
  for (const double r : {-0.2, 0.0, 0.1, 0.3, 0.45, 0.7, 1.2})
    for (const double lambda : {0.5, 1.0, 1.5, 4.0}) {
      const LossAverseBargain b{
          .reference = r, .loss_aversion = lambda, .pie = 1.0, .disagreement_a = 0.05, .disagreement_b = 0.1};
      const auto product = [&](double x) {
        const auto u = [&](double y) { return (y >= r ? 1.0 : lambda) * (y - r); };
        return (u(x) - u(0.05)) * (0.9 - x);
      };
      double best = 0.05;
      for (int k = 0; k <= 8500; ++k)
        if (product(0.05 + 1e-4 * k) > product(best)) best = 0.05 + 1e-4 * k;
      EXPECT_NEAR(product(loss_averse_nash(b)), product(best), 1e-8) << r << ' ' << lambda;
    }
  EXPECT_DOUBLE_EQ(probability_weight(0.0, 0.61), 0.0);
  EXPECT_DOUBLE_EQ(probability_weight(1.0, 0.61), 1.0);
}

TEST(Mediation, ThresholdsAtTheirEnds) {
  EXPECT_FALSE(least_mediator_bias({0.2, 0.1, 0.25, 0.3}).has_value()) << "a poor signal is never worth a risk";
  EXPECT_DOUBLE_EQ(*least_enforcing_discount({3.0, 3.0, 1.0}), 0.0);
  EXPECT_FALSE(least_enforcing_discount({5.0, 1.0, 1.0}).has_value());
}

TEST(Opinion, GroupsThatDoNotMeetHaveNoConsensus) {
  EXPECT_FALSE(social_influence({{1.0, 0.0}, {0.0, 1.0}}).has_value());
  EXPECT_FALSE(social_influence({{0.0, 1.0}, {1.0, 0.0}}).has_value()) << "they swap for ever";
  const auto leader = social_influence({{1.0, 0.0, 0.0}, {0.5, 0.0, 0.5}, {0.0, 0.5, 0.5}});
  ASSERT_TRUE(leader.has_value());
  EXPECT_NEAR((*leader)[0], 1.0, 1e-12);
  const auto open = friedkin_johnsen_limit({{0.5, 0.5}, {0.2, 0.8}}, {0.0, 1.0}, {1.0, 1.0});
  ASSERT_TRUE(open.has_value());
  EXPECT_NEAR((*open)[0], 5.0 / 7.0, 1e-9) << "wholly susceptible people end where DeGroot's do";
  EXPECT_FALSE(friedkin_johnsen_limit({{0.0, 1.0}, {1.0, 0.0}}, {0.0, 1.0}, {1.0, 1.0}).has_value());
  EXPECT_EQ(deffuant_step(0.3, 0.7, 0.3, 0.25), (std::pair{0.3, 0.7}));
}

TEST(Casualties, RecentOnesCount) {
  const CasualtySupport support{90.0, 5.0, 2.0};
  EXPECT_GT(support(1000.0, 50.0), support(1000.0, 500.0));
  EXPECT_THROW(support_drop(15.0, 0.0, 10.0), InputError);
}

}  // namespace
}  // namespace parley
