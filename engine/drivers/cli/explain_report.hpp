// What `parley explain` says of why talks stall: one JSON object, sentences for a class, or a page.
//
// A report or a web page calls `explain_stalemate` and puts `explanation_json` into its own JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/analysis/attribution.hpp"
#include "engine/analysis/sweep_stalemates.hpp"
#include "engine/sweep/plan.hpp"
#include "engine/sweep/runner.hpp"

namespace parley {

struct ExplainOptions {
  std::uint64_t cell = 0;        ///< of the plan
  std::uint32_t replicates = 0;  ///< of each coalition; 0: as many as the plan, fewer where they would come to more than `most_runs`
  int threads = 0;               ///< 0: all
  ProgressWatcher* watcher = nullptr;
  static constexpr std::uint64_t most_runs = 4'000'000;  ///< in all, where nothing is asked for: a quarter of a minute on two cores
};

struct Explanation {
  Attribution why;
  std::vector<SweptAlternative> alternatives;  ///< what the configuration itself varies
};

/// Explains one cell of a plan, with the plan's seed: `stalemate` is what `parley run` counts with as many runs.
Explanation explain_stalemate(const Plan& plan, const ExplainOptions& options);

/// stalemate, without_all, mechanisms [{name, shapley, low, high, lifted_alone}], best_single_lift, and what was added since.
nlohmann::ordered_json explanation_json(const Explanation& explanation);

/// The same in plain sentences, one each, for a class.
std::vector<std::string> explanation_words(const Explanation& explanation);

/// "mechanisms.norm = false", "actors.south.mood = -2".
std::string setting_words(const std::string& path, double value);

/// A page: what was asked, the table, and the sentences.
std::string explanation_text(const Explanation& explanation, const std::string& title);

}  // namespace parley
