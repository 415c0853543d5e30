// parley explain: why the talks of a configuration stall, mechanism by mechanism; or why one run did, round by round.

#include <iostream>

#include <fmt/format.h>

#include "engine/drivers/cli/asked_plan.hpp"
#include "engine/drivers/cli/explain_report.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/progress.hpp"
#include "engine/drivers/cli/verdict_report.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "models/watched.hpp"

namespace parley {

namespace {

std::string title_of(const Plan& plan) {
  const std::string& title = plan.negotiation().structure.title;
  return title.empty() ? plan.config().name : title;
}

/// ", cell 2 of 8 (mechanisms.norm = true, …)", or nothing where nothing is swept.
std::string cell_words(const Plan& plan, std::uint64_t c) {
  const auto& swept = plan.config().sweep.swept();
  if (swept.empty()) return "";
  const std::vector<double> values = plan.swept_values(c);
  std::string words;
  for (std::size_t d = 0; d < swept.size(); ++d) words += (d == 0 ? "" : ", ") + setting_words(swept[d].path, values[d]);
  return fmt::format(", cell {} of {} ({})", c, plan.cells(), words);
}

int explain_run(const VerbArguments& a) {
  const AskedPlan asked = asked_plan(a);
  const Plan& plan = asked.plan;
  const Negotiation& n = plan.negotiation();
  const std::uint64_t run = a.whole("run", 0, 1ull << 48);
  static_cast<void>(told_run(asked, run));  // there is such a run, and a file's row is what this program plays
  const WatchedTeller teller = watched_teller_of(*n.model);
  if (teller == nullptr) throw InputError("The model " + n.model->name + " cannot be asked about single rounds. Explain the configuration without --run.");
  const RunVerdict verdict = judge_run(plan, run, teller);
  const std::uint64_t cell = run / plan.replicates(), replicate = run % plan.replicates();
  const double days = plan.stated_value(cell, n.catalog.find("rounds.days")->slot);
  if (a.is_set("json")) {
    nlohmann::ordered_json json = {{"config", plan.config().name}, {"title", title_of(plan)}, {"run", run}, {"cell", cell}, {"replicate", replicate}, {"seed", plan.seed()}};
    json.update(verdict_json(n, verdict, days));
    std::cout << printed(json);
  } else {
    std::cout << fmt::format("{}{}\nrun {} (replicate {}), seed {}\n\n", title_of(plan), cell_words(plan, cell), run, replicate, plan.seed()) << verdict_text(n, verdict, days);
  }
  return 0;
}

}  // namespace

int verb_explain(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "explain",
                   .files = "CONFIG.toml|RESULT.h5",
                   .purpose = "Says why the talks stall. The mechanisms that are at work are switched off alone and in every combination, all\n"
                              "with the same luck; Shapley values share the stalemates out among them, and the one constraint is named that\n"
                              "opens most deals when it alone is lifted. Up to twelve mechanisms the shares are exact for the runs played.\n"
                              "With --run it explains one run: who blocked which round and how far from yes, and whether a package existed\n"
                              "that all would have signed.",
                   .examples = "  parley explain configs/ukraine-2026-01.toml\n"
                               "  parley explain configs/classroom/ratification.toml --cell 2\n"
                               "  parley explain configs/ukraine-2026-01.toml --run 3\n"
                               "  parley explain configs/start-values.toml --set mechanisms.fear=false --json > why.json\n"
                               "  scripts/plot-explain why.json --out why.svg\n"});
  add_plan_arguments(a, "runs of each combination (where silent: as many as a quarter of a minute on two cores allows)");
  a.add_value("cell", "", "cell of a sweep (where silent: the first)")
      .add_value("run", "", "explain this run only; it is numbered as for replay, and --runs counts the replicates of each cell")
      .add_value("threads", "0", "threads; 0 takes all")
      .add_switch("json", "print one JSON object")
      .add_switch("quiet", "show no progress");
  if (!a.parse(arguments)) return 0;
  if (a.has("run")) {
    if (a.has("cell")) throw UsageError("--run and --cell do not go together (a run says itself to which cell it belongs). Leave one out.");
    return explain_run(a);
  }
  ExplainOptions options{.cell = a.has("cell") ? a.whole("cell", 0, 1ull << 32) : 0, .threads = static_cast<int>(a.whole("threads", 0, 4096))};
  if (a.has("runs")) options.replicates = static_cast<std::uint32_t>(a.whole("runs", 2, 4294967295u));
  const AskedPlan asked = asked_plan(a);
  const Plan& plan = asked.plan;

  Progress progress(Progress::voice_for(a.is_set("quiet")));
  options.watcher = &progress;
  const Explanation explanation = explain_stalemate(plan, options);
  if (a.is_set("json")) {
    nlohmann::ordered_json json = explanation_json(explanation);
    json["config"] = plan.config().name;
    json["title"] = title_of(plan);
    json["cell"] = options.cell;
    json["where"] = title_of(plan) + cell_words(plan, options.cell);
    std::cout << printed(json);
    return 0;
  }
  std::cout << explanation_text(explanation, title_of(plan) + cell_words(plan, options.cell));
  return 0;
}

}  // namespace parley
