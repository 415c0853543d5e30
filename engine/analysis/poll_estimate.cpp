#include "engine/analysis/poll_estimate.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/analysis/text_file.hpp"
#include "engine/bargain/catalog.hpp"

namespace parley {

namespace {

constexpr double flat_mood_sd = 10, informed_ratio = 0.8, least_gain = 0.005;
constexpr std::size_t fewest_left_out = 3;

/// The response model of one public: a line y = h·(o, β) for each question, and a normal prior.
struct Line {
  const SeriesEstimate* series;
  Eigen::VectorXd h;
  double y, variance;
  bool mood;
};

struct Normal {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};

/// Which values the response may take: its prior, or nothing but the prior's mean.
enum class Response { free, held };

Normal posterior(const Normal& prior, const std::vector<Line>& lines, const Line* without, Response response) {
  Normal p = prior;
  if (response == Response::held) p.covariance.bottomRightCorner(p.mean.size() - 1, p.mean.size() - 1).setZero();
  for (const Line& line : lines) {
    if (&line == without) continue;
    const Eigen::VectorXd cross = p.covariance * line.h;
    const double variance = line.h.dot(cross) + line.variance;
    p.mean += cross * ((line.y - line.h.dot(p.mean)) / variance);
    p.covariance -= cross * cross.transpose() / variance;
  }
  return p;
}

class PublicFit {
 public:
  PublicFit(const Negotiation& n, const PollData& data, const PollsSpec& spec, std::size_t actor) : n_(n), data_(data), spec_(spec) {
    out_.actor = n.structure.actors[actor].name;
  }

  PublicEstimate estimate(std::vector<SeriesEstimate> series) {
    out_.series = std::move(series);
    const Normal prior = make_prior();
    make_lines();
    const bool measured = std::any_of(lines_.begin(), lines_.end(), [](const Line& l) { return l.mood; });
    out_.from_polls = measured;
    const Normal refit = posterior(prior, lines_, nullptr, Response::free);
    leave_out(prior);
    out_.refit_used = measured && foretells_better();
    std::vector<Line> used = lines_;
    if (!out_.refit_used) used.erase(std::remove_if(used.begin(), used.end(), [](const Line& l) { return !l.mood; }), used.end());
    Normal result = measured ? posterior(prior, used, nullptr, Response::free) : prior;
    if (!measured) result.mean(0) = value("mood"), result.covariance(0, 0) = std::pow(value("mood_sd"), 2);
    write(refit, result, used);
    return std::move(out_);
  }

 private:
  double value(const std::string& key) const {
    const Entry* entry = n_.catalog.find("actors." + out_.actor + "." + key);
    return entry == nullptr ? 0 : n_.values[entry->slot];
  }
  double reference(std::size_t issue) const {
    const Entry* entry = n_.catalog.find("issues." + n_.structure.issues[issue].name + ".opinion_reference");
    return entry == nullptr ? 0.5 : n_.values[entry->slot];
  }

  Normal make_prior() {
    const std::size_t issues = n_.structure.issues.size();
    const auto size = static_cast<Eigen::Index>(issues) + 1;
    Normal prior{Eigen::VectorXd::Zero(size), Eigen::MatrixXd::Zero(size, size)};
    prior.covariance(0, 0) = flat_mood_sd * flat_mood_sd;
    for (std::size_t k = 0; k < issues; ++k) {
      ResponseEstimate r{.issue = n_.structure.issues[k].name};
      r.prior = value("response." + r.issue);
      r.prior_sd = spec_.response_sd * std::max(1.0, std::fabs(r.prior));
      prior.mean(static_cast<Eigen::Index>(k) + 1) = r.prior;
      prior.covariance(static_cast<Eigen::Index>(k) + 1, static_cast<Eigen::Index>(k) + 1) = r.prior_sd * r.prior_sd;
      out_.response.push_back(r);
    }
    return prior;
  }

