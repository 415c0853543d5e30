// Writes one HDF5 result, beside its final name, and gives it that name only when it is whole.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/drivers/store/file.hpp"
#include "engine/drivers/store/layout.hpp"

namespace parley {

/// The first error is final: whatever was written is taken away, and nothing appears at the final name.
class ResultFile {
 public:
  ResultFile(const std::string& path, Replace replace);
  ~ResultFile();

  /// Claims space for this many bytes before any is used, where the file system can.
  void reserve(std::uint64_t bytes);
  void write_facts(const Facts& facts);
  void write_table(const Table& table);

  /// Makes the datasets of /runs for this many rows.
  void begin_runs(const RunLayout& layout, std::uint64_t rows);
  /// Rows of a chunk: those of a whole block, or all if there are fewer.
  std::uint32_t chunk_rows() const;
  /// One whole chunk of every column, at a row of the file that starts a chunk; `run_numbers` is its column `run`.
  void write_chunk(std::uint64_t file_row, const PackedColumn& run_numbers, const PackedBlock& chunk);

  /// Closes, looks at the file again, makes it durable and gives it its name.
  void commit();

 private:
  struct Open;
  void abandon() noexcept;
  void start_writing_back(std::uint64_t bytes);

  std::unique_ptr<Open> open_;
  std::string path_;
  std::string temporary_;
  Replace replace_;
  std::uint64_t waiting_ = 0;  ///< bytes that the system was not yet asked to bring to the disk
};

}  // namespace parley
