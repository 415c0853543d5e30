#include "engine/drivers/cli/cell_outputs.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

namespace parley {

namespace {

/// A share of runs that /summary counts: the sum of some positions of one of its columns.
struct Counted {
  const char *name, *meaning, *column;
  std::vector<std::uint32_t> positions;
};

const std::vector<Counted>& counted_outputs() {
  static const std::vector<Counted> all = {
      {"stalemate", "share of runs that end in a stalemate", "scenario_count", {0}},
      {"partial_deal", "share of runs that end in a partial deal", "scenario_count", {1}},
      {"full_settlement", "share of runs that end in a full settlement", "scenario_count", {2}},
      {"settlement", "share of runs that end in a deal, partial or full", "scenario_count", {1, 2}},
      {"fighting", "share of runs in which nothing was ever in force", "kind_count", {1}},
      {"truce_at_end", "share of runs that end under a truce", "kind_count", {2}},
      {"relapsed", "share of runs in which what was signed did not last", "kind_count", {3}},
      {"truce", "share of runs with a truce some time", "truce", {0}},
      {"ceasefire", "share of runs with a ceasefire that held 30 days", "ceasefire_30_days", {0}},
      {"signed_deal", "share of runs that signed a deal", "signed_deal", {0}},
  };
  return all;
}

/// A number that a run's row holds, and what stands for "never" in it.
struct Measured {
  std::string name, meaning, unit, column;
  std::uint32_t position = 0;
  bool until_horizon = false;  ///< a round, in months; where it never came, the horizon
};

std::vector<Measured> measured_outputs(const Negotiation& n) {
  std::vector<Measured> all = {
      {"months_to_deal", "months to the first signed deal, the horizon where none was signed", "months", "deal_round", 0, true},
      {"months_to_ceasefire", "months to the first ceasefire that held 30 days, the horizon where none came", "months", "ceasefire_round", 0, true},
      {"order_index", "1 less the reward of conquest in what is in force", "1", "order_index", 0, false},
      {"front", "front at the horizon", "issue scale", "front", 0, false},
      {"energy", "energy at the horizon", "share of need", "energy", 0, false},
      {"relapses", "how often what was in force collapsed", "1", "relapses", 0, false},
  };
  for (std::size_t i = 0; i < n.structure.actors.size(); ++i)
    all.push_back({"vetoes." + n.structure.actors[i].name, "rounds in which " + n.structure.actors[i].title + " refused", "rounds", "vetoes", static_cast<std::uint32_t>(i), false});
  return all;
}

/// The values of a column, whatever its type, as doubles; `width` a row.
std::vector<double> numbers_in(const Column& column, const std::vector<std::byte>& bytes) {
  const auto convert = [&](auto example) {
    std::vector<double> out(bytes.size() / sizeof example);
    for (std::size_t k = 0; k < out.size(); ++k) {
      std::memcpy(&example, bytes.data() + k * sizeof example, sizeof example);
      out[k] = static_cast<double>(example);
    }
    return out;
  };
  switch (column.type) {
    case ColumnType::u8: return convert(std::uint8_t{});
    case ColumnType::u16: return convert(std::uint16_t{});
    case ColumnType::u32: return convert(std::uint32_t{});
    case ColumnType::u64: return convert(std::uint64_t{});
    case ColumnType::f32: return convert(float{});
    case ColumnType::f64: return convert(double{});
  }
  return {};
}

/// A column of a table with at least `width` values a row, read in full or in part.
class Reading {
 public:
  Reading(const ResultReader& reader, const std::string& group, const std::string& name, std::uint32_t width) : reader_(reader), group_(group), column_(reader.table(group).find(name)) {
    if (column_ == nullptr || column_->width < width)
      throw InputError(reader.path() + ": /" + group + " has no column " + name + " as parley run writes it (another program or version made the file). Run it again.");
  }
  std::vector<double> values(const RowRange& rows) const { return numbers_in(*column_, reader_.read(group_, column_->name, rows)); }
  std::uint32_t width() const { return column_->width; }

