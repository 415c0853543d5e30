// parley merge: joins the shards of a run into the result that a single run would have given.

#include <filesystem>
#include <iostream>

#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/run_tables.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/store/merge.hpp"
#include "engine/drivers/store/rehearsal.hpp"

namespace parley {

namespace {

/// /about of the first shard, with the tallies and sums of all of them.
Closing joined(const std::vector<std::string>& shards, const std::string& command, std::uint64_t& runs) {
  const ResultReader first(shards[0]);
  const Config config = config_in(first);
  const auto number = [&](const char* name) { return std::strtoull(first.fact(name).value_or("0").c_str(), nullptr, 10); };
  const Plan plan(config, static_cast<std::uint32_t>(number("runs")), number("seed"));
  const Summariser summariser(plan.negotiation());
  RunResult result;
  result.tallies.resize(plan.cells());
  if (!first.has("runs")) result.summaries.assign(plan.cells(), summariser.nothing());
  RunCosts costs;
  for (const std::string& path : shards) {
    const ResultReader shard(path);
    const Table summary = shard.read_table("summary");
    if (summary.values.rows != plan.cells()) throw InputError(path + ": Its /summary has not a row for each cell of the plan (it is none of parley's). Make it again.");
    const std::vector<Tally> tallies = tallies_of(summary);
    for (std::size_t c = 0; c < tallies.size(); ++c) result.tallies[c].add(tallies[c]);
    if (!result.summaries.empty()) {
      const std::vector<CellSummary> cells = summariser.read_columns(summary);
      for (std::size_t c = 0; c < cells.size(); ++c) result.summaries[c].add(cells[c]);
    }
    const RunCosts own = costs_of(shard);
    costs.seconds += own.seconds;
    costs.rounds += own.rounds;
    costs.threads = std::max(costs.threads, own.threads);
    costs.peak_memory_bytes = std::max(costs.peak_memory_bytes, own.peak_memory_bytes);
  }
  for (const Tally& tally : result.tallies) runs += tally.runs;
  for (std::uint64_t c = 0; c < plan.cells(); ++c)
    if (result.tallies[c].failed > 0) {
      const std::string fault = plan.cell(c).fault;
      result.faults[c] = fault.empty() ? fault_of_a_run : fault;
    }
  Facts about = about_of(plan, costs, first.fact("kernel").value_or(""), {});
  for (Fact& fact : about)
    if (fact.name == "command") fact.value = command;
  return {about, result_tables(plan, result, result.summaries.empty() ? nullptr : &summariser)};
}

}  // namespace

int verb_merge(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "merge",
                   .files = "OUT.h5 IN.h5...",
                   .purpose = "Joins the shards of one run. Missing, doubled, incomplete or mixed shards are refused by name; the merged runs equal\n"
                              "those of a single run, bit for bit.",
                   .examples = "  parley run configs/start-values.toml --shard 1/2 --out a.h5\n  parley run configs/start-values.toml --shard 2/2 --out b.h5\n"
                               "  parley merge whole.h5 a.h5 b.h5\n",
                   .least_files = 2,
                   .most_files = 1000001});
  a.add_switch("force", "replace an existing result").add_switch("quiet", "print nothing");
  if (!a.parse(arguments)) return 0;
  for (std::size_t f = 1; f < a.files().size(); ++f) {
    std::error_code none;
    if (std::filesystem::equivalent(a.files()[0], a.files()[f], none))
      throw UsageError(a.files()[0] + " is to be written and to be read (the first name is the result). Give the result a name of its own.");
  }
  std::string command = "parley merge";
  for (const std::string& argument : arguments) command += " " + argument;
  for (std::size_t f = 1; f < a.files().size(); ++f)
    rehearse(a.files()[f], [](const ResultReader& file) { static_cast<void>(file.intact()); });
  std::uint64_t runs = 0;
  const Finished finished = merge_results({.out = a.files()[0],
                                           .inputs = {a.files().begin() + 1, a.files().end()},
                                           .replace = a.is_set("force") ? Replace::yes : Replace::no,
                                           .compression = Compression::gzip,
                                           .close = [&](const std::vector<std::string>& shards) { return joined(shards, command, runs); }});
  if (!a.is_set("quiet")) std::cout << runs << " runs joined\nbits " << finished.bits.value_or("none") << "\nwritten to " << finished.path.value_or("") << "\n";
  return 0;
}

}  // namespace parley
