#include "models/theory/attrition.hpp"

#include <cmath>
#include <limits>

#include "models/theory/domain.hpp"

namespace parley::theory {

AttritionOutcome attrition_outcome(const AttritionSides& s) {
  require(s.prize1 > 0.0 && s.prize2 > 0.0,
          "a prize is not positive (nobody would fight for it). Give positive prizes");
  require(s.cost1 >= 0.0 && s.cost2 >= 0.0 && s.cost1 + s.cost2 > 0.0,
          "the costs are not possible (they must be at least 0 and not both 0). Give positive costs");
  const double hazard1 = s.cost2 / s.prize2, hazard2 = s.cost1 / s.prize1;
  return {hazard1, hazard2, 1.0 / (hazard1 + hazard2), hazard1 / (hazard1 + hazard2)};
}

double quit_time_uniform(double prize, double cost) {
  require(prize >= 0.0 && cost > 0.0, "the prize or the cost is not possible (v ≥ 0, c > 0). Give such numbers");
  if (prize >= 1.0) return std::numeric_limits<double>::infinity();
  return (-prize - std::log1p(-prize)) / cost;
}

double quit_time_exponential(double prize, double cost, double rate) {
  require(prize >= 0.0 && cost > 0.0 && rate > 0.0,
          "the prize, the cost or the rate is not possible (v ≥ 0, c > 0, l > 0). "
          "Give such numbers");
  return rate * prize * prize / (2.0 * cost);
}

}  // namespace parley::theory
