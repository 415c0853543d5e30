// How much an actor's wishes count by its means alone, for the baselines that every result is shown beside.
//
// Weighted mean Σ c_i s_ik θ_ik / Σ c_i s_ik, Condorcet median and election with weights capability × salience
// (Bueno de Mesquita 1994; Achen 2006 for the mean). No agent reads it.
#pragma once

#include "models/talks/state.hpp"

namespace parley::talks {

template <class Real>
struct Capability {
  PerActor<Real> capability;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(capability, {.path = "actors.*.capability", .fallback = 1, .low = 0, .high = 100, .unit = "1",
                       .meaning = "means that stand behind the actor's wishes, relative to the others'", .source = "assumed",
                       .inert = "only solution concepts read it (parley solve), not the talks"});
  }
};

}  // namespace parley::talks
