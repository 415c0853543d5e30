// What an analysis can look at in a result file: one number for each run, summed up by cell from whichever table holds it.
#pragma once

#include <string>
#include <vector>

#include "engine/analysis/sweep_analysis.hpp"
#include "engine/drivers/store/result_reader.hpp"

namespace parley {

struct OutputChoice {
  std::string name, meaning;
};

/// Every output by name, those first that need /summary only.
std::vector<OutputChoice> output_choices(const Negotiation& negotiation);

/// Throws UsageError for a name that is none, InputError where the file lacks the table it needs.
CellOutput read_cell_output(const ResultReader& reader, const Plan& plan, const std::string& name);

}  // namespace parley
