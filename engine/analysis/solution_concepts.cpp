#include "engine/analysis/solution_concepts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/analysis/baselines.hpp"
#include "engine/core/check.hpp"

namespace parley {

namespace {

constexpr std::size_t zone_sample = 1 << 14;
constexpr double tie_break = 1e-7;  // of the sum of scaled gains, so that among equals nobody loses for nothing

using PerIssueRule = double (*)(std::span<const double>, std::span<const double>);

std::vector<double> issue_by_issue(const std::vector<std::vector<double>>& ideals,
                                   const std::vector<std::vector<double>>& weights, PerIssueRule rule) {
  if (ideals.empty() || ideals.size() != weights.size())
    throw InputError("ideals and weights differ in actors (each needs both). Complete them");
  std::vector<double> package;
  for (std::size_t k = 0; k < ideals.front().size(); ++k) {
    std::vector<double> positions, votes;
    for (std::size_t i = 0; i < ideals.size(); ++i) {
      if (ideals[i].size() != ideals.front().size() || weights[i].size() != ideals.front().size())
        throw InputError("ideals and weights differ in issues (each actor needs one of each an issue). Complete them");
      positions.push_back(ideals[i][k]);
      votes.push_back(weights[i][k]);
    }
    package.push_back(rule(positions, votes));
  }
  return package;
}

}  // namespace

SolutionConcepts::SolutionConcepts(BargainingProblem problem, BoxSearch search)
    : problem_(std::move(problem)), search_(search) {
  const std::size_t actors = problem_.utilities.size();
  if (actors == 0 || problem_.issues == 0)
    throw InputError("the bargaining problem is empty (it needs an actor and an issue). Give both");
  if (problem_.disagreement.size() != actors)
    throw InputError("disagreement values and actors differ in number (each needs one). Complete them");
  if (problem_.weights.empty()) problem_.weights.assign(actors, 1.0);
  if (problem_.weights.size() != actors)
    throw InputError("bargaining weights and actors differ in number (each needs one). Complete them");
  for (const double w : problem_.weights)
    if (!(w >= 0.0)) throw InputError("a bargaining weight is negative. Give 0 or more");

  std::vector<double> low(actors, std::numeric_limits<double>::max()),
      high(actors, std::numeric_limits<double>::lowest());
  std::size_t agreeable = 0;
  for (std::size_t k = 0; k < zone_sample; ++k) {
    const std::vector<double> package = halton_point(k, problem_.issues);
    bool all_gain = true;
    for (std::size_t i = 0; i < actors; ++i) {
      const double u = problem_.utilities[i](package);
      if (!std::isfinite(u))
        throw InputError("a utility is not finite on the box (solutions compare numbers). Check its parameters");
      low[i] = std::min(low[i], u);
      high[i] = std::max(high[i], u);
      all_gain = all_gain && u >= problem_.disagreement[i];
    }
    agreeable += all_gain ? 1 : 0;
  }
  for (std::size_t i = 0; i < actors; ++i) spread_.push_back(std::max(high[i] - low[i], 1e-12));
  zone_.share = static_cast<double>(agreeable) / static_cast<double>(zone_sample);
  zone_.witness = point_at(fairest(problem_.disagreement, std::vector<double>(actors, 1.0)));
  zone_.widest_gain = std::numeric_limits<double>::max();
  for (std::size_t i = 0; i < actors; ++i)
    zone_.widest_gain = std::min(zone_.widest_gain, zone_.witness.utilities[i] - problem_.disagreement[i]);
}

SolutionPoint SolutionConcepts::point_at(std::vector<double> package) const {
  SolutionPoint point{std::move(package), {}};
  for (const auto& utility : problem_.utilities) point.utilities.push_back(utility(point.package));
  return point;
}

double SolutionConcepts::gain(std::size_t actor, std::span<const double> package) const {
  return problem_.utilities[actor](package) - problem_.disagreement[actor];
}

std::vector<double> SolutionConcepts::fairest(const std::vector<double>& from, const std::vector<double>& scale) const {
  const auto least = [&](std::span<const double> package) {
    double lowest = std::numeric_limits<double>::max(), sum = 0.0;
    for (std::size_t i = 0; i < from.size(); ++i) {
      const double scaled = (problem_.utilities[i](package) - from[i]) / scale[i];
      lowest = std::min(lowest, scaled);
      sum += scaled;
    }
    return lowest + tie_break * sum;
  };
  std::vector<std::vector<double>> hints;
  if (!zone_.witness.package.empty()) hints.push_back(zone_.witness.package);
  return maximise(least, problem_.issues, hints, search_).point;
}

std::vector<double> SolutionConcepts::best_for(std::size_t actor, bool within_zone) const {
  const auto worth = [&](std::span<const double> package) {
    double value = problem_.utilities[actor](package) / spread_[actor];
    for (std::size_t j = 0; j < problem_.utilities.size(); ++j) {
      if (j == actor) continue;
      const double scaled = gain(j, package) / spread_[j];
      // A thousand times steeper than any usual exchange between two utilities: nobody is pushed below disagreement.
      value += within_zone ? 1e3 * std::min(0.0, scaled) : tie_break * scaled;
    }
    return value;
  };
  return maximise(worth, problem_.issues, {zone_.witness.package}, search_).point;
}

SolutionPoint SolutionConcepts::utilitarian() const {
  const auto sum = [&](std::span<const double> package) {
    double total = 0.0;
    for (const auto& utility : problem_.utilities) total += utility(package);
    return total;
  };
  return point_at(maximise(sum, problem_.issues, {zone_.witness.package}, search_).point);
}

std::optional<SolutionPoint> SolutionConcepts::egalitarian() const {
  if (!zone_.exists()) return std::nullopt;
  return zone_.witness;
}

std::optional<SolutionPoint> SolutionConcepts::nash() const {
  if (!zone_.exists()) return std::nullopt;
  const auto product = [&](std::span<const double> package) {
    double value = 0.0, shortfall = 0.0;
    for (std::size_t i = 0; i < problem_.utilities.size(); ++i) {
      const double scaled = gain(i, package) / spread_[i];
      if (scaled < 0.0 || (scaled == 0.0 && problem_.weights[i] > 0.0))
        shortfall += 1e-12 - scaled;
      else if (problem_.weights[i] > 0.0)
        value += problem_.weights[i] * std::log(scaled);
    }
    return shortfall > 0.0 ? -1e6 - shortfall : value;
  };
  return point_at(maximise(product, problem_.issues, {zone_.witness.package}, search_).point);
}

std::optional<std::vector<double>> SolutionConcepts::ideal() const {
  if (!zone_.exists()) return std::nullopt;
  std::vector<double> most;
  for (std::size_t i = 0; i < problem_.utilities.size(); ++i) most.push_back(problem_.utilities[i](best_for(i, true)));
  return most;
}

std::optional<SolutionPoint> SolutionConcepts::kalai_smorodinsky() const {
  const auto most = ideal();
  if (!most) return std::nullopt;
  std::vector<double> scale;
  for (std::size_t i = 0; i < most->size(); ++i)
    scale.push_back(std::max((*most)[i] - problem_.disagreement[i], 1e-9 * spread_[i]));
  return point_at(fairest(problem_.disagreement, scale));
}

std::vector<SolutionPoint> SolutionConcepts::frontier(std::size_t count) const {
  if (problem_.utilities.size() != 2)
    throw InputError("a frontier is drawn for two actors only (of more it is a surface). Choose a pair");
  if (count < 2) throw InputError("a frontier needs two points or more (its ends). Ask for at least 2");
  const SolutionPoint first = point_at(best_for(0, false)), second = point_at(best_for(1, false));
  const std::vector<double> worst{second.utilities[0], first.utilities[1]};
  const double reach1 = first.utilities[0] - worst[0], reach2 = second.utilities[1] - worst[1];
  std::vector<SolutionPoint> points{first};
  for (std::size_t k = 1; k + 1 < count; ++k) {
    const double turn = static_cast<double>(k) / static_cast<double>(count - 1);
    points.push_back(
        point_at(fairest(worst, {std::max(reach1 * (1.0 - turn), 1e-12), std::max(reach2 * turn, 1e-12)})));
  }
  points.push_back(second);
  return points;
}

std::vector<double> mean_package(const std::vector<std::vector<double>>& ideals,
                                 const std::vector<std::vector<double>>& weights) {
  return issue_by_issue(ideals, weights, weighted_mean);
}

std::vector<double> median_package(const std::vector<std::vector<double>>& ideals,
                                   const std::vector<std::vector<double>>& weights) {
  return issue_by_issue(ideals, weights, weighted_median);
}

}  // namespace parley
