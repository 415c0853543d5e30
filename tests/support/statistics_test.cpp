// Tests the judges of random results: each accepts what is right, rejects a bias of 2 % and refuses too small a sample.
#include "tests/support/statistics.hpp"

#include <cstdint>

#include "engine/core/rng.hpp"

namespace parley::statistics {
namespace {

constexpr std::uint8_t use = 1;
constexpr Stream stream{Stream::Kind::world, 0};

std::vector<double> uniforms(std::size_t count, std::uint64_t seed) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = Draws<double>(seed, i, 0).uniform(stream, use);
  return values;
}
std::vector<double> normals(std::size_t count, std::uint64_t seed) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = Draws<double>(seed, i, 0).normal(stream, use);
  return values;
}
double count_below(const std::vector<double>& values, double bound) {
  return static_cast<double>(std::count_if(values.begin(), values.end(), [=](double v) { return v < bound; }));
}

TEST(Statistics, ErrorLevelOfTheSuiteIsWhatItSays) {
  EXPECT_NEAR(std::erfc(critical_z / std::sqrt(2.0)), judgement_error, 0.01 * judgement_error);
  EXPECT_DOUBLE_EQ(judgement_error * judgements_in_suite, 1e-6);
}

TEST(Statistics, ProportionRejectsTwoPercent) {
  for (const double chance : {0.05, 0.3, 0.5, 0.9}) {
    const auto values = uniforms(static_cast<std::size_t>(std::ceil(trials_needed(chance))), 11);
    const double trials = static_cast<double>(values.size());
    EXPECT_TRUE(has_proportion(count_below(values, chance), trials, chance));
    EXPECT_FALSE(has_proportion(count_below(values, chance * 1.02), trials, chance)) << chance;
    EXPECT_FALSE(has_proportion(count_below(values, chance * 0.98), trials, chance)) << chance;
    EXPECT_FALSE(has_proportion(std::round(chance * 100), 100, chance)) << "too small a sample was accepted";
  }
}

TEST(Statistics, MeanRejectsTwoPercent) {
  auto values = normals(220000, 12);
  EXPECT_TRUE(has_mean(values, 0, 1));
  EXPECT_FALSE(has_mean(values, 0.02, 1));
  EXPECT_FALSE(has_mean(values, -0.02, 1));
  for (double& value : values) value *= value;
  EXPECT_FALSE(has_mean(values, 1, 1)) << "220 000 squares do not show 2 %, but were accepted";
  auto squares = normals(440000, 13);
  for (double& value : squares) value *= value;
  EXPECT_TRUE(has_mean(squares, 1, 1));
  EXPECT_FALSE(has_mean(squares, 1.02, 1));
  EXPECT_FALSE(has_mean({1, 2, 3}, 2, 1));
}

TEST(Statistics, FrequenciesRejectTwoPercent) {
  const std::size_t classes = 16;
  const auto values = uniforms(800000, 14);
  std::vector<double> counts(classes), chances(classes, 1.0 / classes), biased(classes);
  for (const double value : values) counts[static_cast<std::size_t>(value * classes)] += 1;
  for (std::size_t i = 0; i < classes; ++i) biased[i] = chances[i] * (i % 2 == 0 ? 1.02 : 0.98);
  EXPECT_TRUE(has_frequencies(counts, chances));
  EXPECT_FALSE(has_frequencies(counts, biased));
  EXPECT_FALSE(has_frequencies({10, 10}, {0.5, 0.5})) << "too small a sample was accepted";
}

TEST(Statistics, DistributionRejectsTwoPercent) {
  const auto values = normals(120000, 15);
  const auto normal = [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; };
  EXPECT_TRUE(has_distribution(values, normal));
  // A shift of .05 moves the probabilities at the middle by .02.
  EXPECT_FALSE(has_distribution(values, [&](double x) { return normal(x - 0.0502); }));
  EXPECT_FALSE(has_distribution({0, 1}, normal)) << "too small a sample was accepted";
}

}  // namespace
}  // namespace parley::statistics
