// parley compare: what differs between two results or configurations, in input and in outcome.

#include <algorithm>
#include <charconv>
#include <iostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/analysis/comparison.hpp"
#include "engine/analysis/input_differences.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/run_report.hpp"
#include "engine/drivers/cli/run_source.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

struct CellPair {
  std::uint64_t a, b;
};

struct Compared {
  CellPair cells{};
  bool paired = false;
  std::uint64_t runs_a = 0, runs_b = 0;  ///< that entered
  std::uint64_t left_out = 0;            ///< replicates that only one side has and pairing left out
  std::uint64_t failed_a = 0, failed_b = 0;
  std::vector<InputDifference> inputs;
  std::vector<ComparedMeasure> measured;
};

/// Luck belongs to seed and replicate, so runs of the same two are pairs.
Compared compare_cells(const RunSource& a, const RunSource& b, CellPair cells) {
  constexpr std::uint64_t step = 65536;
  Compared c;
  c.cells = cells;
  c.paired = a.plan().seed() == b.plan().seed() && a.plan().negotiation().model == b.plan().negotiation().model;
  Comparison comparison(a.plan().negotiation(), days_of(a.plan(), cells.a), b.plan().negotiation(), days_of(b.plan(), cells.b));
  const std::uint64_t made_a = a.made(cells.a), made_b = b.made(cells.b), both = std::min(made_a, made_b);
  c.runs_a = c.paired ? both : made_a;
  c.runs_b = c.paired ? both : made_b;
  if (c.paired) {
    c.left_out = std::max(made_a, made_b) - both;
    for (std::uint64_t at = 0; at < both; at += step) {
      const std::uint64_t count = std::min(step, both - at);
      comparison.add_pairs(a.rows(cells.a, at, count), b.rows(cells.b, at, count));
    }
  } else {
    for (std::uint64_t at = 0; at < made_a; at += step) comparison.add_a(a.rows(cells.a, at, std::min(step, made_a - at)));
    for (std::uint64_t at = 0; at < made_b; at += step) comparison.add_b(b.rows(cells.b, at, std::min(step, made_b - at)));
  }
  c.failed_a = comparison.failed_a();
  c.failed_b = comparison.failed_b();
  c.inputs = input_differences(a.plan(), cells.a, b.plan(), cells.b);
  c.measured = comparison.measured();
  return c;
}

Json or_null(const std::optional<double>& x) { return x ? Json(*x) : Json(nullptr); }

Json side_json(const RunSource& side, std::uint64_t cell, std::uint64_t runs, std::uint64_t failed) {
  return {{"name", side.name()}, {"title", side.plan().negotiation().structure.title}, {"cell", cell}, {"runs", runs}, {"failed", failed}, {"seed", side.plan().seed()}};
}

Json compared_json(const RunSource& a, const RunSource& b, const Compared& c) {
  Json inputs = Json::array(), outcome = Json::object();
  const auto text_or_null = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  for (const InputDifference& d : c.inputs)
    inputs.push_back({{"path", d.path}, {"a", text_or_null(d.a)}, {"b", text_or_null(d.b)}, {"unit", d.unit}, {"meaning", d.meaning}});
  for (const ComparedMeasure& m : c.measured) {
    const Difference& d = m.difference;
    outcome[m.group][m.name] = {{"title", m.title}, {"unit", m.unit}, {"a", or_null(d.a)}, {"b", or_null(d.b)},
                                {"difference", or_null(d.change)}, {"low", or_null(d.low)}, {"high", or_null(d.high)}};
  }
  return {{"a", side_json(a, c.cells.a, c.runs_a, c.failed_a)}, {"b", side_json(b, c.cells.b, c.runs_b, c.failed_b)},
          {"paired", c.paired}, {"left_out", c.left_out}, {"inputs", inputs}, {"outcome", outcome}};
}

std::string inputs_text(const std::vector<InputDifference>& inputs) {
  if (inputs.empty()) return "Input: nothing differs.\n";
  std::string out = fmt::format("Input: {} setting{} differ{}\n", inputs.size(), inputs.size() == 1 ? "" : "s", inputs.size() == 1 ? "s" : "");
  const auto shown = [](const std::string& text) { return text.empty() ? std::string("—") : text; };
  for (const InputDifference& d : inputs) {
    const std::string unit = d.unit.empty() || d.unit == "1" ? "" : "  [" + d.unit + "]";
    out += fmt::format("  {:<44} {} → {}{}\n", d.path, shown(d.a), shown(d.b), unit);
  }
  return out;
}

