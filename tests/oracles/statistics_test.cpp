// The statistics behind the oracles, against brute force and against what estimators find.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <vector>

#include "engine/analysis/baselines.hpp"
#include "engine/analysis/box_search.hpp"
#include "engine/analysis/condorcet_election.hpp"
#include "engine/analysis/intervals.hpp"
#include "engine/analysis/poll_filter.hpp"
#include "engine/analysis/prim.hpp"
#include "engine/analysis/sensitivity.hpp"
#include "engine/analysis/test_functions.hpp"
#include "engine/core/check.hpp"
#include "engine/core/rng.hpp"

namespace parley {
namespace {

TEST(Intervals, QuantilesInvertTheNormalDistribution) {
  EXPECT_NEAR(two_sided_z(0.95), 1.959963984540054, 1e-14);
  EXPECT_NEAR(two_sided_z(0.99), 2.5758293035489004, 1e-14);
  for (const double p : {1e-300, 1e-12, 0.001, 0.3, 0.5, 0.9, 1.0 - 1e-12})
    EXPECT_NEAR(0.5 * std::erfc(-normal_quantile(p) / std::sqrt(2.0)) / p, 1.0, 1e-11) << p;
  EXPECT_THROW(normal_quantile(0.0), InputError);
}

TEST(Intervals, BetaEqualsTheBinomialSum) {
  for (const int n : {3, 20, 300})
    for (const double p : {0.01, 0.4, 0.97}) {
      double sum = 0.0;
      const int x = n / 3;
      for (int k = x; k <= n; ++k)
        sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) + k * std::log(p) +
                        (n - k) * std::log1p(-p));
      EXPECT_NEAR(beta_distribution(p, x, n - x + 1.0), sum, 1e-12);
    }
}

TEST(Intervals, EndsAndOrder) {
  for (const std::uint64_t n : {1u, 7u, 100u, 100000u})
    for (std::uint64_t x = 0; x <= n; x += std::max<std::uint64_t>(1, n / 7)) {
      const ShareInterval w = wilson_interval(x, n), c = clopper_pearson_interval(x, n),
                          mirrored = wilson_interval(n - x, n);
      const double share = static_cast<double>(x) / static_cast<double>(n);
      EXPECT_LE(w.low, share);
      EXPECT_GE(w.high, share);
      EXPECT_LE(c.low, w.low + 0.02);
      EXPECT_NEAR(w.low, 1.0 - mirrored.high, 1e-12);
      EXPECT_GE(c.low, 0.0);
      EXPECT_LE(c.high, 1.0);
    }
  EXPECT_EQ(wilson_interval(0, 10).low, 0.0);
  EXPECT_EQ(wilson_interval(10, 10).high, 1.0);
  EXPECT_THROW(wilson_interval(1, 0), InputError);
  EXPECT_THROW(wilson_interval(3, 2), InputError);
}

TEST(Intervals, RunsForAWidthAreTheLeastThatReachIt) {
  for (const double p : {0.5, 0.3, 0.02})
    for (const double half : {0.01, 0.05, 0.2}) {
      const auto width = [&](double n) {
        const double z = two_sided_z(0.95);
        return z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
      };
      const double n = static_cast<double>(runs_for_half_width(half, p));
      EXPECT_LE(width(n), half);
      if (n > 1) {
        EXPECT_GT(width(n - 1), half);
      }
    }
}

