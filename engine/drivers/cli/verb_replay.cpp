// parley replay: one run told round by round, from a configuration or from a result file.

#include <cstring>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "engine/drivers/cli/provenance.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/row_json.hpp"
#include "engine/drivers/cli/run_tables.hpp"
#include "engine/drivers/cli/transcript_text.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/sweep/columns.hpp"
#include "models/catalog.hpp"

namespace parley {

namespace {

/// The row that a file holds for the run, if it keeps rows.
std::optional<RunRow> stored_row(const ResultReader& reader, const Negotiation& negotiation, std::uint64_t run) {
  if (!reader.has("runs")) return {};
  const auto at = reader.row_of(run);
  if (!at) throw InputError(reader.path() + ": There is no run " + std::to_string(run) + " in this file. `parley inspect` says which it holds.");
  return rows_of(negotiation, reader.table("runs").columns, reader.read_rows("runs", {*at, 1}))[0];
}

/// Would both rows be stored as the same bytes?
bool same_row(const Negotiation& n, const RunRow& a, const RunRow& b) {
  const RunRow rows[] = {a, b};
  const Block first = to_block(n, {rows, 1}, 0, 1), second = to_block(n, {rows + 1, 1}, 0, 1);
  return first.columns == second.columns;
}

}  // namespace

int verb_replay(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "replay",
                   .files = "CONFIG.toml|RESULT.h5",
                   .purpose = "Plays one run again and tells it: what was on the table in each round in words, who refused and why, and how it\n"
                              "ended. A run of a result file is checked against its stored row.",
                   .examples = "  parley replay configs/ukraine-2026-01.toml --run 3\n"
                               "  parley replay results/ukraine-2026-01.h5 --run 12\n"
                               "  parley replay configs/start-values.toml --run 0 --seed 7 --set actors.ukraine.mood=0.4 --json\n"});
  a.add_value("run", "0", "number of the run: cell · replicates + replicate")
      .add_value("runs", "", "replicates of each cell (where silent: what the configuration says)")
      .add_value("seed", "", "seed (where silent: what the configuration or the file says)")
      .add_list("set", "path=value: changes one setting of the configuration; may be repeated")
      .add_switch("json", "print one JSON object");
  if (!a.parse(arguments)) return 0;
  const std::string& path = a.files()[0];
  const std::uint64_t run = a.whole("run", 0, 1ull << 48);

  std::optional<ResultReader> file;
  if (is_result_name(path)) {
    rehearse(path, [run](const ResultReader& result) {
      const Config config = config_in(result);
      static_cast<void>(stored_row(result, config.negotiation, run));
    });
    file.emplace(path);
    if (a.has("runs") || a.has("seed") || !a.list("set").empty())
      throw UsageError("A result file says itself what it was made with. Leave --runs, --seed and --set out, or replay the configuration.");
    const auto version = file->fact("version");
    if (version != program_version())
      throw InputError(path + ": This result was made by version " + version.value_or("unknown") + ", and this is " + program_version() +
                       " (another version may play the same run differently). Use the version that made it.");
  }
  const Config config = file ? config_in(*file) : load_config(path, a.list("set"), &find_model);
  const auto fact_or = [&](const char* name, std::uint64_t otherwise) {
    const auto text = file ? file->fact(name) : std::nullopt;
    return text ? std::strtoull(text->c_str(), nullptr, 10) : otherwise;
  };
  const auto replicates = static_cast<std::uint32_t>(a.has("runs") ? a.whole("runs", 1, 4294967295u) : fact_or("runs", config.runs));
  const Plan plan(config, replicates == 0 ? 1 : replicates, a.has("seed") ? a.whole("seed", 0, ~std::uint64_t{0}) : fact_or("seed", config.seed));
  if (run >= plan.runs()) throw InputError("There is no run " + std::to_string(run) + " (the plan has " + std::to_string(plan.runs()) + ", from 0). Choose one of those or raise --runs.");

  const Transcript told = tell_run(plan, run);
  const Negotiation& n = plan.negotiation();
  if (file)
    if (const auto stored = stored_row(*file, n, run); stored && !same_row(n, *stored, told.row))
      throw InputError(path + ": Replayed, run " + std::to_string(run) + " does not give the row that the file holds (the file was changed, or this program plays it differently). Check it with parley inspect.");
  const std::uint64_t cell = run / plan.replicates();
  const double days = plan.stated_values(cell)[n.catalog.find("rounds.days")->slot];
  if (a.is_set("json")) {
    nlohmann::ordered_json rounds = nlohmann::ordered_json::array();
    for (const RoundRecord& r : told.rounds) rounds.push_back(round_json(n, r));
    std::cout << nlohmann::ordered_json{{"config", config.name}, {"run", run}, {"cell", cell}, {"replicate", run % plan.replicates()}, {"seed", plan.seed()}, {"row", row_json(n, told.row)}, {"rounds", rounds}}.dump(2) << "\n";
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
