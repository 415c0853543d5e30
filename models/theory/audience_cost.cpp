#include "models/theory/audience_cost.hpp"

#include <algorithm>
#include <limits>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {

/// When doubt about a side ends, if it backs down at the rate that the other's cost makes necessary.
double exhaustion(double prize, double other_cost_rate, double committed) {
  if (committed >= 1.0) return 0.0;
  if (committed <= 0.0 || other_cost_rate <= 0.0) return std::numeric_limits<double>::infinity();
  return prize / other_cost_rate * (1.0 / committed - 1.0);
}

void require_crisis(const AudienceCrisis& c) {
  require(c.prize > 0.0, "the prize is not positive (nobody would stand firm for it). Give a positive v");
  require(c.first.cost_rate >= 0.0 && c.second.cost_rate >= 0.0,
          "an audience cost is negative (backing down later costs "
          "more). Give 0 or more");
  const auto probability = [](double p) { return p >= 0.0 && p <= 1.0; };
  require(probability(c.first.committed) && probability(c.second.committed),
          "a probability of being committed is outside "
          "[0, 1]. Give a probability");
}

}  // namespace

CrisisOutcome crisis_outcome(const AudienceCrisis& c) {
  require_crisis(c);
  const double first = exhaustion(c.prize, c.second.cost_rate, c.first.committed);
  const double second = exhaustion(c.prize, c.first.cost_rate, c.second.committed);
  const double horizon = std::min(first, second);
  const auto at_once = [&](double own, double other_cost_rate, double committed) {
    if (own <= horizon) return 0.0;
    if (committed <= 0.0) return 1.0;  // certain to give way against somebody who may be committed
    return 1.0 - committed * (c.prize + other_cost_rate * horizon) / c.prize;
  };
  return {horizon, at_once(first, c.second.cost_rate, c.first.committed),
          at_once(second, c.first.cost_rate, c.second.committed)};
}

double concession_hazard(const AudienceCrisis& c, int side, double time) {
  require(side == 1 || side == 2, "the side is neither 1 nor 2. Give 1 or 2");
  require(time >= 0.0, "the time is negative (the crisis starts at 0). Give 0 or more");
  if (time > crisis_outcome(c).horizon) return 0.0;
  const double rate = side == 1 ? c.second.cost_rate : c.first.cost_rate;
  return rate / (c.prize + rate * time);
}

}  // namespace parley::theory
