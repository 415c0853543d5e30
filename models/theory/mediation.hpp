// Thresholds of mediation, leverage and guarantees.
//
//   Biased mediator [derived; stylised Kydd 2003, AJPS 47:597], signal accuracy q, utility μ x_A − w·1[war]:
//     its word that B's cost is high is honest iff μ ≥ (1 − q) w/(q c_H − c_L).
//   Leverage [derived]: range [p − c_A − carrot_A − stick_A, p + c_B + carrot_B + stick_B].
//   Deterring a breach [derived; logic of Walter 1997]: intervention must come with probability at least g/(g + k).
//   Enforcement by repetition (Friedman 1971): δ ≥ (T − R)/(T − P).
//
// Payoffs in shares of the pie or any common unit; probabilities and discounts in [0, 1].
#pragma once

#include <optional>

#include "models/theory/war_bargaining.hpp"

namespace parley::theory {

struct MediatorSignal {
  double accuracy;  ///< q
  double cost_low, cost_high;
  double war_cost;  ///< w, to the mediator
};

/// The least bias towards the proposer at which the mediator is believed; none where no bias is enough.
std::optional<double> least_mediator_bias(const MediatorSignal& signal);

struct Leverage {
  double carrot, stick;
};

BargainingRange levered_range(const BargainingRange& range, Leverage on_a, Leverage on_b);

/// The least probability of intervention that deters taking `gain` at the risk of `loss`.
double deterring_probability(double gain, double loss);

struct RepeatedTemptation {
  double temptation, reward, punishment;  ///< T, R, P
};
/// The least discount that keeps a deal by the threat of ending it; none where even the most patient would breach.
std::optional<double> least_enforcing_discount(const RepeatedTemptation& game);

}  // namespace parley::theory
