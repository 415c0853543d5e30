#include "engine/analysis/decisions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/analysis/csv.hpp"
#include "engine/analysis/text_file.hpp"
#include "engine/core/check.hpp"

namespace parley {
namespace {

constexpr std::size_t most_bytes = TextLimits::decisions;
constexpr std::size_t most_stands = 256;

/// A stand and an issue as the table has them, before gaps are filled.
struct OpenStand {
  std::string actor;
  double position = 0;
  std::optional<double> salience, capability;
};
struct OpenDecision {
  std::string issue;
  std::vector<OpenStand> stands;
  std::optional<double> outcome, reference;
};

std::optional<double> bounded(const CsvTable& table, std::size_t row, std::size_t column, double high) {
  const auto number = table.number_if_any(row, column);
  if (number && (*number < 0 || *number > high))
    throw input_error(table.place(row, column), in_quotes(table.text(row, column)) + " in column " +
                                                    in_quotes(table.header()[column]) + " is outside 0 to " +
                                                    (high > 1e9 ? "any size" : "100") + ". Rescale it.");
  return number;
}

/// Notes a value that every row of an issue may give, and refuses a second that differs.
void agree(std::optional<double>& known, std::optional<double> given, const Place& place, const std::string& what) {
  if (!given) return;
  if (known && *known != *given)
    throw input_error(place, "the " + what + " differs from the one given before for the same issue. Make them agree.");
  known = given;
}

std::vector<OpenDecision> read_long(const CsvTable& table) {
  const std::size_t issue = table.require("issue"), actor = table.require("actor"),
                    position = table.require("position");
  const auto salience = table.find("salience"), capability = table.find("capability");
  const std::size_t outcome = table.require("outcome");
  const auto reference = table.find("reference") ? table.find("reference") : table.find("reference_point");
  std::vector<OpenDecision> decisions;
  std::map<std::string, std::size_t> number;
  std::set<std::pair<std::size_t, std::string>> seen;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string name(table.text(row, issue)), who(table.text(row, actor));
    if (name.empty()) throw input_error(table.place(row, issue), "the issue has no name. Fill it in.");
    const auto [at, is_new] = number.emplace(name, decisions.size());
    if (is_new) decisions.push_back({.issue = name, .stands = {}, .outcome = {}, .reference = {}});
    OpenDecision& decision = decisions[at->second];
    agree(decision.outcome, bounded(table, row, outcome, 100), table.place(row, outcome), "outcome");
    if (reference)
      agree(decision.reference, bounded(table, row, *reference, 100), table.place(row, *reference), "reference point");
    if (!seen.emplace(at->second, who).second)
      throw input_error(table.place(row, actor), "the actor " + in_quotes(who) + " is there twice on issue " +
                                                     in_quotes(name) + ". Remove one row.");
    const auto where = bounded(table, row, position, 100);
    if (!where) continue;
    if (decision.stands.size() == most_stands)
      throw input_error(table.place(row, actor), "issue " + in_quotes(name) + " has more than " +
                                                     std::to_string(most_stands) +
                                                     " positions (the limit). Merge actors.");
    decision.stands.push_back({.actor = who,
                               .position = *where,
                               .salience = salience ? bounded(table, row, *salience, 100) : std::nullopt,
                               .capability = capability ? bounded(table, row, *capability, 1e12) : std::nullopt});
  }
  return decisions;
}

struct WidePair {
  std::string actor;
  std::size_t position = 0, salience = 0;
};

std::vector<WidePair> wide_pairs(const CsvTable& table) {
  std::vector<WidePair> pairs;
  for (std::size_t column = 0; column < table.columns(); ++column) {
    const std::string& name = table.header()[column];
    if (name.size() < 2 || (name[0] != 'p' && name[0] != 'P')) continue;
    if (const auto salience = table.find("s" + name.substr(1))) pairs.push_back({name.substr(1), column, *salience});
  }
  if (pairs.size() > most_stands)
    throw input_error(table.header_place(pairs[most_stands].position),
                      "there are more than " + std::to_string(most_stands) + " actors (the limit). Split the table.");
  return pairs;
}

/// The column that names the issues: `issue`, or the last of those before the first pair whose entries all differ.
std::optional<std::size_t> naming_column(const CsvTable& table, const std::vector<WidePair>& pairs,
                                         std::size_t first_row) {
  if (const auto issue = table.find("issue")) return issue;
  for (std::size_t column = pairs.front().position; column-- > 0;) {
    std::set<std::string_view> names;
    bool differ = true;
    for (std::size_t row = first_row; row < table.rows() && differ; ++row)
      differ = names.insert(table.text(row, column)).second;
    if (differ) return column;
  }
  return std::nullopt;
}

std::vector<OpenDecision> read_wide(const CsvTable& table) {
  const std::vector<WidePair> pairs = wide_pairs(table);
  if (pairs.empty())
    throw input_error(table.header_place(0),
                      "there is a column out, but no pair of columns p<actor> and s<actor>. Add one an actor.");
  const std::size_t outcome = table.require("out");
  const auto reference = table.find("rp");
  const auto no_salience = [&](std::size_t row) {
    return std::all_of(pairs.begin(), pairs.end(),
                       [&](const WidePair& pair) { return table.missing(row, pair.salience); });
  };
  const bool weighted = table.rows() > 0 && table.missing(0, outcome) && no_salience(0);
  const std::size_t first = weighted ? 1 : 0;
  const auto naming = naming_column(table, pairs, first);
  std::vector<OpenDecision> decisions;
  for (std::size_t row = first; row < table.rows(); ++row) {
    OpenDecision decision{
        .issue = naming ? std::string(table.text(row, *naming)) : "row " + std::to_string(row - first + 1),
        .stands = {},
        .outcome = bounded(table, row, outcome, 100),
        .reference = reference ? bounded(table, row, *reference, 100) : std::nullopt};
    for (const WidePair& pair : pairs)
      if (const auto where = bounded(table, row, pair.position, 100))
        decision.stands.push_back({.actor = pair.actor,
                                   .position = *where,
                                   .salience = bounded(table, row, pair.salience, 100),
                                   .capability = weighted ? bounded(table, 0, pair.position, 1e12) : std::nullopt});
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

double mean_of(const std::vector<OpenStand>& stands, std::optional<double> OpenStand::*number, double otherwise) {
  double sum = 0, count = 0;
  for (const OpenStand& stand : stands) {
    if (!(stand.*number)) continue;
    sum += *(stand.*number);
    ++count;
  }
  return count > 0 ? sum / count : otherwise;
}

}  // namespace

Decisions parse_decisions(std::string_view text, const std::string& file, std::size_t least_positions) {
  const CsvTable table = CsvTable::parse(text, file, {.bytes = most_bytes});
  const bool wide = table.find("out").has_value() && !table.find("outcome");
  const std::vector<OpenDecision> open = wide ? read_wide(table) : read_long(table);
  Decisions result;
  bool percent = false;
  for (const OpenDecision& decision : open)
    for (const OpenStand& stand : decision.stands) {
      percent = percent || stand.salience.value_or(0.0) > 1;
      result.capability_known = result.capability_known || stand.capability.has_value();
    }
  for (const OpenDecision& from : open) {
    if (!from.outcome || from.stands.size() < least_positions || from.stands.empty()) {
      ++result.skipped;
      continue;
    }
    Decision decision{
        .issue = from.issue, .stands = {}, .outcome = from.outcome.value_or(0.0), .reference = from.reference};
    const double salience = mean_of(from.stands, &OpenStand::salience, percent ? 100.0 : 1.0);
    const double capability = mean_of(from.stands, &OpenStand::capability, 1.0);
    for (const OpenStand& stand : from.stands)
      decision.stands.push_back({.actor = stand.actor,
                                 .position = stand.position,
                                 .salience = stand.salience.value_or(salience) / (percent ? 100.0 : 1.0),
                                 .capability = stand.capability.value_or(capability)});
    result.decisions.push_back(std::move(decision));
  }
  if (result.decisions.empty())
    throw input_error({.file = file}, "holds no decision with an outcome and at least " +
                                          std::to_string(least_positions) + " positions (" +
                                          std::to_string(result.skipped) +
                                          " were passed over). Add outcomes, or lower --least-positions.");
  return result;
}

Decisions read_decisions(const std::string& path, std::size_t least_positions) {
  return parse_decisions(read_text_file(path, most_bytes), path, least_positions);
}

}  // namespace parley
