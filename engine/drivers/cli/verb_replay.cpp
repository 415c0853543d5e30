// parley replay: one run told round by round, from a configuration or from a result file.

#include <iostream>

#include <fmt/format.h>

#include "engine/drivers/cli/asked_plan.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/transcript_text.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/json/row_json.hpp"

namespace parley {

int verb_replay(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "replay",
                   .files = "CONFIG.toml|RESULT.h5",
                   .purpose = "Plays one run again and tells it: what was on the table in each round in words, who refused and why, and how it\n"
                              "ended. A run of a result file is checked against its stored row.",
                   .examples = "  parley replay configs/ukraine-2026-01.toml --run 3\n"
                               "  parley replay results/ukraine-2026-01.h5 --run 12\n"
                               "  parley replay configs/start-values.toml --run 0 --seed 7 --set actors.ukraine.mood=0.4 --json\n"});
  a.add_value("run", "0", "number of the run: cell · replicates + replicate").add_switch("json", "print one JSON object");
  add_plan_arguments(a, "replicates of each cell (where silent: what the configuration says)");
  if (!a.parse(arguments)) return 0;
  const std::uint64_t run = a.whole("run", 0, 1ull << 48);
  const AskedPlan asked = asked_plan(a);
  const Transcript told = told_run(asked, run);
  const Plan& plan = asked.plan;
  const Config& config = plan.config();
  const Negotiation& n = plan.negotiation();
  const std::uint64_t cell = run / plan.replicates();
  const double days = plan.stated_values(cell)[n.catalog.find("rounds.days")->slot];
  if (a.is_set("json")) {
    nlohmann::ordered_json rounds = nlohmann::ordered_json::array();
    for (const RoundRecord& r : told.rounds) rounds.push_back(round_json(n, r));
    std::cout << printed(nlohmann::ordered_json{{"config", config.name}, {"run", run}, {"cell", cell}, {"replicate", run % plan.replicates()}, {"seed", plan.seed()}, {"row", row_json(n, told.row)}, {"rounds", rounds}});
    return 0;
  }
  std::cout << fmt::format("{}\nrun {} (cell {}, replicate {}), seed {}\n\n", n.structure.title.empty() ? config.name : n.structure.title, run, cell, run % plan.replicates(), plan.seed());
  bool quiet = false;
  for (const RoundRecord& r : told.rounds) {
    const bool eventful = r.talking || r.collapsed;
    if (eventful) std::cout << round_text(n, r, days);
    else if (!quiet) std::cout << fmt::format("Round {} on: the deal holds\n", r.round);
    quiet = !eventful;
  }
  std::cout << "\n" << ending_text(n, told.row, days);
  return 0;
}

}  // namespace parley
