// Closed form of an audience-cost crisis between two sides that may each be committed never to back down.
//
//   [derived; two-type version of Fearon 1994, APSR 88:577] Backing down at t costs i a_i t; the prize is v; j is
//   committed with probability π_j. While both stand, j backs down at the rate a_i/(v + a_i t), which leaves i
//   indifferent; j's doubt is exhausted at t_j = (v/a_i)(1/π_j − 1). The horizon is t* = min(t_1, t_2); the side with
//   the later one backs down at once with probability 1 − π_j (v + a_i t*)/v.
#pragma once

namespace parley::theory {

struct AudienceSide {
  double cost_rate;  ///< a_i, a unit of time
  double committed;  ///< π_i
};

struct AudienceCrisis {
  double prize;
  AudienceSide first, second;
};

struct CrisisOutcome {
  double horizon;  ///< infinite where nobody is committed
  double first_at_once, second_at_once;
};

CrisisOutcome crisis_outcome(const AudienceCrisis& crisis);

/// The rate at which a side backs down at time t while both stand, given the other's cost rate; 0 after the horizon.
double concession_hazard(const AudienceCrisis& crisis, int side, double time);

}  // namespace parley::theory
