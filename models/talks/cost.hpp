// The cost of another round of war, and the leverage a mediator adds to it.
//
// cost_i(t) = (c_i + g_i t + [energy actor] c_e (1 − e)) (1 − saved_i while a truce is in force) + leverage_i
// Term of a truce: it ends only a share of the cost, so it forgoes −(1 − saved_i) cost_i that a settlement would end.
// Units of utility; t in rounds.
#pragma once

#include "models/talks/state.hpp"

namespace parley::talks {

template <class Real>
struct Cost {
  static constexpr Term term = truce_cost;
  PerActor<Real> cost, growth, saved, leverage;
  Scalar<Real> energy_cost;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(cost, {.path = "actors.*.cost", .fallback = 0.05, .low = 0, .high = 2, .unit = "utility",
                 .meaning = "cost of fighting on, beside energy and leverage", .source = "calibrated"});
    field(growth, {.path = "actors.*.cost_growth", .fallback = 0, .low = -0.05, .high = 0.05, .unit = "utility a unit round",
                   .meaning = "by how much that cost grows", .source = "assumed", .pace = Pace::rate,
                   .mechanism = "attrition", .off = 0.0});
    field(saved, {.path = "actors.*.truce_saving", .fallback = 0.5, .low = 0, .high = 1, .unit = "1",
                  .meaning = "share of its cost that a truce ends", .source = "assumed"});
    field(leverage, {.path = "actors.*.leverage", .fallback = 0, .low = 0, .high = 1, .unit = "utility",
                     .meaning = "what the mediator adds to the cost of going on: aid withheld, sanctions added",
                     .source = "assumed", .mechanism = "leverage", .off = 0.0});
    field(energy_cost, {.path = "war.energy_cost", .fallback = 0, .low = 0, .high = 2, .unit = "utility",
                        .meaning = "cost of a full loss of energy to the side whose grid is struck", .source = "assumed",
                        .mechanism = "attrition", .off = 0.0});
  }

  void accrue(const Layout& layout, State<Real>& s) const {
    for (const Actor i : layout.actors()) {
      Real war = cost[i] + growth[i] * s.round;
      if (i.value == layout.energy_actor) war += energy_cost * (1.0 - s.energy);
      s.cost[i] = war * select(s.under_truce, 1.0 - saved[i], Real(1.0)) + leverage[i];
    }
  }

  /// Σ leverage: the pressure under which a deal is signed.
  Real pressure(const Layout& layout) const {
    Real sum(0.0);
    for (const Actor i : layout.actors()) sum += leverage[i];
    return sum;
  }

  Real value(Actor i, const Table<Real>& table, const State<Real>& s) const {
    return select(table.truce, -((1.0 - saved[i]) * s.cost[i]), Real(0.0));
  }
};

}  // namespace parley::talks
