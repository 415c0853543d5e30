// Closed forms of bargaining that somebody at home must approve.
//
//   Two levels (Putnam 1988; complete-information logic of Tarar 2001, JCR 45:320 [derived]): a deal is valid only if
//     share_i ≥ r_i; alternating offers then have X = 1 − max(d2 Y, r2), Y = 1 − max(d1 X, r1); no deal if r1 + r2 > 1.
//   Agenda setter (Romer and Rosenthal 1978): the ratifier at r accepts [2r − q, q] (or [q, 2r − q]) against the status
//     quo q; the setter's best policy is its own ideal s, clipped to that win-set.
//   Uncertain ratifier (after Iida 1993 [derived]): demand z, approved iff 1 − z ≥ ρ with ρ ~ U[0, R], no deal worth b:
//     z* = max((1 + b)/2, 1 − R),  Pr = min(1, (1 − z*)/R).
#pragma once

#include "models/theory/alternating_offers.hpp"
#include "models/theory/war_bargaining.hpp"

namespace parley::theory {

struct RatifierFloors {
  double discount1, discount2;
  double floor1, floor2;
};

/// How much the floors ask for beyond the pie; a deal needs 0 or less, or transfers from outside of as much.
double ratifier_gap(double floor1, double floor2);

/// Throws InputError where no split satisfies both floors.
OpeningShares ratified_shares(const RatifierFloors& game);

/// Policies the ratifier weakly prefers to the status quo.
BargainingRange win_set(double ratifier, double status_quo);
double agenda_setter_policy(double setter, double ratifier, double status_quo);

struct UncertainRatification {
  double demand, ratified, expected;
};
UncertainRatification uncertain_ratification(double highest_threshold, double no_deal = 0.0);

}  // namespace parley::theory
