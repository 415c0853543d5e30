// The one helper through which random results are judged, so that the chance of a false alarm is known.
//
// The whole suite has room for 1000 judgements and fails a right program with a chance of at most 1e-6: each judgement
// may err with 1e-9. Bounds are of the kind that hold at every sample size (Chernoff 1952; Massart 1990; Laurent and
// Massart 2000) or, for means, normal with at least 1000 values. A judge also refuses a sample that is too small to
// show it a bias of 2 %: a test that cannot fail is a defect.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace parley::statistics {

inline constexpr double suite_error = 1e-6;
inline constexpr int judgements_in_suite = 1000;
inline constexpr double judgement_error = suite_error / judgements_in_suite;
inline constexpr double smallest_bias = 0.02;
inline constexpr double critical_z = 6.11;  ///< two-sided normal quantile of judgement_error
inline constexpr double power_z = 3.1;      ///< a bias of `smallest_bias` is missed once in a thousand

/// ln(2 / judgement_error): what an exponential tail bound on both sides has to exceed.
inline double critical_exponent() { return std::log(2 / judgement_error); }

namespace detail {
inline double relative_entropy(double observed, double expected) {
  const auto part = [](double a, double b) { return a > 0 ? a * std::log(a / b) : 0.0; };
  return part(observed, expected) + part(1 - observed, 1 - expected);
}
/// Values that a judge needs before a shift of `shift` standard deviations cannot hide from it.
inline double enough_for(double shift, double threshold_z) {
  return std::pow((threshold_z + power_z) / shift, 2);
}
inline testing::AssertionResult too_few(double have, double need) {
  return testing::AssertionFailure() << "the sample is too small to show a bias of 2 %: " << have << " values where "
                                     << std::ceil(need) << " are needed";
}
}  // namespace detail

/// Trials that `has_proportion` asks for.
inline double trials_needed(double expected) {
  const double deviation = std::sqrt(expected * (1 - expected));
  return detail::enough_for(smallest_bias * expected / deviation, std::sqrt(2 * critical_exponent()));
}

/// Did `hits` of `trials` independent trials succeed as often as a chance of `expected` lets them?
inline testing::AssertionResult has_proportion(double hits, double trials, double expected) {
  if (trials < trials_needed(expected)) return detail::too_few(trials, trials_needed(expected));
  const double exponent = trials * detail::relative_entropy(hits / trials, expected);
  if (exponent <= critical_exponent()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << hits << " of " << trials << " = " << hits / trials << " where " << expected
                                     << " was expected (chance below " << 2 * std::exp(-exponent) << ")";
}

/// Is the mean of independent values `expected`? The bias of 2 % is one of `scale`: of the expected value itself, or of
/// the standard deviation where that is 0.
inline testing::AssertionResult has_mean(const std::vector<double>& values, double expected, double scale) {
  const double n = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / n;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double deviation = std::sqrt(squares / (n - 1));
  const double need = std::max(1000.0, detail::enough_for(smallest_bias * scale / deviation, critical_z));
  if (n < need) return detail::too_few(n, need);
  const double z = (mean - expected) / (deviation / std::sqrt(n));
  if (std::fabs(z) <= critical_z) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "mean " << mean << " where " << expected << " was expected (" << z
                                     << " standard errors)";
}

/// Do counts fall on classes with these chances? The bias of 2 % is that of half of the classes up, half down.
inline testing::AssertionResult has_frequencies(const std::vector<double>& counts, const std::vector<double>& chances) {
  double total = 0, statistic = 0, least = 1;
  for (const double count : counts) total += count;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = total * chances[i];
    statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
    least = std::min(least, chances[i]);
  }
  const double freedom = static_cast<double>(counts.size()) - 1;
  const double x = std::log(1 / judgement_error);
  const double threshold = freedom + 2 * std::sqrt(freedom * x) + 2 * x;
  // Under the bias the statistic has mean freedom + total·bias² and about the variance 2·freedom + 4·total·bias².
  const double excess = threshold - freedom + power_z * power_z * 2 +
                        power_z * std::sqrt(2 * freedom + 4 * (threshold - freedom));
  const double need = std::max(20 / least, excess / (smallest_bias * smallest_bias));
  if (total < need) return detail::too_few(total, need);
  if (statistic <= threshold) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "chi-square " << statistic << " with " << freedom
                                     << " degrees of freedom, at most " << threshold << " was expected";
}

/// Do values come from the continuous distribution with this distribution function? The bias of 2 % is one of its
/// probabilities.
inline testing::AssertionResult has_distribution(std::vector<double> values, const std::function<double(double)>& cdf) {
  const double n = static_cast<double>(values.size());
  const double threshold = std::sqrt(critical_exponent() / (2 * n));
  const double need = std::pow((std::sqrt(critical_exponent() / 2) + power_z / 2) / smallest_bias, 2);
  if (n < need) return detail::too_few(n, need);
  std::sort(values.begin(), values.end());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double at = cdf(values[i]);
    distance = std::max({distance, at - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - at});
  }
  if (distance <= threshold) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "the distributions are " << distance << " apart, at most " << threshold
                                     << " was expected";
}

}  // namespace parley::statistics
