// Spreads numbered pieces of work over all cores with oneTBB, for analyses that play runs of their own.
#pragma once

#include <cstddef>
#include <functional>

#include "engine/sweep/runner.hpp"

namespace parley {

/// Calls work(0), …, work(count − 1) on that many threads (0: all); returns when all are done. The watcher, where there is
/// one, hears of every piece as `runs_a_piece` runs.
void spread_over_threads(std::size_t count, int threads, const std::function<void(std::size_t)>& work,
                         ProgressWatcher* watcher = nullptr, std::uint64_t runs_a_piece = 1);

}  // namespace parley
