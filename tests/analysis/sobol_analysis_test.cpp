// Sobol indices against closed forms, with and without luck in the cells, and whether their intervals hold.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "engine/analysis/sobol_analysis.hpp"
#include "engine/analysis/test_functions.hpp"
#include "engine/sweep/design.hpp"
#include "tests/support/statistics.hpp"

namespace parley {
namespace {

using Function = std::function<double(std::span<const double>)>;

SweepSpec saltelli(std::size_t inputs, std::uint32_t samples) {
  SweepSpec spec;
  spec.design = DesignKind::saltelli;
  spec.samples = samples;
  for (std::size_t d = 0; d < inputs; ++d) spec.sample.push_back({"p" + std::to_string(d), {}, {}, {}});
  return spec;
}

/// Every cell of the shipped design.
std::vector<double> played(std::size_t inputs, std::uint32_t samples, const Function& f) {
  const Design design(saltelli(inputs, samples), 1);
  std::vector<double> out;
  for (std::uint64_t c = 0; c < design.cells(); ++c) out.push_back(f(design.row(c)));
  return out;
}

double uniform(std::uint64_t seed, std::uint64_t row, std::uint8_t use) { return Draws<double>(seed, row, 0).uniform({Stream::Kind::world, 0}, use); }

/// A Saltelli design of random base rows, so that repetitions are independent.
std::vector<double> played_at_random(std::size_t inputs, std::size_t rows, const Function& f, std::uint64_t seed) {
  std::vector<double> out, a(inputs), b(inputs);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < inputs; ++i) {
      a[i] = uniform(seed, row, static_cast<std::uint8_t>(i));
      b[i] = uniform(seed, row, static_cast<std::uint8_t>(i + inputs));
    }
    out.push_back(f(a));
    for (std::size_t i = 0; i < inputs; ++i) {
      std::vector<double> moved = a;
      moved[i] = b[i];
      out.push_back(f(moved));
    }
    out.push_back(f(b));
  }
  return out;
}

double ishigami_7(std::span<const double> x) { return ishigami(x, 7, 0.1); }
const std::vector<double> g_coefficients = {0, 1, 4.5, 9, 99, 99, 99, 99};

TEST(SobolAnalysis, FindsTheIndicesOfIshigamisFunction) {
  const SobolAnalysis s = analyse_sobol({3, played(3, 16384, ishigami_7), {}});
  const IshigamiIndices known = ishigami_indices(7, 0.1);
  EXPECT_NEAR(s.mean, known.mean, 0.01);
  EXPECT_NEAR(s.variance.value, known.variance, 0.02 * known.variance);
  const double first[] = {known.first1, known.first2, 0}, total[] = {known.total1, known.first2, known.total3};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(s.inputs[i].first.value, first[i], 0.01) << i;
    EXPECT_NEAR(s.inputs[i].total.value, total[i], 0.01) << i;
    EXPECT_NEAR(s.inputs[i].first_jansen, first[i], 0.02) << i;
    EXPECT_LE(s.inputs[i].first.low, first[i] + 0.01);
    EXPECT_GE(s.inputs[i].first.high, first[i] - 0.01);
  }
  EXPECT_NEAR(s.sum_first.value, known.first1 + known.first2, 0.02);
  EXPECT_TRUE(s.converged) << s.widest;
}

TEST(SobolAnalysis, FindsTheIndicesOfTheGFunction) {
  const SobolAnalysis s = analyse_sobol({8, played(8, 16384, [](std::span<const double> x) { return g_function(x, g_coefficients); }), {}});
  const GFunctionIndices known = g_function_indices(g_coefficients);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(s.inputs[i].first.value, known.first[i], 0.01) << i;
    EXPECT_NEAR(s.inputs[i].total.value, known.total[i], 0.015) << i;
  }
  EXPECT_LE(s.sum_first.value, 1.0);
}

TEST(SobolAnalysis, SaysThatAFewRowsHaveNotConvergedAndHowManyWould) {
  const SobolAnalysis few = analyse_sobol({3, played(3, 64, ishigami_7), {}});
  EXPECT_FALSE(few.converged);
  EXPECT_GT(few.rows_needed, few.rows);
  const SobolAnalysis enough = analyse_sobol({3, played(3, static_cast<std::uint32_t>(few.rows_needed), ishigami_7), {}});
  EXPECT_LT(enough.widest, 2 * SobolAnalysis::converged_width) << few.rows_needed;
}

