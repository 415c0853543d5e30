#include "models/theory/mediation.hpp"

#include "models/theory/domain.hpp"

namespace parley::theory {

std::optional<double> least_mediator_bias(const MediatorSignal& s) {
  require(s.accuracy >= 0.0 && s.accuracy <= 1.0, "the accuracy is outside [0, 1] (it is a probability). Give one");
  require(s.cost_low >= 0.0 && s.cost_high >= s.cost_low, "the costs are not ordered (0 ≤ low ≤ high). Give them so");
  require(s.war_cost >= 0.0, "war costs the mediator less than nothing. Give 0 or more");
  const double risk = (1.0 - s.accuracy) * s.war_cost;
  const double gain = s.accuracy * s.cost_high - s.cost_low;
  if (gain <= 0.0) return std::nullopt;
  return risk / gain;
}

BargainingRange levered_range(const BargainingRange& range, Leverage on_a, Leverage on_b) {
  return {range.low - on_a.carrot - on_a.stick, range.high + on_b.carrot + on_b.stick};
}

double deterring_probability(double gain, double loss) {
  require(gain >= 0.0 && loss >= 0.0 && gain + loss > 0.0,
          "gain and loss do not define a threshold (both at least 0, one positive). Give such numbers");
  return gain / (gain + loss);
}

std::optional<double> least_enforcing_discount(const RepeatedTemptation& g) {
  if (g.temptation <= g.reward) return 0.0;
  if (g.reward <= g.punishment) return std::nullopt;
  return (g.temptation - g.reward) / (g.temptation - g.punishment);
}

}  // namespace parley::theory