/// Shares in points of a hundred, everything else in its own unit.
std::string measured_line(const ComparedMeasure& m, std::size_t name_width, const Structure* words) {
  const bool percent = m.unit.rfind("share", 0) == 0;
  const double scale = percent ? 100 : 1;
  const int digits = percent || m.group == "months_until" ? 1 : 3;
  const auto value = [&](const std::optional<double>& x) { return x ? fmt::format("{:.{}f}", scale * *x, digits) : std::string("—"); };
  const Difference& d = m.difference;
  std::string out = fmt::format("  {:<{}}{:>8} {:>8}", m.title, name_width, value(d.a), value(d.b));
  if (d.change) out += fmt::format(" {:>+9.{}f}", scale * *d.change, digits);
  if (d.low && d.high) out += fmt::format("  [{:+.{}f}, {:+.{}f}]", scale * *d.low, digits, scale * *d.high, digits);
  if (words != nullptr && d.a && d.b) {
    for (const IssueInfo& issue : words->issues)
      if (issue.name == m.name && !issue.anchors.empty()) {
        const std::string &from = issue.nearest_words(*d.a), &to = issue.nearest_words(*d.b);
        out += from == to ? "  near: " + from : "  near: " + from + " → " + to;
      }
  }
  return out + "\n";
}

std::string outcome_text(const RunSource& a, const Compared& c) {
  static const std::vector<std::pair<std::string, std::string>> groups = {
      {"scenarios", "Scenarios, % of runs"}, {"stalemate_kinds", "Stalemates, % of runs"}, {"events", "Some time before the horizon, % of runs"},
      {"rungs", "In force at the horizon, % of runs"}, {"months_until", "Months until it came, mean of the runs in which it came"},
      {"package", "Package of the deals in force, mean on the issue's scale (what they leave open at the status quo)"}, {"vetoes", "Refusals, % of the rounds that tabled something"},
      {"blocking", "What bound most often, % of runs"}};
  constexpr std::size_t most_terms = 6;
  std::string out;
  for (const auto& [group, title] : groups) {
    std::vector<ComparedMeasure> lines;
    for (const ComparedMeasure& m : c.measured)
      if (m.group == group) lines.push_back(m);
    if (lines.empty()) continue;
    if (group == "blocking") {  // a few terms bind most; the rest stands in the JSON
      const auto larger = [](const ComparedMeasure& m) { return std::max(m.difference.a.value_or(0), m.difference.b.value_or(0)); };
      std::stable_sort(lines.begin(), lines.end(), [&](const ComparedMeasure& x, const ComparedMeasure& y) { return larger(x) > larger(y); });
      lines.resize(std::min(lines.size(), most_terms));
    }
    std::size_t name_width = 34;
    for (const ComparedMeasure& m : lines) name_width = std::max(name_width, m.title.size() + 1);
    const bool own_line = title.size() > name_width + 1;
    if (own_line) out += "\n" + title;
    out += fmt::format("\n{:<{}}{:>8} {:>8} {:>9}  95 % interval\n", own_line ? "" : title, name_width + 2, "A", "B", "change");
    for (const ComparedMeasure& m : lines) out += measured_line(m, name_width, group == "package" ? &a.plan().negotiation().structure : nullptr);
  }
  return out;
}

std::string pairing_text(const RunSource& a, const RunSource& b, const Compared& c) {
  if (!c.paired)
    return fmt::format("Unpaired: the seeds differ ({} and {}), so the intervals hold the luck of both, {} and {} runs. With one seed they would be narrower.\n",
                       a.plan().seed(), b.plan().seed(), c.runs_a, c.runs_b);
  std::string out = fmt::format("Paired: replicate by replicate both had the same luck (seed {}, {} runs each).", a.plan().seed(), c.runs_a);
  if (c.left_out > 0) out += fmt::format(" {} replicates that only one side has are left out.", c.left_out);
  return out + "\n";
}

std::string heading(const char* letter, const RunSource& side, std::uint64_t cell) {
  const std::string& title = side.plan().negotiation().structure.title;
  return fmt::format("{}  {}{}{}\n", letter, side.name(), side.plan().cells() > 1 ? fmt::format(", cell {}", cell) : "", title.empty() ? "" : " (" + title + ")");
}

std::string failed_text(const Compared& c) {
  return c.failed_a + c.failed_b == 0 ? "" : fmt::format("{} and {} runs failed and are not counted (their numbers turned out impossible).\n", c.failed_a, c.failed_b);
}

std::string compared_text(const RunSource& a, const RunSource& b, const Compared& c) {
  return heading("A", a, c.cells.a) + heading("B", b, c.cells.b) + "\n" + inputs_text(c.inputs) + "\n" + pairing_text(a, b, c) + failed_text(c) + outcome_text(a, c);
}

