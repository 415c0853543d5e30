// Where finished rows go: the seam between a runner and whatever keeps its results.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/sweep/record.hpp"

namespace parley {

/// Rows [first, first + count), numbered as runs are.
struct RowRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;

  std::uint64_t end() const { return first + count; }
  friend bool operator==(const RowRange& a, const RowRange& b) { return a.first == b.first && a.count == b.count; }
};

/// One column of a block as a sink keeps it.
struct PackedColumn {
  std::vector<std::byte> stored;  ///< bytes as they are stored
  std::vector<std::byte> raw;     ///< the bytes they stand for; empty where `stored` holds those already
  std::uint64_t digest = 0;       ///< checksum of the raw bytes

  const std::vector<std::byte>& bytes() const { return raw.empty() ? stored : raw; }
};

/// A block on its way from a worker to the sink; only the sink that packed it can read it.
struct PackedBlock {
  std::uint64_t first_row = 0;
  std::uint32_t rows = 0;
  std::vector<PackedColumn> columns;
};

/// Something worth knowing about a result, kept with it under a name.
struct Fact {
  std::string name;
  std::variant<std::string, std::int64_t, std::uint64_t, double> value;
};
using Facts = std::vector<Fact>;

/// A column of words, for small tables only.
struct TextColumn {
  std::string name;
  std::string meaning;
  std::vector<std::string> values;
};

/// A small table beside the runs. The first dimension counts from `values.first_row`, unless a column bears its name.
struct Table {
  std::string group;      ///< "cells", "summary", "traces"
  std::string dimension;  ///< name of the first dimension, such as "cell"
  std::vector<Column> columns;
  Block values;
  std::vector<TextColumn> texts;
};

/// What is known only when the last row is in.
struct Closing {
  Facts about;
  std::vector<Table> tables;
};

struct Finished {
  std::uint64_t rows = 0;
  std::optional<std::string> bits;  ///< fingerprint of all rows, 16 hex digits; absent where rows are not kept
  std::optional<std::string> path;  ///< absent where nothing was written
};

/// Takes blocks in any order (run order is cheapest) and closes once. Destroyed before `finish`, it keeps what it can.
class RunSink {
 public:
  RunSink() = default;
  RunSink(const RunSink&) = delete;
  RunSink& operator=(const RunSink&) = delete;
  virtual ~RunSink() = default;

  /// Rows that an earlier, interrupted run left here, in run order; no block for these is needed again.
  virtual std::vector<RowRange> present() const = 0;

  /// The rows of one entry of `present`.
  virtual Block read(const RowRange& entry) const = 0;

  /// Prepares a block for storing. Pure, for any number of threads at a time.
  virtual PackedBlock pack(Block block) const = 0;

  /// Keeps a block; one call at a time.
  virtual void write(PackedBlock block) = 0;

  /// Makes what was written survive a loss of power; that of the process it survives anyway.
  virtual void flush() = 0;

  /// Ends the result; nothing may follow.
  virtual Finished finish(const Closing& closing) = 0;
};

}  // namespace parley
