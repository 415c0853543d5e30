#include "engine/drivers/cli/run_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/drivers/cli/report_text.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

double value_of(const Plan& plan, std::uint64_t cell, const char* path) {
  const Entry* entry = plan.negotiation().catalog.find(path);
  return plan.stated_value(cell, entry->slot);
}

Json share_json(const Tally& t, Scenario scenario) {
  const Share s = t.scenario(scenario);
  if (t.counted() == 0) return {{"count", 0}, {"share", nullptr}, {"low", nullptr}, {"high", nullptr}};
  return {{"count", s.count}, {"share", s.share}, {"low", s.low}, {"high", s.high}};
}

template <class Value>
Json or_null(const std::optional<Value>& value) { return value ? Json(*value) : Json(nullptr); }

Json scenarios_json(const Tally& t) {
  return {{"stalemate", share_json(t, Scenario::stalemate)},
          {"partial_deal", share_json(t, Scenario::partial_deal)},
          {"full_settlement", share_json(t, Scenario::full_settlement)}};
}

Json events_json(const Tally& t) {
  return {{"truce", or_null(t.share(t.truce))}, {"ceasefire_30_days", or_null(t.share(t.ceasefire))}, {"signed_deal", or_null(t.share(t.deal))}};
}

Json kinds_json(const Tally& t) {
  return {{"fighting", or_null(t.share(t.kinds[1]))}, {"truce", or_null(t.share(t.kinds[2]))}, {"relapsed", or_null(t.share(t.kinds[3]))}};
}

Json cell_json(const RunReport& r, std::uint64_t c) {
  const std::vector<double> values = r.plan.swept_values(c);
  Json parameters = Json::object();
  const auto& swept = r.plan.config().sweep.swept();
  for (std::size_t d = 0; d < swept.size(); ++d) parameters[swept[d].path] = values[d];
  const Tally& t = r.result.tallies[c];
  Json json = {{"cell", c}, {"parameters", parameters}, {"scenarios", scenarios_json(t)}, {"events", events_json(t)}};
  if (const auto fault = r.result.faults.find(c); fault != r.result.faults.end()) {
    json["failed"] = true;
    json["reason"] = fault->second;
  }
  return json;
}

std::string shares_text(const Tally& t) {
  std::string out;
  const auto line = [&](const char* name, Scenario s) {
    const Share share = t.scenario(s);
    out += fmt::format("  {:<16}{:5.1f} %  [{:4.1f}, {:4.1f}]  {}\n", name, 100 * share.share, 100 * share.low, 100 * share.high, bar(share.share));
  };
  line("stalemate", Scenario::stalemate);
  line("partial deal", Scenario::partial_deal);
  line("full settlement", Scenario::full_settlement);
  return out;
}

std::string refusals_text(const RunReport& r) {
  const Refusals& refusals = r.result.refusals;
  if (refusals.rounds_talked == 0) return "";
  const Structure& s = r.plan.negotiation().structure;
  std::string out = "\nWho refused, in how many of the rounds that tabled something:\n";
  for (int i = 0; i < s.layout.n.actors; ++i) {
    const double share = static_cast<double>(refusals.vetoes[i]) / static_cast<double>(refusals.rounds_talked);
    out += fmt::format("  {:<16}{:5.1f} %  {}\n", s.actors[i].title, 100 * share, bar(share));
  }
  std::uint64_t most = 0, all = 0;
  int who = 0, why = 0;
  for (int i = 0; i < max_actors; ++i)
    for (int t = 0; t < max_terms; ++t) {
      all += refusals.blocked[i][t];
      if (refusals.blocked[i][t] > most) {
        most = refusals.blocked[i][t];
        who = i;
        why = t;
      }
    }
  if (most > 0)
    out += fmt::format("The term that bound most often, in {:.0f} % of runs: {} refused, because {}.\n",
                       100.0 * static_cast<double>(most) / static_cast<double>(all), s.actors[who].title, r.plan.negotiation().model->terms[why].sentence);
  return out;
}

std::string one_cell_text(const RunReport& r) {
  const Tally& t = r.result.tallies[0];
  std::string out = shares_text(t);
  const auto percent = [&](std::uint64_t count) { return 100 * t.share(count).value_or(0); };
  out += fmt::format("\nStalemates, of all runs: fighting {:.1f} %, under a truce {:.1f} %, relapsed {:.1f} %.\n", percent(t.kinds[1]), percent(t.kinds[2]), percent(t.kinds[3]));
  out += fmt::format("Some time before the horizon: a truce in {:.1f} % of runs, a ceasefire that held 30 days in {:.1f} %, a signed deal in {:.1f} %.\n",
                     percent(t.truce), percent(t.ceasefire), percent(t.deal));
  const double months = months_of(r.plan, 0);
  const Share deals = wilson_share(t.deal, t.counted());
  const auto low = Tally::hazard_of(deals.low, months), high = Tally::hazard_of(deals.high, months);
  if (const auto hazard = t.deal_hazard(months); hazard && low && high)
    out += fmt::format("Pace: {:.2f} % [{:.2f}, {:.2f}] of the talks that go on sign a deal in a month.\n", 100 * *hazard, 100 * *low, 100 * *high);
  return out + refusals_text(r);
}