/// Two sweeps of equally many cells, cell by cell: the change of each scenario's share.
std::string sweep_text(const RunSource& a, const RunSource& b, const std::vector<Compared>& cells) {
  std::string out = heading("A", a, 0) + heading("B", b, 0);
  out += "\nChange of the shares from A to B, cell by cell, points with 95 % intervals" + std::string(cells[0].paired ? " (paired)\n" : " (unpaired: the seeds differ)\n");
  out += "  cell   stalemate              partial deal           full settlement        settings that differ\n";
  for (const Compared& c : cells) {
    out += fmt::format("{:6}", c.cells.a);
    for (const ComparedMeasure& m : c.measured)
      if (m.group == "scenarios" && m.difference.change)
        out += fmt::format("   {:>+5.1f} [{:+5.1f}, {:+5.1f}]", 100 * *m.difference.change, 100 * *m.difference.low, 100 * *m.difference.high);
    out += fmt::format("   {}\n", c.inputs.size());
  }
  return out + "`--cells I,J` compares cell I of A with cell J of B in full.\n";
}

CellPair cells_of(const std::string& text, const RunSource& a, const RunSource& b) {
  CellPair cells{};
  const char* end = text.data() + text.size();
  const auto [comma, first] = std::from_chars(text.data(), end, cells.a);
  const bool divided = first == std::errc() && comma != end && *comma == ',';
  const auto [last, second] = divided ? std::from_chars(comma + 1, end, cells.b) : std::from_chars_result{end, std::errc::invalid_argument};
  if (second != std::errc() || last != end || cells.a >= a.plan().cells() || cells.b >= b.plan().cells())
    throw UsageError(fmt::format("--cells {} is not I,J with I below {} and J below {} (cells count from 0). Write for example --cells 0,1.", text, a.plan().cells(), b.plan().cells()));
  return cells;
}

}  // namespace

int verb_compare(const std::vector<std::string>& arguments) {
  VerbArguments args({.verb = "compare",
                      .files = "A B (each RESULT.h5 or CONFIG.toml)",
                      .purpose = "Prints what differs between two results or configurations: their settings, and how shares, timing, packages,\n"
                                 "refusals and what bound most differ, with 95 % intervals. Runs of the same seed share their luck, replicate by\n"
                                 "replicate, and are compared in pairs; otherwise it says that they are not. A configuration is played with the\n"
                                 "seed and the number of runs of the other side, or with its own.",
                      .examples = "  parley compare configs/start-values.toml configs/ukraine-2026-01.toml\n"
                                  "  parley compare results/ukraine-2026-01.h5 configs/ukraine-2026-01.toml --set-b actors.ukraine.mood=0\n"
                                  "  parley compare results/ratification.h5 results/ratification.h5 --cells 0,4\n",
                      .least_files = 2,
                      .most_files = 2});
  add_play_arguments(args);
  args.add_list("set-a", "like --set, for A only")
      .add_list("set-b", "like --set, for B only")
      .add_value("cells", "", "I,J: compare cell I of A with cell J of B")
      .add_switch("json", "print one JSON object");
  if (!args.parse(arguments)) return 0;
  const PlayWith with = asked_play(args);
  const auto open = [&](std::size_t side, const RunSource* other) {
    PlayWith own = with;
    for (const std::string& more : args.list(side == 0 ? "set-a" : "set-b")) own.assignments.push_back(more);
    if (other != nullptr && !own.replicates) own.replicates = other->plan().replicates();
    if (other != nullptr && !own.seed) own.seed = other->plan().seed();
    return open_runs(args.files()[side], own);
  };
  // A result leads: the configuration beside it is played as the result was, whichever comes first.
  const bool b_leads = args.files()[1].ends_with(".h5") && !args.files()[0].ends_with(".h5");
  std::unique_ptr<RunSource> a, b;
  if (b_leads) {
    b = open(1, nullptr);
    a = open(0, b.get());
  } else {
    a = open(0, nullptr);
    b = open(1, a.get());
  }
  if (args.has("cells") || (a->plan().cells() == 1 && b->plan().cells() == 1)) {
    const Compared c = compare_cells(*a, *b, args.has("cells") ? cells_of(args.text("cells"), *a, *b) : CellPair{0, 0});
    std::cout << (args.is_set("json") ? printed(compared_json(*a, *b, c)) : compared_text(*a, *b, c));
    return 0;
  }
  if (a->plan().cells() != b->plan().cells())
    throw InputError(fmt::format("{} has {} cells and {} has {} (only sweeps of equally many cells are compared cell by cell). Choose one of each with --cells I,J.",
                                 a->name(), a->plan().cells(), b->name(), b->plan().cells()));
  std::vector<Compared> cells;
  for (std::uint64_t cell = 0; cell < a->plan().cells(); ++cell) cells.push_back(compare_cells(*a, *b, {cell, cell}));
  if (args.is_set("json")) {
    Json list = Json::array();
    for (const Compared& c : cells) list.push_back(compared_json(*a, *b, c));
    std::cout << printed(Json{{"cells", list}});
  } else {
    std::cout << sweep_text(*a, *b, cells);
  }
  return 0;
}

}  // namespace parley
