#include "engine/analysis/poll_filter.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/core/check.hpp"

namespace parley {

namespace {

constexpr std::size_t most_houses = 256, most_cells = 50'000'000;

/// What the backward pass needs of one poll.
struct Innovation {
  Eigen::Index house;
  double surprise, variance;  // y − Z a and F
  Eigen::VectorXd gain;       // K
};

struct Day {
  Eigen::VectorXd mean;  // before the day's polls
  Eigen::MatrixXd covariance;
  std::vector<Innovation> innovations;
};

void require_valid(const PollModel& model, const std::vector<Poll>& polls) {
  if (model.days == 0) throw InputError("the path has no day (T must be at least 1). Give T of 1 or more");
  const bool leans = std::all_of(model.house_sds.begin(), model.house_sds.end(), [](double sd) { return sd >= 0.0; });
  if (!(model.daily_sd >= 0.0 && model.start_variance >= 0.0 && model.house_sd >= 0.0 && leans))
    throw InputError(
        "a spread of the opinion path is negative (they are standard deviations and variances). Give 0 or more");
  std::size_t houses = 0;
  for (const Poll& poll : polls) {
    if (poll.day >= model.days)
      throw InputError("a poll lies outside the path (days count from 0 to T − 1). Lengthen T or drop it");
    if (!(poll.variance >= 0.0)) throw InputError("a poll's variance is negative (it is a variance). Give 0 or more");
    if (poll.house >= most_houses)
      throw InputError("a house has a number above 255 (each house has a lean to estimate). Number them from 0");
    houses = std::max(houses, poll.house + 1);
  }
  if (model.days > most_cells / ((houses + 1) * (houses + 1)))
    throw InputError(
        "the path is too long for so many houses (a matrix is kept for each day). Shorten it or merge houses");
}

/// Variance of ξ + house h, the row Z P Zᵀ.
double seen_variance(const Eigen::MatrixXd& p, Eigen::Index h) { return p(0, 0) + 2.0 * p(0, h) + p(h, h); }

Innovation update(const Poll& poll, Eigen::VectorXd& mean, Eigen::MatrixXd& covariance) {
  const auto h = static_cast<Eigen::Index>(poll.house) + 1;
  Innovation seen{h, poll.share - mean(0) - mean(h), seen_variance(covariance, h) + poll.variance, {}};
  if (!(seen.variance > 0.0))
    throw InputError(
        "a poll without error contradicts certainty (its variance and the opinion's are both 0). Give it a variance");
  const Eigen::VectorXd cross = covariance.col(0) + covariance.col(h);
  seen.gain = cross / seen.variance;
  mean += seen.gain * seen.surprise;
  covariance -= seen.gain * cross.transpose();
  return seen;
}

void sort_by_day(std::vector<Poll>& polls) {
  std::stable_sort(polls.begin(), polls.end(), [](const Poll& a, const Poll& b) { return a.day < b.day; });
}

/// Opinion and leans before the first poll.
struct Start {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};
Start start_of(const PollModel& model, const std::vector<Poll>& polls) {
  std::size_t houses = 0;
  for (const Poll& poll : polls) houses = std::max(houses, poll.house + 1);
  const auto states = static_cast<Eigen::Index>(houses) + 1;
  Start start{Eigen::VectorXd::Zero(states), {}};
  Eigen::VectorXd variances(states);
  variances(0) = model.start_variance;
  for (std::size_t h = 0; h < houses; ++h) {
    const double sd = h < model.house_sds.size() ? model.house_sds[h] : model.house_sd;
    variances(static_cast<Eigen::Index>(h) + 1) = sd * sd;
  }
  start.mean(0) = model.start_mean;
  start.covariance = variances.asDiagonal();
  return start;
}

DatedOpinion opinion_of(const Eigen::VectorXd& mean, const Eigen::MatrixXd& covariance) {
  return {mean(0), std::sqrt(std::max(0.0, covariance(0, 0)))};
}

}  // namespace

OpinionPath filter_polls(const PollModel& model, std::vector<Poll> polls) {
  require_valid(model, polls);
  sort_by_day(polls);
  auto [mean, covariance] = start_of(model, polls);
  const Eigen::Index states = mean.size();
  const auto houses = static_cast<std::size_t>(states) - 1;

  OpinionPath path{{}, std::vector<DatedOpinion>(model.days), std::vector<double>(houses)};
  std::vector<Day> days;
  std::size_t next = 0;
  for (std::size_t t = 0; t < model.days; ++t) {
    if (t > 0) covariance(0, 0) += model.daily_sd * model.daily_sd;
    days.push_back({mean, covariance, {}});
    for (; next < polls.size() && polls[next].day == t; ++next)
      days.back().innovations.push_back(update(polls[next], mean, covariance));
    path.filtered.push_back(opinion_of(mean, covariance));
  }
  for (std::size_t h = 0; h < houses; ++h) path.house_leans[h] = mean(static_cast<Eigen::Index>(h) + 1);

  // r and N carry what later polls say about a day: r ← Zᵀv/F + Lᵀ r, N ← ZᵀZ/F + Lᵀ N L with L = I − K Z, written out
  // for the two ones of Z.
  Eigen::VectorXd r = Eigen::VectorXd::Zero(states);
  Eigen::MatrixXd n = Eigen::MatrixXd::Zero(states, states);
  for (std::size_t t = model.days; t-- > 0;) {
    const Day& day = days[t];
    for (std::size_t k = day.innovations.size(); k-- > 0;) {
      const Innovation& seen = day.innovations[k];
      const double news = seen.surprise / seen.variance - seen.gain.dot(r);
      const Eigen::VectorXd drawn = n * seen.gain;
      const double square = 1.0 / seen.variance + seen.gain.dot(drawn);
      for (const Eigen::Index i : {Eigen::Index{0}, seen.house}) {
        r(i) += news;
        n.row(i) -= drawn.transpose();
        n.col(i) -= drawn;
      }
      for (const Eigen::Index i : {Eigen::Index{0}, seen.house})
        for (const Eigen::Index j : {Eigen::Index{0}, seen.house}) n(i, j) += square;
    }
    const Eigen::VectorXd row = day.covariance.col(0);
    path.smoothed[t] = {day.mean(0) + row.dot(r), std::sqrt(std::max(0.0, row(0) - row.dot(n * row)))};
  }
  return path;
}

PollForecasts forecast_polls(const PollModel& model, std::vector<Poll> polls) {
  require_valid(model, polls);
  sort_by_day(polls);
  auto [mean, covariance] = start_of(model, polls);
  PollForecasts result{{}, 0.0};
  std::size_t day = 0;
  for (const Poll& poll : polls) {
    covariance(0, 0) += model.daily_sd * model.daily_sd * static_cast<double>(poll.day - day);
    day = poll.day;
    const Innovation seen = update(poll, mean, covariance);
    result.expected.push_back({poll.share - seen.surprise, std::sqrt(seen.variance)});
    result.log_likelihood -= 0.5 * (std::log(2.0 * M_PI * seen.variance) + seen.surprise * seen.surprise / seen.variance);
  }
  return result;
}

SteadyFilter steady_filter(double q) {
  if (!(q >= 0.0)) throw InputError("the ratio of variances is negative (τ²/σ² is at least 0). Give 0 or more");
  const double predicted = (q + std::sqrt(q * q + 4.0 * q)) / 2.0;
  return {predicted, predicted / (1.0 + predicted)};
}

}  // namespace parley
