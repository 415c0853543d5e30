#include "engine/analysis/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/check.hpp"

namespace parley {

namespace {

double mean_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

double median_of_sorted(const std::vector<double>& sorted) {
  const std::size_t n = sorted.size();
  return n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
}

}  // namespace

SobolIndices sobol_indices(const SaltelliResults& r) {
  const std::size_t n = r.a.size();
  bool fits = n > 0 && r.b.size() == n;
  for (const auto& column : r.ab) fits = fits && column.size() == n;
  if (!fits)
    throw InputError(
        "the lists of a Saltelli design differ in length (A, B and each AB need one result a row). Rerun it");
  SobolIndices indices{std::vector<double>(r.ab.size(), 0.0), std::vector<double>(r.ab.size(), 0.0),
                       std::vector<double>(r.ab.size(), 0.0), 0.5 * (mean_of(r.a) + mean_of(r.b)), 0.0};
  const double rows = static_cast<double>(n);
  for (std::size_t k = 0; k < n; ++k) {
    const double a = r.a[k] - indices.mean, b = r.b[k] - indices.mean;
    indices.variance += (a * a + b * b) / (2.0 * rows);
  }
  if (!(indices.variance > 0.0)) return indices;
  for (std::size_t i = 0; i < r.ab.size(); ++i) {
    double saltelli = 0.0, from_a = 0.0, from_b = 0.0;
    for (std::size_t k = 0; k < n; ++k) {
      const double moved = r.ab[i][k];
      saltelli += (r.b[k] - indices.mean) * (moved - r.a[k]);
      from_a += (r.a[k] - moved) * (r.a[k] - moved);
      from_b += (r.b[k] - moved) * (r.b[k] - moved);
    }
    indices.first_saltelli[i] = saltelli / rows / indices.variance;
    indices.first[i] = 1.0 - from_b / (2.0 * rows) / indices.variance;
    indices.total[i] = from_a / (2.0 * rows) / indices.variance;
  }
  return indices;
}

MorrisEffect morris_effect(std::span<const double> effects) {
  if (effects.empty()) throw InputError("there is no elementary effect (no step stays in range). Use a smaller step");
  MorrisEffect e{mean_of(effects), 0.0, 0.0};
  const double n = static_cast<double>(effects.size());
  for (const double effect : effects) {
    e.mean_size += std::abs(effect) / n;
    e.deviation += (effect - e.mean) * (effect - e.mean) / n;
  }
  e.deviation = std::sqrt(e.deviation);
  return e;
}

std::vector<MorrisEffect> morris_on_grid(const SampledFunction& function, const MorrisGrid& grid) {
  if (grid.levels < 2 || grid.inputs == 0 || !(grid.step > 0.0 && grid.step < 1.0))
    throw InputError("the Morris grid is not one (at least 1 input, 2 levels and a step in (0, 1)). Give such a grid");
  const double points = std::pow(static_cast<double>(grid.levels), static_cast<double>(grid.inputs));
  if (points * static_cast<double>(grid.inputs) > 2e6)
    throw InputError("the Morris grid is too large (levels to the power of inputs). Use fewer levels or trajectories");
  std::vector<MorrisEffect> result;
  const auto total = static_cast<std::size_t>(points + 0.5);
  for (std::size_t i = 0; i < grid.inputs; ++i) {
    std::vector<double> effects, x(grid.inputs);
    for (std::size_t point = 0; point < total; ++point) {
      std::size_t digits = point;
      for (double& coordinate : x) {
        coordinate = static_cast<double>(digits % static_cast<std::size_t>(grid.levels)) / (grid.levels - 1);
        digits /= static_cast<std::size_t>(grid.levels);
      }
      if (x[i] + grid.step > 1.0 + 1e-12) continue;
      const double before = function(x);
      x[i] += grid.step;
      effects.push_back((function(x) - before) / grid.step);
    }
    result.push_back(morris_effect(effects));
  }
  return result;
}

double PiecewiseDistribution::operator()(double y) const {
  if (y <= at.front()) return y < at.front() ? 0.0 : below.front();
  if (y >= at.back()) return 1.0;
  const auto after = static_cast<std::size_t>(std::upper_bound(at.begin(), at.end(), y) - at.begin());
  const double width = at[after] - at[after - 1];
  return below[after - 1] + (below[after] - below[after - 1]) * (y - at[after - 1]) / width;
}

double kolmogorov_smirnov(const PiecewiseDistribution& first, const PiecewiseDistribution& second) {
  double gap = 0.0;  // between corners the gap is linear, so its largest value is at a corner
  for (const double y : first.at) gap = std::max(gap, std::abs(first(y) - second(y)));
  for (const double y : second.at) gap = std::max(gap, std::abs(first(y) - second(y)));
  return gap;
}

double kolmogorov_smirnov(std::vector<double> first, std::vector<double> second) {
  if (first.empty() || second.empty())
    throw InputError("a sample is empty (it has no distribution). Give both some values");
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  const double n = static_cast<double>(first.size()), m = static_cast<double>(second.size());
  double gap = 0.0;
  std::size_t i = 0, j = 0;
  while (i < first.size() && j < second.size()) {
    const double y = std::min(first[i], second[j]);
    while (i < first.size() && first[i] <= y) ++i;
    while (j < second.size() && second[j] <= y) ++j;
    gap = std::max(gap, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
  }
  return gap;
}

PawnIndex pawn_index(std::vector<double> distances) {
  if (distances.empty())
    throw InputError("no bin holds a value (PAWN compares distributions within bins). Give a sample");
  std::sort(distances.begin(), distances.end());
  return {distances.back(), median_of_sorted(distances), mean_of(distances)};
}

PawnIndex pawn_from_sample(std::span<const double> input, std::span<const double> output, std::size_t bins) {
  if (bins == 0 || input.empty() || input.size() != output.size())
    throw InputError("the sample does not fit PAWN (as many inputs as outputs, at least one bin). Give such a sample");
  const auto [low, high] = std::minmax_element(input.begin(), input.end());
  const double width = *high - *low;
  std::vector<std::vector<double>> given(bins);
  for (std::size_t k = 0; k < input.size(); ++k) {
    const double place = width > 0.0 ? (input[k] - *low) / width * static_cast<double>(bins) : 0.0;
    given[std::min(bins - 1, static_cast<std::size_t>(place))].push_back(output[k]);
  }
  std::vector<double> distances;
  for (const auto& bin : given)
    if (!bin.empty()) distances.push_back(kolmogorov_smirnov({output.begin(), output.end()}, bin));
  return pawn_index(std::move(distances));
}

}  // namespace parley
