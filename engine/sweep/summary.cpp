#include "engine/sweep/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <optional>

#include "engine/core/check.hpp"
#include "engine/sweep/columns.hpp"

namespace parley {

namespace {

constexpr double missing = __builtin_nan("");
constexpr std::uint32_t real_bins = 50;  // of a range of 1 each is 0.02 wide
constexpr double steps = 65536;          // of a real range: squares of 2^32 runs still fit 64 bits
constexpr std::uint32_t tally_words = sizeof(Tally) / sizeof(std::uint64_t);
static_assert(sizeof(Tally) == tally_words * sizeof(std::uint64_t));

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::vector<std::string> bin_names(const Measure& m) {
  std::vector<std::string> names = {"below " + shown(m.low)};
  for (std::uint32_t b = 0; b < m.bins; ++b) {
    const double from = m.low + b * m.bin_width, to = from + m.bin_width - (m.whole ? 1 : 0);
    names.push_back(from == to ? shown(from) : shown(from) + " to " + shown(to));
  }
  names.push_back("above " + shown(m.low + m.bins * m.bin_width - (m.whole ? 1 : 0)));
  return names;
}

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(std::to_string(i));
  return names;
}

template <class Value>
Value value_at(const std::byte* from) {
  Value value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// The value that starts there as a real number; absent where it is missing.
std::optional<double> number_in(const Column& column, const std::byte* from) {
  double value = 0;
  switch (column.type) {
    case ColumnType::u8: value = value_at<std::uint8_t>(from); break;
    case ColumnType::u16: value = value_at<std::uint16_t>(from); break;
    default: value = static_cast<double>(value_at<float>(from)); break;
  }
  if (std::isnan(value) || (column.missing && value == static_cast<double>(*column.missing))) return {};
  return value;
}

/// Sums of one measure over rows, kept in registers while they grow.
void sum_measure(const Measure& m, const Column& column, const std::byte* values, std::size_t rows, CellSummary& cell) {
  std::uint64_t n = 0, sum = 0, squares = 0;
  std::uint32_t* bins = cell.counts.data() + m.histogram;
  const std::size_t stride = column.row_bytes();
  const double top = m.whole ? 65535 : steps, per_quantum = 1 / m.quantum, per_bin = 1 / m.bin_width;
  for (std::size_t r = 0; r < rows; ++r, values += stride) {
    const std::optional<double> value = number_in(column, values);
    if (!value) continue;
    const double place = (*value - m.low) * per_quantum, bin = (*value - m.low) * per_bin;
    // Adding one half and cutting off rounds; both are exact in the order written on every machine.
    const auto q = static_cast<std::uint64_t>(std::clamp(place + 0.5, 0.0, top));
    ++n;
    sum += q;
    squares += q * q;
    // The upper end of a real range belongs to its last bin.
    const double last = m.whole ? m.bins : std::nextafter(m.bins, m.bins + 1.0);
    ++bins[bin < 0 ? 0 : bin < last ? 1 + std::min(static_cast<std::uint32_t>(bin), m.bins - 1) : m.bins + 1];
  }
  cell.sums[m.number] += n;
  cell.sums[m.sum] += sum;
  cell.sums[m.squares] += squares;
}

template <class Value>
void append(std::vector<std::byte>& bytes, const Value* values, std::size_t count) {
  const auto* start = reinterpret_cast<const std::byte*>(values);
  bytes.insert(bytes.end(), start, start + count * sizeof(Value));
}

}  // namespace

void CellSummary::add(const CellSummary& other) {
  tally.add(other.tally);
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += other.sums[i];
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
}

double Measure::mean(const CellSummary& cell) const {
  const std::uint64_t n = cell.sums[number];
  return n == 0 ? missing : low + quantum * (static_cast<double>(cell.sums[sum]) / static_cast<double>(n));
}

double Measure::deviation(const CellSummary& cell) const {
  const std::uint64_t n = cell.sums[number];
  if (n < 2) return missing;
  // n Σq² − (Σq)² in whole numbers: no digit is lost.
  const auto spread = static_cast<__uint128_t>(n) * cell.sums[squares] - static_cast<__uint128_t>(cell.sums[sum]) * cell.sums[sum];
  return quantum * std::sqrt(static_cast<double>(spread) / static_cast<double>(n) / static_cast<double>(n - 1));
}

double Measure::quantile(const CellSummary& cell, double share) const {
  const double n = static_cast<double>(cell.sums[number]);
  if (n == 0) return missing;
  double before = cell.counts[histogram];
  if (share * n < before) return low;
  for (std::uint32_t b = 0; b < bins; ++b) {
    const double here = cell.counts[histogram + 1 + b];
    if (here > 0 && share * n <= before + here) {
      const double inside = bin_width * ((share * n - before) / here);
      return std::min(high, low + b * bin_width + (whole ? std::floor(inside) : inside));
    }
    before += here;
  }
  return high;
}

Summariser::Summariser(const Negotiation& negotiation) : negotiation_(&negotiation), columns_(run_columns(negotiation)) {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    // Scenarios and kinds of stalemate are in the tally.
    if (columns_[c].range) keep_numbers(c);
    else if (!columns_[c].labels.empty() && columns_[c].name != "scenario" && columns_[c].name != "stalemate_kind") keep_labels(c);
  }
  keep_blocking();
}

