// The search for solution concepts against the closed forms of additive and spatial utilities.
#include "engine/analysis/solution_concepts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/check.hpp"
#include "models/theory/axiomatic.hpp"
#include "models/theory/spatial.hpp"

namespace parley {
namespace {

using namespace theory;

BargainingProblem additive(const AxiomaticProblem& p) {
  const auto a = p.weights_a, b = p.weights_b;
  return {.issues = a.size(),
          .utilities = {[a](std::span<const double> x) {
                          double u = 0.0;
                          for (std::size_t k = 0; k < a.size(); ++k) u += a[k] * x[k];
                          return u;
                        },
                        [b](std::span<const double> x) {
                          double u = 0.0;
                          for (std::size_t k = 0; k < b.size(); ++k) u += b[k] * (1.0 - x[k]);
                          return u;
                        }},
          .disagreement = {p.disagreement.a, p.disagreement.b},
          .weights = {p.alpha, 1.0 - p.alpha}};
}

void expect_near(const SolutionPoint& found, UtilityPair exact, double tolerance, const char* what) {
  EXPECT_NEAR(found.utilities[0], exact.a, tolerance) << what;
  EXPECT_NEAR(found.utilities[1], exact.b, tolerance) << what;
}

TEST(SolutionConcepts, AdditiveProblemsEqualTheClosedForms) {
  for (const AxiomaticProblem& p :
       {AxiomaticProblem{{0.6, 0.3, 0.1}, {0.2, 0.5, 0.3}, {0.0, 0.0}, 0.5},
        AxiomaticProblem{{0.6, 0.3, 0.1}, {0.2, 0.5, 0.3}, {0.0, 0.0}, 0.7},
        AxiomaticProblem{{0.6, 0.3, 0.1}, {0.2, 0.5, 0.3}, {0.3, 0.2}, 0.4},
        AxiomaticProblem{{0.5, 0.2, 0.3, 0.1, 0.4, 0.25}, {0.1, 0.6, 0.2, 0.35, 0.3, 0.15}, {0.2, 0.4}, 0.5}}) {
    const AxiomaticSolutions exact = axiomatic_solutions(p);
    const SolutionConcepts found(additive(p));
    ASSERT_TRUE(found.zone().exists());
    expect_near(*found.nash(), exact.nash, 2e-5, "nash");
    expect_near(*found.egalitarian(), exact.egalitarian, 2e-5, "egalitarian");
    expect_near(*found.kalai_smorodinsky(), exact.kalai_smorodinsky, 2e-5, "kalai_smorodinsky");
    expect_near(found.utilitarian(), exact.utilitarian, 1e-6, "utilitarian");
    EXPECT_NEAR((*found.ideal())[0], exact.ideal.a, 2e-5);
    EXPECT_NEAR((*found.ideal())[1], exact.ideal.b, 2e-5);
  }
}

TEST(SolutionConcepts, AWrongDisagreementIsSeen) {
  const AxiomaticProblem p{{0.6, 0.3, 0.1}, {0.2, 0.5, 0.3}, {0.0, 0.0}, 0.7};
  AxiomaticProblem wrong = p;
  wrong.disagreement.a = 0.05;
  EXPECT_GT(std::abs(SolutionConcepts(additive(p)).nash()->utilities[0] - axiomatic_solutions(wrong).nash.a), 1e-3);
}

TEST(SolutionConcepts, SpatialProblemsEqualTheContractCurve) {
  const SpatialTaste first{{{1.0, 0.3}, {0.3, 2.0}}, {0.1, 0.2}}, second{{{2.0, -0.3}, {-0.3, 1.0}}, {0.9, 0.7}};
  const auto utility = [](SpatialTaste t) {
    return [t](std::span<const double> x) { return -squared_distance(t, {x.begin(), x.end()}); };
  };
  BoxSearch quick;
  quick.restarts = 1;
  quick.generations = 150;
  const SolutionConcepts found(
      {.issues = 2, .utilities = {utility(first), utility(second)}, .disagreement = {-1.5, -1.2}}, quick);
  const SpatialBargain exact = spatial_nash_point(first, second, -1.5, -1.2);
  EXPECT_NEAR(found.nash()->package[0], exact.position[0], 1e-4);
  EXPECT_NEAR(found.nash()->package[1], exact.position[1], 1e-4);
}

TEST(SolutionConcepts, ZonesAreMeasuredAndMissed) {
  // A gains above .3, B below .7: the zone is .4 of the box.
  const auto a = [](std::span<const double> x) { return x[0] - 0.3; };
  const auto b = [](std::span<const double> x) { return 0.7 - x[0]; };
  const SolutionConcepts open({.issues = 2, .utilities = {a, b}, .disagreement = {0.0, 0.0}});
  EXPECT_NEAR(open.zone().share, 0.4, 1e-3);
  EXPECT_NEAR(open.zone().widest_gain, 0.2, 1e-6);
  const SolutionConcepts closed({.issues = 2, .utilities = {a, b}, .disagreement = {0.3, 0.3}});
  EXPECT_FALSE(closed.zone().exists());
  EXPECT_NEAR(closed.zone().widest_gain, -0.1, 1e-6);
  EXPECT_FALSE(closed.nash().has_value());
  EXPECT_FALSE(closed.kalai_smorodinsky().has_value());
  EXPECT_EQ(closed.zone().share, 0.0);
  // A zone far smaller than the sample's mesh is still found by the search.
  const SolutionConcepts needle({.issues = 2, .utilities = {a, b}, .disagreement = {0.2 - 1e-6, 0.2 - 1e-6}});
  EXPECT_TRUE(needle.zone().exists());
}

TEST(SolutionConcepts, SeveralActorsAndACurvedFrontier) {
  std::vector<PackageUtility> utilities;
  for (const double ideal : {0.1, 0.5, 0.9})
    utilities.push_back([ideal](std::span<const double> x) {
      return 1.0 - (x[0] - ideal) * (x[0] - ideal) - (x[1] - 0.4) * (x[1] - 0.4);
    });
  const SolutionConcepts found({.issues = 2, .utilities = utilities, .disagreement = {0.0, 0.0, 0.0}});
  EXPECT_NEAR(found.nash()->package[0], 0.5, 1e-4);
  EXPECT_NEAR(found.nash()->package[1], 0.4, 1e-4);
  EXPECT_NEAR(found.egalitarian()->package[0], 0.5, 1e-4);
  EXPECT_NEAR(found.utilitarian().package[0], 0.5, 1e-4);
}

TEST(SolutionConcepts, UtilitiesWithSeveralPeaksAreSearchedToo) {
  const auto a = [](std::span<const double> x) {
    return std::exp(-50.0 * (x[0] - 0.15) * (x[0] - 0.15)) + 1.5 * std::exp(-200.0 * (x[0] - 0.85) * (x[0] - 0.85));
  };
  const auto b = [](std::span<const double> x) { return 1.0 - 0.1 * x[0]; };
  const SolutionConcepts found({.issues = 1, .utilities = {a, b}, .disagreement = {0.0, 0.0}});
  EXPECT_NEAR(found.utilitarian().package[0], 0.85, 1e-2);
}

TEST(SolutionConcepts, FrontiersAreEfficientAndOrdered) {
  const AxiomaticProblem p{{0.6, 0.3, 0.1}, {0.2, 0.5, 0.3}};
  const auto corners = axiomatic_solutions(p).frontier;
  const auto points = SolutionConcepts(additive(p)).frontier(9);
  ASSERT_EQ(points.size(), 9u);
  for (std::size_t k = 0; k < points.size(); ++k) {
    const double a = points[k].utilities[0];
    double most = 0.0;
    for (std::size_t c = 0; c + 1 < corners.size(); ++c)
      if (a >= corners[c].a - 1e-9 && a <= corners[c + 1].a + 1e-9)
        most = std::max(most, corners[c].b + (corners[c + 1].b - corners[c].b) * (a - corners[c].a) /
                                                 (corners[c + 1].a - corners[c].a));
    EXPECT_NEAR(points[k].utilities[1], most, 1e-4) << k;
    if (k > 0) {
      EXPECT_LE(a, points[k - 1].utilities[0] + 1e-9);
    }
  }
}

TEST(SolutionConcepts, VotersPackages) {
  const std::vector<std::vector<double>> ideals{{0.0, 1.0}, {0.5, 0.2}, {1.0, 0.4}},
      weights{{1.0, 1.0}, {1.0, 3.0}, {2.0, 1.0}};
  EXPECT_DOUBLE_EQ(mean_package(ideals, weights)[0], 0.625);
  EXPECT_DOUBLE_EQ(median_package(ideals, weights)[0], 0.75) << "two positions halve the weight";
  EXPECT_DOUBLE_EQ(median_package(ideals, weights)[1], 0.2);
  EXPECT_THROW(mean_package(ideals, {{1.0, 1.0}}), InputError);
}

TEST(SolutionConcepts, EmptyAndBrokenProblemsAreRefused) {
  EXPECT_THROW(SolutionConcepts({.issues = 0, .utilities = {}, .disagreement = {}}), InputError);
  const auto broken = [](std::span<const double>) { return std::nan(""); };
  EXPECT_THROW(SolutionConcepts({.issues = 1, .utilities = {broken}, .disagreement = {0.0}}), InputError);
}

}  // namespace
}  // namespace parley
