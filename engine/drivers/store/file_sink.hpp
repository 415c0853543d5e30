// The sink behind --out F.h5: blocks go to the journal F.h5.partial at once, and into the result as their turn comes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/file.hpp"
#include "engine/drivers/store/journal.hpp"
#include "engine/drivers/store/layout.hpp"

namespace parley {

enum class KeepRows { yes, no };

/// What is known of the rows beforehand.
enum class Expected {
  at_most,  ///< there may be fewer, in any order: the result is made when all are there
  exactly,  ///< all come, nearly in run order: the result grows beside the journal, so that little is left to do at the end
};

struct FileSinkOptions {
  std::string path;
  RunLayout layout;                    ///< of /runs
  Facts identity;                      ///< what must be equal for a result to be the same, or to be resumed
  std::uint64_t first_row = 0;         ///< number of the first run, of a shard
  std::uint64_t expected_rows = 0;     ///< 0 if unknown; to say how much space is missing
  Expected expected = Expected::at_most;
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
  /// A result that rows go into.
  struct Growing;

  template <typename Action>
  void explained(Action action, std::uint64_t needed) const;
  void append(const PackedBlock& block);
  void grow();
  void take(PackedBlock packed);
  void take_what_is_next(unsigned most);
  void assemble(const Closing& closing);
  NamedDigest take_the_rest();
  Facts facts_of(const Closing& closing) const;
  std::uint64_t result_bytes(const Closing& closing) const;
  std::uint64_t bytes_to_come() const;

  FileSinkOptions options_;
  Journal journal_;
  RunDigest digest_;
  std::unique_ptr<Growing> growing_;
  bool finished_ = false;
};

/// The journal that belongs to a result.
std::string journal_of(const std::string& path);

}  // namespace parley
