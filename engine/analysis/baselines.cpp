#include "engine/analysis/baselines.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "engine/core/check.hpp"

namespace parley {

namespace {
double total_weight(std::span<const double> positions, std::span<const double> weights) {
  if (positions.empty() || positions.size() != weights.size())
    throw InputError("positions and weights differ in number (each actor has one of each). Complete the lists");
  double total = 0.0;
  for (const double w : weights) {
    if (!(w >= 0.0)) throw InputError("a weight is negative (capability and salience are at least 0). Give 0 or more");
    total += w;
  }
  if (!(total > 0.0))
    throw InputError("nobody has any weight (a mean needs some). Give somebody capability and salience");
  return total;
}
}  // namespace

double weighted_mean(std::span<const double> positions, std::span<const double> weights) {
  const double total = total_weight(positions, weights);
  double sum = 0.0;
  for (std::size_t i = 0; i < positions.size(); ++i) sum += weights[i] * positions[i];
  return sum / total;
}

double weighted_median(std::span<const double> positions, std::span<const double> weights) {
  const double half = 0.5 * total_weight(positions, weights), tie = 1e-12 * half;
  std::vector<std::size_t> order(positions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t i) { return weights[i] == 0.0; });
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return positions[i] < positions[j]; });
  double below = 0.0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    below += weights[order[k]];
    if (below > half + tie || k + 1 == order.size()) return positions[order[k]];
    if (below >= half - tie) return 0.5 * (positions[order[k]] + positions[order[k + 1]]);
  }
  return positions[order.back()];
}

}  // namespace parley
