// The append-only file of a run in progress: packed blocks in the order of their arrival, each with its checksum.
//
// Format, all numbers little-endian:
//   header  "PARLEYJ1", u64 length of the body, body, u64 XXH3-64 of all before
//   record  "PLYBLOCK", u64 first row, u32 rows, u32 columns, for each column (u64 bytes, u64 digest of the raw bytes),
//           u64 XXH3-64 of all before; then the columns' bytes; then u64 XXH3-64 of these
// A record that is torn or altered ends the journal: it and what follows are cut off when the journal is opened.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/drivers/store/file.hpp"
#include "engine/drivers/store/layout.hpp"

namespace parley {

/// What an existing journal means for the one who opens it.
enum class Partial {
  refuse,   ///< rows in it are an error
  resume,   ///< go on with its rows, if it belongs to the same run
  discard,  ///< start afresh
};

class Journal {
 public:
  /// Opens or makes the journal at `path` and locks it against other processes.
  Journal(const std::string& path, const RunLayout& layout, const Facts& identity, Partial partial);
  /// A journal that only this object can see, in a folder.
  Journal(const std::string& folder, const RunLayout& layout);
  Journal(Journal&&) noexcept = default;

  /// Ranges of rows in run order, one for each block.
  std::vector<RowRange> entries() const;
  bool has(std::uint64_t first_row) const { return find(first_row) != nullptr; }
  std::uint64_t rows() const { return rows_; }
  std::uint64_t size() const { return end_; }
  const std::string& path() const { return file_.path(); }

  /// The block that starts at a row, checked. Throws StoreError where it is damaged.
  PackedBlock read(std::uint64_t first_row) const;
  /// Appends a block; refuses rows that are there already. After an error the journal ends with the last whole block.
  void append(const PackedBlock& block);
  void flush();
  /// Takes the file away; for a finished result, or a journal in which nothing is worth keeping.
  void remove();

 private:
  struct Record {
    std::uint64_t first_row = 0;
    std::uint32_t rows = 0;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
  };

  void start(const std::vector<std::byte>& header);
  void scan();
  /// Where a record that starts at this row is, or belongs.
  std::vector<Record>::const_iterator place_of(std::uint64_t first_row) const;
  const Record* find(std::uint64_t first_row) const;
  bool overlaps(std::uint64_t first_row, std::uint32_t rows) const;
  void remember(const Record& record);
  void drop_torn_tail() noexcept;
  void flush_now_and_then();

  File file_;
  std::vector<Column> columns_;
  std::vector<Record> records_;  ///< by first row, in which they mostly come
  std::uint64_t rows_ = 0;
  std::uint64_t end_ = 0;
  bool durable_ = true;  ///< worth flushing: others can find it after a loss of power
  std::uint64_t flushed_ = 0;
  std::chrono::steady_clock::time_point flushed_at_ = std::chrono::steady_clock::now();
};

}  // namespace parley
