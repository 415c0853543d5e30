// parley hindcast: plays a configuration of the past and scores its forecasts on what happened since.

#include <cmath>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/analysis/hindcast.hpp"
#include "engine/analysis/text_file.hpp"
#include "engine/drivers/cli/run_report.hpp"
#include "engine/drivers/cli/run_source.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/sweep/tally.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t largest_table = std::size_t{1} << 20;

struct Forecast {
  double chance = 0, low = 0, high = 1;
};

/// One event with every forecaster's word on it.
struct ScoredEvent {
  const KnownOutcome& known;
  Forecast model, base_rate;
};

/// A forecaster's log score over all events; they are not independent, so this is a sum of scores, not a likelihood.
struct Totals {
  double model = 0, base_rate = 0, even = 0;
};

Tally tally_of(const RunSource& source) {
  constexpr std::uint64_t step = 65536;
  Tally tally;
  for (std::uint64_t at = 0; at < source.made(0); at += step)
    for (const RunRow& row : source.rows(0, at, std::min(step, source.made(0) - at))) tally.add(row);
  return tally;
}

ScoredEvent scored(const KnownOutcome& known, const Tally& tally, double months) {
  const std::uint64_t count = known.event == "truce" ? tally.truce : known.event == "signed_deal" ? tally.deal : tally.ceasefire;
  const Share share = wilson_share(count, tally.counted());
  const BaseRate& rate = known.base_rate;
  return {known, {share.share, share.low, share.high}, {chance_within(rate.value, months), chance_within(rate.low, months), chance_within(rate.high, months)}};
}

Totals totals_of(const std::vector<ScoredEvent>& events) {
  Totals totals;
  for (const ScoredEvent& e : events) {
    totals.model += log_score(e.model.chance, e.known.happened);
    totals.base_rate += log_score(e.base_rate.chance, e.known.happened);
    totals.even += log_score(0.5, e.known.happened);
  }
  return totals;
}

std::string title_of(const std::string& event) {
  return event == "truce" ? "A truce" : event == "signed_deal" ? "A signed deal" : "A ceasefire that held 30 days";
}

Json forecast_json(const Forecast& f, bool happened) {
  const double log = log_score(f.chance, happened);
  return {{"chance", f.chance}, {"low", f.low}, {"high", f.high}, {"log_score", std::isfinite(log) ? Json(log) : Json(nullptr)}, {"brier_score", brier_score(f.chance, happened)}};
}

Json hindcast_json(const RunSource& source, const Tally& tally, double months, const std::vector<ScoredEvent>& events) {
  Json list = Json::array();
  for (const ScoredEvent& e : events)
    list.push_back({{"event", e.known.event}, {"happened", e.known.happened}, {"model", forecast_json(e.model, e.known.happened)},
                    {"base_rate", forecast_json(e.base_rate, e.known.happened)}, {"even_chance", forecast_json({0.5, 0.5, 0.5}, e.known.happened)},
                    {"base_rate_id", e.known.base_rate_id}, {"evidence", e.known.evidence}, {"source", e.known.source}});
  return {{"config", source.name()}, {"runs", tally.counted()}, {"seed", source.plan().seed()}, {"months", months}, {"events", list}};
}

std::string forecaster_line(const char* name, const Forecast& f, bool happened, const char* note) {
  const std::string interval = f.low == f.high ? "" : fmt::format("[{:4.1f}, {:4.1f}]", 100 * f.low, 100 * f.high);
  return fmt::format("  {:<12}{:5.1f} %  {:<14}{:>9.3f}{:>9.3f}   {}\n", name, 100 * f.chance, interval, log_score(f.chance, happened), brier_score(f.chance, happened), note);
}

