// What `--store summary` keeps of a cell: whole numbers that add up, in any order and split anyhow, to the same bits.
//
// Each value of a run counts as a whole number q. A count of rounds is its own q; a real number v of a column with the
// range [low, high] has q = round((v − low) / quantum), quantum = (high − low) / 65536, kept within 0 and 65536. Of the
// runs that have the value are kept: how many, Σq, Σq², and a histogram over fixed bins of the range with one bin below
// and one above it. Then mean = low + quantum · Σq / n, variance = quantum² · (Σq² − (Σq)² / n) / (n − 1), and a quantile
// is found in its bin by interpolation. 2³² runs of a cell fit. Failed runs are not counted.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/bargain/negotiation.hpp"
#include "engine/sweep/record.hpp"
#include "engine/sweep/sink.hpp"
#include "engine/sweep/tally.hpp"

namespace parley {

/// One cell, or a part of its runs.
struct CellSummary {
  Tally tally;
  std::vector<std::uint64_t> sums;    ///< for each value of a run: n, Σq and Σq²
  std::vector<std::uint32_t> counts;  ///< bins of the histograms, and labels

  void add(const CellSummary& other);
};
using CellSummaries = std::vector<std::pair<std::uint64_t, CellSummary>>;  ///< with the number of the cell, in order

/// Adds the cells that follow; the first of them may be the last one's other part.
void append(CellSummaries& cells, CellSummaries next);

/// A value of a run that is summed up, such as the utility of one actor.
struct Measure {
  std::string name;      ///< of the column of /runs
  std::string position;  ///< along the column's second dimension; empty for a scalar
  std::string unit;
  double low = 0, high = 1, quantum = 1;  ///< v = low + quantum · q
  std::uint32_t bins = 0;          ///< within the range: counts hold one more below and one above
  double bin_width = 0;
  bool whole = false;              ///< counts of rounds and such
  std::size_t number = 0, sum = 0, squares = 0;  ///< where in `sums`
  std::size_t histogram = 0;                     ///< where in `counts` the bin below the range is

  std::uint64_t runs(const CellSummary& cell) const { return cell.sums[number]; }  ///< that have the value
  /// These are NaN where too few runs have the value: none, or one for the deviation.
  double mean(const CellSummary& cell) const;
  double deviation(const CellSummary& cell) const;
  double quantile(const CellSummary& cell, double share) const;
};

/// Sums up runs of one negotiation, and knows the columns that hold the sums.
class Summariser {
 public:
  explicit Summariser(const Negotiation& negotiation);

  const std::vector<Measure>& measures() const { return measures_; }
  CellSummary nothing() const;
  std::size_t bytes_of_a_cell() const;

  /// Rows of consecutive runs, cell by cell.
  CellSummaries summarise(std::span<const RunRow> rows, std::uint64_t first_run, std::uint32_t replicates) const;

  /// The same as a block for a sink: a row a cell; `first_row` is the first run.
  std::vector<Column> block_columns() const;
  Block to_block(const CellSummaries& cells, std::uint64_t first_run) const;
  CellSummaries from_block(const Block& block, std::uint32_t replicates) const;

  /// Adds the columns to a table with a row for each of these cells, with means, deviations and quantiles for reading.
  void add_columns(const std::vector<CellSummary>& cells, Table& table) const;
  /// The sums that such a table holds. Throws InputError where it holds others.
  std::vector<CellSummary> read_columns(const Table& table) const;

  /// Who stood in the way, in a cell.
  Refusals refusals(const CellSummary& cell) const;

 private:
  /// A column of the sums: a run of numbers in `sums` (type u64) or in `counts` (u32).
  struct Part {
    Column column;
    std::size_t start = 0;
  };
  /// A column of /runs, and what is kept of it.
  struct Kept {
    std::size_t column = 0;
    std::size_t first = 0;  ///< of its measures; of an enumeration, the place of its labels in `counts`
  };
  void keep_numbers(std::size_t column);
  void keep_labels(std::size_t column);
  void keep_blocking();
  std::size_t add_part(Column column);
  CellSummary sum_up(std::span<const RunRow> counted) const;
  static void append_part(const Part& part, const CellSummary& cell, std::vector<std::byte>& bytes);
  static void read_part(const Part& part, const std::vector<std::byte>& bytes, std::size_t row, CellSummary& cell);

  const Negotiation* negotiation_;
  std::vector<Column> columns_;  ///< of /runs
  std::vector<Measure> measures_;
  std::vector<Kept> measured_, labelled_;
  std::vector<Part> parts_;
  std::size_t sums_ = 0, counts_ = 0, blocking_ = 0;
};

}  // namespace parley
