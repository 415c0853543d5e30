#include "models/theory/durability.hpp"

#include <cmath>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {
double cumulative_hazard(const SettlementHazard& h, double time) {
  require(h.rate >= 0.0 && h.shape > 0.0 && h.hazard_ratio >= 0.0,
          "the hazard is not one (λ and the hazard ratio must be at least 0, the shape positive). Give such numbers");
  require(time >= 0.0, "the time is negative (a settlement starts at 0). Give 0 or more");
  return h.hazard_ratio * std::pow(h.rate * time, h.shape);
}
}  // namespace

double SettlementHazard::survival(double time) const { return std::exp(-cumulative_hazard(*this, time)); }

double SettlementHazard::collapse(double from, double until) const {
  require(from <= until, "the interval runs backwards (it ends before it begins). Give from ≤ until");
  return -std::expm1(cumulative_hazard(*this, from) - cumulative_hazard(*this, until));
}

}  // namespace parley::theory
