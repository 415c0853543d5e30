#include "engine/sweep/columns.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "engine/core/check.hpp"

namespace parley {

namespace {

/// A column, and where its values come from: a field of the row, or the number of the run.
struct Source {
  enum From : std::uint8_t { field, cell, replicate } from = field;
  Column column;
  std::size_t offset = 0;  ///< of a field in the row
};

/// A column that is one field of the row, a number or an array of which the first `width` values count.
template <class Field>
Source field_column(Column column, Field RunRow::*field) {
  static const RunRow row;
  const auto offset = reinterpret_cast<const std::byte*>(&(row.*field)) - reinterpret_cast<const std::byte*>(&row);
  return {Source::field, std::move(column), static_cast<std::size_t>(offset)};
}

/// Rows that fit the nearest cache are spread over all columns before the next are touched.
constexpr std::size_t rows_at_a_time = 128;

/// Copies values of a fixed size between an array of rows and a column: fixed, so that no call is made for each.
template <std::size_t size, class Rows, class Values>
void copy_values(Rows* rows, std::size_t count, std::uint32_t width, Values* values) {
  for (std::size_t r = 0; r < count; ++r, rows += sizeof(RunRow))
    for (std::uint32_t p = 0; p < width; ++p, values += size) {
      if constexpr (std::is_const_v<Rows>) std::memcpy(values, rows + p * size, size);
      else std::memcpy(rows + p * size, values, size);
    }
}

/// `rows` point at the field in the first row. Copies out of them where they are constant, into them where they are not.
template <class Rows, class Values>
void copy_field(const Column& column, Rows* rows, std::size_t count, Values* values) {
  switch (bytes_of(column.type)) {
    case 1: return copy_values<1>(rows, count, column.width, values);
    case 2: return copy_values<2>(rows, count, column.width, values);
    default: return copy_values<4>(rows, count, column.width, values);
  }
}

/// Cells or replicates of consecutive runs.
void fill_from_run(Source::From from, std::uint64_t first_run, std::size_t count, std::uint32_t replicates, std::byte* values) {
  auto cell = static_cast<std::uint32_t>(first_run / replicates), replicate = static_cast<std::uint32_t>(first_run % replicates);
  for (std::size_t r = 0; r < count; ++r) {
    std::memcpy(values + r * sizeof cell, from == Source::cell ? &cell : &replicate, sizeof cell);
    if (++replicate == replicates) {
      replicate = 0;
      ++cell;
    }
  }
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
using Span = std::pair<double, double>;

Source round_column(const char* name, const char* meaning, double horizon, std::uint16_t RunRow::*field) {
  return field_column({.name = name, .type = ColumnType::u16, .unit = "round", .meaning = meaning, .missing = never, .range = Span{0, horizon}}, field);
}
Source real_column(const char* name, const char* unit, const char* meaning, Span range, float RunRow::*field) {
  return field_column({.name = name, .type = ColumnType::f32, .unit = unit, .meaning = meaning, .range = range}, field);
}
template <class Value, std::size_t N>
Source wide_column(const char* name, const std::vector<std::string>& positions, const char* dimension, const char* unit, const char* meaning,
                   Span range, Value (RunRow::*field)[N]) {
  return field_column({.name = name, .type = sizeof(Value) == 2 ? ColumnType::u16 : ColumnType::f32,
                       .width = static_cast<std::uint32_t>(positions.size()), .dimension = dimension, .positions = positions, .unit = unit, .meaning = meaning, .range = range},
                      field);
}

std::vector<Source> sources(const Negotiation& n) {
  std::vector<std::string> issues, actors, rungs, terms;
  for (const auto& i : n.structure.issues) issues.push_back(i.name);
  for (const auto& a : n.structure.actors) actors.push_back(a.name);
  for (const auto& r : n.structure.rungs) rungs.push_back(r.name);
  for (const auto& t : n.model->terms) terms.push_back(t.name);

  const Entry* rounds = n.catalog.find("rounds.horizon");
  const double horizon = rounds == nullptr ? never - 1 : n.values[rounds->slot];

  std::vector<Source> out;
  out.push_back({Source::cell, {.name = "cell", .type = ColumnType::u32, .unit = "1", .meaning = "cell of the sweep"}});
  out.push_back({Source::replicate, {.name = "replicate", .type = ColumnType::u32, .unit = "1", .meaning = "number of the run in its cell: what its luck is drawn from, unless the sweep gives every run its own"}});
  out.push_back(byte_column("scenario", "class of the end of the run",
                            {{"stalemate", 0}, {"partial_deal", 1}, {"full_settlement", 2}, {"failed", 255}}, &RunRow::scenario));
  out.push_back(byte_column("stalemate_kind", "kind of a stalemate: nothing ever in force, a truce at the horizon, or something that did not last",
                            {{"none", 0}, {"fighting", 1}, {"truce", 2}, {"relapsed", 3}},
                            &RunRow::stalemate_kind));
  out.push_back(round_column("truce_round", "round of the first truce", horizon, &RunRow::truce_round));
  out.push_back(round_column("ceasefire_round", "round in which the first ceasefire that held 30 days began", horizon, &RunRow::ceasefire_round));
  out.push_back(round_column("deal_round", "round of the first signed deal", horizon, &RunRow::deal_round));
  out.push_back(field_column({.name = "relapses", .type = ColumnType::u8, .unit = "1", .meaning = "how often what was in force collapsed", .range = Span{0, 9}}, &RunRow::relapses));
  out.push_back(byte_column("rung", "kind of package in force at the horizon", labels(rungs), &RunRow::rung));
  out.push_back(wide_column("package", issues, "issue", "issue scale", "package in force at the horizon", Span{0, 1}, &RunRow::package));
  out.push_back(wide_column("utility", actors, "actor", "utility", "value of the last text to the actor", Span{-1, 1}, &RunRow::utility));
  out.push_back(wide_column("approval", actors, "actor", "share of the public", "support for the last text", Span{0, 1}, &RunRow::approval));
  out.push_back(real_column("hazard", "1 a year", "hazard of collapse of what is in force at the horizon", Span{0, 2}, &RunRow::hazard));
  out.push_back(real_column("survival", "probability", "chance of what is in force to last five years", Span{0, 1}, &RunRow::survival));
  out.push_back(real_column("order_index", "1", "1 less the reward of conquest in what is in force", Span{0, 1}, &RunRow::order_index));
  out.push_back(real_column("front", "issue scale", "front at the horizon", Span{0, 1}, &RunRow::front));
  out.push_back(real_column("energy", "share of need", "energy at the horizon", Span{0, 1}, &RunRow::energy));
  out.push_back(wide_column("vetoes", actors, "actor", "rounds", "rounds in which the actor refused", Span{0, horizon}, &RunRow::vetoes));
  out.push_back(field_column({.name = "rounds_talked", .type = ColumnType::u16, .unit = "rounds", .meaning = "rounds in which something was tabled", .range = Span{0, horizon}}, &RunRow::rounds_talked));
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

Block numbered_block(const Negotiation& negotiation, const RowRange& runs, std::uint32_t replicates) {
  Block block{runs.first, static_cast<std::uint32_t>(runs.count), {}};
  for (const Source& source : sources(negotiation)) {
    block.columns.emplace_back(source.column.row_bytes() * runs.count);
    if (source.from != Source::field) fill_from_run(source.from, runs.first, runs.count, replicates, block.columns.back().data());
  }
  return block;
}

void put_rows(const Negotiation& negotiation, std::span<const RunRow> rows, std::uint64_t first_run, Block& block) {
  const std::vector<Source> all = sources(negotiation);
  const std::size_t place = first_run - block.first_row;
  for (std::size_t at = 0; at < rows.size(); at += rows_at_a_time) {
    const std::size_t count = std::min(rows_at_a_time, rows.size() - at);
    for (std::size_t c = 0; c < all.size(); ++c)
      if (all[c].from == Source::field)
        copy_field(all[c].column, reinterpret_cast<const std::byte*>(&rows[at]) + all[c].offset, count, block.columns[c].data() + (place + at) * all[c].column.row_bytes());
  }
}

Block to_block(const Negotiation& negotiation, std::span<const RunRow> rows, std::uint64_t first_run, std::uint32_t replicates) {
  Block block = numbered_block(negotiation, {first_run, rows.size()}, replicates);
  put_rows(negotiation, rows, first_run, block);
  return block;
}

std::vector<RunRow> rows_of(const Negotiation& negotiation, const std::vector<Column>& columns, const Block& block) {
  std::vector<RunRow> rows(block.rows);
  for (const Source& source : sources(negotiation))
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (source.from != Source::field || columns[c].name != source.column.name || columns[c].row_bytes() != source.column.row_bytes()) continue;
      copy_field(source.column, reinterpret_cast<std::byte*>(rows.data()) + source.offset, rows.size(), block.columns[c].data());
    }
  for (const RunRow& row : rows)
    if ((row.scenario > Scenario::full_settlement && row.scenario != Scenario::failed) || row.stalemate_kind > StalemateKind::relapsed)
      throw InputError("A stored run ended in a way that does not exist (its file was changed). Make the result again.");
  return rows;
}

}  // namespace parley
