#include "engine/drivers/cli/asked_plan.hpp"

#include <cstdlib>

#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/cli/provenance.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/sweep/columns.hpp"
#include "engine/sweep/single_run.hpp"

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

AskedPlan plan_of_result(const VerbArguments& a, const std::string& path) {
  if (a.has("runs") || a.has("seed") || !a.list("set").empty())
    throw UsageError("A result file says itself what it was made with. Leave --runs, --seed and --set out, or give the configuration.");
  const std::uint64_t run = a.has("run") ? a.whole("run", 0, 1ull << 48) : 0;
  const auto refuse_another_version = [&](const ResultReader& result) {
    if (const auto version = result.fact("version"); version != program_version())
      throw InputError(path + ": This result was made by version " + version.value_or("unknown") + ", and this is " + program_version() +
                       " (another version may play the same run differently). Use the version that made it.");
  };
  rehearse(path, [&](const ResultReader& result) {
    refuse_another_version(result);
    const Config config = config_in(result);
    if (a.has("run")) static_cast<void>(stored_row(result, config.negotiation, run));
  });
  ResultReader file(path);
  refuse_another_version(file);
  const Config config = config_in(file);
  const auto fact_or = [&](const char* name, std::uint64_t otherwise) {
    const auto text = file.fact(name);
    return text ? std::strtoull(text->c_str(), nullptr, 10) : otherwise;
  };
  const auto replicates = static_cast<std::uint32_t>(fact_or("runs", config.runs));
  return {Plan(config, replicates == 0 ? 1 : replicates, fact_or("seed", config.seed)), std::move(file)};
}

}  // namespace

void add_plan_arguments(VerbArguments& arguments, const char* meaning_of_runs) {
  arguments.add_value("runs", "", meaning_of_runs)
      .add_value("seed", "", "seed (where silent: what the configuration or the file says)")
      .add_list("set", "path=value: changes one setting of the configuration; may be repeated");
}

AskedPlan asked_plan(const VerbArguments& a) {
  const std::string& path = a.files()[0];
  if (is_result_name(path)) return plan_of_result(a, path);
  const Config config = load_configuration(path, a.list("set"));
  const auto replicates = static_cast<std::uint32_t>(a.has("runs") ? a.whole("runs", 1, 4294967295u) : config.runs);
  return {Plan(config, replicates, a.has("seed") ? a.whole("seed", 0, ~std::uint64_t{0}) : config.seed), {}};
}

Transcript told_run(const AskedPlan& asked, std::uint64_t run) {
  const Plan& plan = asked.plan;
  Transcript told = tell_run(plan, run);
  const Negotiation& n = plan.negotiation();
  if (asked.file)
    if (const auto stored = stored_row(*asked.file, n, run); stored && !same_row(n, *stored, told.row))
      throw InputError(asked.file->path() + ": Replayed, run " + std::to_string(run) + " does not give the row that the file holds (the file was changed, or this program plays it differently). Check it with parley inspect.");
  return told;
}

}  // namespace parley