  void make_lines() {
    const auto& issues = n_.structure.issues;
    for (const SeriesEstimate& s : out_.series) {
      if (s.measures == Measures::nothing) continue;
      const PollQuestion& q = data_.questions[s.series.question];
      Line line{&s, Eigen::VectorXd::Zero(static_cast<Eigen::Index>(issues.size()) + 1), q.direction * s.state, s.sd * s.sd, s.measures == Measures::mood};
      if (!line.mood) line.variance += spec_.wording_sd * spec_.wording_sd;
      line.h(0) = 1;
      for (const auto& [name, at] : q.speaks_to)
        for (std::size_t k = 0; k < issues.size(); ++k)
          if (issues[k].name == name) line.h(static_cast<Eigen::Index>(k) + 1) = at - reference(k);
      lines_.push_back(line);
    }
  }

  void leave_out(const Normal& prior) {
    double refit = 0, held = 0;
    std::size_t left = 0;
    for (const Line& line : lines_) {
      QuestionFit fit{.question = line.series->question, .seen = share_of(line.y)};
      if (!line.mood) {
        fit.by_refit = share_of(line.h.dot(posterior(prior, lines_, &line, Response::free).mean));
        fit.by_prior = share_of(line.h.dot(posterior(prior, lines_, &line, Response::held).mean));
        refit += std::fabs(*fit.by_refit - fit.seen);
        held += std::fabs(*fit.by_prior - fit.seen);
        ++left;
      }
      out_.questions.push_back(fit);
    }
    if (left < fewest_left_out) return;
    out_.error_refit = refit / static_cast<double>(left);
    out_.error_prior = held / static_cast<double>(left);
  }

  /// By half a point, and by more than the standard error of the paired differences.
  bool foretells_better() const {
    if (!out_.error_refit) return false;
    double n = 0, sum = 0, squares = 0;
    for (const QuestionFit& q : out_.questions) {
      if (!q.by_refit) continue;
      const double d = std::fabs(*q.by_prior - q.seen) - std::fabs(*q.by_refit - q.seen);
      ++n, sum += d, squares += d * d;
    }
    const double mean = sum / n;
    return mean > std::max(least_gain, std::sqrt(std::max(0.0, squares / n - mean * mean) / (n - 1)));
  }

  void write(const Normal& refit, const Normal& result, const std::vector<Line>& used) {
    out_.mood = result.mean(0);
    out_.sd = std::sqrt(std::max(0.0, result.covariance(0, 0)));
    const auto sd = [](const Normal& normal, Eigen::Index i) { return std::sqrt(std::max(0.0, normal.covariance(i, i))); };
    for (std::size_t k = 0; k < out_.response.size(); ++k) {
      const auto i = static_cast<Eigen::Index>(k) + 1;
      ResponseEstimate& r = out_.response[k];
      r.refit = refit.mean(i), r.refit_sd = sd(refit, i);
      r.estimate = result.mean(i), r.sd = sd(result, i);
      r.informed = out_.refit_used && r.sd < informed_ratio * r.prior_sd;
    }
    for (std::size_t q = 0; q < lines_.size(); ++q) {
      const Line& line = lines_[q];
      const bool counts = std::any_of(used.begin(), used.end(), [&](const Line& l) { return l.series == line.series; });
      const double direction = data_.questions[line.series->series.question].direction;
      const Eigen::VectorXd gain = counts ? Eigen::VectorXd(result.covariance * line.h * (direction / line.variance)) : Eigen::VectorXd::Zero(result.mean.size());
      out_.questions[q].fitted = share_of(line.h.dot(result.mean));
      out_.questions[q].reads.assign(line.h.begin(), line.h.end());
      out_.questions[q].gain.assign(gain.begin(), gain.end());
    }
    for (Eigen::Index i = 0; i < result.mean.size(); ++i) {
      out_.covariance.emplace_back();
      for (Eigen::Index j = 0; j < result.mean.size(); ++j) out_.covariance.back().push_back(0.5 * (result.covariance(i, j) + result.covariance(j, i)));
    }
  }

