// The commitment problem of a truce: a pause in which the sides rearm shifts the war that follows.
//
// Each round under a truce adds Σ_j rearmament_j to the drift of the front that fighting resumes with (signed on the
// scale of the front). Who foresees it values a truce less (or more) by
// (1 − e^(−5h)) [outlook_i(b_i + Σ_j rearmament_j L) − outlook_i(b_i)], L = min(1/(hΔ), H_i) the rounds it expects the
// truce to last. Off at 0 (Powell 2006 gives the logic; the form is parley's own).
#pragma once

#include "models/talks/beliefs.hpp"

namespace parley::talks {

template <class Real>
struct Rearmament {
  static constexpr Term term = rearmament;
  PerActor<Real> rate;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(rate, {.path = "actors.*.rearmament", .fallback = 0, .low = -0.05, .high = 0.05, .unit = "issue scale a unit round, a unit round of truce",
                 .meaning = "drift that this actor's rearming adds under a truce", .source = "assumed", .pace = Pace::acceleration,
                 .mechanism = "rearmament", .off = 0.0});
  }

  Real shift;  ///< Σ rearmament, constant over a run
  bool idle;   ///< nobody in the packet rearms: the term is zero everywhere

  void prepare(const Layout& layout) {
    shift = Real(0.0);
    for (const Actor j : layout.actors()) shift += rate[j];
    idle = !any((shift < Real(0.0)) | (shift > Real(0.0)));
  }

  void accrue(State<Real>& s) const { s.rearmed += select(s.under_truce, shift, Real(0.0)); }

  Real value(const Beliefs<Real>& beliefs, const Spatial<Real>& spatial, Real rounds_a_year, Actor i,
             const Table<Real>& table, const State<Real>& s) const {
    if (idle) return Real(0.0);
    const Real lasting = min(rounds_a_year / max(table.hazard, Real(1e-9)), Real(beliefs.look_ahead[i]));
    const Real after = beliefs.outlook(spatial, i, s, s.belief[i] + shift * lasting);
    const Real change = (1.0 - table.survival) * (after - s.expected_front_value[i]);
    return select(table.truce, change, Real(0.0));
  }
};

}  // namespace parley::talks
