// parley solve: what the solution concepts of bargaining say of a configuration, and whether a zone of agreement exists.

#include <cmath>
#include <iostream>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/analysis/negotiation_solutions.hpp"
#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/solutions_json.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/sweep/columns.hpp"
#include "engine/sweep/plan.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

/// The deals in force at the horizon of a result's runs, to hold beside the solution concepts.
struct AgreedInRuns {
  std::uint64_t deals = 0;
  std::vector<double> mean_package;

  /// Root mean square distance of a package from the mean of the deals, over the issues.
  double distance(const std::vector<double>& package) const {
    double sum = 0;
    for (std::size_t k = 0; k < package.size(); ++k) sum += (package[k] - mean_package[k]) * (package[k] - mean_package[k]);
    return std::sqrt(sum / static_cast<double>(package.size()));
  }
};

AgreedInRuns agreed_in(const ResultReader& reader, const Negotiation& n) {
  if (!reader.has("runs")) throw InputError(reader.path() + ": This result keeps no runs to compare with (it was stored with --store summary). Make it again with --store runs.");
  constexpr std::uint64_t step = 65536;
  const StoredTable& runs = reader.table("runs");
  AgreedInRuns agreed{0, std::vector<double>(n.structure.issues.size(), 0.0)};
  for (std::uint64_t at = 0; at < runs.rows; at += step) {
    const Block block = reader.read_rows("runs", {at, std::min(step, runs.rows - at)});
    for (const RunRow& row : rows_of(n, runs.columns, block)) {
      if (row.scenario != Scenario::partial_deal && row.scenario != Scenario::full_settlement) continue;
      ++agreed.deals;
      for (std::size_t k = 0; k < agreed.mean_package.size(); ++k) agreed.mean_package[k] += row.package[k];
    }
  }
  for (double& x : agreed.mean_package) x /= static_cast<double>(std::max<std::uint64_t>(agreed.deals, 1));
  return agreed;
}

Json agreed_json(const Structure& s, const NegotiationSolutions& r, const AgreedInRuns& agreed) {
  Json distances = Json::object();
  if (agreed.deals > 0)
    for (const NamedSolution& solution : r.solutions)
      if (!solution.package.empty()) distances[solution.name] = agreed.distance(solution.package);
  return {{"deals", agreed.deals}, {"mean_package", agreed.deals > 0 ? by_issue(s, agreed.mean_package) : Json(nullptr)}, {"distances", distances}};
}

std::string agreed_text(const Structure& s, const NegotiationSolutions& r, const AgreedInRuns& agreed) {
  if (agreed.deals == 0) return "\nNo run of the result has a deal in force to compare with.\n";
  std::string out = fmt::format("\nMean of the {} deals in force in the runs\n", agreed.deals);
  for (std::size_t k = 0; k < agreed.mean_package.size(); ++k)
    out += fmt::format("  {:<28}{:.2f}  {}\n", s.issues[k].title, agreed.mean_package[k], s.issues[k].nearest_words(agreed.mean_package[k]));
  out += "  distance from it (root mean square over the issues):\n";
  for (const NamedSolution& solution : r.solutions)
    if (!solution.package.empty()) out += fmt::format("    {:<26}{:.3f}\n", solution.name, agreed.distance(solution.package));
  return out;
}

std::string solution_text(const Structure& s, const NamedSolution& solution) {
  std::string out = fmt::format("\n{}\n", solution.name);
  if (solution.package.empty()) return out + "  none: no package is better for every party than fighting on\n";
  for (std::size_t k = 0; k < solution.package.size(); ++k)
    out += fmt::format("  {:<28}{:.2f}  {}\n", s.issues[k].title, solution.package[k], s.issues[k].nearest_words(solution.package[k]));
  out += "  gain over fighting on:";
  for (std::size_t i = 0; i < solution.gains.size(); ++i) out += fmt::format("  {} {:+.3f}", s.actors[i].title, solution.gains[i]);
  return out + "\n";
}

std::string solutions_text(const Structure& s, const NegotiationSolutions& r) {
  std::string out = fmt::format("{}\nPackages of the rung \"{}\" as they look at the start of the talks\n\n", s.title, r.rung);
  out += "Win-sets: share of all packages that a side would rather have than fight on (and that its public would ratify)\n";
  for (std::size_t i = 0; i < r.win_sets.size(); ++i) out += fmt::format("  {:<16}{:5.1f} %  ({:.1f} %)\n", s.actors[i].title, 100 * r.win_sets[i].leadership, 100 * r.win_sets[i].ratified);
  out += fmt::format("Zone of agreement of all parties: {:.2g} % of packages, {:.2g} % with ratification.\n", 100 * r.zone_leaderships, 100 * r.zone_ratified);
  out += r.widest_gain >= 0 ? fmt::format("A zone exists: at its best point every party gains at least {:.3f} over fighting on.\n", r.widest_gain)
                            : fmt::format("No zone exists: at the best package some party still loses {:.3f} against fighting on.\n", -r.widest_gain);
  if (r.witness) out += solution_text(s, *r.witness);
  for (const NamedSolution& solution : r.solutions) out += solution_text(s, solution);
  return out;
}

}  // namespace

int verb_solve(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "solve",
                   .files = "CONFIG.toml|RESULT.h5",
                   .purpose = "Prints the win-sets and the zone of agreement of a configuration, and what solution concepts would pick: Nash,\n"
                              "Kalai–Smorodinsky, egalitarian, utilitarian, the capability × salience weighted mean, the Condorcet median and the\n"
                              "probabilistic Condorcet election. Disagreement is the value of fighting on at the start of the talks.\n"
                              "With a result file the deals of its runs stand beside them.",
                   .examples = "  parley solve configs/ukraine-2026-01.toml\n  parley solve configs/start-values.toml --set mechanisms.loss_aversion=false --json\n"
                               "  parley solve results/ukraine-2026-01.h5\n"});
  a.add_list("set", "path=value: changes one setting of the configuration; may be repeated")
      .add_value("rung", "", "rung whose packages are compared (where silent: the one that settles most)")
      .add_switch("json", "print one JSON object");
  if (!a.parse(arguments)) return 0;
  std::optional<ResultReader> file;
  if (is_result_name(a.files()[0])) {
    if (!a.list("set").empty()) throw UsageError("A result file says itself what it was made with. Leave --set out, or solve the configuration.");
    rehearse(a.files()[0], [](const ResultReader& result) { static_cast<void>(agreed_in(result, config_in(result).negotiation)); });
    file.emplace(a.files()[0]);
  }
  const Config config = file ? config_in(*file) : load_configuration(a.files()[0], a.list("set"));
  const Structure& s = config.negotiation.structure;
  int rung = widest_rung(s);
  if (a.has("rung")) {
    std::vector<std::string> names;
    for (const RungInfo& info : s.rungs) names.push_back(info.name);
    const std::string name = a.choice("rung", names);
    rung = static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
  }
  const NegotiationSolutions result = solve(config.negotiation, Plan(config, 1, 1).stated_values(0), rung);
  const std::optional<AgreedInRuns> agreed = file ? std::optional(agreed_in(*file, config.negotiation)) : std::nullopt;
  if (a.is_set("json")) {
    Json json = solutions_json(s, result);
    if (agreed) json["runs"] = agreed_json(s, result, *agreed);
    std::cout << printed(json);
  } else {
    std::cout << solutions_text(s, result) << (agreed ? agreed_text(s, result, *agreed) : "");
  }
  return 0;
}

}  // namespace parley
