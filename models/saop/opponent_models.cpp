#include "models/saop/opponent_models.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/core/check.hpp"
#include "engine/core/math.hpp"

namespace parley::saop {

FrequencyModel::FrequencyModel(std::vector<std::size_t> levels_by_issue, double step)
    : FrequencyModel(levels_by_issue, step,
                     std::vector<double>(levels_by_issue.size(), 1.0 / static_cast<double>(levels_by_issue.size()))) {}

FrequencyModel::FrequencyModel(std::vector<std::size_t> levels_by_issue, double step, std::vector<double> weights)
    : step_(step), weights_(std::move(weights)), most_(levels_by_issue.size(), 0) {
  if (levels_by_issue.empty()) throw InputError("a frequency model of no issues. Give at least one issue.");
  if (weights_.size() != levels_by_issue.size())
    throw InputError("a frequency model needs one starting weight an issue. Give as many weights as issues.");
  if (!(step >= 0) || !std::isfinite(step))
    throw InputError("the step of a frequency model is negative. Give 0 or more.");
  for (const std::size_t levels : levels_by_issue) counts_.emplace_back(levels, 0);
}

void FrequencyModel::observe(const Levels& bid) {
  if (!last_.empty()) {
    double sum = 0;
    for (std::size_t k = 0; k < bid.size(); ++k) {
      if (bid[k] == last_[k]) weights_[k] += step_;
      sum += weights_[k];
    }
    for (double& weight : weights_) weight /= sum;
  }
  for (std::size_t k = 0; k < bid.size(); ++k) most_[k] = std::max(most_[k], ++counts_[k][bid[k]]);
  last_ = bid;
}

double FrequencyModel::score(std::size_t issue, std::size_t level) const {
  return most_[issue] == 0 ? 0.0 : static_cast<double>(counts_[issue][level]) / static_cast<double>(most_[issue]);
}

double FrequencyModel::utility(const Levels& bid) const {
  double sum = 0;
  for (std::size_t k = 0; k < bid.size(); ++k) sum += weights_[k] * score(k, bid[k]);
  return sum;
}

void update_belief(std::vector<double>& belief, const std::vector<double>& utility_by_hypothesis, double target,
                   double sigma) {
  std::vector<double> updated(belief.size());
  double sum = 0;
  for (std::size_t h = 0; h < belief.size(); ++h) {
    const double miss = utility_by_hypothesis[h] - target;
    updated[h] = belief[h] * exp(-(miss * miss) / (2 * sigma * sigma));
    sum += updated[h];
  }
  if (!(sum > 0)) return;
  for (std::size_t h = 0; h < belief.size(); ++h) belief[h] = updated[h] / sum;
}

BayesianModel::BayesianModel(std::vector<std::size_t> levels_by_issue, Assumptions assumptions)
    : assumptions_(assumptions), levels_(std::move(levels_by_issue)) {
  if (levels_.empty() || levels_.size() > max_issues)
    throw InputError("a Bayesian opponent model takes 1 to " + std::to_string(max_issues) + " issues, not " +
                     std::to_string(levels_.size()) + " (its hypotheses double with each). Use the frequency model.");
  const std::size_t hypotheses = (levels_.size() + 1) << levels_.size();
  belief_.assign(hypotheses, 1.0 / static_cast<double>(hypotheses));
}

/// Hypothesis number: which issue counts most, then one bit an issue for the direction.
double BayesianModel::utility_under(std::size_t hypothesis, const Levels& bid) const {
  const std::size_t n = levels_.size(), favourite = hypothesis >> n;
  const double share = 1.0 / static_cast<double>(n + (favourite < n ? 1 : 0));
  double sum = 0;
  for (std::size_t k = 0; k < n; ++k) {
    const double place = levels_[k] < 2 ? 1.0 : static_cast<double>(bid[k]) / static_cast<double>(levels_[k] - 1);
    const bool rising = ((hypothesis >> k) & 1u) != 0 || levels_[k] < 2;
    sum += share * (k == favourite ? 2.0 : 1.0) * (rising ? place : 1.0 - place);
  }
  return sum;
}

void BayesianModel::observe(const Levels& bid) {
  std::vector<double> utilities(belief_.size());
  for (std::size_t h = 0; h < belief_.size(); ++h) utilities[h] = utility_under(h, bid);
  const double target = std::max(assumptions_.floor, 1.0 - assumptions_.slope * static_cast<double>(bids_++));
  update_belief(belief_, utilities, target, assumptions_.sigma);
}

double BayesianModel::utility(const Levels& bid) const {
  double sum = 0;
  for (std::size_t h = 0; h < belief_.size(); ++h) sum += belief_[h] * utility_under(h, bid);
  return sum;
}

}  // namespace parley::saop
