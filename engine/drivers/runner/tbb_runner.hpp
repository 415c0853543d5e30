// Plays a plan on all cores with oneTBB; the result does not depend on how many.
#pragma once

#include "engine/sweep/runner.hpp"

namespace parley {

/// Blocks of runs flow through a pipeline: numbered in order, played and packed side by side, kept in order. Memory is
/// bounded by the blocks in flight, not by the number of runs.
RunResult run_plan(const Plan& plan, const RunOptions& options, RunSink& sink, ProgressWatcher* watcher);

/// How many threads `threads` = 0 means here.
int default_threads();

}  // namespace parley