TEST(Sensitivity, EstimatorsFindTheKnownIndices) {
  constexpr std::size_t rows = 1 << 13, inputs = 3;
  std::vector<double> a, b;
  std::vector<std::vector<double>> ab(inputs);
  for (std::size_t k = 0; k < rows; ++k) {
    const auto both = halton_point(k, 2 * inputs);
    const std::vector<double> first(both.begin(), both.begin() + 3), second(both.begin() + 3, both.end());
    a.push_back(ishigami(first, 7.0, 0.1));
    b.push_back(ishigami(second, 7.0, 0.1));
    for (std::size_t i = 0; i < inputs; ++i) {
      auto mixed = first;
      mixed[i] = second[i];
      ab[i].push_back(ishigami(mixed, 7.0, 0.1));
    }
  }
  const SobolIndices s = sobol_indices({a, b, {ab[0], ab[1], ab[2]}});
  const IshigamiIndices exact = ishigami_indices(7.0, 0.1);
  EXPECT_NEAR(s.variance, exact.variance, 0.05);
  const std::vector<double> first{exact.first1, exact.first2, 0.0}, total{exact.total1, exact.first2, exact.total3};
  for (std::size_t i = 0; i < inputs; ++i) {
    EXPECT_NEAR(s.first[i], first[i], 0.02) << i;
    EXPECT_NEAR(s.first_saltelli[i], first[i], 0.02) << i;
    EXPECT_NEAR(s.total[i], total[i], 0.02) << i;
  }
  EXPECT_THROW(sobol_indices({a, b, {std::span(a).first(3)}}), InputError);
}

TEST(Sensitivity, PawnFromASampleNearsThePopulation) {
  std::vector<double> x1, x2;
  for (std::size_t k = 0; k < 20000; ++k) {
    const auto point = halton_point(k, 2);
    x1.push_back(point[0]);
    x2.push_back(point[1]);
  }
  EXPECT_NEAR(pawn_from_sample(x1, x1, 10).most, 0.9, 0.005);
  EXPECT_NEAR(pawn_from_sample(x1, x1, 10).median, 0.7, 0.005);
  EXPECT_LT(pawn_from_sample(x2, x1, 10).most, 0.01);
}

TEST(Discovery, FindsTheBoxInASampleAndInThePopulation) {
  const InputBox target{{0.7, 0.0, 0.0}, {1.0, 0.4, 1.0}};
  std::vector<std::vector<double>> columns(3);
  std::vector<bool> wanted;
  for (std::size_t k = 0; k < 4000; ++k) {
    const auto point = halton_point(k, 3);
    for (std::size_t i = 0; i < 3; ++i) columns[i].push_back(point[i]);
    wanted.push_back(point[0] >= 0.7 && point[1] <= 0.4);
  }
  const SampleMeasure sample({columns[0], columns[1], columns[2]}, wanted);
  const UniformPopulation population(target);
  for (const DiscoveryMeasure* measure :
       {static_cast<const DiscoveryMeasure*>(&sample), static_cast<const DiscoveryMeasure*>(&population)}) {
    const auto steps = discover(*measure);
    EXPECT_NEAR(steps.front().quality.density, 0.12, 0.003);
    EXPECT_GT(steps.back().quality.density, 0.97);
    EXPECT_GT(steps.back().quality.coverage, 0.9);
    EXPECT_NEAR(steps.back().box.low[0], 0.7, 0.02);
    EXPECT_NEAR(steps.back().box.high[1], 0.4, 0.02);
  }
}

