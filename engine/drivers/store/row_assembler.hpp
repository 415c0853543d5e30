// Puts blocks that come in run order into the chunks of a result file, cutting them anew where they do not fit.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/drivers/store/layout.hpp"
#include "engine/drivers/store/result_file.hpp"

namespace parley {

class RowAssembler {
 public:
  /// `file` has its /runs begun.
  RowAssembler(ResultFile& file, const RunLayout& layout) : file_(file), layout_(layout) {}

  /// The next rows. A whole block at the start of a chunk goes to the file as it is.
  void add(PackedBlock packed);
  /// Writes the last chunk.
  void end();

 private:
  void add_rows(const PackedBlock& block);
  void begin_pending();
  void write_pending();

  ResultFile& file_;
  const RunLayout& layout_;
  std::uint64_t file_row_ = 0;
  Block pending_;
  std::vector<std::uint64_t> pending_runs_;
};

}  // namespace parley
