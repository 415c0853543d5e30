#include "engine/analysis/poll_series.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "engine/analysis/intervals.hpp"

namespace parley {

namespace {

constexpr double start_variance = 4.0;  ///< logits²: before the first wave nothing is known
constexpr int grid_steps = 21;
constexpr double grid_span = 2.5, prior_log_sd = 0.5;  ///< of ln τ; the grid spans five standard deviations either way
constexpr std::size_t waves_before_scoring = 2;

double quantile80() { return normal_quantile(0.9); }

/// The share that counts as support; none where the row does not state enough.
std::optional<double> counted_share(const PollWave& w, Undecided undecided) {
  switch (undecided) {
    case Undecided::against: return w.support;
    case Undecided::excluded:
      if (!w.support || !w.oppose || *w.support + *w.oppose <= 0) return {};
      return *w.support / (*w.support + *w.oppose);
    case Undecided::half:
      if (!w.support) return {};
      if (w.undecided) return *w.support + *w.undecided / 2;
      if (!w.oppose) return {};
      return *w.support + std::max(0.0, 1 - *w.support - *w.oppose - w.other.value_or(0)) / 2;
  }
  return {};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// How many people count: as stated, else as the organisation's other waves, else the default.
class SampleSizes {
 public:
  SampleSizes(const PollData& data, const PollsSpec& spec) : spec_(spec) {
    for (const PollWave& w : data.waves)
      if (const auto n = stated(w)) by_organisation_[w.organisation].push_back(*n);
  }
  std::optional<double> stated(const PollWave& w) const {
    return spec_.split_samples == SplitSamples::whole && w.n_total ? w.n_total : w.n ? w.n : w.n_total;
  }
  double assumed(const PollWave& w) const {
    const auto found = by_organisation_.find(w.organisation);
    if (found != by_organisation_.end()) return median(found->second);
    if (spec_.default_n <= 0)
      throw input_error(w.place, "The row has no n, " + w.organisation + " states none elsewhere, and there is no default (without it the poll has no margin of error). Write n, or give a default.");
    return spec_.default_n;
  }

 private:
  const PollsSpec& spec_;
  std::map<std::string, std::vector<double>> by_organisation_;
};

double reading_variance(double share, double n, double design_effect) { return design_effect / (n * share * (1 - share)); }

/// Nobody or everybody would be an infinite logit: half a person is added to either side.
double held(double share, double n) { return std::clamp(share, 0.5 / (n + 1), 1 - 0.5 / (n + 1)); }

bool is_left_out(const PollWave& w, const PollsSpec& spec, int as_of) {
  return w.last > as_of || std::find(spec.without.begin(), spec.without.end(), w.organisation) != spec.without.end();
}

PollModel model_of(const PollSeries& s, const PollsSpec& spec, double daily_sd, std::size_t days) {
  return {.days = days, .daily_sd = daily_sd, .start_mean = 0, .start_variance = start_variance, .house_sd = spec.house_sd, .house_sds = s.house_sds};
}

std::vector<Poll> filter_input(const PollSeries& s, double daily_sd) {
  std::vector<Poll> polls;
  for (const SeenPoll& p : s.polls)
    polls.push_back({static_cast<std::size_t>(p.day - s.polls.front().day), p.house, p.logit, p.variance + daily_sd * daily_sd * p.unknown_days / 4});
  return polls;
}

std::size_t days_until(const PollSeries& s, int day) { return static_cast<std::size_t>(std::max(day, s.polls.back().day) - s.polls.front().day) + 1; }

/// CRPS of a normal forecast (Gneiting and Raftery 2007, eq. 21).
double crps_of_normal(double mean, double sd, double seen) {
  const double z = (seen - mean) / sd;
  const double density = std::exp(-0.5 * z * z) / std::sqrt(2 * M_PI), below = 0.5 * std::erfc(-z / std::sqrt(2.0));
  return sd * (z * (2 * below - 1) + 2 * density - 1 / std::sqrt(M_PI));
}

/// Gives every organisation (and set of countries) of a series a number and a lean.
void number_houses(PollSeries& s, const PollsSpec& spec) {
  for (SeenPoll& p : s.polls) {
    const std::string name = p.country.empty() ? p.organisation : p.organisation + " (" + p.country + ")";
    const auto found = std::find(s.houses.begin(), s.houses.end(), name);
    p.house = static_cast<std::size_t>(found - s.houses.begin());
    if (found != s.houses.end()) continue;
    const auto countries = p.country.empty() ? 0 : 1 + std::count(p.country.begin(), p.country.end(), ',');
    s.houses.push_back(name);
    s.house_sds.push_back(std::sqrt(spec.house_sd * spec.house_sd + (countries == 0 ? 0 : spec.country_sd * spec.country_sd / static_cast<double>(countries))));
  }
}

}  // namespace

double logit(double share) { return std::log(share / (1 - share)); }
double share_of(double x) { return 1 / (1 + std::exp(-x)); }

double SeenPoll::margin() const { return two_sided_z(0.95) * std::sqrt(variance) * share * (1 - share); }

double Foretold::low80() const { return share_of(logit - quantile80() * sd); }
double Foretold::median() const { return share_of(logit); }
double Foretold::high80() const { return share_of(logit + quantile80() * sd); }

int last_day(const PollData& data) {
  int day = 0;
  for (const PollWave& w : data.waves) day = std::max(day, w.last);
  return day;
}

std::vector<PollSeries> series_of(const PollData& data, const PollsSpec& spec, int as_of) {
  const SampleSizes sizes(data, spec);
  // Countries of one wave come together; the key is in the order in which series and waves are listed.
  std::map<std::tuple<std::size_t, int, int, std::string, std::string>, std::vector<const PollWave*>> waves;
  for (std::size_t w = 0; w < data.waves.size(); ++w) {
    const PollWave& wave = data.waves[w];
    if (is_left_out(wave, spec, as_of) || !counted_share(wave, spec.undecided)) continue;
    waves[{wave.question, wave.day(), wave.last, wave.organisation, wave.country.empty() ? "whole " + std::to_string(w) : "countries"}].push_back(&wave);
  }
  std::vector<PollSeries> all;
  for (const auto& [key, rows] : waves) {
    if (all.empty() || all.back().question != rows[0]->question) all.push_back({.question = rows[0]->question, .polls = {}, .house_sds = {}, .houses = {}});
    SeenPoll seen{.organisation = rows[0]->organisation, .country = "", .first = rows[0]->first, .last = rows[0]->last, .day = rows[0]->day()};
    for (const PollWave* row : rows) {
      if (!row->country.empty()) seen.country += (seen.country.empty() ? "" : ", ") + row->country;
      seen.share += *counted_share(*row, spec.undecided) / static_cast<double>(rows.size());
      const auto stated = sizes.stated(*row);
      seen.n += stated ? *stated : sizes.assumed(*row);
      seen.n_assumed = seen.n_assumed || !stated;
    }
    if (!rows[0]->exact) seen.unknown_days = seen.last - seen.first + 1;
    seen.share = held(seen.share, seen.n);
    seen.logit = logit(seen.share);
    seen.variance = reading_variance(seen.share, seen.n, spec.design_effect);
    all.back().polls.push_back(std::move(seen));
  }
  for (PollSeries& s : all) number_houses(s, spec);
  return all;
}

double daily_sd_of(const PollSeries& s, const PollsSpec& spec) {
  double best = spec.daily_sd, most = -INFINITY;
  if (spec.daily_sd <= 0) return 0;
  for (int step = 0; step < grid_steps; ++step) {
    const double log_ratio = grid_span * (2.0 * step / (grid_steps - 1) - 1), daily_sd = spec.daily_sd * std::exp(log_ratio);
    const double score = forecast_polls(model_of(s, spec, daily_sd, days_until(s, 0)), filter_input(s, daily_sd)).log_likelihood -
                         0.5 * log_ratio * log_ratio / (prior_log_sd * prior_log_sd);
    if (score > most) most = score, best = daily_sd;
  }
  return best;
}

SeriesPath path_of(const PollSeries& s, const PollsSpec& spec, int until) {
  const double daily_sd = daily_sd_of(s, spec);
  return {s.polls.front().day, daily_sd, filter_polls(model_of(s, spec, daily_sd, days_until(s, until)), filter_input(s, daily_sd))};
}

Foretold foretell(const PollSeries& s, const PollsSpec& spec, int day, double n) {
  const double daily_sd = daily_sd_of(s, spec);
  std::vector<Poll> polls = filter_input(s, daily_sd);
  const PollModel model = model_of(s, spec, daily_sd, days_until(s, day));
  // Its own error depends on the share it will find; the last one stands in for it.
  polls.push_back({days_until(s, day) - 1, s.polls.back().house, 0, reading_variance(s.polls.back().share, n, spec.design_effect)});
  const DatedOpinion expected = forecast_polls(model, polls).expected.back();
  return {expected.mean, expected.sd};
}

ForecastScore score_forecasts(const std::vector<PollSeries>& series, const PollsSpec& spec) {
  ForecastScore score;
  for (const PollSeries& whole : series)
    for (std::size_t k = waves_before_scoring; k < whole.polls.size(); ++k) {
      PollSeries known = whole;
      known.polls.resize(k);
      const SeenPoll& seen = whole.polls[k];
      const double daily_sd = daily_sd_of(known, spec);
      known.polls.push_back(seen);  // only its place in time, its house and its n are used before it is seen
      known.polls.back().variance = reading_variance(whole.polls[k - 1].share, seen.n, spec.design_effect);
      const DatedOpinion expected = forecast_polls(model_of(known, spec, daily_sd, days_until(known, 0)), filter_input(known, daily_sd)).expected.back();
      ++score.waves;
      score.inside80 += std::fabs(seen.logit - expected.mean) <= quantile80() * expected.sd;
      score.crps += crps_of_normal(expected.mean, expected.sd, seen.logit);
      score.crps_no_change += std::fabs(seen.logit - whole.polls[k - 1].logit);
    }
  if (score.waves > 0) score.crps /= static_cast<double>(score.waves), score.crps_no_change /= static_cast<double>(score.waves);
  return score;
}

}  // namespace parley
