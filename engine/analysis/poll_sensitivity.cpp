#include "engine/analysis/poll_sensitivity.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <set>

#include "engine/analysis/intervals.hpp"

namespace parley {

namespace {

using Tables = std::vector<PosteriorTable>;
using Scenarios = std::vector<Scenario>;
constexpr double spread_step = 1.25;  ///< factor of an opinion's sd
constexpr double curve_points[] = {-30, -20, -15, -10, -6, 6, 10, 15, 20, 30};  ///< beside the step either way and 0
const double z95 = two_sided_z(0.95);

std::array<double, scenarios_counted> shares_of(const Scenarios& runs) {
  std::array<double, scenarios_counted> shares{};
  double counted = 0;
  for (const Scenario s : runs) {
    if (s == Scenario::failed) continue;
    shares[static_cast<std::size_t>(s)] += 1;
    ++counted;
  }
  for (double& share : shares) share /= std::max(1.0, counted);
  return shares;
}

/// Mean and standard error of (run ends so in b) − (… in a), over the replicates that neither failed.
template <class Score>
ShareChange paired(const Scenarios& a, const Scenarios& b, Score score) {
  double n = 0, sum = 0, squares = 0;
  for (std::size_t r = 0; r < a.size(); ++r) {
    if (a[r] == Scenario::failed || b[r] == Scenario::failed) continue;
    const double d = score(b[r]) - score(a[r]);
    ++n, sum += d, squares += d * d;
  }
  if (n < 2) return {};
  const double mean = sum / n, half = z95 * std::sqrt(std::max(0.0, squares / n - mean * mean) / (n - 1));
  return {mean, mean - half, mean + half};
}

ShareChanges changes(const Scenarios& a, const Scenarios& b, double scale = 1) {
  ShareChanges all{};
  for (std::size_t s = 0; s < scenarios_counted; ++s) {
    const ShareChange c = paired(a, b, [s](Scenario x) { return static_cast<std::size_t>(x) == s ? 1.0 : 0.0; });
    all[s] = {c.change * scale, std::min(c.low * scale, c.high * scale), std::max(c.low * scale, c.high * scale)};
  }
  return all;
}

ShareChanges scaled(const ShareChanges& changes, double by) {
  ShareChanges out{};
  for (std::size_t s = 0; s < scenarios_counted; ++s) {
    const ShareChange& c = changes[s];
    out[s] = {c.change * by, std::min(c.low * by, c.high * by), std::max(c.low * by, c.high * by)};
  }
  return out;
}

/// Of two effects that were estimated apart.
ShareChanges together(const ShareChanges& a, const ShareChanges& b) {
  ShareChanges out{};
  for (std::size_t s = 0; s < scenarios_counted; ++s) {
    const double change = a[s].change + b[s].change, half = std::hypot((a[s].high - a[s].low) / 2, (b[s].high - b[s].low) / 2);
    out[s] = {change, change - half, change + half};
  }
  return out;
}

struct Played {
  double points;
  Scenarios runs;
};

class Study {
 public:
  explicit Study(const PollStudy& study) : s_(study), estimates_(estimate_polls(study.data, study.negotiation, study.spec)), tables_(posteriors_of(estimates_)) {}

  PollSensitivity run() {
    const Plan plan = s_.plan_with(tables_);
    base_ = played(plan);
    out_.shares = shares_of(base_);
    out_.replicates = plan.replicates(), out_.seed = plan.seed();
    out_.level = s_.level;
    for (std::size_t t = 0; t < tables_.size(); ++t) study_public(t, plan);
    for (const PublicEstimate& p : estimates_.publics)
      for (const QuestionFit& q : p.questions) study_question(p, q);
    for (std::size_t w = 0; w < s_.data.waves.size(); ++w) study_poll(w);
    std::stable_sort(out_.polls.begin(), out_.polls.end(), [](const PollEffect& a, const PollEffect& b) { return std::fabs(a.moves[0].change) > std::fabs(b.moves[0].change); });
    for (const std::string& organisation : organisations_used()) study_pollster(organisation);
    return std::move(out_);
  }

