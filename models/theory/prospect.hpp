// Prospect theory, and Nash bargaining with a side that is averse to losses.
//
//   Tversky and Kahneman 1992 (J Risk Uncertainty 5:297): v(x) = x^α for gains, −λ (−x)^α for losses; α = .88, λ
//   = 2.25;
//     w(p) = p^γ / (p^γ + (1 − p)^γ)^(1/γ), γ = .61 for gains, .69 for losses.
//   Loss-averse Nash [derived; setting of Shalev 2002, Butler 2007]: u_A = x − r above the reference r, λ (x − r)
//   below;
//     maximise (u_A(x) − u_A(d_A)) (pie − x − d_B). A may settle exactly at its reference.
#pragma once

namespace parley::theory {

struct ProspectValue {
  double gain_power = 0.88, loss_power = 0.88;
  double loss_aversion = 2.25;

  double operator()(double outcome) const;
};

/// The decision weight of a probability; γ > 0.
double probability_weight(double probability, double gamma);

struct LossAverseBargain {
  double reference;
  double loss_aversion;
  double pie = 1.0;
  double disagreement_a = 0.0, disagreement_b = 0.0;  ///< shares
};

/// A's share.
double loss_averse_nash(const LossAverseBargain& bargain);

}  // namespace parley::theory
