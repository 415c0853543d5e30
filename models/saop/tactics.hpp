// Concession tactics: how much of its room an agent has given up by now, and how it answers what it was given.
//
// Time-dependent (Faratin, Sierra and Jennings 1998, Robotics and Autonomous Systems 24:159): the share conceded is
//   polynomial   α(t) = k + (1 − k) (min(t, T)/T)^(1/β)
//   exponential  α(t) = exp((1 − min(t, T)/T)^β ln k)
// with k in [0, 1] conceded at the start (above 0 if exponential), deadline T > 0, β > 0: below 1 late ("boulware"),
// above 1 early ("conceder"). Behaviour-dependent, same source, from own last offer x and the other's y, y':
//   relative tit-for-tat  x' = clip((y/y') x, low, high)
//   absolute tit-for-tat  x' = clip(x + (y − y'), low, high)
// y the older and y' the newer offer of the other side. Sessions apply them to utilities as the agent sees them.
#pragma once

#include "engine/core/math.hpp"

namespace parley::saop {

struct Concession {
  double start = 0;     ///< k
  double beta = 1;      ///< β
  double deadline = 1;  ///< T
};

inline double polynomial_concession(const Concession& tactic, double time) {
  const double share = min(time, tactic.deadline) / tactic.deadline;
  return tactic.start + (1 - tactic.start) * pow(share, 1 / tactic.beta);
}

inline double exponential_concession(const Concession& tactic, double time) {
  const double left = 1 - min(time, tactic.deadline) / tactic.deadline;
  return exp(pow(left, tactic.beta) * log(tactic.start));
}

/// What one side sees of the exchange before its next offer.
struct Exchange {
  double own_last = 0;
  double other_older = 0;
  double other_newer = 0;
  double low = 0;
  double high = 1;
};

/// Where the other's newer offer is 0 there is no ratio, and the own last offer stands.
inline double relative_tit_for_tat(const Exchange& seen) {
  const double next = seen.other_newer == 0 ? seen.own_last : seen.other_older / seen.other_newer * seen.own_last;
  return clip(next, seen.low, seen.high);
}

inline double absolute_tit_for_tat(const Exchange& seen) {
  return clip(seen.own_last + (seen.other_older - seen.other_newer), seen.low, seen.high);
}

}  // namespace parley::saop
