#include "engine/drivers/cli/actors_csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "engine/analysis/csv.hpp"
#include "engine/analysis/text_file.hpp"
#include "engine/core/check.hpp"

namespace parley {
namespace {

constexpr std::size_t most_bytes = TextLimits::actors;
constexpr std::size_t most_issues = 10000;

/// Where a number and what is known of its spread stand.
struct NumberColumns {
  std::string name;
  std::size_t value = 0;
  std::optional<std::size_t> sd, low, high;
};

NumberColumns columns_of(const CsvTable& table, const std::string& name) {
  NumberColumns columns{name, table.require(name), table.find(name + "_sd"), table.find(name + "_low"),
                        table.find(name + "_high")};
  if (columns.low.has_value() != columns.high.has_value())
    throw input_error(table.header_place(columns.low ? *columns.low : *columns.high),
                      "the column is there without its pair (a spread needs both ends). Add " + name +
                          (columns.low ? "_high" : "_low") + ".");
  return columns;
}

void refuse_unknown_columns(const CsvTable& table) {
  std::set<std::string> known = {"name", "actor", "issue", "note", "source", "comment"};
  for (const char* number : {"capability", "position", "salience"})
    for (const char* part : {"", "_sd", "_low", "_high"}) known.insert(std::string(number) + part);
  std::set<std::size_t> read;
  for (const std::string& name : known)
    if (const auto column = table.find(name)) read.insert(*column);
  for (std::size_t column = 0; column < table.columns(); ++column)
    if (!read.contains(column))
      throw input_error(table.header_place(column),
                        "the column " + in_quotes(table.header()[column]) +
                            " is not known (name, capability, position, salience, issue, and _sd, _low, _high of the "
                            "three numbers are). Rename or remove it; notes go in a column note.");
}

/// The number as it stands in the row; bounds that the row does not give are left to `natural`.
eum::Uncertain read_number(const CsvTable& table, std::size_t row, const NumberColumns& columns, eum::Scale natural,
                           eum::Shape between_bounds) {
  for (const auto column : {std::optional(columns.value), columns.sd, columns.low, columns.high})
    if (column && std::fabs(table.number_if_any(row, *column).value_or(0)) > eum::Case::largest_number)
      throw input_error(table.place(row, *column), "the " + columns.name + " is more than 1e12 in size (the limit). Give it in another unit.");
  eum::Uncertain number{.value = table.number(row, columns.value), .low = natural.low, .high = natural.high};
  const auto sd = columns.sd ? table.number_if_any(row, *columns.sd) : std::nullopt;
  const auto low = columns.low ? table.number_if_any(row, *columns.low) : std::nullopt;
  const auto high = columns.high ? table.number_if_any(row, *columns.high) : std::nullopt;
  if (low.has_value() != high.has_value())
    throw input_error(table.place(row, low ? *columns.high : *columns.low),
                      "one end of " + columns.name + " is missing (a spread needs both). Fill in both or neither.");
  const double spread = sd.value_or(0.0), lowest = low.value_or(number.low), highest = high.value_or(number.high);
  if (spread < 0)
    throw input_error(table.place(row, *columns.sd), "the standard deviation is negative. Give 0 or more.");
  if (low) {
    if (lowest > number.value || number.value > highest)
      throw input_error(table.place(row, columns.value),
                        "the " + columns.name + " lies outside its own bounds. Put it between low and high.");
    number.low = lowest;
    number.high = highest;
    number.shape = lowest < highest ? between_bounds : eum::Shape::fixed;
  }
  if (spread > 0) {
    number.shape = eum::Shape::normal;
    number.sd = spread;
  }
  return number;
}

struct IssueRows {
  std::string name;
  std::vector<std::size_t> rows;
};

std::vector<IssueRows> rows_by_issue(const CsvTable& table) {
  const auto issue = table.find("issue");
  std::vector<IssueRows> issues;
  std::map<std::string, std::size_t> number;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string name = issue ? std::string(table.text(row, *issue)) : "issue";
    if (name.empty()) throw input_error(table.place(row, *issue), "the issue has no name. Fill it in.");
    const auto [at, is_new] = number.emplace(name, issues.size());
    if (is_new) issues.push_back({.name = name, .rows = {}});
    if (issues.size() > most_issues)
      throw input_error(table.place(row, *issue),
                        "there are more than " + std::to_string(most_issues) + " issues (the limit). Split the file.");
    issues[at->second].rows.push_back(row);
  }
  return issues;
}

eum::Case case_of(const CsvTable& table, const IssueRows& issue, const std::array<NumberColumns, 3>& columns,
                  std::size_t name_column, const ActorsOptions& options) {
  if (issue.rows.size() > eum::Case::max_actors)
    throw input_error(table.place(issue.rows[eum::Case::max_actors], 0),
                      "issue " + in_quotes(issue.name) + " has more than " + std::to_string(eum::Case::max_actors) +
                          " actors (the limit). Merge actors that stand together.");
  const auto& [capability, position, salience] = columns;
  eum::Scale span{.low = 1e300, .high = -1e300};
  for (const std::size_t row : issue.rows) {
    const double value = table.number(row, position.value);
    const auto low = position.low ? table.number_if_any(row, *position.low) : std::nullopt;
    const auto high = position.high ? table.number_if_any(row, *position.high) : std::nullopt;
    span.low = std::min({span.low, value, low.value_or(value)});
    span.high = std::max({span.high, value, high.value_or(value)});
  }
  if (options.scale) span = *options.scale;
  std::vector<eum::Actor> actors;
  std::set<std::string> names;
  for (const std::size_t row : issue.rows) {
    eum::Actor actor{
        .name = std::string(table.text(row, name_column)), .capability = {}, .position = {}, .salience = {}};
    if (actor.name.empty()) throw input_error(table.place(row, name_column), "the actor has no name. Fill it in.");
    if (!names.insert(actor.name).second)
      throw input_error(table.place(row, name_column),
                        "the actor " + in_quotes(actor.name) +
                            " is there twice on the same issue. Remove one, or add a column issue.");
    actor.capability = read_number(table, row, capability, {.low = 0, .high = eum::Case::largest_number}, options.between_bounds);
    actor.position = read_number(table, row, position, span, options.between_bounds);
    actor.salience = read_number(table, row, salience, {.low = 0, .high = 1}, options.between_bounds);
    actors.push_back(std::move(actor));
  }
  try {
    return options.scale ? eum::Case(issue.name, std::move(actors), *options.scale)
                         : eum::Case(issue.name, std::move(actors));
  } catch (const InputError& error) {
    throw input_error(table.place(issue.rows.front(), 0), "issue " + in_quotes(issue.name) + ": " + error.what());
  }
}

}  // namespace

std::vector<eum::Case> parse_actors(std::string_view text, const std::string& file, const ActorsOptions& options) {
  const CsvTable table = CsvTable::parse(text, file, {.bytes = most_bytes});
  refuse_unknown_columns(table);
  if (table.find("name") && table.find("actor"))
    throw input_error(table.header_place(*table.find("actor")),
                      "there is both a column name and a column actor (which one counts?). Remove one.");
  const std::size_t name = table.find("actor") ? *table.find("actor") : table.require("name");
  const std::array<NumberColumns, 3> columns = {columns_of(table, "capability"), columns_of(table, "position"),
                                                columns_of(table, "salience")};
  if (table.rows() == 0) throw input_error({.file = file}, "has a header but no actors. Add one line an actor.");
  std::vector<eum::Case> cases;
  for (const IssueRows& issue : rows_by_issue(table)) cases.push_back(case_of(table, issue, columns, name, options));
  return cases;
}

std::vector<eum::Case> read_actors(const std::string& path, const ActorsOptions& options) {
  return parse_actors(read_text_file(path, most_bytes), path, options);
}

}  // namespace parley