 private:
  const ResultReader& reader_;
  std::string group_;
  const Column* column_;
};

CellOutput counted(const ResultReader& reader, std::uint64_t cells, const Counted& what) {
  CellOutput out{what.name, what.meaning, "1", true, std::vector<double>(cells), std::vector<double>(cells), std::vector<std::uint32_t>(cells)};
  const Reading runs(reader, "summary", "runs", 1), failed(reader, "summary", "failed", 1), counts(reader, "summary", what.column, what.positions.back() + 1);
  constexpr std::uint64_t step = 65536;
  for (std::uint64_t at = 0; at < cells; at += step) {
    const RowRange rows{at, std::min(step, cells - at)};
    const std::vector<double> played = runs.values(rows), lost = failed.values(rows), count = counts.values(rows);
    for (std::uint64_t r = 0; r < rows.count; ++r) {
      const double n = played[r] - lost[r];
      double k = 0;
      for (const std::uint32_t position : what.positions) k += count[r * counts.width() + position];
      out.runs[at + r] = static_cast<std::uint32_t>(n);
      out.mean[at + r] = n > 0 ? k / n : NAN;
      out.variance[at + r] = n > 1 ? k * (n - k) / (n * (n - 1)) : NAN;
    }
  }
  return out;
}

CellOutput measured(const ResultReader& reader, const Plan& plan, const Measured& what) {
  if (!reader.has("runs"))
    throw InputError("The output " + what.name + " needs every run, and " + reader.path() + " keeps counts by cell only (--store summary). Run it again with --store runs, or choose one of stalemate, partial_deal, full_settlement, settlement, fighting, truce_at_end, relapsed, truce, ceasefire, signed_deal.");
  const std::uint64_t cells = plan.cells();
  const std::size_t days = plan.negotiation().catalog.find("rounds.days")->slot, horizon = plan.negotiation().catalog.find("rounds.horizon")->slot;
  CellOutput out{what.name, what.meaning, what.unit, false, std::vector<double>(cells, 0.0), std::vector<double>(cells, 0.0), std::vector<std::uint32_t>(cells)};
  const Reading cell(reader, "runs", "cell", 1), scenario(reader, "runs", "scenario", 1), column(reader, "runs", what.column, what.position + 1);
  constexpr std::uint64_t step = 65536;
  const std::uint64_t all = reader.table("runs").rows;
  for (std::uint64_t at = 0; at < all; at += step) {
    const RowRange rows{at, std::min(step, all - at)};
    const std::vector<double> cell_of = cell.values(rows), scenario_of = scenario.values(rows), value = column.values(rows);
    for (std::uint64_t r = 0; r < rows.count; ++r) {
      if (scenario_of[r] == static_cast<double>(Scenario::failed)) continue;
      if (!(cell_of[r] < static_cast<double>(cells))) throw InputError(reader.path() + ": /runs names a cell that the sweep does not have (the file was changed). Check it with parley inspect.");
      const auto c = static_cast<std::uint64_t>(cell_of[r]);
      double v = value[r * column.width() + what.position];
      if (what.until_horizon) v = std::min(v, plan.stated_value(c, horizon)) * plan.stated_value(c, days) / 30.44;
      // Welford 1962: mean and squares in one pass.
      const double step_up = v - out.mean[c];
      out.mean[c] += step_up / ++out.runs[c];
      out.variance[c] += step_up * (v - out.mean[c]);
    }
  }
  for (std::uint64_t c = 0; c < cells; ++c) {
    if (out.runs[c] == 0) out.mean[c] = NAN;
    out.variance[c] = out.runs[c] > 1 ? out.variance[c] / (out.runs[c] - 1) : NAN;
  }
  return out;
}

}  // namespace

std::vector<OutputChoice> output_choices(const Negotiation& negotiation) {
  std::vector<OutputChoice> all;
  for (const Counted& c : counted_outputs()) all.push_back({c.name, c.meaning});
  for (const Measured& m : measured_outputs(negotiation)) all.push_back({m.name, m.meaning});
  return all;
}

CellOutput read_cell_output(const ResultReader& reader, const Plan& plan, const std::string& name) {
  if (!reader.has("summary") || reader.table("summary").rows != plan.cells())
    throw InputError(reader.path() + ": The file has no /summary of the " + std::to_string(plan.cells()) + " cells of its sweep (it is not whole). Check it with parley inspect.");
  for (const Counted& c : counted_outputs())
    if (name == c.name) return counted(reader, plan.cells(), c);
  std::string known;
  for (const Measured& m : measured_outputs(plan.negotiation()))
    if (name == m.name) return measured(reader, plan, m);
  for (const OutputChoice& choice : output_choices(plan.negotiation())) known += (known.empty() ? "" : ", ") + choice.name;
  throw UsageError("--output " + name + " is no output of a run. Use one of " + known + ".");
}

}  // namespace parley
