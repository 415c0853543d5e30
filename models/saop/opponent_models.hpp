// What an agent makes of the other side's wishes from its bids.
#pragma once

#include <cstddef>
#include <vector>

namespace parley::saop {

/// Bids are lists of value numbers, one an issue.
using Levels = std::vector<std::size_t>;

/// Frequency model (as in HardHeaded and Smith; van Krimpen, Looije and Hajizadeh 2013; survey: Baarslag et al. 2016):
/// an issue on which two successive bids agree matters more, a value that is bid often is liked. Weights start equal;
/// `step` is added to those of unchanged issues and they are rescaled to sum 1 after every bid; the score of a value is
/// its count over the largest count on its issue.
class FrequencyModel {
 public:
  explicit FrequencyModel(std::vector<std::size_t> levels_by_issue, double step = 0.1);
  FrequencyModel(std::vector<std::size_t> levels_by_issue, double step, std::vector<double> weights);

  void observe(const Levels& bid);
  const std::vector<double>& weights() const { return weights_; }
  /// Between 0 and 1; 0 for a value that was never bid.
  double score(std::size_t issue, std::size_t level) const;
  std::size_t count(std::size_t issue, std::size_t level) const { return counts_[issue][level]; }
  /// Σ weight × score.
  double utility(const Levels& bid) const;

 private:
  double step_;
  std::vector<double> weights_;
  std::vector<std::vector<std::size_t>> counts_;
  std::vector<std::size_t> most_;
  Levels last_;
};

/// One step of Bayes' rule over hypotheses h about the other's utility u_h (Hindriks and Tykhonov 2008, AAMAS):
///   P(h | b) ∝ P(h) exp(−(u_h(b) − target)² / (2σ²)), target what a bid of that moment should be worth to the bidder.
/// Where no hypothesis has any likelihood left in numbers, the belief stays as it is.
void update_belief(std::vector<double>& belief, const std::vector<double>& utility_by_hypothesis, double target,
                   double sigma);

/// Bayesian model over a fixed set of hypotheses: each issue in turn counts most (twice the others; with one issue just
/// that) or all count equally, and on every issue the bidder likes either the higher or the lower values, in proportion.
/// Bid number t is taken to be worth 1 − slope·t to the bidder, at least `floor` (both assumed; the source has .05).
class BayesianModel {
 public:
  static constexpr std::size_t max_issues = 8;
  struct Assumptions {
    double sigma = 0.15;
    double slope = 0.05;
    double floor = 0.5;
  };

  explicit BayesianModel(std::vector<std::size_t> levels_by_issue)
      : BayesianModel(std::move(levels_by_issue), Assumptions()) {}
  BayesianModel(std::vector<std::size_t> levels_by_issue, Assumptions assumptions);

  void observe(const Levels& bid);
  const std::vector<double>& belief() const { return belief_; }
  /// Expected over the belief.
  double utility(const Levels& bid) const;

 private:
  double utility_under(std::size_t hypothesis, const Levels& bid) const;

  Assumptions assumptions_;
  std::vector<std::size_t> levels_;
  std::vector<double> belief_;
  std::size_t bids_ = 0;
};

}  // namespace parley::saop