TEST(PollFilter, EqualsTheDensePosterior) {
  const PollModel model{.days = 7, .daily_sd = 0.01, .start_mean = 0.45, .start_variance = 0.02, .house_sd = 0.03};
  const std::vector<Poll> polls{
      {0, 1, 0.5, 4e-4}, {2, 0, 0.47, 3e-4}, {2, 1, 0.52, 5e-4}, {5, 2, 0.44, 2e-4}, {2, 0, 0.49, 6e-4}};
  const OpinionPath path = filter_polls(model, {polls.rbegin(), polls.rend()});
  // ξ_0..ξ_6 and three houses, all at once.
  Eigen::MatrixXd prior = Eigen::MatrixXd::Zero(10, 10);
  for (int i = 0; i < 7; ++i)
    for (int j = 0; j < 7; ++j) prior(i, j) = 0.02 + 1e-4 * std::min(i, j);
  for (int h = 7; h < 10; ++h) prior(h, h) = 9e-4;
  const auto posterior = [&](std::size_t until) {
    std::vector<Poll> seen;
    for (const Poll& p : polls)
      if (p.day <= until) seen.push_back(p);
    Eigen::MatrixXd z = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(seen.size()), 10),
                    noise = Eigen::MatrixXd::Zero(z.rows(), z.rows());
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(10), y(z.rows());
    mean.head(7).setConstant(0.45);
    for (Eigen::Index k = 0; k < z.rows(); ++k) {
      const Poll& p = seen[static_cast<std::size_t>(k)];
      z(k, static_cast<Eigen::Index>(p.day)) = z(k, 7 + static_cast<Eigen::Index>(p.house)) = 1.0;
      noise(k, k) = p.variance;
      y(k) = p.share;
    }
    const Eigen::MatrixXd gain = prior * z.transpose() * (z * prior * z.transpose() + noise).inverse();
    return std::pair<Eigen::VectorXd, Eigen::MatrixXd>(mean + gain * (y - z * mean), prior - gain * z * prior);
  };
  const auto [mean, covariance] = posterior(6);
  for (Eigen::Index t = 0; t < 7; ++t) {
    EXPECT_NEAR(path.smoothed[static_cast<std::size_t>(t)].mean, mean(t), 1e-12);
    EXPECT_NEAR(path.smoothed[static_cast<std::size_t>(t)].sd, std::sqrt(covariance(t, t)), 1e-12);
    const auto [then, doubt] = posterior(static_cast<std::size_t>(t));
    EXPECT_NEAR(path.filtered[static_cast<std::size_t>(t)].mean, then(t), 1e-12);
    EXPECT_NEAR(path.filtered[static_cast<std::size_t>(t)].sd, std::sqrt(doubt(t, t)), 1e-12);
  }
  for (std::size_t h = 0; h < 3; ++h) EXPECT_NEAR(path.house_leans[h], mean(7 + static_cast<Eigen::Index>(h)), 1e-12);
  EXPECT_THROW(filter_polls(model, {{7, 0, 0.5, 1e-4}}), InputError);
  EXPECT_NO_THROW(filter_polls({.days = 3, .daily_sd = 0.01, .start_mean = 0.5, .start_variance = 0.0, .house_sd = 0.0},
                               {{1, 0, 0.5, 1e-4}}));
}

TEST(PollFilter, ReachesItsSteadyState) {
  std::vector<Poll> polls;
  for (std::size_t t = 0; t < 300; ++t) polls.push_back({t, 0, 0.5, 1e-3});
  const OpinionPath path = filter_polls(
      {.days = 300, .daily_sd = std::sqrt(4e-5), .start_mean = 0.5, .start_variance = 0.1, .house_sd = 0.0}, polls);
  const SteadyFilter steady = steady_filter(0.04);
  EXPECT_NEAR(path.filtered.back().sd * path.filtered.back().sd / 1e-3, steady.predicted_variance * (1.0 - steady.gain),
              1e-12);
}

TEST(CondorcetElection, ChancesAddUpAndRest) {
  const SquareTable strengths{{0, 3, 1, 0}, {2, 0, 4, 0}, {5, 1, 0, 0}, {0, 0, 0, 0}};
  for (const Election rule : {Election::conditional, Election::uniform_markov, Election::incentive_markov}) {
    double sum = 0.0;
    for (const double p : election_chances(strengths, 1.0, rule)) {
      EXPECT_GE(p, -1e-12);
      sum += p;
    }
    EXPECT_NEAR(sum, 1.0, 1e-9);
  }
  const auto alike = election_chances({{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}, 3.0, Election::incentive_markov);
  for (const double p : alike) EXPECT_NEAR(p, 1.0 / 3.0, 1e-12);
  EXPECT_THROW(election_chances({{0, 1}}, 1.0, Election::conditional), InputError);
}

TEST(Baselines, MediansAndTheirTies) {
  EXPECT_DOUBLE_EQ(weighted_median(std::vector{4.0, 7.0, 10.0}, std::vector{1.0, 1.0, 1.0}), 7.0);
  EXPECT_DOUBLE_EQ(weighted_median(std::vector{10.0, 4.0}, std::vector{1.0, 1.0}), 7.0);
  EXPECT_DOUBLE_EQ(weighted_median(std::vector{10.0, 4.0, 5.0}, std::vector{1.0, 1.0, 0.0}), 7.0)
      << "who has no weight has no vote";
  EXPECT_THROW(weighted_mean(std::vector{1.0}, std::vector{0.0}), InputError);
}

}  // namespace
}  // namespace parley
