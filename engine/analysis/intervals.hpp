// Intervals for shares that were counted, and the number of runs a given width needs.
//
//   Wilson 1927 (JASA 22:209): (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
//   Clopper and Pearson 1934 (Biometrika 26:404): quantiles of Beta(x, n − x + 1) and Beta(x + 1, n − x).
//   Runs for a half-width h at share p: the least n whose Wilson interval is no wider; at p = ½ it is ⌈z²/4h² − z²⌉.
#pragma once

#include <cstdint>

namespace parley {

struct ShareInterval {
  double low, high;
};

/// Inverse of the standard normal distribution, to about 1e−15; p in (0, 1).
double normal_quantile(double probability);

/// z with Pr(|Z| ≤ z) = confidence; confidence in (0, 1).
double two_sided_z(double confidence);

/// Regularised incomplete beta function I_x(a, b), a, b > 0, x in [0, 1].
double beta_distribution(double x, double a, double b);

ShareInterval wilson_interval(std::uint64_t hits, std::uint64_t runs, double confidence = 0.95);
ShareInterval clopper_pearson_interval(std::uint64_t hits, std::uint64_t runs, double confidence = 0.95);

/// Runs until the Wilson interval of a share near `share` has the half-width, in (0, ½).
std::uint64_t runs_for_half_width(double half_width, double share = 0.5, double confidence = 0.95);

}  // namespace parley
