#include "engine/analysis/pawn_analysis.hpp"

#include <cmath>
#include <numeric>
#include <utility>

#include "engine/analysis/sensitivity.hpp"
#include "engine/core/check.hpp"

namespace parley {

namespace {

/// Rows in the order of their output, and where runs of equal outputs end.
struct Ranked {
  std::vector<std::size_t> order;
  std::vector<std::size_t> group_ends;
};

Ranked rank(std::span<const double> output) {
  Ranked r;
  r.order.resize(output.size());
  std::iota(r.order.begin(), r.order.end(), std::size_t{0});
  std::sort(r.order.begin(), r.order.end(), [&](std::size_t a, std::size_t b) { return output[a] < output[b]; });
  for (std::size_t k = 1; k <= r.order.size(); ++k)
    if (k == r.order.size() || output[r.order[k]] != output[r.order[k - 1]]) r.group_ends.push_back(k);
  return r;
}

/// Distances of all bins in one walk through the ranks, `bin` and `times` in their order: between two values of a bin its
/// gap is largest at the ends.
PawnIndex walk(const std::vector<std::size_t>& group_ends, const std::vector<std::uint8_t>& bin, std::size_t bins, const std::vector<std::uint32_t>& times) {
  std::vector<double> in_bin(bins), seen(bins), gap(bins), in_group(bins);
  double all = 0, passed = 0;
  for (std::size_t k = 0; k < bin.size(); ++k) {
    in_bin[bin[k]] += times[k];
    all += times[k];
  }
  const auto step = [&](std::size_t b, double weight, double group) {  // equal outputs that bin b has `weight` of `group` in
    const double before = std::abs(seen[b] / in_bin[b] - passed / all);
    seen[b] += weight;
    gap[b] = std::max({gap[b], before, std::abs(seen[b] / in_bin[b] - (passed + group) / all)});
  };
  std::size_t k = 0;
  for (const std::size_t end : group_ends) {
    if (end - k == 1) {
      const double weight = times[k];
      if (weight > 0) step(bin[k], weight, weight);
      passed += weight;
      ++k;
      continue;
    }
    double group = 0;
    for (; k < end; ++k) {
      in_group[bin[k]] += times[k];
      group += times[k];
    }
    for (std::size_t b = 0; b < bins; ++b)
      if (in_group[b] > 0) step(b, std::exchange(in_group[b], 0.0), group);
    passed += group;
  }
  std::vector<double> distances;
  for (std::size_t b = 0; b < bins; ++b)
    if (in_bin[b] > 0) distances.push_back(gap[b]);
  return pawn_index(std::move(distances));
}

/// Resamples hold rows twice, which pushes every distance up: the interval is moved back by as much as their middle is off.
Estimate recentred(double value, std::vector<double> resampled, double confidence) {
  if (resampled.empty()) return estimate(value, {}, confidence);
  std::vector<double> sorted = resampled;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  for (double& x : resampled) x = std::max(0.0, x - (*middle - value));
  return estimate(value, std::move(resampled), confidence);
}

}  // namespace

PawnAnalysis analyse_pawn(const PawnSample& sample, const Bootstrap& bootstrap) {
  const std::size_t rows = sample.output.size();
  bool fits = !sample.inputs.empty() && sample.bins >= 2 && sample.bins <= 100;
  for (const auto& input : sample.inputs) fits = fits && input.size() == rows;
  if (!fits) throw InputError("the sample does not fit PAWN (an input for each output, 2 to 100 bins). Give such a sample");
  if (rows < 10 * sample.bins)
    throw InputError("PAWN has " + std::to_string(rows) + " rows for " + std::to_string(sample.bins) + " bins (a distribution needs 10 a bin). Take more samples or fewer bins");

  const Ranked ranked = rank(sample.output);
  std::vector<std::vector<std::uint8_t>> bins;  // of each input, by rank
  for (const auto& input : sample.inputs) {
    bins.emplace_back(rows);
    for (std::size_t k = 0; k < rows; ++k)
      bins.back()[k] = static_cast<std::uint8_t>(std::clamp(input[ranked.order[k]], 0.0, 1.0) * (static_cast<double>(sample.bins) - 1e-9));
  }
  bins.emplace_back(rows);  // the dummy: bins dealt at random
  for (std::size_t row = 0; row < rows; ++row)
    bins.back()[row] = static_cast<std::uint8_t>(Draws<double>(bootstrap.seed, row, 0).uniform({Stream::Kind::design, 0}, 7) * static_cast<double>(sample.bins));

  PawnAnalysis result;
  result.rows = rows;
  result.bins = sample.bins;
  result.resamples = std::min(bootstrap.resamples, PawnAnalysis::most_resamples);
  std::vector<std::vector<double>> most(bins.size()), median(bins.size());
  Resampler resampler(rows, bootstrap.seed);
  for (std::size_t b = 0; b < result.resamples; ++b) {
    const auto& times = resampler.draw(b);  // rows drawn by rank: any order of the rows will do
    for (std::size_t i = 0; i < bins.size(); ++i) {
      const PawnIndex index = walk(ranked.group_ends, bins[i], sample.bins, times);
      most[i].push_back(index.most);
      median[i].push_back(index.median);
    }
  }
  const std::vector<std::uint32_t> once(rows, 1);
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const PawnIndex index = walk(ranked.group_ends, bins[i], sample.bins, once);
    result.inputs.push_back({recentred(index.most, std::move(most[i]), bootstrap.confidence), recentred(index.median, std::move(median[i]), bootstrap.confidence)});
    result.widest = std::max(result.widest, result.inputs.back().median.high - result.inputs.back().median.low);
  }
  result.dummy = result.inputs.back();
  result.inputs.pop_back();
  result.converged = result.resamples > 0 && result.widest <= PawnAnalysis::converged_width;
  return result;
}

}  // namespace parley