 private:
  Scenarios play_moved(std::size_t table, const std::vector<double>& by) const {
    Tables moved = tables_;
    moved[table].mood += by[0];
    for (std::size_t k = 1; k < by.size(); ++k) moved[table].response[k - 1] += by[k];
    return played(s_.plan_with(moved));
  }
  Scenarios played(const Plan& plan) const {
    Scenarios scenarios;
    for (const RunRow& row : s_.play(plan)) scenarios.push_back(row.scenario);
    return scenarios;
  }
  Scenarios play_at(std::size_t table, double points) const {
    std::vector<double> by(tables_[table].response.size() + 1, 0.0);
    by[0] = moved_by_points(tables_[table].mood, points) - tables_[table].mood;
    return play_moved(table, by);
  }
  Scenarios play_spread(std::size_t table, double factor) const {
    Tables scaled = tables_;
    for (std::vector<double>& row : scaled[table].covariance)
      for (double& c : row) c *= factor * factor;
    return played(s_.plan_with(scaled));
  }
  const PublicEstimate& estimate_of(const std::string& actor) const {
    return *std::find_if(estimates_.publics.begin(), estimates_.publics.end(), [&](const PublicEstimate& p) { return p.actor == actor; });
  }

  void study_public(std::size_t t, const Plan& plan) {
    PublicSensitivity p{.actor = tables_[t].actor, .support = share_of(tables_[t].mood), .poll_n = s_.poll_n};
    std::vector<Played> played{{0, base_}};
    for (const double points : curve_points)
      if (std::fabs(points) > s_.step) played.push_back({points, play_at(t, points)});
    for (const double points : {-s_.step, s_.step}) played.push_back({points, play_at(t, points)});
    std::sort(played.begin(), played.end(), [](const Played& a, const Played& b) { return a.points < b.points; });
    const auto at = [&](double points) { return std::find_if(played.begin(), played.end(), [&](const Played& x) { return x.points == points; }); };
    p.per_point = changes(at(-s_.step)->runs, at(s_.step)->runs, 1 / (2 * s_.step));
    p.per_log_sd = changes(play_spread(t, 1 / spread_step), play_spread(t, spread_step), 1 / (2 * std::log(spread_step)));
    for (const Played& x : played) p.curve.push_back({x.points, shares_of(x.runs)});
    const auto today = static_cast<std::size_t>(at(0) - played.begin());
    for (std::size_t i = today; i + 1 < played.size() && !p.tips_up; ++i) p.tips_up = tipping(played[i], played[i + 1]);
    for (std::size_t i = today; i > 0 && !p.tips_down; --i) p.tips_down = tipping(played[i], played[i - 1]);
    value_of_a_poll(t, plan, p);
    out_.publics.push_back(std::move(p));
  }

  /// Where the most likely scenario changes, or the chosen share crosses its level, between two played points.
  std::optional<TippingPoint> tipping(const Played& near, const Played& far) const {
    const auto before = shares_of(near.runs), after = shares_of(far.runs);
    std::size_t from = 0, to = 0;
    double gap_near = 0, gap_far = 0;
    if (s_.level) {
      from = to = s_.level->first;
      gap_near = before[from] - s_.level->second, gap_far = after[from] - s_.level->second;
    } else {
      from = static_cast<std::size_t>(std::max_element(before.begin(), before.end()) - before.begin());
      to = static_cast<std::size_t>(std::max_element(after.begin(), after.end()) - after.begin());
      if (from == to) return {};
      gap_near = before[from] - before[to], gap_far = after[from] - after[to];
    }
    if (gap_near == gap_far || gap_near * gap_far > 0) return {};
    const double slope = (gap_far - gap_near) / (far.points - near.points);
    // The gap's own sampling error, at the nearer end: it is not paired with anything, it is a level.
    const double n = static_cast<double>(near.runs.size()), p = before[from], q = from == to ? 0 : before[to];
    const double se = std::sqrt((p + q - (p - q) * (p - q)) / n);
    const double points = near.points - gap_near / slope, half = z95 * se / std::fabs(slope);
    return TippingPoint{points, points - half, points + half, from, to};
  }

