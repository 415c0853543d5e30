// Differences of shares and ratios against published intervals, textbook formulas and the jackknife.
#include "engine/analysis/paired_ratio.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace parley {
namespace {

constexpr double z = 1.959963984540054;

TEST(PairedRatio, UnpairedSharesHaveTheIntervalOfNewcombe1998) {
  PairedRatio ratio;  // 56 of 70 and 48 of 80, table II (a), method 10: 0.0524 to 0.3339
  for (int r = 0; r < 80; ++r) ratio.add_a(r < 48, 1);
  for (int r = 0; r < 70; ++r) ratio.add_b(r < 56, 1);
  const Difference d = ratio.difference(true);
  EXPECT_NEAR(*d.change, 0.2, 1e-12);
  EXPECT_NEAR(*d.low, 0.0524, 5e-5);
  EXPECT_NEAR(*d.high, 0.3339, 5e-5);
}

TEST(PairedRatio, PairedSharesHaveTheIntervalOfAgrestiAndMin2005) {
  PairedRatio ratio;  // approval of a prime minister in two surveys of the same 1600 people: 794, 150, 86, 570
  const auto add = [&](int count, double a, double b) { for (int r = 0; r < count; ++r) ratio.add_pair(a, 1, b, 1); };
  add(794, 1, 1), add(150, 1, 0), add(86, 0, 1), add(570, 0, 0);
  const Difference d = ratio.difference(true);
  const double n = 1602, centre = (86.5 - 150.5) / n, half = z * std::sqrt((86.5 + 150.5 - 64.0 * 64.0 / n) / (n * n));
  EXPECT_NEAR(*d.change, -0.04, 1e-12);
  EXPECT_NEAR(*d.low, centre - half, 1e-12);
  EXPECT_NEAR(*d.high, centre + half, 1e-12);
  EXPECT_NEAR(*d.low, -0.059, 5e-4);   // Agresti, Categorical Data Analysis, section 10.1
  EXPECT_NEAR(*d.high, -0.021, 5e-4);
}

TEST(PairedRatio, SharesThatNeverDifferKeepAnInterval) {
  PairedRatio ratio;
  for (int r = 0; r < 100; ++r) ratio.add_pair(0, 1, 0, 1);
  const Difference d = ratio.difference(true);
  EXPECT_EQ(*d.change, 0);
  EXPECT_LT(*d.low, 0);
  EXPECT_GT(*d.high, 0);
}

TEST(PairedRatio, MeansHaveTheStandardErrorOfThePairedTest) {
  const std::vector<double> a = {1.0, 2.5, 2.0, 4.0, 3.5}, b = {1.5, 2.0, 3.0, 5.5, 3.0};
  PairedRatio ratio;
  double mean = 0, squares = 0;
  for (std::size_t r = 0; r < a.size(); ++r) {
    ratio.add_pair(a[r], 1, b[r], 1);
    mean += (b[r] - a[r]) / 5;
  }
  for (std::size_t r = 0; r < a.size(); ++r) squares += (b[r] - a[r] - mean) * (b[r] - a[r] - mean);
  const Difference d = ratio.difference(false);
  EXPECT_NEAR(*d.change, mean, 1e-12);
  EXPECT_NEAR(*d.high - *d.change, z * std::sqrt(squares / 4 / 5), 1e-9);
}

struct PairOfRuns {
  double ya, wa, yb, wb;
};

/// Runs of which some have nothing below the line, the sides alike in part.
std::vector<PairOfRuns> some_runs() {
  std::mt19937_64 random(7);
  std::normal_distribution<double> noise;
  std::vector<PairOfRuns> runs;
  for (int r = 0; r < 400; ++r) {
    const double luck = noise(random), own = noise(random);
    const double wa = luck > -0.3, wb = luck + 0.2 * own > -0.5;
    runs.push_back({wa * (0.4 + 0.1 * luck), wa, wb * (0.5 + 0.1 * luck + 0.02 * own), wb});
  }
  return runs;
}

double ratio_change(const std::vector<PairOfRuns>& runs, std::size_t without) {
  double ya = 0, wa = 0, yb = 0, wb = 0;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    if (r == without) continue;
    ya += runs[r].ya, wa += runs[r].wa, yb += runs[r].yb, wb += runs[r].wb;
  }
  return yb / wb - ya / wa;
}

TEST(PairedRatio, RatiosHaveTheStandardErrorOfTheJackknife) {
  const std::vector<PairOfRuns> runs = some_runs();
  PairedRatio paired, apart;
  for (const PairOfRuns& r : runs) {
    paired.add_pair(r.ya, r.wa, r.yb, r.wb);
    apart.add_a(r.ya, r.wa);
    apart.add_b(r.yb, r.wb);
  }
  const double n = static_cast<double>(runs.size());
  double mean = 0, squares = 0;
  for (std::size_t r = 0; r < runs.size(); ++r) mean += ratio_change(runs, r) / n;
  for (std::size_t r = 0; r < runs.size(); ++r) squares += std::pow(ratio_change(runs, r) - mean, 2);
  const Difference d = paired.difference(false), without = apart.difference(false);
  EXPECT_NEAR(*d.change, ratio_change(runs, runs.size()), 1e-12);
  EXPECT_NEAR((*d.high - *d.change) / (z * std::sqrt(squares * (n - 1) / n)), 1, 0.02);
  EXPECT_GT(*without.high - *without.low, 1.5 * (*d.high - *d.low)) << "pairs share their luck";
}

TEST(PairedRatio, SaysNothingWhereNothingStandsBelowTheLine) {
  PairedRatio ratio;
  for (int r = 0; r < 10; ++r) ratio.add_pair(1, 1, 0, 0);
  const Difference d = ratio.difference(false);
  EXPECT_TRUE(d.a);
  EXPECT_FALSE(d.b);
  EXPECT_FALSE(d.change);
  EXPECT_FALSE(d.low);
}

}  // namespace
}  // namespace parley
