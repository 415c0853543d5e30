// Reads a configuration as every verb does: the file, what --set changes, and the polls that it names.
#pragma once

#include <string>
#include <vector>

#include "engine/analysis/poll_estimate.hpp"
#include "engine/sweep/config.hpp"

namespace parley {

/// The configuration in a file. Where its [polls] table names polls they are read, and what they say is written into its
/// text (`Config::text`, [polls.posterior]). So the text, which goes into result files, stands alone: a replay needs no
/// other file. Poll files stand beside the configuration or, where there is none of that name, in the working folder.
/// Throws InputError where something is wrong, with file, line and column.
Config load_configuration(const std::string& path, const std::vector<std::string>& sets);

/// The pieces, for those who want the estimate as well: the configuration as it is written, its polls, and both together.
Config read_without_polls(const std::string& path, const std::vector<std::string>& sets);
PollData polls_of(const Config& config);
Config with_polls(const Config& config, const PollEstimates& estimates);
Config with_posteriors(const Config& config, const std::vector<PosteriorTable>& tables);

}  // namespace parley
