// Reads a result file back, believing nothing in it: names, types, shapes and sizes are checked before memory is taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/sweep/sink.hpp"

namespace parley {

/// A group of a result, described. Columns come in byte order of their names.
struct StoredTable {
  std::string group;
  std::string dimension;  ///< of the first dimension
  std::uint64_t rows = 0;
  std::vector<Column> columns;    ///< of /runs without the dimension `run`
  std::vector<TextColumn> texts;  ///< without their values

  const Column* find(const std::string& column) const;
};

/// Every member throws StoreError where the file is not a result of parley, or not the part that is asked for.
class ResultReader {
 public:
  explicit ResultReader(const std::string& path);
  ResultReader(ResultReader&&) noexcept;
  ~ResultReader();

  const std::string& path() const { return path_; }
  const Facts& about() const { return about_; }
  std::optional<std::string> fact(const std::string& name) const;
  Facts identity() const;
  bool complete() const;

  std::vector<std::string> groups() const;
  bool has(const std::string& group) const;
  const StoredTable& table(const std::string& group) const;
  /// A whole table; not for /runs.
  Table read_table(const std::string& group) const;
  /// Values of one column in rows counted from the top of the file.
  std::vector<std::byte> read(const std::string& group, const std::string& column, const RowRange& rows) const;
  /// All columns of some rows; `first_row` of the block is the row in the file.
  Block read_rows(const std::string& group, const RowRange& rows) const;
  std::vector<std::string> read_texts(const std::string& group, const std::string& column) const;

  std::vector<std::uint64_t> run_numbers(const RowRange& rows) const;
  /// Where in the file a run stands.
  std::optional<std::uint64_t> row_of(std::uint64_t run) const;

  std::optional<std::string> stored_bits() const { return fact("bits"); }
  /// The fingerprint of the rows as they are in the file; reads all of them.
  std::string computed_bits() const;
  std::optional<std::string> stored_checksum() const { return fact("checksum"); }
  /// The fingerprint of everything else in the file, as it is there; reads all tables.
  std::string computed_checksum() const;
  /// Is the file complete, and are its content and both fingerprints still those that were written? Reads everything.
  bool intact() const;

 private:
  struct Open;
  void load();

  std::unique_ptr<Open> open_;
  std::string path_;
  Facts about_;
  std::vector<StoredTable> tables_;
};

/// What sets a result's identity apart from the one asked for: "seed: 7 there, 8 asked for"; empty where they agree.
std::string identity_differences(const Facts& there, const Facts& wanted);

}  // namespace parley
