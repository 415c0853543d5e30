// parley explain: why the talks of a configuration stall, mechanism by mechanism.

#include <iostream>

#include <fmt/format.h>

#include "engine/drivers/cli/asked_plan.hpp"
#include "engine/drivers/cli/explain_report.hpp"
#include "engine/drivers/cli/progress.hpp"
#include "engine/drivers/cli/verbs.hpp"

namespace parley {

namespace {

std::string title_of(const Plan& plan) {
  const std::string& title = plan.negotiation().structure.title;
  return title.empty() ? plan.config().name : title;
}

/// ", cell 2 of 8 (mechanisms.norm = 1, …)", or nothing where nothing is swept.
std::string cell_words(const Plan& plan, std::uint64_t c) {
  const auto& swept = plan.config().sweep.swept();
  if (swept.empty()) return "";
  const Cell cell = plan.cell(c);
  std::string words;
  for (std::size_t d = 0; d < swept.size(); ++d) {
    const bool is_switch = swept[d].path.rfind("mechanisms.", 0) == 0;
    words += (d == 0 ? "" : ", ") + swept[d].path + " = " + (is_switch ? (cell.swept[d] != 0 ? "true" : "false") : fmt::format("{:g}", cell.swept[d]));
  }
  return fmt::format(", cell {} of 0 to {} ({})", c, plan.cells() - 1, words);
}

}  // namespace

int verb_explain(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "explain",
                   .files = "CONFIG.toml|RESULT.h5",
                   .purpose = "Says why the talks stall. The mechanisms that are at work are switched off alone and in every combination, all\n"
                              "with the same luck; Shapley values share the stalemates out among them, and the one constraint is named that\n"
                              "opens most deals when it alone is lifted. Up to twelve mechanisms the shares are exact for the runs played.",
                   .examples = "  parley explain configs/ukraine-2026-01.toml\n"
                               "  parley explain configs/classroom/ratification.toml --cell 2\n"
                               "  parley explain configs/start-values.toml --set mechanisms.fear=false --json > why.json\n"
                               "  scripts/plot-explain why.json --out why.svg\n"});
  add_plan_arguments(a, "runs of each combination (where silent: as many as a quarter of a minute on two cores allows)");
  a.add_value("cell", "0", "cell of a sweep")
      .add_value("threads", "0", "threads; 0 takes all")
      .add_switch("json", "print one JSON object")
      .add_switch("quiet", "show no progress");
  if (!a.parse(arguments)) return 0;
  ExplainOptions options{.cell = a.whole("cell", 0, 1ull << 32), .threads = static_cast<int>(a.whole("threads", 0, 4096))};
  if (a.has("runs")) options.replicates = static_cast<std::uint32_t>(a.whole("runs", 2, 4294967295u));
  const AskedPlan asked = asked_plan(a);
  const Plan& plan = asked.plan;

  Progress progress(Progress::voice_for(a.is_set("quiet")));
  options.watcher = &progress;
  const Attribution why = explain_stalemate(plan, options);
  if (a.is_set("json")) {
    nlohmann::ordered_json json = attribution_json(why);
    json["config"] = plan.config().name;
    json["title"] = title_of(plan);
    json["cell"] = options.cell;
    json["where"] = title_of(plan) + cell_words(plan, options.cell);
    std::cout << json.dump(2) << "\n";
    return 0;
  }
  std::cout << attribution_text(why, title_of(plan) + cell_words(plan, options.cell));
  return 0;
}

}  // namespace parley
