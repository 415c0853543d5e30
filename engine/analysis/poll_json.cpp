#include "engine/analysis/poll_json.hpp"

#include <algorithm>

#include "engine/analysis/intervals.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;
constexpr int days_a_step = 7;

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json polls_of(const PollSeries& series) {
  Json polls = Json::array();
  for (const SeenPoll& p : series.polls)
    polls.push_back({{"date", date_text(p.day)}, {"days_known", p.unknown_days == 0}, {"organisation", p.organisation}, {"countries", p.country.empty() ? Json(nullptr) : Json(p.country)},
                     {"share", p.share}, {"margin", p.margin()}, {"n", p.n}, {"n_assumed", p.n_assumed}});
  return polls;
}

Json path_of(const SeriesEstimate& e) {
  const double z = normal_quantile(0.9);
  std::vector<std::size_t> days;
  for (std::size_t d = 0; d < e.smoothed.size(); d += days_a_step) days.push_back(d);
  for (const SeenPoll& p : e.series.polls) days.push_back(static_cast<std::size_t>(p.day - e.first_day));
  if (!e.smoothed.empty()) days.push_back(e.smoothed.size() - 1);
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  Json path = Json::array();
  for (const std::size_t d : days) {
    const DatedOpinion& o = e.smoothed[d];
    path.push_back({{"date", date_text(e.first_day + static_cast<int>(d))}, {"median", share_of(o.mean)}, {"low80", share_of(o.mean - z * o.sd)}, {"high80", share_of(o.mean + z * o.sd)}});
  }
  return path;
}

const char* name_of(Measures measures) {
  switch (measures) {
    case Measures::mood: return "mood";
    case Measures::package: return "package";
    case Measures::nothing: break;
  }
  return "series";
}

Json series_json(const SeriesEstimate& e) {
  return {{"question", e.question}, {"text", e.text}, {"measures", name_of(e.measures)}, {"state", e.state}, {"sd", e.sd}, {"support", share_of(e.state)}, {"daily_sd", e.daily_sd},
          {"next_wave", {{"date", date_text(e.next_day)}, {"median", e.next_wave.median()}, {"low80", e.next_wave.low80()}, {"high80", e.next_wave.high80()}}},
          {"polls", polls_of(e.series)}, {"path", path_of(e)}};
}

Json public_json(const PublicEstimate& p) {
  Json response = Json::array(), questions = Json::array(), series = Json::array();
  for (const ResponseEstimate& r : p.response)
    response.push_back({{"issue", r.issue}, {"prior", r.prior}, {"prior_sd", r.prior_sd}, {"estimate", r.estimate}, {"sd", r.sd}, {"informed", r.informed}, {"refit", r.refit}, {"refit_sd", r.refit_sd}});
  for (const QuestionFit& q : p.questions)
    questions.push_back({{"question", q.question}, {"seen", q.seen}, {"fitted", q.fitted}, {"by_refit", or_null(q.by_refit)}, {"by_prior", or_null(q.by_prior)}});
  for (const SeriesEstimate& e : p.series) series.push_back(series_json(e));
  return {{"public", p.actor}, {"mood", p.mood}, {"sd", p.sd}, {"from_polls", p.from_polls}, {"response_source", p.refit_used ? "refit" : "assumed"},
          {"error_left_out", {{"refit", or_null(p.error_refit)}, {"prior", or_null(p.error_prior)}}},
          {"response", response}, {"covariance", p.covariance}, {"questions", questions}, {"series", series}};
}

}  // namespace

const char* name_of(Undecided undecided) {
  switch (undecided) {
    case Undecided::against: return "against";
    case Undecided::excluded: return "excluded";
    case Undecided::half: return "half";
  }
  return "";
}

const char* name_of(SplitSamples split) { return split == SplitSamples::part ? "part" : "whole"; }

nlohmann::ordered_json polls_json(const PollEstimates& e) {
  Json publics = Json::array();
  for (const PublicEstimate& p : e.publics) publics.push_back(public_json(p));
  const PollsSpec& s = e.spec;
  Json scores = nullptr;
  if (e.score.waves > 0)
    scores = {{"waves", e.score.waves}, {"coverage80", e.score.coverage()}, {"crps", e.score.crps}, {"crps_no_change", e.score.crps_no_change}, {"scale", "logit"}};
  return {{"as_of", e.as_of},
          {"assumptions", {{"undecided", name_of(s.undecided)}, {"split_samples", name_of(s.split_samples)}, {"without", s.without}, {"silent_issues", "at opinion_reference"},
                           {"default_n", s.default_n}, {"design_effect", s.design_effect}, {"daily_sd", s.daily_sd}, {"house_sd", s.house_sd}, {"country_sd", s.country_sd},
                           {"wording_sd", s.wording_sd}, {"response_sd", s.response_sd}}},
          {"rows", {{"waves", e.waves}, {"without_shares", e.without_shares}, {"without_date", e.without_date}}},
          {"publics", publics},
          {"scores", scores}};
}

}  // namespace parley
