// Closed forms of bargaining in the shadow of war: A and B divide a pie of 1; A would win all of it with probability p.
//
//   Range (Fearon 1995, IO 49:379): both prefer x in [p − c_A, p + c_B] to fighting;
//     A's take-it-or-leave-it demand is p + c_B.
//   Risk and return (Fearon 1995; Powell 1999), c_B ~ U[c_L, c_H] known to B alone:
//     x* = p + max(c_L, (c_H − c_A)/2),  Pr(war) = max(0, (x* − p − c_L)/(c_H − c_L)).
//     In general 1 − F(z) = f(z) (z + c_A), z = x − p.
//   Two types: A demands p + c_H, and risks war, iff Pr(c_B = c_L) < (c_H − c_L)/(c_H + c_A).
//   Myopic screening [derived]: z_k = max(c_L, (z_{k−1} − c_A)/2) against the posterior U[c_L, z_{k−1}].
//   Commitment (Powell 2006, IO 60:169), a share d of the pie destroyed by war, strength moving from p1 to p2:
//     war iff δ p2 − p1 > d/(1 − d). One-shift version with B's cost c_B once (Fearon 1995, p. 406):
//     war iff δ p2 − p1 > c_B (1 − δ)².  A third party that neutralises the share m of the shift prevents it [derived]:
//     m ≥ 1 − [((d/(1 − d) + p1)/δ) − p1]/(p2 − p1).
//   Indivisible issue (Fearon 1995; Powell 2006): a pure deal iff 0 or 1 is in the range, else lotteries within it.
//
// Costs are shares of the pie. Demands are A's share and not clipped: where p + c_B > 1, A gets all of the pie.
#pragma once

#include <vector>

namespace parley::theory {

struct BargainingRange {
  double low, high;
  double width() const { return high - low; }
  bool holds(double share) const { return low <= share && share <= high; }
};

BargainingRange war_range(double strength, double cost_a, double cost_b);

struct PrivateCost {
  double strength;  // p
  double cost_a;
  double lowest, highest;  // c_B is uniform between them
};

struct RiskReturn {
  double demand, war_probability, expected_a;
};

RiskReturn risk_return(const PrivateCost& game);

/// The probability of the low-cost type below which A risks war.
double two_type_threshold(double cost_a, double lowest, double highest);

struct ScreeningRound {
  double demand;
  double refusal;  ///< probability that it is refused, given that the round is reached
  double reached;  ///< probability that the round is reached
};

/// A's demands until one is accepted for certain, at most `most` of them.
std::vector<ScreeningRound> screening_rounds(const PrivateCost& game, long most);

/// δ p2 − p1, the rise of the stronger side's lock-in value.
double shift_pressure(double strength_now, double strength_next, double discount);
/// The destruction d below which a commitment war is fought: pressure/(1 + pressure).
double commitment_threshold(double pressure);
/// d/(1 − d) < pressure.
bool commitment_war(double pressure, double destroyed);
/// The cost to B below which B fights a preventive war.
double preventive_war_threshold(double pressure, double discount);

struct PowerShift {
  double strength_now, strength_next, discount, destroyed;
};
/// The least share of the shift that must be neutralised for peace, in [0, 1].
double least_neutralised_share(const PowerShift& shift);

struct IndivisibleIssue {
  bool pure_deal;
  BargainingRange lotteries;  ///< probabilities that A gets it which both prefer to war
};
IndivisibleIssue indivisible_issue(double strength, double cost_a, double cost_b);

}  // namespace parley::theory