/// The mean of `runs` runs that are 1 with the chance that f says, and the luck in that mean.
struct Noisy {
  std::vector<double> mean, noise;
};
Noisy with_luck(const std::vector<double>& chances, int runs, std::uint64_t seed) {
  Noisy out;
  for (std::size_t c = 0; c < chances.size(); ++c) {
    double k = 0;
    for (int r = 0; r < runs; ++r) k += uniform(seed, c, static_cast<std::uint8_t>(r)) < chances[c];
    out.mean.push_back(k / runs);
    out.noise.push_back(k * (runs - k) / (runs - 1.0) / runs / runs);
  }
  return out;
}
double chance(std::span<const double> x) { return 0.5 + 0.4 * (x[0] - 0.5) + 0.8 * (x[1] - 0.5) * (x[2] - 0.5); }

// V = .16/12 and .64/144: the third input acts through the second only. Luck is most of a mean of eight runs.
TEST(SobolAnalysis, TakesOffLuckThatWouldDrownTheIndices) {
  const double alone = 0.16 / 12, together = 0.64 / 144, all = alone + together;
  const Noisy noisy = with_luck(played(4, 65536, chance), 8, 7);
  const SobolAnalysis s = analyse_sobol({4, noisy.mean, noisy.noise});
  EXPECT_NEAR(s.variance.value, all, 0.05 * all);
  const double first[] = {alone / all, 0, 0, 0}, total[] = {alone / all, together / all, together / all, 0};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(s.inputs[i].first.value, first[i], 0.06) << i;
    EXPECT_NEAR(s.inputs[i].total.value, total[i], 0.06) << i;
  }
  const SobolAnalysis raw = analyse_sobol({4, noisy.mean, {}});
  EXPECT_GT(raw.inputs[3].total.value, 0.5) << "without the correction a parameter that does nothing looks important";
}

// A 95 % interval covers in 91 to 98 of 100 repetitions (a bootstrap of 256 rows is a little short); one that never or
// always covers would fail.
TEST(SobolAnalysis, IntervalsCoverAsOftenAsTheySay) {
  const IshigamiIndices known = ishigami_indices(7, 0.1);
  constexpr int repetitions = 1000;
  int first_covered = 0, total_covered = 0, covered_without_effect = 0;
  for (int r = 0; r < repetitions; ++r) {
    const SobolAnalysis s = analyse_sobol({3, played_at_random(3, 256, ishigami_7, 1000 + r), {}}, {.resamples = 200, .seed = static_cast<std::uint64_t>(r)});
    const auto covers = [](const Estimate& e, double truth) { return e.low <= truth && truth <= e.high; };
    first_covered += covers(s.inputs[0].first, known.first1);
    total_covered += covers(s.inputs[0].total, known.total1);
    covered_without_effect += covers(s.inputs[2].first, 0);
  }
  for (const int covered : {first_covered, total_covered, covered_without_effect}) {
    EXPECT_GT(covered, 0.90 * repetitions);
    EXPECT_LT(covered, 0.985 * repetitions);
  }
}

TEST(SobolAnalysis, LeavesOutRowsWithoutAResult) {
  std::vector<double> cells = played(3, 4096, ishigami_7);
  cells[7] = NAN;
  const SobolAnalysis s = analyse_sobol({3, cells, {}});
  EXPECT_EQ(s.rows, 4095u);
  EXPECT_EQ(s.rows_left_out, 1u);
  EXPECT_NEAR(s.inputs[0].first.value, ishigami_indices(7, 0.1).first1, 0.02);
}

TEST(SobolAnalysis, AConstantHasNoIndices) {
  const SobolAnalysis s = analyse_sobol({2, std::vector<double>(400, 3.0), {}});
  EXPECT_TRUE(s.inputs.empty());
  EXPECT_EQ(s.variance.value, 0);
}

TEST(SobolAnalysis, RefusesWhatIsNoSaltelliDesign) {
  EXPECT_THROW(analyse_sobol({3, std::vector<double>(7, 1.0), {}}), InputError);
  EXPECT_THROW(analyse_sobol({0, {}, {}}), InputError);
  EXPECT_THROW(analyse_sobol({3, std::vector<double>(5, 1.0), {}}), InputError);
}

}  // namespace
}  // namespace parley
