// The small tables of a result file: its cells, their summary, and the traces of chosen runs.
#pragma once

#include <vector>

#include "engine/sweep/plan.hpp"
#include "engine/sweep/runner.hpp"
#include "engine/sweep/sink.hpp"

namespace parley {

/// /cells and /summary, and /traces where the configuration chooses runs. With a summariser /summary has its columns too.
std::vector<Table> result_tables(const Plan& plan, const RunResult& result, const Summariser* summariser = nullptr);

/// The tallies that a /summary table holds, cell by cell.
std::vector<Tally> tallies_of(const Table& summary);

}  // namespace parley
