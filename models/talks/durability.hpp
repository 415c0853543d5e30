// How long a peace lasts, and the distrust of one that will not.
//
// Hazard of collapse a year, fixed when signed: h = h0 exp(−γ q + γ_p Σ leverage + γ_o (1 − |M|/K)), with
// q = x_guarantee (credibility of the guarantors that sit) if the guarantee is settled, else 0. Term of a decision:
// −fear_i (1 − e^(−5h)), truces included (times truce_fear_i for a truce). Guarantees lower the hazard of renewed war and
// pressure raises it (directions after Fortna 2004 and Werner and Yuen 2005; sizes assumed).
#pragma once

#include "models/talks/cost.hpp"

namespace parley::talks {

template <class Real>
struct Durability {
  static constexpr Term term = fragile_peace;
  PerActor<Real> credibility, seat, fear, truce_fear;
  Scalar<Real> base_hazard, guarantee_effect, pressure_effect, openness_effect, threshold;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(credibility, {.path = "actors.*.credibility", .fallback = 0, .low = 0, .high = 1, .unit = "1",
                        .meaning = "share of the guarantee that rests on this actor's word", .source = "assumed"});
    field(seat, {.path = "actors.*.seat", .fallback = 1, .low = 0, .high = 1, .unit = "switch",
                 .meaning = "1: it sits where its rungs seat it; 0: a third party without a seat signs nothing, shapes no text and guarantees nothing",
                 .source = "configuration", .mechanism = "seat", .off = 0.0});
    field(fear, {.path = "actors.*.fear", .fallback = 0, .low = 0, .high = 2, .unit = "utility",
                 .meaning = "distrust: cost of a peace that is certain to collapse within five years", .source = "assumed",
                 .mechanism = "fear", .off = 0.0});
    field(truce_fear, {.path = "actors.*.truce_fear", .fallback = 1, .low = 0, .high = 5, .unit = "1",
                       .meaning = "the same distrust towards a mere truce, as a multiple of fear", .source = "assumed"});
    field(base_hazard, {.path = "durability.base_hazard", .fallback = 0.3, .low = 0, .high = 20, .unit = "1 a year",
                        .meaning = "h0: hazard of collapse without guarantees or pressure", .source = "assumed"});
    field(guarantee_effect, {.path = "durability.guarantee_effect", .fallback = 0, .low = 0, .high = 10, .unit = "1",
                             .meaning = "γ: fall of the log hazard with a full and fully credible guarantee", .source = "assumed", .off = 0.0});
    field(pressure_effect, {.path = "durability.pressure_effect", .fallback = 0, .low = 0, .high = 10, .unit = "1 a unit of utility",
                            .meaning = "γ_p: rise of the log hazard with leverage applied", .source = "direction Werner and Yuen 2005; size assumed", .off = 0.0});
    field(openness_effect, {.path = "durability.openness_effect", .fallback = 0, .low = 0, .high = 10, .unit = "1",
                            .meaning = "γ_o: rise of the log hazard when nothing is settled", .source = "assumed", .off = 0.0});
    field(threshold, {.path = "durability.threshold", .fallback = 0.6, .low = 0, .high = 1, .unit = "probability",
                      .meaning = "chance to last five years from which a comprehensive deal counts as a full settlement",
                      .source = "assumed"});
  }

  static constexpr double horizon_years = 5.0;

  ActorArray<Mask<Real>> has_seat;  ///< those who fight or mediate always do; constant over a run
  Real word, pressure;              ///< credibility of the guarantors that sit; γ_p Σ leverage

  void prepare(const Layout& layout, const Cost<Real>& cost) {
    word = Real(0.0);
    for (const Actor i : layout.actors()) {
      const bool party = layout.fights(i) || layout.mediates(i);
      has_seat[i] = party ? Real(0.0) == Real(0.0) : Real(seat[i]) > Real(0.0);
      word += select(has_seat[i], credibility[i], Real(0.0));
    }
    pressure = pressure_effect * cost.pressure(layout);
  }

  void judge(const Layout& layout, Table<Real>& table) const {
    Real quality(0.0);
    if (layout.has_guarantee()) {
      const Issue g{layout.guarantee_issue};
      const Real level = layout.guarantee_direction == Direction::up ? table.package[g] : 1.0 - table.package[g];
      quality = select(table.settles[g], level * word, Real(0.0));
    }
    table.hazard = base_hazard * exp(openness_effect * (1.0 - table.settled_share) + pressure - guarantee_effect * quality);
    table.survival = exp(-horizon_years * table.hazard);
  }

  Real value(Actor i, const Table<Real>& table) const {
    const Real size = fear[i] * select(table.truce, truce_fear[i], Real(1.0));
    return -(size * (1.0 - table.survival));
  }
};

}  // namespace parley::talks
