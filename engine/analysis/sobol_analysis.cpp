#include "engine/analysis/sobol_analysis.hpp"

#include <cmath>

#include "engine/core/check.hpp"

namespace parley {

namespace {

constexpr std::size_t most_blocks = 2048;

/// What every index is a ratio of: sums over base rows, so that a resample is a weighted sum of blocks.
class Sums {
 public:
  explicit Sums(std::size_t inputs) : inputs_(inputs), values_(head + 4 * inputs, 0.0) {}

  /// `row` holds A, AB_1 … AB_d, B, less the mean of all; `noise` the same cells' luck, or nothing.
  void add_row(const std::vector<double>& row, const double* noise) {
    const double a = row.front(), b = row.back();
    const auto luck = [&](std::size_t cell) { return noise == nullptr ? 0.0 : noise[cell]; };
    values_[rows] += 1;
    values_[sum] += a + b;
    values_[squares] += a * a + b * b;
    values_[noises] += luck(0) + luck(inputs_ + 1);
    for (std::size_t i = 0; i < inputs_; ++i) {
      const double moved = row[i + 1];
      double* of_input = &values_[head + 4 * i];
      of_input[0] += b * (moved - a);
      of_input[1] += moved - a;
      of_input[2] += 0.5 * ((a - moved) * (a - moved) - luck(0) - luck(i + 1));
      of_input[3] += 0.5 * ((b - moved) * (b - moved) - luck(inputs_ + 1) - luck(i + 1));
    }
  }
  void add(const Sums& block, double times) {
    for (std::size_t v = 0; v < values_.size(); ++v) values_[v] += times * block.values_[v];
  }

  double mean() const { return values_[sum] / (2 * values_[rows]); }
  double variance() const { return (values_[squares] - values_[noises]) / (2 * values_[rows]) - mean() * mean(); }
  double first(std::size_t i) const { return (at(i, 0) - mean() * at(i, 1)) / values_[rows] / variance(); }
  double total(std::size_t i) const { return at(i, 2) / values_[rows] / variance(); }
  double first_jansen(std::size_t i) const { return 1 - at(i, 3) / values_[rows] / variance(); }

 private:
  enum Head { rows, sum, squares, noises, head };
  double at(std::size_t input, std::size_t which) const { return values_[head + 4 * input + which]; }

  std::size_t inputs_;
  std::vector<double> values_;
};

/// The base rows that are whole.
std::vector<std::size_t> whole_rows(const SaltelliCells& cells) {
  const std::size_t members = cells.inputs + 2;
  std::vector<std::size_t> whole;
  for (std::size_t row = 0; row < cells.mean.size() / members; ++row) {
    bool complete = true;
    for (std::size_t m = 0; m < members; ++m) complete = complete && std::isfinite(cells.mean[row * members + m]);
    if (complete) whole.push_back(row);
  }
  return whole;
}

std::vector<Sums> block_sums(const SaltelliCells& cells, const std::vector<std::size_t>& rows, double mean) {
  const std::size_t members = cells.inputs + 2, blocks = std::min(rows.size(), most_blocks);
  std::vector<Sums> sums(blocks, Sums(cells.inputs));
  std::vector<double> row(members);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::size_t from = rows[k] * members;
    for (std::size_t m = 0; m < members; ++m) row[m] = cells.mean[from + m] - mean;
    sums[k * blocks / rows.size()].add_row(row, cells.noise.empty() ? nullptr : cells.noise.data() + from);
  }
  return sums;
}

}  // namespace

SobolAnalysis analyse_sobol(const SaltelliCells& cells, const Bootstrap& bootstrap) {
  const std::size_t members = cells.inputs + 2;
  if (cells.inputs == 0 || cells.mean.size() % members != 0 || (!cells.noise.empty() && cells.noise.size() != cells.mean.size()))
    throw InputError("the cells are no Saltelli design (a base row has one cell for A, one for B and one for each input). Give whole rows");
  const std::vector<std::size_t> rows = whole_rows(cells);
  if (rows.size() < 2) throw InputError("fewer than two base rows have a result in every cell (a variance needs two). Take more samples");

  SobolAnalysis result;
  result.rows = rows.size();
  result.rows_left_out = cells.mean.size() / members - rows.size();
  for (const std::size_t row : rows)
    result.mean += 0.5 * (cells.mean[row * members] + cells.mean[row * members + members - 1]) / static_cast<double>(rows.size());

  const std::vector<Sums> blocks = block_sums(cells, rows, result.mean);
  Sums all(cells.inputs);
  for (const Sums& block : blocks) all.add(block, 1);
  result.variance.value = result.variance.low = result.variance.high = all.variance();
  if (!(all.variance() > 0)) return result;

  std::vector<double> variance, sum;
  std::vector<std::vector<double>> first(cells.inputs), total(cells.inputs);
  Resampler resampler(blocks.size(), bootstrap.seed);
  for (std::size_t b = 0; b < bootstrap.resamples; ++b) {
    const auto& times = resampler.draw(b);
    Sums drawn(cells.inputs);
    for (std::size_t k = 0; k < blocks.size(); ++k)
      if (times[k] > 0) drawn.add(blocks[k], times[k]);
    variance.push_back(drawn.variance());
    if (!(drawn.variance() > 0)) continue;
    sum.push_back(0);
    for (std::size_t i = 0; i < cells.inputs; ++i) {
      first[i].push_back(drawn.first(i));
      total[i].push_back(drawn.total(i));
      sum.back() += first[i].back();
    }
  }
  result.variance = estimate(all.variance(), std::move(variance), bootstrap.confidence);
  double sum_first = 0;
  for (std::size_t i = 0; i < cells.inputs; ++i) {
    result.inputs.push_back({estimate(all.first(i), std::move(first[i]), bootstrap.confidence),
                             estimate(all.total(i), std::move(total[i]), bootstrap.confidence), all.first_jansen(i)});
    sum_first += all.first(i);
    for (const Estimate& e : {result.inputs.back().first, result.inputs.back().total}) result.widest = std::max(result.widest, e.high - e.low);
  }
  result.sum_first = estimate(sum_first, std::move(sum), bootstrap.confidence);
  result.converged = bootstrap.resamples > 0 && result.widest <= SobolAnalysis::converged_width;
  const double ratio = result.widest / SobolAnalysis::converged_width;
  result.rows_needed = static_cast<std::size_t>(std::ceil(static_cast<double>(result.rows) * std::min(1e6, ratio * ratio)));
  return result;
}

}  // namespace parley