  void value_of_a_poll(std::size_t t, const Plan& plan, PublicSensitivity& p) const {
    const PublicEstimate& estimate = estimate_of(p.actor);
    const auto mood = std::find_if(estimate.questions.begin(), estimate.questions.end(), [](const QuestionFit& q) { return !q.by_refit; });
    if (mood == estimate.questions.end()) return;
    const auto size = static_cast<Eigen::Index>(tables_[t].covariance.size());
    Eigen::MatrixXd covariance(size, size);
    for (Eigen::Index i = 0; i < size; ++i)
      for (Eigen::Index j = 0; j < size; ++j) covariance(i, j) = tables_[t].covariance[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    const Eigen::VectorXd h = Eigen::Map<const Eigen::VectorXd>(mood->reads.data(), size);
    const double variance = h.dot(covariance * h), error = s_.spec.design_effect / (s_.poll_n * mood->seen * (1 - mood->seen)) + s_.spec.house_sd * s_.spec.house_sd;
    const Eigen::MatrixXd draws = draws_of(t, plan);
    const double n = static_cast<double>(base_.size());
    for (std::size_t s = 0; s < scenarios_counted; ++s) {
      Eigen::VectorXd c = Eigen::VectorXd::Zero(size);
      for (std::size_t r = 0; r < base_.size(); ++r)
        c += ((static_cast<std::size_t>(base_[r]) == s ? 1.0 : 0.0) - out_.shares[s]) * draws.col(static_cast<Eigen::Index>(r)) / n;
      const double noise = out_.shares[s] * (1 - out_.shares[s]) / n;  // what chance alone adds, by dimension
      const double explained = std::max(0.0, c.dot(covariance.completeOrthogonalDecomposition().solve(c)) - static_cast<double>(size) * noise);
      const double read = h.dot(c), cut = std::clamp((read * read - variance * noise) / (variance + error), 0.0, explained);
      const double half = z95 * 2 * std::fabs(read) * std::sqrt(variance * noise) / (variance + error);
      p.sd_from_opinion[s] = std::sqrt(explained);
      p.sd_after_poll[s] = std::sqrt(explained - cut);
      if (explained > 0) p.variance_cut[s] = {cut / explained, std::max(0.0, (cut - half) / explained), std::min(1.0, (cut + half) / explained)};
    }
  }

  /// What each replicate drew of a public, less its mean; mood first, issues in the order of the configuration.
  Eigen::MatrixXd draws_of(std::size_t t, const Plan& plan) const {
    const Catalog& catalog = plan.negotiation().catalog;
    const std::string path = "actors." + tables_[t].actor;
    std::vector<std::pair<std::size_t, double>> slots{{catalog.find(path + ".mood")->slot, tables_[t].mood}};
    const auto response = catalog.find_vector(path + ".response");
    for (std::size_t k = 0; k < response.size(); ++k) slots.emplace_back(response[k]->slot, tables_[t].response[k]);
    Eigen::MatrixXd draws(static_cast<Eigen::Index>(slots.size()), static_cast<Eigen::Index>(base_.size()));
    std::vector<double> values = plan.stated_values(0);
    for (Eigen::Index r = 0; r < draws.cols(); ++r) {
      plan.draw(static_cast<std::uint32_t>(r), values.data());
      for (std::size_t i = 0; i < slots.size(); ++i) draws(static_cast<Eigen::Index>(i), r) = values[slots[i].first] - slots[i].second;
    }
    return draws;
  }

  void study_question(const PublicEstimate& p, const QuestionFit& q) {
    QuestionSensitivity out{.actor = p.actor, .question = q.question};
    out.used = std::any_of(q.gain.begin(), q.gain.end(), [](double g) { return g != 0; });
    const auto table = std::find_if(tables_.begin(), tables_.end(), [&](const PosteriorTable& t) { return t.actor == p.actor; });
    if (out.used && table != tables_.end()) {
      const auto series = std::find_if(p.series.begin(), p.series.end(), [&](const SeriesEstimate& e) { return e.question == q.question; });
      std::vector<Scenarios> ends;
      for (const double points : {-s_.step, s_.step}) {
        std::vector<double> by = q.gain;
        for (double& b : by) b *= moved_by_points(series->state, points) - series->state;
        ends.push_back(play_moved(static_cast<std::size_t>(table - tables_.begin()), by));
      }
      out.per_point = changes(ends[0], ends[1], 1 / (2 * s_.step));
    }
    out_.questions.push_back(std::move(out));
  }

  void study_poll(std::size_t w) {
    PollData moved = s_.data;
    PollWave& wave = moved.waves[w];
    const PollQuestion& question = s_.data.questions[wave.question];
    const auto p = std::find_if(out_.publics.begin(), out_.publics.end(), [&](const PublicSensitivity& x) { return x.actor == question.actor; });
    if (p == out_.publics.end() || question.measures == Measures::nothing || !wave.support) return;
    const PublicEstimate& estimate = estimate_of(question.actor);
    const SeenPoll* seen = seen_as(estimate, question.id, wave);
    if (seen == nullptr) return;
    // A country of an average has its own share, and a margin that is larger than the average's.
    const double share = wave.country.empty() ? seen->share : *wave.support;
    const double margin = seen->margin() * (wave.country.empty() ? 1 : std::sqrt(1.0 + static_cast<double>(std::count(seen->country.begin(), seen->country.end(), ','))));
    wave.support = std::min(0.999, *wave.support + margin);
    const PollEstimates again = estimate_polls(moved, s_.negotiation, s_.spec);
    const auto same = std::find_if(again.publics.begin(), again.publics.end(), [&](const PublicEstimate& x) { return x.actor == question.actor; });
    PollEffect effect{.actor = question.actor, .question = question.id, .organisation = wave.organisation, .country = wave.country, .date = date_text(wave.day()), .share = share, .margin = margin};
    effect.moves_opinion = share_of(same->mood) - share_of(estimate.mood);
    effect.moves = together(scaled(p->per_point, 100 * effect.moves_opinion), scaled(p->per_log_sd, std::log(same->sd / estimate.sd)));
    out_.polls.push_back(std::move(effect));
  }

  static const SeenPoll* seen_as(const PublicEstimate& estimate, const std::string& question, const PollWave& wave) {
    for (const SeriesEstimate& e : estimate.series)
      if (e.question == question)
        for (const SeenPoll& p : e.series.polls)
          if (p.organisation == wave.organisation && p.first == wave.first && p.last == wave.last) return &p;
    return nullptr;
  }

  std::set<std::string> organisations_used() const {
    std::set<std::string> names;
    for (const PublicEstimate& p : estimates_.publics)
      for (const SeriesEstimate& e : p.series)
        if (e.measures != Measures::nothing)
          for (const SeenPoll& poll : e.series.polls) names.insert(poll.organisation);
    return names;
  }

  void study_pollster(const std::string& organisation) {
    PollsSpec spec = s_.spec;
    spec.without.push_back(organisation);
    WithoutPollster out{.organisation = organisation, .without_mood = {}, .moves = {}};
    const Tables left = posteriors_of(estimate_polls(s_.data, s_.negotiation, spec));
    for (const PosteriorTable& table : tables_)
      if (std::none_of(left.begin(), left.end(), [&](const PosteriorTable& t) { return t.actor == table.actor; })) out.without_mood.push_back(table.actor);
    out.moves = changes(base_, played(s_.plan_with(left)));
    out_.pollsters.push_back(std::move(out));
  }

  const PollStudy& s_;
  const PollEstimates estimates_;
  const Tables tables_;
  Scenarios base_;
  PollSensitivity out_;
};

using Json = nlohmann::ordered_json;

Json change_json(const ShareChange& c) { return {{"change", c.change}, {"low", c.low}, {"high", c.high}}; }
Json changes_json(const ShareChanges& changes) {
  Json json = Json::object();
  for (std::size_t s = 0; s < scenarios_counted; ++s) json[scenario_names[s]] = change_json(changes[s]);
  return json;
}
Json shares_json(const std::array<double, scenarios_counted>& shares) {
  Json json = Json::object();
  for (std::size_t s = 0; s < scenarios_counted; ++s) json[scenario_names[s]] = shares[s];
  return json;
}
Json tipping_json(const std::optional<TippingPoint>& t) {
  if (!t) return nullptr;
  return {{"points", t->points}, {"low", t->low}, {"high", t->high}, {"from", scenario_names[t->from]}, {"to", scenario_names[t->to]}};
}

Json public_json(const PublicSensitivity& p) {
  Json curve = Json::array(), cut = Json::object();
  for (const CurvePoint& c : p.curve) curve.push_back({{"points", c.points}, {"shares", shares_json(c.shares)}});
  for (std::size_t s = 0; s < scenarios_counted; ++s) cut[scenario_names[s]] = change_json(p.variance_cut[s]);
  return {{"public", p.actor}, {"support", p.support}, {"per_point", changes_json(p.per_point)}, {"per_log_sd", changes_json(p.per_log_sd)}, {"curve", curve},
          {"tipping", {{"up", tipping_json(p.tips_up)}, {"down", tipping_json(p.tips_down)}}},
          {"one_more_poll", {{"n", p.poll_n}, {"sd_from_opinion", shares_json(p.sd_from_opinion)}, {"sd_after", shares_json(p.sd_after_poll)}, {"variance_cut", cut}}}};
}

}  // namespace

double moved_by_points(double x, double points) { return logit(std::clamp(share_of(x) + points / 100, 0.005, 0.995)); }

PollSensitivity poll_sensitivity(const PollStudy& study) { return Study(study).run(); }

nlohmann::ordered_json sensitivity_json(const PollSensitivity& s) {
  Json publics = Json::array(), questions = Json::array(), polls = Json::array(), without = Json::array();
  for (const PublicSensitivity& p : s.publics) publics.push_back(public_json(p));
  for (const QuestionSensitivity& q : s.questions) questions.push_back({{"public", q.actor}, {"question", q.question}, {"used", q.used}, {"per_point", changes_json(q.per_point)}});
  for (const PollEffect& p : s.polls)
    polls.push_back({{"public", p.actor}, {"question", p.question}, {"organisation", p.organisation}, {"country", p.country.empty() ? Json(nullptr) : Json(p.country)}, {"date", p.date}, {"share", p.share}, {"margin", p.margin}, {"moves_opinion", p.moves_opinion}, {"moves", changes_json(p.moves)}});
  for (const WithoutPollster& w : s.pollsters) without.push_back({{"organisation", w.organisation}, {"publics_without_mood", w.without_mood}, {"moves", changes_json(w.moves)}});
  Json level = nullptr;
  if (s.level) level = {{"scenario", scenario_names[s.level->first]}, {"share", s.level->second}};
  return {{"shares", shares_json(s.shares)}, {"replicates", s.replicates}, {"seed", s.seed}, {"tipping_level", level}, {"publics", publics}, {"questions", questions}, {"polls", polls}, {"without", without}};
}

}  // namespace parley
