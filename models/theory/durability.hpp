// How long a settlement lasts.
//
//   Weibull proportional hazards (form used by Fortna 2003, Werner 1999): S(t) = exp(−(λ t)^a), a < 1 a declining
//   hazard; a hazard ratio HR gives S(t)^HR; collapse in (t, t + dt] given survival to t: 1 − S(t + dt)/S(t). No
//   coefficient of those studies is built in: λ, a and HR are inputs, λ per unit of t.
#pragma once

namespace parley::theory {

struct SettlementHazard {
  double rate;   ///< λ
  double shape;  ///< a
  double hazard_ratio = 1.0;

  /// Probability of lasting beyond t ≥ 0.
  double survival(double time) const;
  /// Probability of collapse by `until`, given survival to `from` ≤ until.
  double collapse(double from, double until) const;
};

}  // namespace parley::theory
