#include "engine/analysis/hindcast.hpp"

#include <cmath>

#include "engine/analysis/text_file.hpp"

namespace parley {

namespace {

bool yes_or_no(const CsvTable& table, std::size_t row, std::size_t column) {
  const std::string_view text = table.text(row, column);
  if (text == "yes") return true;
  if (text == "no") return false;
  throw input_error(table.place(row, column), in_quotes(text) + " in column happened is neither yes nor no. Write what happened.");
}

}  // namespace

BaseRate base_rate_in(const CsvTable& rates, const std::string& id, const Place& asked) {
  const std::size_t ids = rates.require("id"), value = rates.require("value"), low = rates.require("low"), high = rates.require("high"), unit = rates.require("unit");
  for (std::size_t row = 0; row < rates.rows(); ++row) {
    if (rates.text(row, ids) != id) continue;
    if (rates.text(row, unit) != "% per month")
      throw input_error(rates.place(row, unit), "the base rate " + id + " is not in % per month. Name a row that is.");
    const auto share = [&](std::size_t column) {
      const double percent = rates.number(row, column);
      if (!(percent >= 0 && percent <= 100)) throw input_error(rates.place(row, column), "a rate of " + in_quotes(rates.text(row, column)) + " % a month is impossible. Write 0 to 100.");
      return percent / 100;
    };
    const BaseRate rate{share(value), share(low), share(high)};
    if (!(rate.low <= rate.value && rate.value <= rate.high)) throw input_error(rates.place(row, low), "the interval of the base rate " + id + " does not hold its value. Correct the row.");
    return rate;
  }
  throw input_error(asked, "there is no base rate " + in_quotes(id) + " in " + rates.file() + ". Name the id of one of its rows.");
}

double log_score(double forecast, bool happened) { return -std::log(happened ? forecast : 1 - forecast); }

double brier_score(double forecast, bool happened) {
  const double miss = forecast - (happened ? 1 : 0);
  return miss * miss;
}

double chance_within(double hazard, double months) { return -std::expm1(-hazard * months); }

std::vector<KnownOutcome> read_outcomes(std::string_view outcomes, const std::string& outcomes_file, std::string_view base_rates, const std::string& base_rates_file) {
  const CsvTable table = CsvTable::parse(outcomes, outcomes_file), rates = CsvTable::parse(base_rates, base_rates_file);
  const std::size_t event = table.require("event"), happened = table.require("happened"), base = table.require("base_rate"), times = table.require("times"),
                    evidence = table.require("evidence"), source = table.require("source");
  std::vector<KnownOutcome> out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    KnownOutcome known{.event = std::string(table.text(row, event)), .happened = yes_or_no(table, row, happened), .base_rate_id = std::string(table.text(row, base)),
                       .base_rate = {}, .evidence = std::string(table.text(row, evidence)), .source = std::string(table.text(row, source))};
    if (known.event != "truce" && known.event != "ceasefire_30_days" && known.event != "signed_deal")
      throw input_error(table.place(row, event), in_quotes(known.event) + " is no event that runs record. Write truce, ceasefire_30_days or signed_deal.");
    for (const KnownOutcome& before : out)
      if (before.event == known.event) throw input_error(table.place(row, event), known.event + " stands there twice. Leave one row.");
    const double factor = table.number(row, times);
    if (!(factor > 0 && factor <= 10)) throw input_error(table.place(row, times), "the factor of a base rate is from 0 to 10. Write what share of the ends is this event.");
    const BaseRate rate = base_rate_in(rates, known.base_rate_id, table.place(row, base));
    known.base_rate = {rate.value * factor, rate.low * factor, rate.high * factor};
    out.push_back(std::move(known));
  }
  if (out.empty()) throw InputError(outcomes_file + ": There is no outcome in the table (nothing to score). Add a row.");
  return out;
}

}  // namespace parley
