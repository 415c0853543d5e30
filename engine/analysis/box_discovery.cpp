#include "engine/analysis/box_discovery.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/analysis/intervals.hpp"
#include "engine/core/check.hpp"

namespace parley {

namespace {

constexpr double coverages[] = {0.75, 0.5, 0.25};

/// Rows [from, to) of a sample.
BoxSample part(const BoxSample& sample, std::size_t from, std::size_t to) {
  BoxSample out;
  for (const auto& input : sample.inputs) out.inputs.push_back(input.subspan(from, to - from));
  const auto cut = [&](const std::vector<double>& all) { return std::vector<double>(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to)); };
  out.of_interest = cut(sample.of_interest);
  out.cases = cut(sample.cases);
  return out;
}

SampleMeasure measure_of(const BoxSample& sample) { return {sample.inputs, sample.of_interest, sample.cases}; }

bool is_limited(const InputBox& box, const InputBox& all, std::size_t input) { return box.low[input] > all.low[input] || box.high[input] < all.high[input]; }

InputBox freed(InputBox box, const InputBox& all, std::size_t input) {
  box.low[input] = all.low[input];
  box.high[input] = all.high[input];
  return box;
}

/// The box with one side of one input opened, or none where that side is open.
std::optional<InputBox> opened(InputBox box, const InputBox& all, std::size_t input, Edge edge) {
  double& side = edge == Edge::low ? box.low[input] : box.high[input];
  const double end = edge == Edge::low ? all.low[input] : all.high[input];
  if (side == end) return {};
  side = end;
  return box;
}

/// Opens, one by one, the side that costs the least density, as long as it costs less than it is worth.
InputBox simplified(const SampleMeasure& measure, InputBox box) {
  const InputBox all = measure.everything();
  for (;;) {
    const double density = measure.quality(box).density;
    double best = density - BoxDiscovery::worth;
    std::optional<InputBox> simpler;
    for (std::size_t i = 0; i < box.low.size(); ++i)
      for (const Edge edge : {Edge::low, Edge::high}) {
        std::optional<InputBox> candidate = opened(box, all, i, edge);
        if (!candidate) continue;
        if (const double without = measure.quality(*candidate).density; without > best) {
          best = without;
          simpler = std::move(candidate);
        }
      }
    if (!simpler) return box;
    box = std::move(*simpler);
  }
}

/// The density of a box with its interval: a ratio of sums over cells, each cell one draw.
Estimate density_in(const BoxSample& sample, const InputBox& box, double confidence) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < sample.cases.size(); ++row) {
    bool inside = true;
    for (std::size_t i = 0; inside && i < sample.inputs.size(); ++i) inside = sample.inputs[i][row] >= box.low[i] && sample.inputs[i][row] <= box.high[i];
    if (inside) rows.push_back(row);
  }
  double found = 0, held = 0, squares = 0;
  for (const std::size_t row : rows) {
    found += sample.of_interest[row];
    held += sample.cases[row];
  }
  if (held == 0) return {0, 0, 1};
  const double density = found / held;
  for (const std::size_t row : rows) squares += std::pow(sample.of_interest[row] - density * sample.cases[row], 2);
  const double spread = two_sided_z(confidence) * std::sqrt(squares) / held;
  return {density, std::max(0.0, density - spread), std::min(1.0, density + spread)};
}

DiscoveredBox described(const BoxSample& judged, const InputBox& box, const InputBox& all, double confidence) {
  const SampleMeasure measure = measure_of(judged);
  const BoxQuality quality = measure.quality(box);
  DiscoveredBox out{{}, quality.coverage, quality.support, density_in(judged, box, confidence)};
  for (std::size_t i = 0; i < box.low.size(); ++i) {
    if (!is_limited(box, all, i)) continue;
    BoxLimit limit{i, {}, {}, measure.quality(freed(box, all, i)).density};
    if (box.low[i] > all.low[i]) limit.low = box.low[i];
    if (box.high[i] < all.high[i]) limit.high = box.high[i];
    out.limits.push_back(limit);
  }
  std::stable_sort(out.limits.begin(), out.limits.end(), [](const BoxLimit& a, const BoxLimit& b) { return a.density_without < b.density_without; });
  return out;
}

}  // namespace

BoxDiscovery discover_boxes(const BoxSample& sample, double confidence) {
  const std::size_t rows = sample.cases.size();
  if (rows < 50) throw InputError("there are " + std::to_string(rows) + " cells to look for boxes in (fewer than 50 show chance). Vary more or take more samples");
  const double found = std::accumulate(sample.of_interest.begin(), sample.of_interest.end(), 0.0);
  const double cases = std::accumulate(sample.cases.begin(), sample.cases.end(), 0.0);
  if (!(found > 0 && found < cases)) throw InputError(std::string("what is looked for happens ") + (found > 0 ? "everywhere" : "nowhere") + " (no box is better than another). Choose another output or threshold");

  const std::size_t searched = sample.random_order ? std::min(rows / 2, BoxDiscovery::most_searched) : rows;
  const BoxSample seen = part(sample, 0, searched), judged = sample.random_order ? part(sample, searched, rows) : seen;
  const SampleMeasure measure = measure_of(seen);
  InputBox all = measure.everything();

  BoxDiscovery result;
  result.rows_searched = searched;
  result.rows_judged = judged.cases.size();
  result.held_back = sample.random_order;
  const std::vector<DiscoveryStep> steps = discover(measure);
  std::vector<InputBox> taken;
  for (const double coverage : coverages) {
    double densest = 0;
    for (const DiscoveryStep& step : steps)
      if (step.quality.coverage >= coverage) densest = std::max(densest, step.quality.density);
    const DiscoveryStep* best = &*std::find_if(steps.begin(), steps.end(), [&](const DiscoveryStep& step) { return step.quality.density >= densest - BoxDiscovery::worth; });
    InputBox box = simplified(measure, best->box);
    // What reaches the end of the searched rows reaches the end of all.
    for (std::size_t i = 0; i < box.low.size(); ++i) {
      if (box.low[i] == all.low[i]) box.low[i] = -INFINITY;
      if (box.high[i] == all.high[i]) box.high[i] = INFINITY;
    }
    const bool known = std::any_of(taken.begin(), taken.end(), [&](const InputBox& b) { return b.low == box.low && b.high == box.high; });
    if (known || best == &steps.front()) continue;
    taken.push_back(box);
  }
  const std::vector<double> open(all.low.size(), INFINITY), closed(all.low.size(), -INFINITY);
  const InputBox everywhere{closed, open};
  result.density = measure_of(judged).quality(everywhere).density;
  for (const InputBox& box : taken) result.boxes.push_back(described(judged, box, everywhere, confidence));
  return result;
}

}  // namespace parley
