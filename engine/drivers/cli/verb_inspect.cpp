// parley inspect: what a result file holds, what made it, and whether its content is what was written.

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/run_tables.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/sweep/summary.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

Json fact_json(const Fact& fact) {
  return std::visit([](const auto& value) { return Json(value); }, fact.value);
}

/// What the sums of all cells together say of each value.
std::string sums_text(const ResultReader& reader) {
  const Config config = config_in(reader);
  const Summariser summariser(config.negotiation);
  CellSummary all = summariser.nothing();
  for (const CellSummary& cell : summariser.read_columns(reader.read_table("summary"))) all.add(cell);
  std::string out = fmt::format("\n  {:<36}{:>12}{:>12}{:>12}{:>12}{:>12}{:>12}\n", "all cells together", "runs", "mean", "deviation", "5 %", "median", "95 %");
  for (const Measure& m : summariser.measures()) {
    out += fmt::format("  {:<36}{:>12}", m.name + (m.position.empty() ? "" : " " + m.position), m.runs(all));
    for (const double value : {m.mean(all), m.deviation(all), m.quantile(all, 0.05), m.quantile(all, 0.5), m.quantile(all, 0.95)})
      out += std::isnan(value) ? fmt::format("{:>12}", "-") : fmt::format("{:>12.4g}", value);
    out += "\n";
  }
  return out;
}

}  // namespace

int verb_inspect(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "inspect",
                   .files = "RESULT.h5",
                   .purpose = "Shows what made a result file and what it holds, and checks its content against the stored fingerprint.\n"
                              "Exits with 1 where the file is not whole or its content was changed.",
                   .examples = "  parley inspect results/ukraine-2026-01.h5\n  parley inspect results/ukraine-2026-01.h5 --json\n"});
  a.add_switch("json", "print one JSON object").add_switch("configuration", "print the configuration text only");
  if (!a.parse(arguments)) return 0;
  rehearse(a.files()[0], [](const ResultReader& file) {
    if (file.has("runs")) static_cast<void>(file.computed_bits());
    static_cast<void>(file.computed_checksum());
  });
  const ResultReader reader(a.files()[0]);
  if (a.is_set("configuration")) {
    const std::string text = reader.fact("configuration").value_or("");
    std::cout << (isatty(STDOUT_FILENO) ? printed(text) : text);  // into a file as it is, to be run again
    return 0;
  }
  const auto stored = reader.stored_bits();
  std::optional<std::string> computed;
  if (reader.has("runs")) computed = reader.computed_bits();
  const std::string checksum = reader.computed_checksum();
  const bool whole = reader.complete() && stored == computed && reader.stored_checksum() == checksum;

  Json groups = Json::object();
  for (const std::string& group : reader.groups()) {
    const StoredTable& table = reader.table(group);
    Json columns = Json::array();
    for (const Column& c : table.columns) columns.push_back({{"name", c.name}, {"width", c.width}, {"unit", c.unit}, {"meaning", c.meaning}});
    groups[group] = {{"rows", table.rows}, {"columns", columns}};
  }
  if (a.is_set("json")) {
    Json about = Json::object();
    for (const Fact& fact : reader.about()) about[fact.name] = fact_json(fact);
    std::cout << printed(Json{{"file", reader.path()}, {"complete", reader.complete()}, {"intact", whole}, {"bits", computed ? Json(*computed) : Json(nullptr)},
                      {"stored_bits", stored ? Json(*stored) : Json(nullptr)},
                      {"checksum", checksum}, {"stored_checksum", reader.stored_checksum() ? Json(*reader.stored_checksum()) : Json(nullptr)}, {"about", about}, {"groups", groups}});
  } else {
    std::cout << reader.path() << "\n";
    for (const Fact& fact : reader.about()) {
      if (fact.name == "configuration") continue;
      std::string text = fact_json(fact).is_string() ? fact_json(fact).get<std::string>() : fact_json(fact).dump();
      while (!text.empty() && text.back() == '\n') text.pop_back();
      if (!text.empty()) std::cout << printed(fmt::format("  {:<20}{}\n", fact.name, text));
    }
    for (const auto& [group, content] : groups.items()) {
      std::cout << printed(fmt::format("\n/{}: {} rows\n", group, content["rows"].get<std::uint64_t>()));
      std::size_t widest = 20;
      for (const Json& c : content["columns"]) widest = std::max(widest, c["name"].get<std::string>().size() + 1);
      for (const Json& c : content["columns"])
        std::cout << printed(fmt::format("  {:<{}}{:<6}{} [{}]\n", c["name"].get<std::string>(), widest, c["width"].get<int>() > 1 ? "× " + c["width"].dump() : "", c["meaning"].get<std::string>(), c["unit"].get<std::string>()));
    }
    if (reader.has("summary")) {
      if (!reader.has("runs")) std::cout << sums_text(reader);
      Tally all;
      for (const Tally& t : tallies_of(reader.read_table("summary"))) all.add(t);
      std::cout << fmt::format("\n{} runs: {} stalemate, {} partial deal, {} full settlement{}\n", all.runs, all.scenarios[0], all.scenarios[1], all.scenarios[2], all.failed > 0 ? fmt::format(", {} failed", all.failed) : "");
    }
    std::cout << (whole ? "\nThe file is whole" : "\nThe file is NOT whole: it is not complete, or it was changed after it was written") << "\n";
    const auto compare = [](const char* what, const std::string& now, const std::optional<std::string>& then) {
      std::cout << fmt::format("  {:<12}{}{}\n", what, now, now == then ? ", as stored" : ", but stored is " + then.value_or("none"));
    };
    if (computed) compare("bits", *computed, stored);
    compare("checksum", checksum, reader.stored_checksum());
  }
  return whole ? 0 : 1;
}

}  // namespace parley