std::string hindcast_text(const RunSource& source, const Tally& tally, double months, const std::vector<ScoredEvent>& events) {
  const std::string& title = source.plan().negotiation().structure.title;
  std::string out = fmt::format("{}\n{} runs over {:.1f} months, seed {}; what was forecast, and what happened by then\n", title.empty() ? source.name() : title, tally.counted(), months, source.plan().seed());
  for (const ScoredEvent& e : events) {
    out += fmt::format("\n{}: {}\n  {:<12}{:>7}  {:<14}{:>9}{:>9}\n", title_of(e.known.event), e.known.happened ? "happened" : "did not happen", "", "chance", "  95 %", "log", "Brier");
    out += forecaster_line("model", e.model, e.known.happened, "interval: sampling error of the runs only");
    out += forecaster_line("base rate", e.base_rate, e.known.happened, ("interval: few wars; " + e.known.base_rate_id).c_str());
    out += forecaster_line("even chance", {0.5, 0.5, 0.5}, e.known.happened, "");
    out += "  seen: " + e.known.evidence + "\n        " + e.known.source + "\n";
  }
  const Totals totals = totals_of(events);
  const double edge = (totals.base_rate - totals.model) / static_cast<double>(events.size());
  out += fmt::format("\nBoth scores are 0 for a forecast that was sure and right. The model's mean log score is {:.3f} {} the base rate's: an outcome\n"
                     "was {:.2f} times as likely under the {}. A ratio below 3 is not worth more than a bare mention (Kass and Raftery 1995), and one war in\n"
                     "one year is one outcome, whose events hang together: this neither confirms the model nor refutes it.\n",
                     std::abs(edge), edge >= 0 ? "better than" : "worse than", std::exp(std::abs(edge)), edge >= 0 ? "model" : "base rate");
  return out;
}

}  // namespace

int verb_hindcast(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "hindcast",
                   .files = "CONFIG.toml|RESULT.h5 OUTCOMES.csv",
                   .purpose = "Plays a configuration of what was known on some day of the past to a horizon that is past as well, and scores its\n"
                              "forecasts on what happened by then (log score, Brier score), beside those of a base rate and of an even chance.\n"
                              "OUTCOMES.csv: event (truce, ceasefire_30_days, signed_deal), happened (yes, no), base_rate (id of a row of the base\n"
                              "rates, % a month), times (share of such ends that are this event), evidence, source.",
                   .examples = "  parley hindcast configs/hindcast-2025-01.toml configs/data/outcomes-2026-01.csv\n"
                               "  parley hindcast configs/hindcast-2025-01.toml configs/data/outcomes-2026-01.csv --set actors.europe.seat=0 --json\n",
                   .least_files = 2,
                   .most_files = 2});
  add_play_arguments(a);
  a.add_value("base-rates", "", "table of base rates (where silent: base_rates.csv beside OUTCOMES.csv)")
      .add_switch("json", "print one JSON object");
  if (!a.parse(arguments)) return 0;
  const std::string outcomes_file = a.files()[1];
  const std::string rates_file = a.has("base-rates") ? a.text("base-rates") : (std::filesystem::path(outcomes_file).parent_path() / "base_rates.csv").string();
  const std::vector<KnownOutcome> outcomes = read_outcomes(read_text_file(outcomes_file, largest_table), outcomes_file, read_text_file(rates_file, largest_table), rates_file);
  const std::unique_ptr<RunSource> source = open_runs(a.files()[0], asked_play(a));
  if (source->plan().cells() != 1)
    throw InputError(source->name() + ": A sweep of " + std::to_string(source->plan().cells()) + " cells makes no single forecast. Take the [sweep] out.");
  const Tally tally = tally_of(*source);
  if (tally.counted() == 0) throw InputError(source->name() + ": Every run failed (its numbers turned out impossible). Look at its numbers.");
  const double months = months_of(source->plan(), 0);
  std::vector<ScoredEvent> events;
  for (const KnownOutcome& known : outcomes) events.push_back(scored(known, tally, months));
  std::cout << (a.is_set("json") ? hindcast_json(*source, tally, months, events).dump(2) + "\n" : hindcast_text(*source, tally, months, events));
  return 0;
}

}  // namespace parley
