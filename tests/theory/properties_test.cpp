// Properties that hold for every parameter: what agents who solve no equilibrium must show as well.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/analysis/baselines.hpp"
#include "engine/analysis/condorcet_election.hpp"
#include "engine/analysis/poll_filter.hpp"
#include "engine/analysis/sensitivity.hpp"
#include "engine/analysis/test_functions.hpp"
#include "engine/bargain/play.hpp"
#include "engine/core/rng.hpp"
#include "models/theory/alternating_offers.hpp"
#include "models/theory/axiomatic.hpp"
#include "models/theory/durability.hpp"
#include "models/theory/shift_game.hpp"
#include "models/theory/war_bargaining.hpp"
#include "models/theory/war_game.hpp"
#include "models/theory/war_walk.hpp"

namespace parley {
namespace {

using namespace theory;

/// Numbers for property k: uniform in (0, 1), the same on every machine.
class Numbers {
 public:
  explicit Numbers(std::uint64_t property) : property_(property) {}
  double next() { return Draws<double>(property_, 0, count_++).uniform({Stream::Kind::world, 0}, 0); }
  double between(double low, double high) { return low + (high - low) * next(); }

 private:
  std::uint64_t property_, count_ = 0;
};

constexpr int trials = 500;

TEST(Property01, CompleteInformationNeverMeansWar) {
  Numbers numbers(1);
  for (int k = 0; k < trials; ++k) {
    const double p = numbers.next(), cost_a = numbers.between(0.0, 0.5), cost_b = numbers.between(0.0, 0.5);
    WarGame game({p, cost_a, cost_b, cost_b}, 1, 1, static_cast<std::uint64_t>(k));
    play(game);
    ASSERT_FALSE(game.result().war);
    const BargainingRange range = war_range(p, cost_a, cost_b);
    ASSERT_GE(game.result().payoff_a, range.low);
    ASSERT_LE(game.result().payoff_a, range.high + 1e-12);
    ShiftGame steady(
        {.strength = {p, p}, .discount = numbers.between(0.1, 0.99), .destroyed = numbers.between(0.0, 0.5)});
    play(steady);
    ASSERT_FALSE(steady.result().war);
  }
}

TEST(Property02, UncertaintyMakesWarAndTheDemandersCostPreventsIt) {
  Numbers numbers(2);
  for (int k = 0; k < trials; ++k) {
    const double low = numbers.between(0.0, 0.2), high = low + numbers.between(0.0, 0.6),
                 cost_a = numbers.between(0.0, 0.4);
    const double war = risk_return({0.5, cost_a, low, high}).war_probability;
    ASSERT_GE(risk_return({0.5, cost_a, low, high + 0.05}).war_probability, war);
    ASSERT_LE(risk_return({0.5, cost_a + 0.05, low, high}).war_probability, war);
    if (high - cost_a <= 2.0 * low) {
      ASSERT_EQ(war, 0.0);
    }
  }
}

TEST(Property03, PatienceIsPower) {
  Numbers numbers(3);
  for (int k = 0; k < trials; ++k) {
    const double d1 = numbers.between(0.05, 0.95), d2 = numbers.between(0.05, 0.95);
    ASSERT_GT(rubinstein_shares(d1 + 0.04, d2).when_1_proposes, rubinstein_shares(d1, d2).when_1_proposes);
    ASSERT_LT(rubinstein_shares(d1, d2 + 0.04).when_1_proposes, rubinstein_shares(d1, d2).when_1_proposes);
    const auto gain = [](double d) {
      return rubinstein_shares(d, d).when_1_proposes - rubinstein_shares(d, d).when_2_proposes;
    };
    ASSERT_GT(gain(d1), gain(d1 + 0.04));
  }
  EXPECT_LT(rubinstein_shares(0.99999, 0.99999).when_1_proposes - 0.5, 1e-5);
}

TEST(Property04, ClaimsChangeNothingUntilTheyBindAndThenMoveTheDealOneForOne) {
  Numbers numbers(4);
  for (int k = 0; k < trials; ++k) {
    const double d1 = numbers.between(0.3, 0.98), d2 = numbers.between(0.3, 0.98);
    const OpeningShares free = rubinstein_shares(d1, d2);
    const double waiting2 = 1.0 - free.when_1_proposes;
    const double slack = waiting2 * numbers.next();
    ASSERT_DOUBLE_EQ(least_claim_shares({d1, d2, 0.0, slack}).when_1_proposes, free.when_1_proposes);
    const double binding = waiting2 + (1.0 - waiting2) * numbers.between(0.05, 0.9);
    const double step = 0.01 * (1.0 - binding);
    ASSERT_NEAR(least_claim_shares({d1, d2, 0.0, binding}).when_1_proposes -
                    least_claim_shares({d1, d2, 0.0, binding + step}).when_1_proposes,
                step, 1e-12);
  }
}

TEST(Property05, RescalingOneSideMovesOnlyTheSolutionsThatCompareSides) {
  Numbers numbers(5);
  int egalitarian_moved = 0, utilitarian_moved = 0;
  for (int k = 0; k < trials; ++k) {
    AxiomaticProblem problem{.weights_a = {numbers.next(), numbers.next(), numbers.next()},
                             .weights_b = {numbers.next(), numbers.next(), numbers.next()},
                             .disagreement = {0.1 * numbers.next(), 0.1 * numbers.next()},
                             .alpha = numbers.between(0.2, 0.8)};
    AxiomaticProblem scaled = problem;
    const double scale = numbers.between(0.3, 3.0);
    for (double& w : scaled.weights_a) w *= scale;
    scaled.disagreement.a *= scale;
    const AxiomaticSolutions before = axiomatic_solutions(problem), after = axiomatic_solutions(scaled);
    ASSERT_NEAR(after.nash.a, scale * before.nash.a, 1e-9);
    ASSERT_NEAR(after.nash.b, before.nash.b, 1e-9);
    ASSERT_NEAR(after.kalai_smorodinsky.a, scale * before.kalai_smorodinsky.a, 1e-9);
    ASSERT_NEAR(after.kalai_smorodinsky.b, before.kalai_smorodinsky.b, 1e-9);
    egalitarian_moved += std::abs(after.egalitarian.b - before.egalitarian.b) > 1e-6 ? 1 : 0;
    utilitarian_moved += std::abs(after.utilitarian.b - before.utilitarian.b) > 1e-6 ? 1 : 0;
  }
  EXPECT_GT(egalitarian_moved, trials / 2);
  EXPECT_GT(utilitarian_moved, trials / 10);
}

TEST(Property06, PackagesAreWorthAtLeastAsMuchAsIssuesOneByOne) {
  Numbers numbers(6);
  for (int k = 0; k < trials; ++k) {
    std::vector<double> a, b;
    for (int issue = 0; issue < 4; ++issue) {
      a.push_back(numbers.next());
      b.push_back(numbers.next());
    }
    const LinkageGain gain = linkage_gain(a, b);
    ASSERT_GE(gain.package.a * gain.package.b, gain.issue_by_issue.a * gain.issue_by_issue.b - 1e-12);
  }
}

TEST(Property07, BattlesTeachByTheirDifferenceAndAreRightOnAverage) {
  Numbers numbers(7);
  for (int k = 0; k < trials; ++k) {
    const double strong = numbers.between(0.5, 0.95), prior = numbers.between(0.05, 0.95),
                 weak = numbers.between(0.05, 0.5);
    ASSERT_NEAR(posterior_strong({prior, strong, 1.0 - strong}, 7, 4),
                posterior_strong({prior, strong, 1.0 - strong}, 23, 20), 1e-12);
    // All outcomes of six battles, weighed by how likely they are: C(6, w) orders of w wins.
    double expected = 0.0, orders = 1.0;
    for (long won = 0; won <= 6; ++won) {
      const double w = static_cast<double>(won), l = 6.0 - w;
      const double likely = prior * std::pow(strong, w) * std::pow(1.0 - strong, l) +
                            (1.0 - prior) * std::pow(weak, w) * std::pow(1.0 - weak, l);
      expected += orders * likely * posterior_strong({prior, strong, weak}, won, 6 - won);
      orders *= l / (w + 1.0);
    }
    ASSERT_NEAR(expected, prior, 1e-12);
  }
}

TEST(Property08, GuaranteesAndDestructionNeverMakeACommitmentWar) {
  Numbers numbers(8);
  const auto war = [](const PowerShift& s, double neutralised) {
    const double next = s.strength_now + (1.0 - neutralised) * (s.strength_next - s.strength_now);
    ShiftGame game({.strength = {s.strength_now, next}, .discount = s.discount, .destroyed = s.destroyed});
    play(game);
    return game.result().war;
  };
  int wars = 0;
  for (int k = 0; k < trials; ++k) {
    const double now = numbers.next();
    PowerShift shift{now, numbers.between(now, 1.0), numbers.between(0.5, 0.99), numbers.between(0.0, 0.4)};
    const double less = numbers.next(), more = numbers.between(less, 1.0);
    ASSERT_GE(war(shift, less), war(shift, more));
    wars += war(shift, 0.0) ? 1 : 0;
    PowerShift costlier = shift;
    costlier.destroyed = numbers.between(shift.destroyed, 0.9);
    ASSERT_GE(war(shift, 0.0), war(costlier, 0.0));
  }
  EXPECT_GT(wars, trials / 20);
}

TEST(Property09, AHazardRatioBelowOneRaisesSurvivalAtEveryTime) {
  Numbers numbers(9);
  for (int k = 0; k < trials; ++k) {
    SettlementHazard plain{numbers.between(0.01, 1.0), numbers.between(0.3, 2.0)}, kept = plain;
    kept.hazard_ratio = numbers.between(0.05, 0.95);
    double last = 1.0;
    for (double t = 0.5; t < 20.0; t += 0.5) {
      if (plain.survival(t) > 0.0) {
        ASSERT_GT(kept.survival(t), plain.survival(t));
      }
      ASSERT_LE(plain.survival(t), last);
      last = plain.survival(t);
    }
  }
}

TEST(Property10, PollsNeverAddDoubtAndEmptyDaysAddTauSquared) {
  Numbers numbers(10);
  for (int k = 0; k < 50; ++k) {
    const double tau = numbers.between(0.001, 0.02);
    const PollModel model{
        .days = 30, .daily_sd = tau, .start_mean = 0.5, .start_variance = 0.01, .house_sd = numbers.between(0.0, 0.05)};
    std::vector<Poll> polls;
    std::vector<bool> polled(30, false);
    for (int i = 0; i < 12; ++i) {
      const auto day = static_cast<std::size_t>(30.0 * numbers.next());
      polls.push_back({day, static_cast<std::size_t>(3.0 * numbers.next()), numbers.between(0.3, 0.7),
                       numbers.between(1e-4, 1e-3)});
      polled[day] = true;
    }
    const OpinionPath path = filter_polls(model, polls);
    for (std::size_t t = 1; t < 30; ++t) {
      const double before = path.filtered[t - 1].sd * path.filtered[t - 1].sd + tau * tau,
                   after = path.filtered[t].sd * path.filtered[t].sd;
      if (polled[t]) {
        ASSERT_LE(after, before + 1e-15);
      } else {
        ASSERT_NEAR(after, before, 1e-15);
      }
      ASSERT_LE(path.smoothed[t].sd, path.filtered[t].sd + 1e-12);
    }
  }
}

TEST(Property11, FirstOrderSharesAddUpToAtMostOneAndTotalsToAtLeast) {
  Numbers numbers(11);
  for (int k = 0; k < trials; ++k) {
    const GFunctionIndices g = g_function_indices(
        std::vector<double>{numbers.between(0.0, 10.0), numbers.between(0.0, 10.0), numbers.between(0.0, 10.0), 1e9});
    double first = 0.0, total = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
      first += g.first[i];
      total += g.total[i];
    }
    ASSERT_LE(first, 1.0 + 1e-12);
    ASSERT_GE(total, 1.0 - 1e-12);
    ASSERT_LT(g.total[3], 1e-15);
    const IshigamiIndices s = ishigami_indices(numbers.between(0.1, 10.0), numbers.between(0.0, 1.0));
    ASSERT_LE(s.first1 + s.first2, 1.0 + 1e-12);
    ASSERT_GE(s.total1 + s.first2 + s.total3, 1.0 - 1e-12);
  }
  // A dummy in the estimators: exactly nothing, for the same rows with and without it.
  std::vector<double> a, b, same;
  for (int k = 0; k < 256; ++k) {
    a.push_back(numbers.next());
    b.push_back(numbers.next());
  }
  const SobolIndices dummy = sobol_indices({a, b, {a}});
  EXPECT_EQ(dummy.total[0], 0.0);
  EXPECT_EQ(dummy.first_saltelli[0], 0.0);
  EXPECT_EQ(pawn_index({kolmogorov_smirnov(a, a)}).most, 0.0);
  EXPECT_EQ(morris_effect(std::vector<double>{0.0, 0.0}).mean_size, 0.0);
}

TEST(Property12, PredictorsAndElectionsDoNotSeeNamesScalesOrMirrors) {
  Numbers numbers(12);
  for (int k = 0; k < 60; ++k) {
    std::vector<SpatialVoter> voters;
    std::vector<double> positions, weights;
    for (int i = 0; i < 6; ++i) {
      voters.push_back({numbers.between(0.1, 5.0),
                        {numbers.next(), numbers.next()},
                        {numbers.between(0.1, 1.0), numbers.between(0.1, 1.0)}});
      if (i == 3) voters[3].position = voters[0].position;
      positions.push_back(voters.back().position[0]);
      weights.push_back(k % 2 == 0 ? 1.0 : voters.back().capability);  // equal weights tie the median of six
    }
    auto mirrored_voters = voters;
    auto scaled_voters = voters;
    auto reversed_voters = voters;
    std::vector<double> mirrored = positions, scaled = weights;
    for (auto& v : mirrored_voters) v.position[0] = 1.0 - v.position[0];
    for (auto& v : scaled_voters) v.capability *= 7.0;
    std::reverse(reversed_voters.begin(), reversed_voters.end());
    for (double& x : mirrored) x = 1.0 - x;
    for (double& w : scaled) w *= 7.0;
    std::vector<double> reversed_positions(positions.rbegin(), positions.rend()),
        reversed_weights(weights.rbegin(), weights.rend());

    ASSERT_NEAR(weighted_mean(mirrored, weights), 1.0 - weighted_mean(positions, weights), 1e-12);
    ASSERT_NEAR(weighted_median(mirrored, weights), 1.0 - weighted_median(positions, weights), 1e-12);
    ASSERT_NEAR(weighted_median(positions, scaled), weighted_median(positions, weights), 1e-12);
    ASSERT_NEAR(weighted_mean(reversed_positions, reversed_weights), weighted_mean(positions, weights), 1e-12);
    ASSERT_NEAR(weighted_median(reversed_positions, reversed_weights), weighted_median(positions, weights), 1e-12);
    for (const Election rule : {Election::conditional, Election::uniform_markov, Election::incentive_markov}) {
      const SpatialElection plain = spatial_election(voters, 1.0, rule),
                            mirror = spatial_election(mirrored_voters, 1.0, rule),
                            scale = spatial_election(scaled_voters, 1.0, rule),
                            reverse = spatial_election(reversed_voters, 1.0, rule);
      for (std::size_t i = 0; i < voters.size(); ++i) {
        ASSERT_NEAR(mirror.probability[i], plain.probability[i], 1e-9);
        ASSERT_NEAR(scale.probability[i], plain.probability[i], 1e-6) << "the smallest coalition, 1e-8, is not scaled";
        ASSERT_NEAR(reverse.probability[voters.size() - 1 - i], plain.probability[i], 1e-9);
      }
    }
  }
}

}  // namespace
}  // namespace parley
