#include "engine/drivers/cli/result_identity.hpp"

#include <algorithm>
#include <cstdio>
#include <span>
#include <sstream>

#include "engine/drivers/cli/provenance.hpp"
#include "engine/drivers/store/digest.hpp"
#include "engine/sweep/columns.hpp"
#include "engine/sweep/summary.hpp"
#include "models/catalog.hpp"

namespace parley {

namespace {

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

double number_in(const ResultReader& reader, const char* name) {
  const auto text = reader.fact(name);
  const double number = text ? std::strtod(text->c_str(), nullptr) : 0;
  return number >= 0 && number < 1e18 ? number : 0;
}

}  // namespace

std::string configuration_hash(const Config& config) {
  const std::string text = config.resolved();
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(digest_of(std::as_bytes(std::span(text)))));
  return hex;
}

Facts identity_of(const Plan& plan, const std::string& store, const std::string& shard, const std::optional<double>& until) {
  Facts facts = {{"configuration_hash", configuration_hash(plan.config())}, {"seed", plan.seed()}, {"runs", std::uint64_t{plan.replicates()}},
                 {"store", store}, {"shard", shard}, {"version", program_version()}};
  if (until) facts.push_back({"until", *until});
  return facts;
}

Facts about_of(const Plan& plan, const RunCosts& costs, const std::string& kernel, const std::vector<std::string>& arguments) {
  std::string command = "parley run";
  for (const std::string& argument : arguments) command += " " + argument;
  return {{"configuration", plan.config().text},
          {"configuration_name", plan.config().name},
          {"settings", joined_lines(plan.config().assignments)},
          {"title", plan.negotiation().structure.title},
          {"commit", program_commit()},
          {"compiler", program_compiler()},
          {"flags", program_flags()},
          {"kernel", kernel},
          {"command", command},
          {"cells", plan.cells()},
          {"horizon_rounds", horizon_of(plan, 0)},
          {"horizon_months", months_of(plan, 0)},
          {"threads", std::int64_t{costs.threads}},
          {"rounds", costs.rounds},
          {"seconds", costs.seconds},
          {"peak_memory_bytes", costs.peak_memory_bytes}};
}

RunCosts costs_of(const ResultReader& reader) {
  return {.threads = static_cast<int>(std::min(number_in(reader, "threads"), 1e6)), .seconds = number_in(reader, "seconds"),
          .rounds = static_cast<std::uint64_t>(number_in(reader, "rounds")), .peak_memory_bytes = static_cast<std::uint64_t>(number_in(reader, "peak_memory_bytes"))};
}

Refusals refusals_in(const ResultReader& reader, const Negotiation& negotiation) {
  Refusals refusals;
  if (!reader.has("runs")) {
    const Summariser summariser(negotiation);
    for (const CellSummary& cell : summariser.read_columns(reader.read_table("summary"))) refusals.add(summariser.refusals(cell));
    return refusals;
  }
  constexpr std::uint64_t step = 65536;
  const StoredTable& runs = reader.table("runs");
  for (std::uint64_t at = 0; at < runs.rows; at += step) {
    const Block block = reader.read_rows("runs", {at, std::min(step, runs.rows - at)});
    for (const RunRow& row : rows_of(negotiation, runs.columns, block)) refusals.add(row);
  }
  return refusals;
}

bool is_result_name(const std::string& path) {
  const auto ends_with = [&](const std::string& end) { return path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0; };
  return ends_with(".h5") || ends_with(".hdf5");
}

Config config_in(const ResultReader& reader) {
  const auto text = reader.fact("configuration"), name = reader.fact("configuration_name"), settings = reader.fact("settings");
  if (!text) throw InputError(reader.path() + ": This result holds no configuration (it was not made by parley run). Use a file that parley run wrote.");
  std::vector<std::string> assignments;
  std::istringstream lines(settings.value_or(""));
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) assignments.push_back(line);
  return read_config(*text, name.value_or(reader.path()), assignments, &find_model);
}

}  // namespace parley
