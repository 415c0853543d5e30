#include "engine/analysis/intervals.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/check.hpp"

namespace parley {

namespace {

void require_counts(std::uint64_t hits, std::uint64_t runs) {
  if (runs == 0) throw InputError("no run was counted (a share of nothing has no interval). Give at least one run");
  if (hits > runs) throw InputError("more hits than runs were counted (a share is at most 1). Give hits ≤ runs");
}

void require_probability(double p, const char* message) {
  if (!(p > 0.0 && p < 1.0)) throw InputError(message);
}

/// Continued fraction of the incomplete beta function by Lentz's method; converges fast for x below (a + 1)/(a + b +
/// 2).
double beta_fraction(double x, double a, double b) {
  constexpr double tiny = 1e-300;
  const auto held = [](double v) { return std::abs(v) < tiny ? tiny : v; };
  double numerator = 1.0, denominator = 1.0 / held(1.0 - (a + b) * x / (a + 1.0)), fraction = denominator;
  for (int m = 1; m < 100000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    denominator = 1.0 / held(1.0 + even * denominator);
    numerator = held(1.0 + even / numerator);
    fraction *= denominator * numerator;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    denominator = 1.0 / held(1.0 + odd * denominator);
    numerator = held(1.0 + odd / numerator);
    const double step = denominator * numerator;
    fraction *= step;
    if (std::abs(step - 1.0) < 1e-16) break;
  }
  return fraction;
}

double beta_quantile(double probability, double a, double b) {
  double low = 0.0, high = 1.0;
  for (int step = 0; step < 200 && high - low > 0.0; ++step) {
    const double middle = 0.5 * (low + high);
    if (middle == low || middle == high) break;
    (beta_distribution(middle, a, b) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

double normal_quantile(double probability) {
  require_probability(probability, "the probability is not inside (0, 1) (only such have a normal quantile). Give one");
  if (probability > 0.5) return -normal_quantile(1.0 - probability);
  // Newton's steps on Φ(z) = p, from a start that is right in the tail; Φ by erfc keeps its relative accuracy there.
  double z = probability < 0.1 ? -std::sqrt(-2.0 * std::log(probability)) + 0.5 : 0.0;
  for (int step = 0; step < 100; ++step) {
    const double density = std::exp(-0.5 * z * z) * 0.39894228040143267794;
    const double miss = 0.5 * std::erfc(-z * 0.70710678118654752440) - probability;
    const double newton = miss / density;
    const double halley = newton / (1.0 + 0.5 * z * newton);
    z -= std::clamp(halley, -1.0, 1.0);
    if (std::abs(halley) <= 1e-15 * std::max(1.0, std::abs(z))) break;
  }
  return z;
}

double two_sided_z(double confidence) {
  require_probability(confidence, "the confidence is not inside (0, 1) (0.95 is usual). Give a share");
  return -normal_quantile(0.5 * (1.0 - confidence));
}

double beta_distribution(double x, double a, double b) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  const double front =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(x, a, b) / a;
  return 1.0 - front * beta_fraction(1.0 - x, b, a) / b;
}

ShareInterval wilson_interval(std::uint64_t hits, std::uint64_t runs, double confidence) {
  require_counts(hits, runs);
  const double n = static_cast<double>(runs), share = static_cast<double>(hits) / n;
  const double z = two_sided_z(confidence), z2 = z * z / n;
  const double centre = (share + 0.5 * z2) / (1.0 + z2);
  const double half = std::sqrt(share * (1.0 - share) * z2 + 0.25 * z2 * z2) / (1.0 + z2);
  return {hits == 0 ? 0.0 : std::max(0.0, centre - half), hits == runs ? 1.0 : std::min(1.0, centre + half)};
}

ShareInterval clopper_pearson_interval(std::uint64_t hits, std::uint64_t runs, double confidence) {
  require_counts(hits, runs);
  require_probability(confidence, "the confidence is not inside (0, 1) (0.95 is usual). Give a share");
  const double x = static_cast<double>(hits), missed = static_cast<double>(runs - hits),
               tail = 0.5 * (1.0 - confidence);
  return {hits == 0 ? 0.0 : beta_quantile(tail, x, missed + 1.0),
          hits == runs ? 1.0 : 1.0 - beta_quantile(tail, missed, x + 1.0)};
}

std::uint64_t runs_for_half_width(double half_width, double share, double confidence) {
  if (!(half_width > 0.0 && half_width < 0.5))
    throw InputError("the half-width is not inside (0, 1/2) (wider says nothing about a share). Give one such as 0.01");
  if (!(share >= 0.0 && share <= 1.0))
    throw InputError("the share is outside [0, 1]. Give the share you expect, or 1/2");
  const double z = two_sided_z(confidence), z2 = z * z, h2 = half_width * half_width;
  // h² (n + z²)² = z² (p(1 − p) n + z²/4), a quadratic in n with one positive root; at p = ½ it is z²/4h² − z².
  if (share == 0.5) return static_cast<std::uint64_t>(std::max(1.0, std::ceil(z2 / (4.0 * h2) - z2)));
  const double half_linear = z2 * (h2 - 0.5 * share * (1.0 - share));
  const double constant = z2 * z2 * (h2 - 0.25);
  const double root = (-half_linear + std::sqrt(half_linear * half_linear - h2 * constant)) / h2;
  return static_cast<std::uint64_t>(std::max(1.0, std::ceil(root)));
}

}  // namespace parley