std::size_t Summariser::add_part(Column column) {
  std::size_t& end = column.type == ColumnType::u64 ? sums_ : counts_;
  const std::size_t start = end;
  end += column.width;
  parts_.push_back({std::move(column), start});
  return start;
}

void Summariser::keep_numbers(std::size_t c) {
  const Column& of = columns_[c];
  Measure m{.name = of.name, .position = {}, .unit = of.unit, .low = of.range->first, .high = of.range->second, .whole = of.type != ColumnType::f32};
  const double span = of.range->second - of.range->first;
  m.quantum = m.whole ? 1 : span / steps;
  m.bin_width = m.whole ? std::ceil((span + 1) / real_bins) : span / real_bins;
  m.bins = m.whole ? static_cast<std::uint32_t>(std::ceil((span + 1) / m.bin_width)) : real_bins;
  const std::string q = m.whole ? "the value" : "round((value - offset) / quantum), kept within 0 and 65536";
  const auto sums = [&](const char* name, const std::string& meaning, const char* unit) {
    return add_part({.name = of.name + name, .type = ColumnType::u64, .width = of.width, .dimension = of.dimension, .positions = of.positions, .unit = unit,
                     .meaning = meaning + of.meaning, .numbers = {{"offset", m.low}, {"quantum", m.quantum}}});
  };
  const std::size_t number = sums("_count", "runs that have a value: ", "runs");
  const std::size_t sum = sums("_sum", "sum of q = " + q + ": ", "quantum");
  const std::size_t squares = sums("_squares", "sum of the squares of q = " + q + ": ", "quantum squared");
  measured_.push_back({c, measures_.size()});
  for (std::uint32_t p = 0; p < of.width; ++p) {
    m.number = number + p;
    m.sum = sum + p;
    m.squares = squares + p;
    m.position = of.dimension.empty() ? "" : of.positions[p];
    m.histogram = add_part({.name = of.name + "_histogram" + (m.position.empty() ? "" : "_" + m.position), .type = ColumnType::u32, .width = m.bins + 2,
                            .dimension = of.name + "_bin", .positions = bin_names(m), .unit = "runs", .meaning = "runs by bin: " + of.meaning,
                            .numbers = {{"low", m.low}, {"bin_width", m.bin_width}}});
    measures_.push_back(m);
  }
}

void Summariser::keep_labels(std::size_t c) {
  const Column& of = columns_[c];
  std::vector<std::string> names;
  for (const auto& label : of.labels) names.push_back(label.first);
  const auto width = static_cast<std::uint32_t>(names.size());
  labelled_.push_back({c, add_part({.name = of.name + "_count", .type = ColumnType::u32, .width = width, .dimension = of.name, .positions = std::move(names),
                                    .unit = "runs", .meaning = "runs by " + of.meaning})});
}

