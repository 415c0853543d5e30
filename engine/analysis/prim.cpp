#include "engine/analysis/prim.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/check.hpp"

namespace parley {

namespace {

double volume(const InputBox& box) {
  double product = 1.0;
  for (std::size_t i = 0; i < box.low.size(); ++i) product *= std::max(0.0, box.high[i] - box.low[i]);
  return product;
}

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

double& edge_of(InputBox& box, BoxSide side) {
  return side.edge == Edge::low ? box.low[side.input] : box.high[side.input];
}

template <class Try>
void for_each_side(std::size_t inputs, Try attempt) {
  for (std::size_t i = 0; i < inputs; ++i)
    for (const Edge edge : {Edge::low, Edge::high}) attempt(BoxSide{i, edge});
}

}  // namespace

UniformPopulation::UniformPopulation(InputBox target) : target_(std::move(target)) {
  bool valid = !target_.low.empty() && target_.low.size() == target_.high.size();
  for (std::size_t i = 0; valid && i < target_.low.size(); ++i)
    valid = target_.low[i] >= 0.0 && target_.low[i] <= target_.high[i] && target_.high[i] <= 1.0;
  if (!valid)
    throw InputError(
        "the box of interest is not inside [0, 1]^n (each side needs 0 ≤ low ≤ high ≤ 1). Give such a box");
}

InputBox UniformPopulation::everything() const {
  return {std::vector<double>(target_.low.size(), 0.0), std::vector<double>(target_.low.size(), 1.0)};
}

BoxQuality UniformPopulation::quality(const InputBox& box) const {
  InputBox common = box;
  for (std::size_t i = 0; i < box.low.size(); ++i) {
    common.low[i] = std::max(box.low[i], target_.low[i]);
    common.high[i] = std::min(box.high[i], target_.high[i]);
  }
  const double shared = volume(common);
  return {ratio(shared, volume(target_)), ratio(shared, volume(box)), volume(box)};
}

InputBox UniformPopulation::peeled(const InputBox& box, BoxSide side, double alpha) const {
  InputBox smaller = box;
  const double slice = alpha * (box.high[side.input] - box.low[side.input]);
  edge_of(smaller, side) += side.edge == Edge::low ? slice : -slice;
  return smaller;
}

InputBox UniformPopulation::pasted(const InputBox& box, BoxSide side, double alpha) const {
  InputBox larger = box;
  const double slice = alpha * (box.high[side.input] - box.low[side.input]);
  edge_of(larger, side) += side.edge == Edge::low ? -slice : slice;
  edge_of(larger, side) = std::clamp(edge_of(larger, side), 0.0, 1.0);
  return larger;
}

SampleMeasure::SampleMeasure(std::vector<std::span<const double>> inputs, const std::vector<bool>& of_interest)
    : SampleMeasure(std::move(inputs), {of_interest.begin(), of_interest.end()}, std::vector<double>(of_interest.size(), 1.0)) {}

SampleMeasure::SampleMeasure(std::vector<std::span<const double>> inputs, std::vector<double> of_interest, std::vector<double> cases)
    : inputs_(std::move(inputs)), of_interest_(std::move(of_interest)), cases_(std::move(cases)) {
  bool valid = !inputs_.empty() && !of_interest_.empty() && cases_.size() == of_interest_.size();
  for (const auto& column : inputs_) valid = valid && column.size() == of_interest_.size();
  for (const double n : of_interest_) all_of_interest_ += n;
  for (const double n : cases_) all_cases_ += n;
  if (!valid)
    throw InputError("the sample does not fit discovery (every input needs a value for each marked case). Complete it");
}

InputBox SampleMeasure::everything() const {
  InputBox box;
  for (const auto& column : inputs_) {
    const auto [low, high] = std::minmax_element(column.begin(), column.end());
    box.low.push_back(*low);
    box.high.push_back(*high);
  }
  return box;
}

bool SampleMeasure::inside(const InputBox& box, std::size_t row) const {
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    if (inputs_[i][row] < box.low[i] || inputs_[i][row] > box.high[i]) return false;
  return true;
}

BoxQuality SampleMeasure::quality(const InputBox& box) const {
  double held = 0.0, found = 0.0;
  for (std::size_t row = 0; row < of_interest_.size(); ++row) {
    if (!inside(box, row)) continue;
    held += cases_[row];
    found += of_interest_[row];
  }
  return {ratio(found, all_of_interest_), ratio(found, held), ratio(held, all_cases_)};
}

InputBox SampleMeasure::peeled(const InputBox& box, BoxSide side, double alpha) const {
  std::vector<double> values;
  for (std::size_t row = 0; row < of_interest_.size(); ++row)
    if (inside(box, row)) values.push_back(inputs_[side.input][row]);
  InputBox smaller = box;
  if (values.size() < 2) return smaller;
  const auto slice = static_cast<std::ptrdiff_t>(std::max(1.0, std::floor(alpha * static_cast<double>(values.size()))));
  const auto kept = side.edge == Edge::low ? values.begin() + slice : values.end() - 1 - slice;
  std::nth_element(values.begin(), kept, values.end());
  edge_of(smaller, side) = *kept;
  return smaller;
}

InputBox SampleMeasure::pasted(const InputBox& box, BoxSide side, double alpha) const {
  InputBox open = box;
  const InputBox all = everything();
  edge_of(open, side) = side.edge == Edge::low ? all.low[side.input] : all.high[side.input];
  std::vector<double> beyond;
  double held = 0.0;
  for (std::size_t row = 0; row < of_interest_.size(); ++row) {
    if (inside(box, row))
      held += 1.0;
    else if (inside(open, row))
      beyond.push_back(inputs_[side.input][row]);
  }
  if (beyond.empty()) return box;
  std::sort(beyond.begin(), beyond.end());
  const auto slice = std::min(beyond.size(), static_cast<std::size_t>(std::max(1.0, alpha * held)));
  InputBox larger = box;
  edge_of(larger, side) = side.edge == Edge::low ? beyond[beyond.size() - slice] : beyond[slice - 1];
  return larger;
}

DiscoveryStep best_peel(const DiscoveryMeasure& measure, const InputBox& box, double alpha) {
  DiscoveryStep best{box, {0.0, -1.0, 0.0}};
  for_each_side(box.low.size(), [&](BoxSide side) {
    const InputBox smaller = measure.peeled(box, side, alpha);
    const BoxQuality quality = measure.quality(smaller);
    if (quality.density > best.quality.density) best = {smaller, quality};
  });
  return best;
}

std::vector<DiscoveryStep> discover(const DiscoveryMeasure& measure, const DiscoveryOptions& options) {
  if (!(options.alpha > 0.0 && options.alpha < 1.0 && options.least_support > 0.0))
    throw InputError(
        "the peeling share or the least support is not in (0, 1) (PRIM peels a share at a time). Give shares");
  std::vector<DiscoveryStep> steps{{measure.everything(), measure.quality(measure.everything())}};
  while (steps.back().quality.density < 1.0) {
    DiscoveryStep next = best_peel(measure, steps.back().box, options.alpha);
    if (next.quality.support < options.least_support || next.quality.support >= steps.back().quality.support) break;
    steps.push_back(std::move(next));
  }
  for (bool denser = true; denser;) {
    denser = false;
    DiscoveryStep best = steps.back();
    for_each_side(best.box.low.size(), [&](BoxSide side) {
      const InputBox larger = measure.pasted(steps.back().box, side, options.alpha);
      const BoxQuality quality = measure.quality(larger);
      // As dense and larger counts too: it covers more at no loss.
      if (quality.density >= best.quality.density && quality.support > best.quality.support) {
        best = {larger, quality};
        denser = true;
      }
    });
    if (denser) steps.push_back(std::move(best));
  }
  return steps;
}

}  // namespace parley
