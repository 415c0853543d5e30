// One question over time: its waves on the logit scale, the opinion between and after them, and the next wave foretold.
//
// Opinion is a random walk seen through polls whose organisations lean (poll_filter.hpp), in logits: a share p of n people
// counts as logit p with variance deff / (n p (1 − p)). A wave of which only a month or a year is known stands in the middle
// of that span of w days, with τ² w / 4 added: what a walk moves between the middle and a day drawn at random. The daily
// sd τ has a lognormal prior (centre PollsSpec::daily_sd, sd of the log .5) and takes its most probable value on a grid.
// Countries of one wave are averaged without weights, n is their sum; the mean leans by country_sd / √countries as well.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/analysis/poll_filter.hpp"
#include "engine/analysis/poll_table.hpp"

namespace parley {

/// A wave as the filter sees it.
struct SeenPoll {
  std::string organisation, country;  ///< countries of an average stand together: "France, Italy"
  int first = 0, last = 0, day = 0;   ///< days since 1970-01-01
  double share = 0;                   ///< of those who support, undecided respondents as the spec says
  double n = 0;
  bool n_assumed = false;
  double logit = 0, variance = 0;     ///< of the reading, the unknown date left out
  double unknown_days = 0;            ///< width of the span in which the wave lies, 0 where its days are known
  std::size_t house = 0;

  double margin() const;              ///< half of the 95 % interval of the share, sampling only
};

struct PollSeries {
  std::size_t question = 0;
  std::vector<SeenPoll> polls;        ///< in order of time
  std::vector<double> house_sds;
  std::vector<std::string> houses;
};

/// The series of all questions that have a usable wave; waves that ended after `as_of` (a day) are unknown.
/// Throws InputError where a wave has no n and the spec no default.
std::vector<PollSeries> series_of(const PollData& data, const PollsSpec& spec, int as_of);

/// The last day on which anything in the data is known.
int last_day(const PollData& data);

/// The most probable daily sd of a series.
double daily_sd_of(const PollSeries& series, const PollsSpec& spec);

/// Opinion on each day from the first wave to `until`.
struct SeriesPath {
  int first_day = 0;
  double daily_sd = 0;
  OpinionPath opinion;
};
SeriesPath path_of(const PollSeries& series, const PollsSpec& spec, int until);

/// A reading foretold: of a wave by the organisation of the last one, on that day, with n people.
struct Foretold {
  double logit = 0, sd = 0;
  double low80() const;   ///< shares
  double median() const;
  double high80() const;
};
Foretold foretell(const PollSeries& series, const PollsSpec& spec, int day, double n);

/// How well waves are foretold by those before them: each wave from the third of its series on is held back in turn.
struct ForecastScore {
  std::size_t waves = 0, inside80 = 0;
  double crps = 0, crps_no_change = 0;  ///< means, logits: of the forecast, and of the wave before it taken as certain

  double coverage() const { return waves == 0 ? 0 : static_cast<double>(inside80) / static_cast<double>(waves); }
};
ForecastScore score_forecasts(const std::vector<PollSeries>& series, const PollsSpec& spec);

double logit(double share);
double share_of(double logit);

}  // namespace parley