/// Which of an actor's terms bound most often: the two columns together.
void Summariser::keep_blocking() {
  std::vector<std::string> terms;
  for (const auto& term : negotiation_->model->terms) terms.push_back(term.name);
  blocking_ = counts_;
  for (const auto& actor : negotiation_->structure.actors)
    add_part({.name = "blocking_term_count_" + actor.name, .type = ColumnType::u32, .width = static_cast<std::uint32_t>(terms.size()), .dimension = "term",
              .positions = terms, .unit = "runs", .meaning = "runs in which this term of the actor's decision bound most often"});
}

CellSummary Summariser::nothing() const { return {{}, std::vector<std::uint64_t>(sums_), std::vector<std::uint32_t>(counts_)}; }

std::size_t Summariser::bytes_of_a_cell() const { return sizeof(CellSummary) + 8 * sums_ + 4 * counts_; }

CellSummary Summariser::sum_up(std::span<const RunRow> counted) const {
  CellSummary cell = nothing();
  const Block block = parley::to_block(*negotiation_, counted, 0, 1);
  for (const Kept& kept : measured_) {
    const Column& column = columns_[kept.column];
    for (std::uint32_t p = 0; p < column.width; ++p)
      sum_measure(measures_[kept.first + p], column, block.columns[kept.column].data() + p * bytes_of(column.type), counted.size(), cell);
  }
  for (const Kept& kept : labelled_) {
    const auto& labels = columns_[kept.column].labels;
    std::uint32_t seen[256] = {};
    for (const std::byte value : block.columns[kept.column]) ++seen[std::to_integer<int>(value)];
    for (std::size_t l = 0; l < labels.size(); ++l) cell.counts[kept.first + l] += seen[labels[l].second];
  }
  const std::size_t terms = negotiation_->model->terms.size();
  for (const RunRow& row : counted)
    if (row.blocking_actor < negotiation_->structure.actors.size() && row.blocking_term < terms) ++cell.counts[blocking_ + row.blocking_actor * terms + row.blocking_term];
  return cell;
}

void append(CellSummaries& cells, CellSummaries next) {
  for (auto& [number, cell] : next) {
    if (!cells.empty() && cells.back().first == number) cells.back().second.add(cell);
    else cells.emplace_back(number, std::move(cell));
  }
}

CellSummaries Summariser::summarise(std::span<const RunRow> rows, std::uint64_t first_run, std::uint32_t replicates) const {
  CellSummaries cells;
  std::vector<RunRow> without_failed;
  for (std::size_t at = 0; at < rows.size();) {
    const std::uint64_t c = (first_run + at) / replicates;
    const std::size_t count = std::min<std::uint64_t>(rows.size() - at, (c + 1) * replicates - first_run - at);
    std::span<const RunRow> counted = rows.subspan(at, count);
    Tally tally;
    for (const RunRow& row : counted) tally.add(row);
    if (tally.failed > 0) {
      without_failed.clear();
      std::copy_if(counted.begin(), counted.end(), std::back_inserter(without_failed), [](const RunRow& row) { return row.scenario != Scenario::failed; });
      counted = without_failed;
    }
    cells.emplace_back(c, sum_up(counted));
    cells.back().second.tally = tally;
    at += count;
  }
  return cells;
}

std::vector<Column> Summariser::block_columns() const {
  std::vector<Column> columns = {{.name = "tally", .type = ColumnType::u64, .width = tally_words, .dimension = "word", .positions = numbered(tally_words)}};
  for (const Part& part : parts_) columns.push_back(part.column);
  return columns;
}

Block Summariser::to_block(const CellSummaries& cells, std::uint64_t first_run) const {
  Block block{first_run, static_cast<std::uint32_t>(cells.size()), std::vector<std::vector<std::byte>>(1 + parts_.size())};
  for (const auto& [number, cell] : cells) {
    append(block.columns[0], &cell.tally, 1);
    for (std::size_t i = 0; i < parts_.size(); ++i) append_part(parts_[i], cell, block.columns[1 + i]);
  }
  return block;
}

void Summariser::append_part(const Part& part, const CellSummary& cell, std::vector<std::byte>& bytes) {
  if (part.column.type == ColumnType::u64) append(bytes, cell.sums.data() + part.start, part.column.width);
  else append(bytes, cell.counts.data() + part.start, part.column.width);
}

