// Plays a range of runs of a plan: the unit of work that a runner hands to its threads.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/sweep/plan.hpp"
#include "engine/sweep/tally.hpp"

namespace parley {

/// What is counted of consecutive runs.
struct Counts {
  std::vector<std::pair<std::uint64_t, Tally>> tallies;  ///< of the cells that they touch, in order
  Refusals refusals;
  std::map<std::uint64_t, std::string> faults;  ///< cells whose numbers are impossible, and why

  /// Adds the runs that follow.
  void add(Counts next);
};

struct Batch {
  std::uint64_t first_run = 0;
  std::vector<RunRow> rows;
  Counts counts;
};

/// What is said of a cell in which a run failed while it was played.
inline constexpr const char* fault_of_a_run = "a number in a run became infinite or undefined";

/// Counts the rows of consecutive runs, one cell for each `replicates` runs.
void count_rows(Counts& counts, std::span<const RunRow> rows, std::uint64_t first_run, std::uint32_t replicates);

/// Plays runs [first_run, first_run + count). A cell whose numbers are impossible gives failed rows, not an error.
Batch play_batch(const Plan& plan, Kernel kernel, std::uint64_t first_run, std::uint32_t count);

/// The kernel of that name ("one", "portable", "avx2", "avx512"), or the best that this processor has for "auto".
struct ChosenKernel {
  std::string name;
  Kernel play = nullptr;
};
ChosenKernel choose_kernel(const Kernels& kernels, const std::string& name);

}  // namespace parley