std::string sweep_text(const RunReport& r) {
  constexpr std::uint64_t most_lines = 40;
  const auto& swept = r.plan.config().sweep.swept();
  std::string out = "  cell";
  for (const SweptPath& p : swept) out += fmt::format("  {:>12}", p.path.size() > 28 ? "…" + p.path.substr(p.path.size() - 27) : p.path);
  out += "   stalemate        partial deal     full settlement\n";
  const auto column = [](const Share& s) { return fmt::format("{:5.1f} [{:4.1f},{:5.1f}]", 100 * s.share, 100 * s.low, 100 * s.high); };
  for (std::uint64_t c = 0; c < std::min(r.plan.cells(), most_lines); ++c) {
    const std::vector<double> values = r.plan.swept_values(c);
    out += fmt::format("{:6}", c);
    for (std::size_t d = 0; d < swept.size(); ++d) out += fmt::format("  {:>{}.6g}", values[d], std::clamp<std::size_t>(swept[d].path.size(), 12, 28));
    const Tally& t = r.result.tallies[c];
    if (t.counted() == 0) out += "   failed: " + (r.result.faults.count(c) ? r.result.faults.at(c) : std::string("no runs")) + "\n";
    else out += "   " + column(t.scenario(Scenario::stalemate)) + "  " + column(t.scenario(Scenario::partial_deal)) + "  " + column(t.scenario(Scenario::full_settlement)) + "\n";
  }
  if (r.plan.cells() > most_lines) out += fmt::format("  … and {} cells more; --out keeps them all.\n", r.plan.cells() - most_lines);
  return out;
}

}  // namespace

std::uint64_t horizon_of(const Plan& plan, std::uint64_t cell) {
  return static_cast<std::uint64_t>(value_of(plan, cell, "rounds.horizon"));
}

double days_of(const Plan& plan, std::uint64_t cell) { return value_of(plan, cell, "rounds.days"); }

double months_of(const Plan& plan, std::uint64_t cell) {
  return static_cast<double>(horizon_of(plan, cell)) * days_of(plan, cell) / 30.44;
}

Json report_json(const RunReport& r) {
  std::uint64_t runs = 0;
  for (const Tally& t : r.result.tallies) runs += t.runs;
  const bool sweep = r.plan.config().sweep.design != DesignKind::none;
  Json json = {{"config", r.plan.config().name}, {"runs", runs}, {"replicates", r.plan.replicates()}, {"cells", r.plan.cells()},
               {"seed", r.plan.seed()}, {"threads", r.costs.threads}};
  if (sweep) {
    for (const char* of_one_cell : {"scenarios", "stalemate_kinds", "events", "deal_hazard_per_month"}) json[of_one_cell] = nullptr;
    Json cells = Json::array();
    for (std::uint64_t c = 0; c < r.plan.cells(); ++c) cells.push_back(cell_json(r, c));
    json["by_cell"] = std::move(cells);
  } else {
    const Tally& t = r.result.tallies[0];
    json["scenarios"] = scenarios_json(t);
    json["stalemate_kinds"] = kinds_json(t);
    json["events"] = events_json(t);
    json["deal_hazard_per_month"] = or_null(t.deal_hazard(months_of(r.plan, 0)));
  }
  if (!r.result.faults.empty()) json["failed"] = r.result.faults.size();  // cells
  json["rounds"] = r.costs.rounds;
  json["seconds"] = r.costs.seconds;
  json["rounds_per_second"] = r.costs.seconds > 0 ? static_cast<double>(r.costs.rounds) / r.costs.seconds : 0.0;
  json["peak_memory_bytes"] = r.costs.peak_memory_bytes;
  json["out"] = or_null(r.out);
  json["bits"] = or_null(r.bits);
  return json;
}

std::string report_text(const RunReport& r) {
  const Plan& plan = r.plan;
  std::uint64_t runs = 0, failed = 0;
  for (const Tally& t : r.result.tallies) {
    runs += t.runs;
    failed += t.failed;
  }
  const std::string& title = plan.negotiation().structure.title;
  std::string out = (title.empty() ? plan.config().name : title) + "\n";
  if (plan.cells() == 1)
    out += fmt::format("{} runs of {} rounds of {:g} days ({:.0f} months), seed {}; shares with 95 % intervals\n\n", with_commas(runs), horizon_of(plan, 0),
                       days_of(plan, 0), months_of(plan, 0), plan.seed());
  else
    out += fmt::format("{} cells ({}), {} runs in all, seed {}; shares in % with 95 % intervals\n\n", with_commas(plan.cells()), name_of(plan.config().sweep.design), with_commas(runs), plan.seed());
  out += plan.config().sweep.design == DesignKind::none ? one_cell_text(r) : sweep_text(r);
  if (failed > 0) out += fmt::format("\n{} runs failed and are not counted (their numbers turned out impossible): {}\n", with_commas(failed), r.result.faults.begin()->second);
  out += fmt::format("\n{} rounds in {:.2f} s on {} thread{}: {:.2f} million a second\n", with_commas(r.costs.rounds), r.costs.seconds, r.costs.threads,
                     r.costs.threads == 1 ? "" : "s", r.costs.seconds > 0 ? static_cast<double>(r.costs.rounds) / r.costs.seconds / 1e6 : 0.0);
  if (r.bits) out += "bits " + *r.bits + "\n";
  if (r.out) out += "written to " + *r.out + "\n";
  return out;
}

}  // namespace parley