void Summariser::read_part(const Part& part, const std::vector<std::byte>& bytes, std::size_t row, CellSummary& cell) {
  const std::byte* from = bytes.data() + row * part.column.row_bytes();
  if (part.column.type == ColumnType::u64) std::memcpy(cell.sums.data() + part.start, from, part.column.row_bytes());
  else std::memcpy(cell.counts.data() + part.start, from, part.column.row_bytes());
}

CellSummaries Summariser::from_block(const Block& block, std::uint32_t replicates) const {
  CellSummaries cells;
  for (std::uint32_t r = 0; r < block.rows; ++r) {
    cells.emplace_back(block.first_row / replicates + r, nothing());
    CellSummary& cell = cells.back().second;
    std::memcpy(&cell.tally, block.columns[0].data() + r * sizeof(Tally), sizeof(Tally));
    for (std::size_t i = 0; i < parts_.size(); ++i) read_part(parts_[i], block.columns[1 + i], r, cell);
  }
  return cells;
}

void Summariser::add_columns(const std::vector<CellSummary>& cells, Table& table) const {
  for (const Part& part : parts_) {
    std::vector<std::byte> bytes;
    bytes.reserve(part.column.row_bytes() * cells.size());
    for (const CellSummary& cell : cells) append_part(part, cell, bytes);
    table.columns.push_back(part.column);
    table.values.columns.push_back(std::move(bytes));
  }
  const auto derive = [&](const char* name, const char* meaning, const auto& value) {
    for (const Kept& kept : measured_) {
      const Column& of = columns_[kept.column];
      std::vector<std::byte> bytes;
      for (const CellSummary& cell : cells)
        for (std::uint32_t p = 0; p < of.width; ++p) {
          const double v = value(measures_[kept.first + p], cell);
          append(bytes, &v, 1);
        }
      table.columns.push_back({.name = of.name + name, .type = ColumnType::f64, .width = of.width, .dimension = of.dimension, .positions = of.positions,
                               .unit = of.unit, .meaning = meaning + of.meaning});
      table.values.columns.push_back(std::move(bytes));
    }
  };
  derive("_mean", "mean: ", [](const Measure& m, const CellSummary& cell) { return m.mean(cell); });
  derive("_deviation", "standard deviation: ", [](const Measure& m, const CellSummary& cell) { return m.deviation(cell); });
  derive("_quantile_05", "below this are 5 % of runs, interpolated in its bin: ", [](const Measure& m, const CellSummary& cell) { return m.quantile(cell, 0.05); });
  derive("_median", "below this are half of the runs, interpolated in its bin: ", [](const Measure& m, const CellSummary& cell) { return m.quantile(cell, 0.5); });
  derive("_quantile_95", "below this are 95 % of runs, interpolated in its bin: ", [](const Measure& m, const CellSummary& cell) { return m.quantile(cell, 0.95); });
}

std::vector<CellSummary> Summariser::read_columns(const Table& table) const {
  std::vector<CellSummary> cells(table.values.rows, nothing());
  for (const Part& part : parts_) {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(), [&](const Column& c) { return c.name == part.column.name; });
    if (found == table.columns.end() || found->type != part.column.type || found->positions != part.column.positions)
      throw InputError("/" + table.group + " has no column " + part.column.name + " as this program writes it (it holds other sums). Use the version that made the file.");
    const auto& bytes = table.values.columns[static_cast<std::size_t>(found - table.columns.begin())];
    for (std::size_t r = 0; r < cells.size(); ++r) read_part(part, bytes, r, cells[r]);
  }
  return cells;
}

Refusals Summariser::refusals(const CellSummary& cell) const {
  Refusals refusals;
  std::size_t actor = 0;
  for (const Measure& m : measures_) {
    if (m.name == "rounds_talked") refusals.rounds_talked = cell.sums[m.sum];
    if (m.name == "vetoes") refusals.vetoes[actor++] = cell.sums[m.sum];
  }
  const std::size_t terms = negotiation_->model->terms.size();
  for (std::size_t i = 0; i < negotiation_->structure.actors.size(); ++i)
    for (std::size_t t = 0; t < terms; ++t) refusals.blocked[i][t] = cell.counts[blocking_ + i * terms + t];
  return refusals;
}

}  // namespace parley
