// The plan that a verb is asked about: of a configuration with --runs, --seed and --set, or of a result file.
#pragma once

#include <optional>

#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/store/result_reader.hpp"
#include "engine/sweep/plan.hpp"

namespace parley {

struct AskedPlan {
  Plan plan;
  std::optional<ResultReader> file;  ///< where the plan is that of a result
};

/// Adds --runs, --seed and --set.
void add_plan_arguments(VerbArguments& arguments, const char* meaning_of_runs);

/// The plan of the verb's one file. A result file says itself what it was made with; one of another version is refused.
AskedPlan asked_plan(const VerbArguments& arguments);

/// Plays a run of the plan again, and holds it against the row that the file has of it, if it keeps rows.
Transcript told_run(const AskedPlan& asked, std::uint64_t run);

}  // namespace parley
