#include "models/theory/axiomatic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {

using Polyline = std::vector<UtilityPair>;

UtilityPair between(UtilityPair from, UtilityPair to, double share) {
  return {from.a + share * (to.a - from.a), from.b + share * (to.b - from.b)};
}

/// The part of the frontier that gives both at least d.
Polyline acceptable_part(const Polyline& frontier, UtilityPair d) {
  Polyline part;
  const auto push = [&](UtilityPair point) {
    if (part.empty() || part.back().a != point.a || part.back().b != point.b) part.push_back(point);
  };
  for (std::size_t k = 0; k + 1 < frontier.size(); ++k) {
    const UtilityPair from = frontier[k], to = frontier[k + 1];
    if (to.a < d.a || from.b < d.b) continue;
    const double low = from.a < d.a ? (d.a - from.a) / (to.a - from.a) : 0.0;
    double high = to.b < d.b ? (from.b - d.b) / (from.b - to.b) : 1.0;
    if (low > high + 1e-12) continue;
    high = std::max(low, high);
    push(low > 0.0 ? between(from, to, low) : from);
    push(high < 1.0 ? between(from, to, high) : to);
  }
  require(!part.empty(),
          "nothing on the frontier gives both sides their disagreement (there is no zone of agreement). Lower it");
  return part;
}

UtilityPair nash_on(const Polyline& part, UtilityPair d, double alpha) {
  const auto term = [](double weight, double gain) {
    if (weight == 0.0) return 0.0;
    return gain > 0.0 ? weight * std::log(gain) : -std::numeric_limits<double>::infinity();
  };
  const auto worth = [&](UtilityPair u) { return term(alpha, u.a - d.a) + term(1.0 - alpha, u.b - d.b); };
  UtilityPair best = part[part.size() / 2];
  double best_worth = worth(best);
  for (std::size_t k = 0; k + 1 < part.size(); ++k) {
    const UtilityPair p = part[k];
    const double rise = part[k + 1].a - p.a, fall = part[k + 1].b - p.b;
    double share = rise == 0.0 ? 0.0 : 1.0;
    if (rise != 0.0 && fall != 0.0)
      share = -(alpha * rise * (p.b - d.b) + (1.0 - alpha) * fall * (p.a - d.a)) / (rise * fall);
    const UtilityPair candidate = between(p, part[k + 1], std::clamp(share, 0.0, 1.0));
    if (worth(candidate) > best_worth) {
      best = candidate;
      best_worth = worth(candidate);
    }
  }
  return best;
}

/// Where the ray from d along (toward_a, toward_b) meets the line; the nearer end where it passes beside it.
UtilityPair on_ray(const Polyline& part, UtilityPair d, double toward_a, double toward_b) {
  if (toward_b == 0.0) return part.back();
  const auto side = [&](UtilityPair u) { return (u.a - d.a) * toward_b - (u.b - d.b) * toward_a; };
  if (side(part.front()) >= 0.0) return part.front();
  for (std::size_t k = 0; k + 1 < part.size(); ++k) {
    const double before = side(part[k]), after = side(part[k + 1]);
    if (after >= 0.0) return between(part[k], part[k + 1], -before / (after - before));
  }
  return part.back();
}

UtilityPair most_together(const Polyline& frontier) {
  const auto sum = [](UtilityPair u) { return u.a + u.b; };
  double most = 0.0;
  for (const UtilityPair u : frontier) most = std::max(most, sum(u));
  const double tie = 1e-12 * std::max(1.0, most);
  std::size_t first = frontier.size(), last = 0;
  for (std::size_t k = 0; k < frontier.size(); ++k)
    if (sum(frontier[k]) >= most - tie) {
      first = std::min(first, k);
      last = k;
    }
  return first == last ? frontier[first] : between(frontier[first], frontier[last], 0.5);
}

}  // namespace

std::vector<UtilityPair> additive_frontier(const std::vector<double>& weights_a, const std::vector<double>& weights_b) {
  require(!weights_a.empty() && weights_a.size() == weights_b.size(),
          "the sides do not weigh the same issues (both need one weight an issue). Give lists of one length");
  for (std::size_t k = 0; k < weights_a.size(); ++k)
    require(weights_a[k] >= 0.0 && weights_b[k] >= 0.0,
            "a weight is negative (an issue is worth at least nothing to a side). Give weights of 0 or more");
  std::vector<std::size_t> order(weights_a.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto ratio = [&](std::size_t k) {
    if (weights_b[k] > 0.0) return weights_a[k] / weights_b[k];
    return weights_a[k] > 0.0 ? std::numeric_limits<double>::infinity() : 0.0;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t k, std::size_t l) { return ratio(k) > ratio(l); });
  Polyline corners{{0.0, std::accumulate(weights_b.begin(), weights_b.end(), 0.0)}};
  for (const std::size_t k : order)
    corners.push_back({corners.back().a + weights_a[k], corners.back().b - weights_b[k]});
  corners.back().b = 0.0;
  return corners;
}

AxiomaticSolutions axiomatic_solutions(const AxiomaticProblem& problem) {
  require(problem.alpha >= 0.0 && problem.alpha <= 1.0,
          "the bargaining weight is outside [0, 1] (the weights of both sides add up to 1). Give a share");
  const UtilityPair d = problem.disagreement;
  AxiomaticSolutions s;
  s.frontier = additive_frontier(problem.weights_a, problem.weights_b);
  const Polyline part = acceptable_part(s.frontier, d);
  s.nash = nash_on(part, d, problem.alpha);
  s.ideal = {part.back().a, part.front().b};
  s.kalai_smorodinsky = on_ray(part, d, s.ideal.a - d.a, s.ideal.b - d.b);
  s.egalitarian = on_ray(part, d, 1.0, 1.0);
  s.utilitarian = most_together(s.frontier);
  return s;
}

LinkageGain linkage_gain(const std::vector<double>& weights_a, const std::vector<double>& weights_b) {
  LinkageGain gain{{0.0, 0.0}, {0.0, 0.0}};
  gain.package = axiomatic_solutions({.weights_a = weights_a, .weights_b = weights_b}).nash;
  for (std::size_t k = 0; k < weights_a.size(); ++k) {
    // max a x · b (1 − x) is at ½; an issue that only one side values goes to it.
    const bool only_a = weights_b[k] == 0.0, only_b = weights_a[k] == 0.0;
    const double share = only_a == only_b ? 0.5 : only_a ? 1.0 : 0.0;
    gain.issue_by_issue.a += weights_a[k] * share;
    gain.issue_by_issue.b += weights_b[k] * (1.0 - share);
  }
  return gain;
}

}  // namespace parley::theory
