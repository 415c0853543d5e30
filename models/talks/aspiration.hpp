// Hope for better terms: what an actor demands above the value of fighting on, and lets go of with time.
//
// −aspiration_i e^(−t/τ_i) |M|/K, t and τ in rounds (time-dependent concession, after Faratin, Sierra and Jennings 1998).
#pragma once

#include "models/talks/state.hpp"

namespace parley::talks {

template <class Real>
struct Aspiration {
  static constexpr Term term = aspiration;
  PerActor<Real> level, patience;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(level, {.path = "actors.*.aspiration", .fallback = 0, .low = 0, .high = 2, .unit = "utility",
                  .meaning = "what it demands above the value of fighting on, at the start", .source = "assumed",
                  .mechanism = "aspiration", .off = 0.0});
    field(patience, {.path = "actors.*.aspiration_decay", .fallback = 60, .low = 0.1, .high = 10000, .unit = "unit rounds",
                     .meaning = "τ: time in which that falls by a factor e", .source = "assumed", .pace = Pace::rounds});
  }

  ActorArray<Real> fading;  ///< e^(−1/τ_i), constant over a run

  void prepare(const Layout& layout) {
    for (const Actor i : layout.actors()) fading[i] = exp(-(1.0 / patience[i]));
  }

  void begin(const Layout& layout, State<Real>& s, Mask<Real> fresh) const {
    for (const Actor i : layout.actors()) s.hope[i] = select(fresh, Real(1.0), s.hope[i]);
  }

  /// Another round is over.
  void fade(const Layout& layout, State<Real>& s) const {
    for (const Actor i : layout.actors()) s.hope[i] *= fading[i];
  }

  Real value(Actor i, const Table<Real>& table, const State<Real>& s) const {
    return -(level[i] * s.hope[i] * table.settled_share);
  }
};

}  // namespace parley::talks