  const Negotiation& n_;
  const PollData& data_;
  const PollsSpec& spec_;
  PublicEstimate out_;
  std::vector<Line> lines_;
};

SeriesEstimate estimate_series(const PollSeries& series, const PollQuestion& q, const PollsSpec& spec, int as_of) {
  const SeriesPath path = path_of(series, spec, as_of);
  SeriesEstimate e{.series = series, .question = q.id, .text = q.text, .measures = q.measures};
  e.first_day = path.first_day, e.daily_sd = path.daily_sd;
  e.filtered = path.opinion.filtered, e.smoothed = path.opinion.smoothed;
  e.state = e.filtered.back().mean, e.sd = e.filtered.back().sd;
  std::vector<int> gaps;
  std::vector<double> sizes;
  for (std::size_t p = 0; p < series.polls.size(); ++p) {
    sizes.push_back(series.polls[p].n);
    if (p > 0) gaps.push_back(series.polls[p].day - series.polls[p - 1].day);
  }
  std::sort(gaps.begin(), gaps.end());
  std::sort(sizes.begin(), sizes.end());
  e.next_day = std::max(as_of, series.polls.back().day + (gaps.empty() ? 0 : gaps[gaps.size() / 2]));
  e.next_wave = foretell(series, spec, e.next_day, sizes[sizes.size() / 2]);
  return e;
}

/// A position on an issue that the negotiation lacks is a slip in the table of questions.
void require_known_issues(const PollData& data, const Negotiation& n) {
  std::vector<std::string> names;
  for (const IssueInfo& issue : n.structure.issues) names.push_back(issue.name);
  for (const PollQuestion& q : data.questions)
    for (const auto& [issue, at] : q.speaks_to)
      if (std::find(names.begin(), names.end(), issue) == names.end())
        throw input_error(q.place, "The question " + q.id + " takes a position on " + issue + " (the configuration has no such issue). Did you mean " + Catalog::nearest(issue, names) + "?");
}

}  // namespace

PollEstimates estimate_polls(const PollData& data, const Negotiation& n, const PollsSpec& spec, Scores scores) {
  require_known_issues(data, n);
  PollEstimates out{.as_of = spec.as_of, .publics = {}, .waves = 0, .without_shares = data.without_shares, .without_date = data.without_date, .score = {}, .spec = spec};
  const std::optional<int> stated = day_of(spec.as_of);
  if (!spec.as_of.empty() && !stated) throw input_error(spec.place, "as_of is " + in_quotes(spec.as_of) + " (a day, YYYY-MM-DD, is expected). Correct it.");
  const int as_of = stated ? *stated : last_day(data);
  if (out.as_of.empty()) out.as_of = date_text(as_of);
  const std::vector<PollSeries> series = series_of(data, spec, as_of);
  for (const PollSeries& s : series) out.waves += s.polls.size();
  if (series.empty())
    throw input_error(spec.place, "No poll was known by " + out.as_of + " (" + std::to_string(data.waves.size()) + " dated rows with shares were read). Choose a later day, leave out fewer organisations, or check the tables.");
  for (std::size_t a = 0; a < n.structure.actors.size(); ++a) {
    std::vector<SeriesEstimate> own;
    for (const PollSeries& s : series)
      if (const PollQuestion& q = data.questions[s.question]; q.actor == n.structure.actors[a].name) own.push_back(estimate_series(s, q, spec, as_of));
    if (!own.empty()) out.publics.push_back(PublicFit(n, data, spec, a).estimate(std::move(own)));
  }
  if (scores == Scores::yes) out.score = score_forecasts(series, spec);
  return out;
}

std::vector<PosteriorTable> posteriors_of(const PollEstimates& estimates) {
  std::vector<PosteriorTable> tables;
  for (const PublicEstimate& p : estimates.publics) {
    if (!p.from_polls) continue;
    PosteriorTable table{.actor = p.actor, .mood = p.mood, .response = {}, .covariance = p.covariance};
    for (const ResponseEstimate& r : p.response) table.response.push_back(r.estimate);
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace parley
