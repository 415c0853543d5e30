#include "engine/analysis/morris_analysis.hpp"

#include <cmath>

#include "engine/core/check.hpp"

namespace parley {

namespace {

/// The effects of one trajectory, one an input, and the variance that luck gives each.
struct Trajectory {
  std::vector<double> effect, noise;
  bool whole = true;
};

Trajectory follow(const MorrisCells& cells, std::size_t path) {
  Trajectory t{std::vector<double>(cells.inputs), std::vector<double>(cells.inputs), true};
  const std::size_t start = path * (cells.inputs + 1);
  std::vector<double> before = cells.design->unit_row(start);
  for (std::size_t step = start + 1; step <= start + cells.inputs; ++step) {
    const std::vector<double> after = cells.design->unit_row(step);
    std::size_t moved = 0;
    while (moved + 1 < cells.inputs && after[moved] == before[moved]) ++moved;
    const double distance = after[moved] - before[moved];
    t.effect[moved] = (cells.mean[step] - cells.mean[step - 1]) / distance;
    if (!cells.noise.empty()) t.noise[moved] = (cells.noise[step] + cells.noise[step - 1]) / (distance * distance);
    t.whole = t.whole && std::isfinite(t.effect[moved]);
    before = after;
  }
  return t;
}

struct Moments {
  double n = 0, sum = 0, size = 0, squares = 0;
  void add(double effect, double times) {
    n += times;
    sum += times * effect;
    size += times * std::abs(effect);
    squares += times * effect * effect;
  }
  double mean() const { return sum / n; }
  double mean_size() const { return size / n; }
  double deviation() const { return std::sqrt(std::max(0.0, squares / n - mean() * mean())); }
};

}  // namespace

MorrisAnalysis analyse_morris(const MorrisCells& cells, const Bootstrap& bootstrap) {
  const std::size_t members = cells.inputs + 1;
  if (cells.design == nullptr || cells.inputs == 0 || cells.mean.size() % members != 0 || cells.mean.size() > cells.design->cells())
    throw InputError("the cells are no Morris design (a trajectory has one cell more than inputs). Give whole trajectories");
  MorrisAnalysis result;
  std::vector<Trajectory> paths;
  for (std::size_t path = 0; path < cells.mean.size() / members; ++path)
    if (Trajectory t = follow(cells, path); t.whole) paths.push_back(std::move(t));
  result.trajectories = paths.size();
  result.trajectories_left_out = cells.mean.size() / members - paths.size();
  if (paths.size() < 2) throw InputError("fewer than two trajectories have a result in every cell (a spread needs two). Take more samples");

  std::vector<std::vector<double>> means(cells.inputs), sizes(cells.inputs), deviations(cells.inputs);
  Resampler resampler(paths.size(), bootstrap.seed);
  for (std::size_t b = 0; b < bootstrap.resamples; ++b) {
    const auto& times = resampler.draw(b);
    for (std::size_t i = 0; i < cells.inputs; ++i) {
      Moments drawn;
      for (std::size_t k = 0; k < paths.size(); ++k) drawn.add(paths[k].effect[i], times[k]);
      means[i].push_back(drawn.mean());
      sizes[i].push_back(drawn.mean_size());
      deviations[i].push_back(drawn.deviation());
    }
  }
  double largest = 0;
  for (std::size_t i = 0; i < cells.inputs; ++i) {
    Moments all;
    double noise = 0;
    for (const Trajectory& t : paths) {
      all.add(t.effect[i], 1);
      noise += t.noise[i] / static_cast<double>(paths.size());
    }
    result.inputs.push_back({estimate(all.mean(), std::move(means[i]), bootstrap.confidence),
                             estimate(all.mean_size(), std::move(sizes[i]), bootstrap.confidence),
                             estimate(all.deviation(), std::move(deviations[i]), bootstrap.confidence), std::sqrt(noise)});
    largest = std::max(largest, all.mean_size());
  }
  for (const MorrisIndex& index : result.inputs)
    if (largest > 0) result.widest = std::max(result.widest, (index.mean_size.high - index.mean_size.low) / largest);
  result.converged = bootstrap.resamples > 0 && result.widest <= MorrisAnalysis::converged_width;
  const double ratio = result.widest / MorrisAnalysis::converged_width;
  result.trajectories_needed = static_cast<std::size_t>(std::ceil(static_cast<double>(paths.size()) * ratio * ratio));
  return result;
}

}  // namespace parley
