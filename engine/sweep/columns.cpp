#include "engine/sweep/columns.hpp"

#include <cstring>
#include <functional>

namespace parley {

namespace {

/// A column, how a row fills it, and how the row is read back from it (not for what follows from the run's number).
struct Source {
  Column column;
  std::function<void(const RunRow& row, std::uint64_t run, std::uint32_t replicates, std::byte* into)> fill;
  std::function<void(RunRow& row, const std::byte* from)> read = [](RunRow&, const std::byte*) {};
};

template <class Value>
void put(std::byte* into, Value value) { std::memcpy(into, &value, sizeof value); }

/// A column that is one field of the row, a number or an array of which the first `width` values count.
template <class Field>
Source field_column(Column column, Field RunRow::*field) {
  const std::size_t bytes = column.row_bytes();
  return {std::move(column),
          [field, bytes](const RunRow& row, std::uint64_t, std::uint32_t, std::byte* into) { std::memcpy(into, &(row.*field), bytes); },
          [field, bytes](RunRow& row, const std::byte* from) { std::memcpy(&(row.*field), from, bytes); }};
}

std::vector<std::pair<std::string, std::uint8_t>> labels(const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, std::uint8_t>> out;
  for (std::size_t i = 0; i < names.size(); ++i) out.emplace_back(names[i], static_cast<std::uint8_t>(i));
  out.emplace_back("none", nobody);
  return out;
}

using Labels = std::vector<std::pair<std::string, std::uint8_t>>;

template <class Field>
Source byte_column(const char* name, const char* meaning, Labels values, Field RunRow::*field) {
  static_assert(sizeof(Field) == 1);
  return field_column({.name = name, .type = ColumnType::u8, .unit = "1", .meaning = meaning, .labels = std::move(values)}, field);
}
Source round_column(const char* name, const char* meaning, std::uint16_t RunRow::*field) {
  return field_column({.name = name, .type = ColumnType::u16, .unit = "round", .meaning = meaning, .missing = never}, field);
}
Source real_column(const char* name, const char* unit, const char* meaning, float RunRow::*field) {
  return field_column({.name = name, .type = ColumnType::f32, .unit = unit, .meaning = meaning}, field);
}
template <class Value, std::size_t N>
Source wide_column(const char* name, const std::vector<std::string>& positions, const char* dimension, const char* unit, const char* meaning,
                   Value (RunRow::*field)[N]) {
  return field_column({.name = name, .type = sizeof(Value) == 2 ? ColumnType::u16 : ColumnType::f32,
                       .width = static_cast<std::uint32_t>(positions.size()), .dimension = dimension, .positions = positions, .unit = unit, .meaning = meaning},
                      field);
}

std::vector<Source> sources(const Negotiation& n) {
  std::vector<std::string> issues, actors, rungs, terms;
  for (const auto& i : n.structure.issues) issues.push_back(i.name);
  for (const auto& a : n.structure.actors) actors.push_back(a.name);
  for (const auto& r : n.structure.rungs) rungs.push_back(r.name);
  for (const auto& t : n.model->terms) terms.push_back(t.name);

  std::vector<Source> out;
  out.push_back({{.name = "cell", .type = ColumnType::u32, .unit = "1", .meaning = "cell of the sweep"},
                 [](const RunRow&, std::uint64_t run, std::uint32_t replicates, std::byte* into) { put(into, static_cast<std::uint32_t>(run / replicates)); }});
  out.push_back({{.name = "replicate", .type = ColumnType::u32, .unit = "1", .meaning = "what the luck of the run is drawn from"},
                 [](const RunRow&, std::uint64_t run, std::uint32_t replicates, std::byte* into) { put(into, static_cast<std::uint32_t>(run % replicates)); }});
  out.push_back(byte_column("scenario", "class of the end of the run",
                            {{"stalemate", 0}, {"partial_deal", 1}, {"full_settlement", 2}, {"failed", 255}}, &RunRow::scenario));
  out.push_back(byte_column("stalemate_kind", "kind of a stalemate: nothing ever in force, a truce at the horizon, or something that did not last",
                            {{"none", 0}, {"fighting", 1}, {"truce", 2}, {"relapsed", 3}},
                            &RunRow::stalemate_kind));
  out.push_back(round_column("truce_round", "round of the first truce", &RunRow::truce_round));
  out.push_back(round_column("ceasefire_round", "round in which the first ceasefire that held 30 days began", &RunRow::ceasefire_round));
  out.push_back(round_column("deal_round", "round of the first signed deal", &RunRow::deal_round));
  out.push_back(byte_column("relapses", "how often what was in force collapsed", {}, &RunRow::relapses));
  out.push_back(byte_column("rung", "kind of package in force at the horizon", labels(rungs), &RunRow::rung));
  out.push_back(wide_column("package", issues, "issue", "issue scale", "package in force at the horizon", &RunRow::package));
  out.push_back(wide_column("utility", actors, "actor", "utility", "value of the last text to the actor", &RunRow::utility));
  out.push_back(wide_column("approval", actors, "actor", "share of the public", "support for the last text", &RunRow::approval));
  out.push_back(real_column("hazard", "1 a year", "hazard of collapse of what is in force at the horizon", &RunRow::hazard));
  out.push_back(real_column("survival", "probability", "chance of what is in force to last five years", &RunRow::survival));
  out.push_back(real_column("order_index", "1", "1 less the reward of conquest in what is in force", &RunRow::order_index));
  out.push_back(real_column("front", "issue scale", "front at the horizon", &RunRow::front));
  out.push_back(real_column("energy", "share of need", "energy at the horizon", &RunRow::energy));
  out.push_back(wide_column("vetoes", actors, "actor", "rounds", "rounds in which the actor refused", &RunRow::vetoes));
  out.push_back(field_column({.name = "rounds_talked", .type = ColumnType::u16, .unit = "rounds", .meaning = "rounds in which something was tabled"}, &RunRow::rounds_talked));
  out.push_back(byte_column("blocking_actor", "actor that stood in the way most often", labels(actors), &RunRow::blocking_actor));
  out.push_back(byte_column("blocking_term", "term of its decision that bound most often", labels(terms), &RunRow::blocking_term));
  out.push_back(byte_column("military_end", "end of the war on the battlefield, where war.decisive allows one",
                            {{"none", 0}, {"front_at_0", 1}, {"front_at_1", 2}}, &RunRow::military_end));
  return out;
}

}  // namespace

std::vector<Column> run_columns(const Negotiation& negotiation) {
  std::vector<Column> columns;
  for (Source& source : sources(negotiation)) columns.push_back(std::move(source.column));
  return columns;
}

Block to_block(const Negotiation& negotiation, std::span<const RunRow> rows, std::uint64_t first_run, std::uint32_t replicates) {
  Block block{first_run, static_cast<std::uint32_t>(rows.size()), {}};
  for (const Source& source : sources(negotiation)) {
    const std::size_t bytes = source.column.row_bytes();
    std::vector<std::byte> data(bytes * rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) source.fill(rows[r], first_run + r, replicates, data.data() + r * bytes);
    block.columns.push_back(std::move(data));
  }
  return block;
}

std::vector<RunRow> rows_of(const Negotiation& negotiation, const std::vector<Column>& columns, const Block& block) {
  std::vector<RunRow> rows(block.rows);
  for (const Source& source : sources(negotiation))
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].name != source.column.name || columns[c].row_bytes() != source.column.row_bytes()) continue;
      for (std::uint32_t r = 0; r < block.rows; ++r) source.read(rows[r], block.columns[c].data() + r * source.column.row_bytes());
    }
  return rows;
}

}  // namespace parley
