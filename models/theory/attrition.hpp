// Closed forms of wars of attrition: two sides stay, at a cost a unit of time, until one concedes the prize.
//
//   Complete information, prizes v_i, costs c_i (Maynard Smith 1974; Hendricks, Weiss and Wilson 1988):
//     i concedes at the rate h_i = c_j / v_j, which leaves j indifferent;
//     E[duration] = 1/(h1 + h2), Pr(1 concedes first) = h1/(h1 + h2).
//   Private prizes from F, density f, cost rate c (Bishop, Cannings and Maynard Smith 1978; Krishna and Morgan 1997):
//     a side worth v quits at T(v) = ∫_0^v x f(x) / (c (1 − F(x))) dx;
//     U[0, 1]: (−v − ln(1 − v))/c;  exponential of rate l: l v²/(2c).
//
// Time in the unit of the costs.
#pragma once

namespace parley::theory {

struct AttritionSides {
  double cost1, prize1, cost2, prize2;
};

struct AttritionOutcome {
  double hazard1, hazard2;  ///< rates of conceding
  double expected_duration;
  double first_concedes;  ///< probability that side 1 concedes before side 2
};

AttritionOutcome attrition_outcome(const AttritionSides& sides);

/// Infinite for a prize of 1 or more, which never quits.
double quit_time_uniform(double prize, double cost);
double quit_time_exponential(double prize, double cost, double rate);

}  // namespace parley::theory
