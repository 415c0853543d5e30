// Plays a range of runs on all cores and hands back their rows, where nothing is to be stored.
#pragma once

#include <vector>

#include "engine/sweep/batch.hpp"

namespace parley {

/// Rows of runs [first_run, first_run + count), in run order whatever the number of threads (0: all).
std::vector<RunRow> play_rows(const Plan& plan, Kernel kernel, std::uint64_t first_run, std::uint64_t count, int threads = 0);

}  // namespace parley
