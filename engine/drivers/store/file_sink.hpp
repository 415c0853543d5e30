// The sink behind --out F.h5: blocks go to the journal F.h5.partial at once, and into the result when all are there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/file.hpp"
#include "engine/drivers/store/journal.hpp"
#include "engine/drivers/store/layout.hpp"

namespace parley {

class ResultFile;

enum class KeepRows { yes, no };

struct FileSinkOptions {
  std::string path;
  RunLayout layout;                    ///< of /runs
  Facts identity;                      ///< what must be equal for a result to be the same, or to be resumed
  std::uint64_t first_row = 0;         ///< number of the first run, of a shard
  std::uint64_t expected_rows = 0;     ///< how many at most, 0 if unknown; to say how much space is missing
  KeepRows keep_rows = KeepRows::yes;  ///< `no` leaves /runs out: blocks are kept until the end only, to be resumed
  Partial partial = Partial::refuse;   ///< what to do with the rows of an interrupted run
  Replace replace = Replace::no;       ///< may an existing result give way
};

class FileSink final : public RunSink {
 public:
  /// Throws StoreError where the result exists, cannot be written, or belongs to another run.
  explicit FileSink(FileSinkOptions options);
  ~FileSink() override;

  std::vector<RowRange> present() const override;
  Block read(const RowRange& entry) const override;
  PackedBlock pack(Block block) const override;
  void write(PackedBlock block) override;
  void flush() override;
  Finished finish(const Closing& closing) override;
  /// Gives up: takes away what was written.
  void discard();

 private:
  template <typename Action>
  void explained(Action action, std::uint64_t needed) const;
  void hash_what_is_next(unsigned most);
  void assemble(const Closing& closing);
  NamedDigest assemble_runs(ResultFile& file);
  Facts facts_of(const Closing& closing) const;
  std::uint64_t result_bytes(const Closing& closing) const;
  std::uint64_t bytes_to_come() const;

  FileSinkOptions options_;
  Journal journal_;
  RunDigest digest_;
  bool finished_ = false;
};

/// The journal that belongs to a result.
std::string journal_of(const std::string& path);

}  // namespace parley
