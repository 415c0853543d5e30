#include "engine/drivers/cli/load_configuration.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/analysis/text_file.hpp"
#include "models/catalog.hpp"

namespace parley {

Config read_without_polls(const std::string& path, const std::vector<std::string>& sets) {
  return read_config(read_text_file(path, ConfigurationLimits::bytes), path, sets, &find_model);
}

PollData polls_of(const Config& config) {
  std::vector<std::string> files;
  for (const std::string& file : config.polls.files) {
    const std::filesystem::path beside = std::filesystem::path(config.name).parent_path() / file;
    files.push_back(std::filesystem::exists(beside) || !std::filesystem::exists(file) ? beside.string() : file);
  }
  return read_polls(files);
}

Config with_polls(const Config& config, const PollEstimates& estimates) {
  const std::vector<PosteriorTable> tables = posteriors_of(estimates);
  if (tables.empty()) throw input_error(config.polls.place, "The polls measure no public's mood (no wave of a question that measures \"mood\" was known by " + estimates.as_of + "). Add one, or take [polls] out.");
  return with_posteriors(config, tables);
}

Config with_posteriors(const Config& config, const std::vector<PosteriorTable>& tables) {
  const std::string text = config.text + "\n# What the polls of [polls] said when this was run: mean and covariance of mood and response (mood first).\n" + posterior_text(tables);
  return read_config(text, config.name, config.assignments, &find_model);
}

Config load_configuration(const std::string& path, const std::vector<std::string>& sets) {
  Config config = read_without_polls(path, sets);
  if (!config.polls.present()) return config;
  if (config.posteriors.empty()) return with_polls(config, estimate_polls(polls_of(config), config.negotiation, config.polls));
  const bool changed = std::any_of(sets.begin(), sets.end(), [](const std::string& set) { return set.rfind("polls.", 0) == 0; });
  if (changed) throw input_error(config.polls.place, "The configuration says itself what its polls said ([polls.posterior], from an earlier run), so that changing [polls] would change nothing. Take [polls.posterior] out to read the polls again.");
  return config;
}

}  // namespace parley
