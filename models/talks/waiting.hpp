// The option value of waiting: who expects a better table later demands more of this one.
//
// −ω_i (1 − e^(−p̄ H_i)) max(0, v̄_i − R_i): v̄_i is the running mean of what the tables were worth to i, p̄ the mean of
// the mediator's estimates that a rung is accepted, H_i the rounds i looks ahead. It turns R_i from the value of fighting
// on into the value of bargaining on. Off at ω = 0; the form is parley's own.
#pragma once

#include "models/talks/beliefs.hpp"

namespace parley::talks {

template <class Real>
struct Waiting {
  static constexpr Term term = waiting;
  PerActor<Real> weight;
  Scalar<Real> memory;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(weight, {.path = "actors.*.waiting", .fallback = 0, .low = 0, .high = 1, .unit = "1",
                   .meaning = "ω: weight of the option to wait for a better table", .source = "assumed", .mechanism = "waiting", .off = 0.0});
    field(memory, {.path = "waiting.memory", .fallback = 0.1, .low = 0.001, .high = 1, .unit = "1 a unit round",
                   .meaning = "share of the gap by which the expected table follows the last one", .source = "assumed", .pace = Pace::share});
  }

  bool idle;  ///< nobody in the packet waits: the term is zero everywhere

  void prepare(const Layout& layout) {
    idle = true;
    for (const Actor i : layout.actors()) idle = idle && !any(weight[i] > Real(0.0));
  }

  void remember(Actor i, State<Real>& s, Real utility) const {
    if (idle) return;
    s.prospect[i] = select(s.talking, s.prospect[i] + memory * (utility - s.prospect[i]), s.prospect[i]);
  }

  Real value(const Layout& layout, const Beliefs<Real>& beliefs, Actor i, const State<Real>& s) const {
    if (idle) return Real(0.0);
    Real chance(0.0);
    for (const Rung r : layout.rungs()) chance += s.estimate[r];
    chance *= 1.0 / layout.n.rungs;
    const Real hope = max(Real(0.0), s.prospect[i] - s.fighting_on[i]);
    return -(weight[i] * (1.0 - exp(-(chance * beliefs.look_ahead[i]))) * hope);
  }
};

}  // namespace parley::talks
