// Concession tactics, acceptance conditions and opponent models against values worked out by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/check.hpp"
#include "models/saop/acceptance.hpp"
#include "models/saop/negotiator.hpp"
#include "models/saop/opponent_models.hpp"
#include "models/saop/tactics.hpp"

namespace parley::saop {
namespace {

TEST(Concession, EndsAreFixedAndBetaOrdersTheMiddle) {
  for (const double beta : {0.2, 1.0, 5.0}) {
    const Concession tactic{.start = 0.1, .beta = beta, .deadline = 2};
    for (const auto concede : {polynomial_concession, exponential_concession}) {
      EXPECT_NEAR(concede(tactic, 0), 0.1, 1e-12);
      EXPECT_NEAR(concede(tactic, 2), 1, 1e-12);
      EXPECT_NEAR(concede(tactic, 9), 1, 1e-12);
    }
    EXPECT_NEAR(polynomial_concession(tactic, 1), 0.1 + 0.9 * std::pow(0.5, 1 / beta), 1e-12);
    EXPECT_NEAR(exponential_concession(tactic, 1), std::exp(std::pow(0.5, beta) * std::log(0.1)), 1e-12);
  }
}

TEST(TitForTat, AnswersInKindWithinBounds) {
  const Exchange seen{.own_last = 80, .other_older = 20, .other_newer = 25, .low = 40, .high = 100};
  EXPECT_DOUBLE_EQ(relative_tit_for_tat(seen), 64);
  EXPECT_DOUBLE_EQ(absolute_tit_for_tat(seen), 75);
  Exchange large = seen;
  large.other_newer = 200;
  EXPECT_DOUBLE_EQ(relative_tit_for_tat(large), 40);
  EXPECT_DOUBLE_EQ(absolute_tit_for_tat(large), 40);
  large.other_newer = 0;
  EXPECT_DOUBLE_EQ(relative_tit_for_tat(large), 80);
}

TEST(Acceptance, LateOnesTakeTheBestOfTheWindow) {
  const Acceptance combi{.rule = Acceptance::Rule::combi, .late = 0.9};
  const Consideration early{.offer = 0.6, .next_bid = 0.7, .time = 0.5, .best_in_window = 0.5};
  Consideration late = early;
  late.time = 0.95;
  EXPECT_FALSE(accepts(combi, early));
  EXPECT_TRUE(accepts(combi, late));
  EXPECT_FALSE(accepts({}, late));
  late.best_in_window = 0.61;
  EXPECT_FALSE(accepts(combi, late));
  EXPECT_TRUE(accepts({.factor = 1, .bonus = 0.1}, early));
}

TEST(FrequencyModel, CountsValuesAndWeighsUnchangedIssues) {
  FrequencyModel model({2, 2}, 0.1);
  EXPECT_EQ(model.utility({0, 0}), 0);
  model.observe({0, 0});
  model.observe({0, 1});
  model.observe({0, 1});
  // (.6, .5)/1.1, then (.6/1.1 + .1, .5/1.1 + .1)/1.2
  EXPECT_NEAR(model.weights()[0], (0.6 / 1.1 + 0.1) / 1.2, 1e-15);
  EXPECT_NEAR(model.score(1, 0), 0.5, 1e-15);
  EXPECT_NEAR(model.utility({0, 1}), 1, 1e-15);
}

TEST(BayesianModel, FindsOutWhatTheOtherWants) {
  BayesianModel model({5, 5});
  for (std::size_t t = 0; t < 6; ++t) model.observe({4, 1 + t / 3});
  EXPECT_GT(model.utility({4, 0}), model.utility({0, 0}) + 0.3);
  EXPECT_GT(model.utility({4, 0}), model.utility({4, 4}));
  double sum = 0;
  for (const double share : model.belief()) sum += share;
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_THROW(BayesianModel(std::vector<std::size_t>(9, 2)), InputError);
}

TEST(BayesianModel, ImpossibleEvidenceLeavesTheBelief) {
  std::vector<double> belief = {0.5, 0.5};
  update_belief(belief, {0, 0}, 1, 1e-3);
  EXPECT_EQ(belief, (std::vector<double>{0.5, 0.5}));
}

TEST(Strategy, ValuesOutOfRangeAreRefused) {
  Strategy strategy;
  EXPECT_NO_THROW(check(strategy));
  strategy.concession.beta = 0;
  EXPECT_THROW(check(strategy), InputError);
  strategy = {};
  strategy.tactic = Tactic::exponential;
  EXPECT_THROW(check(strategy), InputError);
}

}  // namespace
}  // namespace parley::saop
