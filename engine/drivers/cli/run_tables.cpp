#include "engine/drivers/cli/run_tables.hpp"

#include <cstring>
#include <functional>

#include "engine/sweep/single_run.hpp"

namespace parley {

namespace {

/// Fills a table column by column.
class TableBuilder {
 public:
  TableBuilder(std::string group, std::string dimension, std::uint32_t rows) {
    table_.group = std::move(group);
    table_.dimension = std::move(dimension);
    table_.values.rows = rows;
  }

  template <class Value>
  void add(Column column, const std::function<Value(std::uint32_t row, std::uint32_t position)>& value) {
    std::vector<std::byte> data(column.row_bytes() * table_.values.rows);
    for (std::uint32_t r = 0; r < table_.values.rows; ++r)
      for (std::uint32_t p = 0; p < column.width; ++p) {
        const Value v = value(r, p);
        std::memcpy(data.data() + (r * column.width + p) * sizeof(Value), &v, sizeof(Value));
      }
    table_.columns.push_back(std::move(column));
    table_.values.columns.push_back(std::move(data));
  }
  void add_texts(TextColumn column) { table_.texts.push_back(std::move(column)); }
  Table take() { return std::move(table_); }

 private:
  Table table_;
};

Table cells_table(const Plan& plan, const RunResult& result) {
  const auto n = static_cast<std::uint32_t>(plan.cells());
  const auto& swept = plan.config().sweep.swept();
  std::vector<double> rows;
  for (std::uint32_t c = 0; c < n && !swept.empty(); ++c) {
    const std::vector<double> values = plan.swept_values(c);
    rows.insert(rows.end(), values.begin(), values.end());
  }
  TableBuilder table("cells", "cell", n);
  for (std::size_t d = 0; d < swept.size(); ++d) {
    const Entry* entry = plan.negotiation().catalog.find(swept[d].path);
    table.add<double>({.name = swept[d].path, .type = ColumnType::f64, .unit = entry == nullptr ? "switch" : entry->described->parameter.unit,
                       .meaning = entry == nullptr ? "1: the mechanism is at work" : entry->described->parameter.meaning},
                      [&](std::uint32_t r, std::uint32_t) { return rows[r * swept.size() + d]; });
  }
  table.add<std::uint8_t>({.name = "failed", .type = ColumnType::u8, .unit = "1", .meaning = "1 where the numbers of the cell turned out impossible"},
                          [&](std::uint32_t r, std::uint32_t) { return static_cast<std::uint8_t>(result.faults.count(r)); });
  TextColumn reasons{"reason", "why the cell failed", {}};
  for (std::uint32_t c = 0; c < n; ++c) reasons.values.push_back(result.faults.count(c) ? result.faults.at(c) : "");
  table.add_texts(std::move(reasons));
  return table.take();
}

const std::vector<std::string>& scenario_positions() {
  static const std::vector<std::string> names = {"stalemate", "partial_deal", "full_settlement"};
  return names;
}
const std::vector<std::string>& kind_positions() {
  static const std::vector<std::string> names = {"none", "fighting", "truce", "relapsed"};
  return names;
}

Table summary_table(const Plan& plan, const RunResult& result) {
  const auto& t = result.tallies;
  TableBuilder table("summary", "cell", static_cast<std::uint32_t>(plan.cells()));
  const auto count = [&](const char* name, const char* meaning, std::uint64_t Tally::*field) {
    table.add<std::uint64_t>({.name = name, .type = ColumnType::u64, .unit = "runs", .meaning = meaning}, [&t, field](std::uint32_t r, std::uint32_t) { return t[r].*field; });
  };
  count("runs", "runs played", &Tally::runs);
  count("failed", "runs whose numbers turned out impossible; not counted in shares", &Tally::failed);
  table.add<std::uint64_t>({.name = "scenario_count", .type = ColumnType::u64, .width = 3, .dimension = "scenario", .positions = scenario_positions(), .unit = "runs", .meaning = "runs by scenario"},
                           [&](std::uint32_t r, std::uint32_t p) { return t[r].scenarios[p]; });
  const auto share = [&](const char* name, const char* meaning, double Share::*field) {
    table.add<double>({.name = name, .type = ColumnType::f64, .width = 3, .dimension = "scenario", .positions = scenario_positions(), .unit = "1", .meaning = meaning},
                      [&t, field](std::uint32_t r, std::uint32_t p) {
                        return t[r].counted() == 0 ? __builtin_nan("") : t[r].scenario(static_cast<Scenario>(p)).*field;
                      });
  };
  share("scenario_share", "share of runs by scenario", &Share::share);
  share("scenario_low", "lower end of the 95 % interval (Wilson)", &Share::low);
  share("scenario_high", "upper end of the 95 % interval (Wilson)", &Share::high);
  table.add<std::uint64_t>({.name = "kind_count", .type = ColumnType::u64, .width = 4, .dimension = "stalemate_kind", .positions = kind_positions(), .unit = "runs", .meaning = "runs by kind of stalemate"},
                           [&](std::uint32_t r, std::uint32_t p) { return t[r].kinds[p]; });
  count("truce", "runs with a truce some time", &Tally::truce);
  count("ceasefire_30_days", "runs with a ceasefire that held 30 days", &Tally::ceasefire);
  count("signed_deal", "runs that signed a deal", &Tally::deal);
  return table.take();
}

Table traces_table(const Plan& plan) {
  struct Row {
    std::uint64_t run;
    const RoundRecord* round;
  };
  std::vector<Transcript> told;
  std::vector<Row> rows;
  told.reserve(plan.config().traces.size());
  for (const std::uint64_t run : plan.config().traces) {
    if (run >= plan.runs() || !plan.cell(run / plan.replicates()).fault.empty()) continue;
    told.push_back(tell_run(plan, run));
    for (const RoundRecord& r : told.back().rounds) rows.push_back({run, &r});
  }
  const Structure& s = plan.negotiation().structure;
  std::vector<std::string> issues, actors;
  std::vector<std::pair<std::string, std::uint8_t>> rungs, terms;
  for (const auto& i : s.issues) issues.push_back(i.name);
  for (const auto& a : s.actors) actors.push_back(a.name);
  for (const auto& r : s.rungs) rungs.emplace_back(r.name, static_cast<std::uint8_t>(rungs.size()));
  rungs.emplace_back("none", nobody);
  for (const auto& term : plan.negotiation().model->terms) terms.emplace_back(term.name, static_cast<std::uint8_t>(terms.size()));

  TableBuilder table("traces", "row", static_cast<std::uint32_t>(rows.size()));
  table.add<std::uint64_t>({.name = "run", .type = ColumnType::u64, .unit = "1", .meaning = "number of the run"}, [&](std::uint32_t r, std::uint32_t) { return rows[r].run; });
  table.add<std::uint16_t>({.name = "round", .type = ColumnType::u16, .unit = "round", .meaning = "round of the run"},
                           [&](std::uint32_t r, std::uint32_t) { return static_cast<std::uint16_t>(rows[r].round->round); });
  table.add<std::uint8_t>({.name = "rung", .type = ColumnType::u8, .unit = "1", .meaning = "kind of package tabled", .labels = rungs},
                          [&](std::uint32_t r, std::uint32_t) { return rows[r].round->rung < 0 ? nobody : static_cast<std::uint8_t>(rows[r].round->rung); });
  const auto flag = [&](const char* name, const char* meaning, bool RoundRecord::*field) {
    table.add<std::uint8_t>({.name = name, .type = ColumnType::u8, .unit = "1", .meaning = meaning}, [&rows, field](std::uint32_t r, std::uint32_t) { return static_cast<std::uint8_t>(rows[r].round->*field); });
  };
  flag("fighting", "1: nothing was in force when the round began", &RoundRecord::fighting);
  flag("signed", "1: what was tabled was signed", &RoundRecord::signed_now);
  flag("collapsed", "1: what was in force collapsed", &RoundRecord::collapsed);
  const auto real = [&](const char* name, const char* unit, const char* meaning, double RoundRecord::*field) {
    table.add<double>({.name = name, .type = ColumnType::f64, .unit = unit, .meaning = meaning}, [&rows, field](std::uint32_t r, std::uint32_t) { return rows[r].round->*field; });
  };
  real("front", "issue scale", "the front", &RoundRecord::front);
  real("energy", "share of need", "energy", &RoundRecord::energy);
  real("hazard", "1 a year", "hazard of collapse of what is tabled", &RoundRecord::hazard);
  const auto by_issue = [&](const char* name, const char* meaning, std::vector<double> RoundRecord::*field) {
    table.add<double>({.name = name, .type = ColumnType::f64, .width = static_cast<std::uint32_t>(issues.size()), .dimension = "issue", .positions = issues, .unit = "issue scale", .meaning = meaning},
                      [&rows, field](std::uint32_t r, std::uint32_t p) { return (rows[r].round->*field)[p]; });
  };
  by_issue("text", "draft of the text", &RoundRecord::text);
  by_issue("package", "what would be in force: the text where the rung settles, the status quo elsewhere", &RoundRecord::package);
  const auto by_actor = [&](const char* name, const char* unit, const char* meaning, double ActorRound::*field) {
    table.add<double>({.name = name, .type = ColumnType::f64, .width = static_cast<std::uint32_t>(actors.size()), .dimension = "actor", .positions = actors, .unit = unit, .meaning = meaning},
                      [&rows, field](std::uint32_t r, std::uint32_t p) { return rows[r].round->actors[p].*field; });
  };
  by_actor("mood", "logit", "mood of the public", &ActorRound::mood);
  by_actor("support", "share of the public", "support for what is tabled", &ActorRound::support);
  by_actor("ratification", "probability", "chance that it would be ratified", &ActorRound::ratification);
  by_actor("utility", "utility", "value of what is tabled", &ActorRound::utility);
  by_actor("fighting_on", "utility", "value of fighting on", &ActorRound::fighting_on);
  by_actor("gain", "utility", "what the actor would gain by agreeing", &ActorRound::gain);
  by_actor("weight", "1", "weight of its wishes in the text", &ActorRound::weight);
  const auto answer = [&](const char* name, const char* meaning, bool ActorRound::*field) {
    table.add<std::uint8_t>({.name = name, .type = ColumnType::u8, .width = static_cast<std::uint32_t>(actors.size()), .dimension = "actor", .positions = actors, .unit = "1", .meaning = meaning},
                            [&rows, field](std::uint32_t r, std::uint32_t p) { return static_cast<std::uint8_t>(rows[r].round->actors[p].*field); });
  };
  answer("seated", "1: its consent was needed", &ActorRound::seated);
  answer("leadership", "1: its leadership agreed", &ActorRound::leadership);
  answer("ratifies", "1: its public would have ratified", &ActorRound::ratifies);
  table.add<std::uint8_t>({.name = "worst_term", .type = ColumnType::u8, .width = static_cast<std::uint32_t>(actors.size()), .dimension = "actor", .positions = actors, .unit = "1", .meaning = "term that weighed most against the table", .labels = terms},
                          [&](std::uint32_t r, std::uint32_t p) { return static_cast<std::uint8_t>(rows[r].round->actors[p].worst_term); });
  return table.take();
}

}  // namespace

std::vector<Table> result_tables(const Plan& plan, const RunResult& result, const Summariser* summariser) {
  std::vector<Table> tables;
  tables.push_back(cells_table(plan, result));
  tables.push_back(summary_table(plan, result));
  if (summariser != nullptr) summariser->add_columns(result.summaries, tables.back());
  if (!plan.config().traces.empty()) tables.push_back(traces_table(plan));
  return tables;
}

std::vector<Tally> tallies_of(const Table& summary) {
  std::vector<Tally> tallies(summary.values.rows);
  for (std::size_t c = 0; c < summary.columns.size(); ++c) {
    const std::string& name = summary.columns[c].name;
    if (summary.columns[c].type != ColumnType::u64) continue;
    for (std::size_t r = 0; r < tallies.size(); ++r) {
      const std::byte* at = summary.values.columns[c].data() + r * summary.columns[c].row_bytes();
      const auto copy = [at](auto& into) { std::memcpy(&into, at, sizeof into); };
      if (name == "runs") copy(tallies[r].runs);
      if (name == "failed") copy(tallies[r].failed);
      if (name == "truce") copy(tallies[r].truce);
      if (name == "ceasefire_30_days") copy(tallies[r].ceasefire);
      if (name == "signed_deal") copy(tallies[r].deal);
      if (name == "scenario_count" && summary.columns[c].width == 3) copy(tallies[r].scenarios);
      if (name == "kind_count" && summary.columns[c].width == 4) copy(tallies[r].kinds);
    }
  }
  return tallies;
}

}  // namespace parley
