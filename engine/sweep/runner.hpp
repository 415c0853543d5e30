// What any runner of a plan promises: which runs to play, what to watch, and what it hands back.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/sweep/batch.hpp"
#include "engine/sweep/sink.hpp"
#include "engine/sweep/summary.hpp"

namespace parley {

/// Part i of n of a plan's runs, i from 1.
struct Shard {
  std::uint64_t index = 1, count = 1;
  RowRange rows(std::uint64_t runs) const {
    const std::uint64_t from = part(runs, index - 1), to = part(runs, index);
    return {from, to - from};
  }

 private:
  std::uint64_t part(std::uint64_t runs, std::uint64_t i) const {
    return static_cast<std::uint64_t>(static_cast<__uint128_t>(runs) * i / count);
  }
};

struct RunOptions {
  int threads = 0;  ///< 0: all the machine has
  Kernel kernel = nullptr;
  Shard shard;
  std::uint32_t block_rows = 8192;
  bool make_rows = true;          ///< false where rows are not kept
  const Summariser* summariser = nullptr;  ///< given where sums by cell are kept instead of rows
  std::optional<double> until;    ///< stop when every cell's widest interval is narrower
  const std::atomic<bool>* stop = nullptr;  ///< set from outside to end early
};

/// Told from one thread at a time as work gets done.
class ProgressWatcher {
 public:
  virtual ~ProgressWatcher() = default;
  virtual void progress(std::uint64_t runs_done, std::uint64_t runs_in_all) = 0;
};

struct RunResult {
  std::vector<Tally> tallies;  ///< by cell
  std::vector<CellSummary> summaries;  ///< by cell, where a summariser was given
  Refusals refusals;
  std::map<std::uint64_t, std::string> faults;
  std::uint64_t runs_played = 0, runs_found = 0;  ///< now, and by an earlier run that was resumed
  bool interrupted = false;
};

/// After how many replicates of all cells `until` looks at the widths.
inline constexpr std::uint32_t until_wave = 1000;

}  // namespace parley
