#include "models/theory/prospect.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/domain.hpp"

namespace parley::theory {

double ProspectValue::operator()(double outcome) const {
  require(gain_power > 0.0 && loss_power > 0.0 && loss_aversion >= 0.0,
          "the value function is not one (powers must be positive, loss aversion at least 0). Give such numbers");
  return outcome >= 0.0 ? std::pow(outcome, gain_power) : -loss_aversion * std::pow(-outcome, loss_power);
}

double probability_weight(double probability, double gamma) {
  require(probability >= 0.0 && probability <= 1.0, "the probability is outside [0, 1]. Give one");
  require(gamma > 0.0,
          "the curvature of the weights is not positive (γ = 1 leaves probabilities as they are). Give γ > 0");
  const double power = std::pow(probability, gamma), other = std::pow(1.0 - probability, gamma);
  return power / std::pow(power + other, 1.0 / gamma);
}

double loss_averse_nash(const LossAverseBargain& b) {
  require(b.loss_aversion > 0.0, "loss aversion is not positive (losses would not count). Give λ > 0");
  require(b.disagreement_a + b.disagreement_b <= b.pie,
          "the disagreement shares exceed the pie (there is no zone of agreement). Lower one of them");
  const auto utility = [&](double x) { return (x >= b.reference ? 1.0 : b.loss_aversion) * (x - b.reference); };
  const double floor = b.disagreement_a, ceiling = b.pie - b.disagreement_b;
  const auto product = [&](double x) { return (utility(x) - utility(floor)) * (ceiling - x); };
  // On each side of the reference the product is a parabola with its top half way between its zeros.
  const double kink = std::clamp(b.reference, floor, ceiling);
  const double zero_above = b.reference > floor ? b.reference - b.loss_aversion * (b.reference - floor) : floor;
  const double below = std::clamp((floor + ceiling) / 2.0, floor, kink);
  const double above = std::clamp((zero_above + ceiling) / 2.0, kink, ceiling);
  return product(above) > product(below) ? above : below;
}

}  // namespace parley::theory
