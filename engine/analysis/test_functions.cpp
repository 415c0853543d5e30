#include "engine/analysis/test_functions.hpp"

#include <cmath>
#include <cstddef>

#include "engine/core/check.hpp"

namespace parley {

namespace {
constexpr double pi = 3.14159265358979323846;
}

double ishigami(std::span<const double> unit_point, double a, double b) {
  const auto stretched = [&](std::size_t i) { return pi * (2.0 * unit_point[i] - 1.0); };
  const double x3 = stretched(2), sine1 = std::sin(stretched(0)), sine2 = std::sin(stretched(1));
  return sine1 + a * sine2 * sine2 + b * x3 * x3 * x3 * x3 * sine1;
}

IshigamiIndices ishigami_indices(double a, double b) {
  const double p4 = b * std::pow(pi, 4), p8 = p4 * p4;
  const double variance = a * a / 8.0 + p4 / 5.0 + p8 / 18.0 + 0.5;
  const double alone1 = 0.5 * (1.0 + p4 / 5.0) * (1.0 + p4 / 5.0), alone2 = a * a / 8.0,
               pair = p8 * (1.0 / 18.0 - 1.0 / 50.0);
  return {a / 2.0,        variance, alone1 / variance, alone2 / variance, pair / variance, (alone1 + pair) / variance,
          pair / variance};
}

double g_function(std::span<const double> point, std::span<const double> a) {
  double product = 1.0;
  for (std::size_t i = 0; i < a.size(); ++i) product *= (std::abs(4.0 * point[i] - 2.0) + a[i]) / (1.0 + a[i]);
  return product;
}

GFunctionIndices g_function_indices(std::span<const double> a) {
  GFunctionIndices indices{1.0, 0.0, {}, {}};
  double all = 1.0;
  for (const double ai : a) {
    if (!(ai > -1.0))
      throw InputError("a coefficient of the g-function is not above −1 (it divides by 1 + a). Give a ≥ 0");
    all *= 1.0 + 1.0 / (3.0 * (1.0 + ai) * (1.0 + ai));
  }
  indices.variance = all - 1.0;
  for (const double ai : a) {
    const double alone = 1.0 / (3.0 * (1.0 + ai) * (1.0 + ai));
    indices.first.push_back(alone / indices.variance);
    indices.total.push_back(alone * all / (1.0 + alone) / indices.variance);
  }
  return indices;
}

}  // namespace parley
