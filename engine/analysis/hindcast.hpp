// Forecasts of yes-or-no events held against what happened.
//
//   Log score −ln p(outcome): 0 is best, ln 2 an even chance. Brier score (p − o)²: 0 is best, ¼ an even chance.
//   Good 1952 (J. R. Statist. Soc. B 14:107); Brier 1950 (Monthly Weather Review 78:1); both are proper (Gneiting and
//   Raftery 2007, JASA 102:359): nobody gains by stating another probability than his own.
//   Base rate: 1 − exp(−rate × times × months), a constant hazard.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/analysis/csv.hpp"

namespace parley {

double log_score(double forecast, bool happened);    ///< infinite where what happened was called impossible
double brier_score(double forecast, bool happened);

/// A hazard a month, as a share, with the 95 % interval that its few events leave.
struct BaseRate {
  double value = 0, low = 0, high = 0;
};

/// The row `id` of a table of base rates (id, value, low, high, unit "% per month"). Throws InputError where it is not there
/// or makes no sense; `asked` is where its name was written.
BaseRate base_rate_in(const CsvTable& rates, const std::string& id, const Place& asked = {});

struct KnownOutcome {
  std::string event;  ///< "truce", "ceasefire_30_days" or "signed_deal"
  bool happened = false;
  std::string base_rate_id;
  BaseRate base_rate;  ///< of this event: the row of the table times its `times`
  std::string evidence, source;
};

/// Reads outcomes (event, happened, base_rate, times, evidence, source) and the base rates they name (id, value, low, high,
/// unit "% per month"). The file names stand in messages. Throws InputError with line and column.
std::vector<KnownOutcome> read_outcomes(std::string_view outcomes, const std::string& outcomes_file, std::string_view base_rates, const std::string& base_rates_file);

/// The chance that it comes within `months` at a constant hazard a month.
double chance_within(double hazard, double months);

}  // namespace parley
