// The war that goes on while they talk: the front, and the energy of the side whose grid is struck.
//
// front   f ← clip(f + μ + m + a Σ_j (aid_j − aid⁰_j) + σ ε, 0, 1) while fighting; it stops under a truce or a deal
// energy  e ← clip(e + r (ē − season cos(2π (t·days + 15)/365) − e) + s ε, floor, 1), strike noise while fighting
// m is what rearmament under truces has added (0 unless switched on). f on the scale of the issue that moves with the
// front; e a share of need met; rates a unit round. A Gaussian front is assumed; its moments are the configuration's.
#pragma once

#include "models/talks/state.hpp"

namespace parley::talks {

template <class Real>
struct War {
  Scalar<Real> drift, volatility, aid_effect;
  PerActor<Real> aid, aid_reference;
  Scalar<Real> energy_start, energy_mean, energy_season, energy_reversion, energy_noise, energy_floor;
  Scalar<Real> decisive;
  Scalar<Real> days, horizon;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(days, {.path = "rounds.days", .fallback = 14, .low = 0.5, .high = 365, .unit = "days",
                 .meaning = "length of a round; rates stated for rounds.unit_days are rescaled to it", .source = "assumed"});
    field(horizon, {.path = "rounds.horizon", .fallback = 52, .low = 1, .high = 5000, .unit = "rounds",
                    .meaning = "number of rounds after which a run ends", .source = "assumed"});
    field(drift, {.path = "war.drift", .fallback = 0, .low = -0.2, .high = 0.2, .unit = "issue scale a unit round",
                  .meaning = "expected move of the front while fighting goes on", .source = "monthly gains; see the configuration",
                  .pace = Pace::rate, .mechanism = "attrition", .off = 0.0});
    field(volatility, {.path = "war.volatility", .fallback = 0, .low = 0, .high = 0.3, .unit = "issue scale a unit round",
                       .meaning = "standard deviation of the move of the front", .source = "monthly gains; see the configuration",
                       .pace = Pace::diffusion, .off = 0.0});
    field(aid_effect, {.path = "war.aid_effect", .fallback = 0, .low = -0.1, .high = 0.1,
                       .unit = "issue scale a unit round and unit of aid",
                       .meaning = "how far aid above its reference moves the front", .source = "assumed",
                       .pace = Pace::rate, .off = 0.0});
    field(aid, {.path = "actors.*.aid", .fallback = 0, .low = 0, .high = 10, .unit = "mean of the reference years",
                .meaning = "aid this actor gives now", .source = "aid trackers; see the configuration"});
    field(aid_reference, {.path = "actors.*.aid_reference", .fallback = 0, .low = 0, .high = 10, .unit = "mean of the reference years",
                          .meaning = "aid at which the drift was measured", .source = "as aid"});
    field(energy_start, {.path = "war.energy_start", .fallback = 1, .low = 0, .high = 1, .unit = "share of need",
                         .meaning = "energy at the start", .source = "reported capacity; see the configuration"});
    field(energy_mean, {.path = "war.energy_mean", .fallback = 1, .low = 0, .high = 1, .unit = "share of need",
                        .meaning = "level to which repairs return it", .source = "assumed"});
    field(energy_season, {.path = "war.energy_season", .fallback = 0, .low = 0, .high = 0.5, .unit = "share of need",
                          .meaning = "swing between winter and summer", .source = "assumed", .off = 0.0});
    field(energy_reversion, {.path = "war.energy_reversion", .fallback = 0.15, .low = 0, .high = 1, .unit = "1 a unit round",
                             .meaning = "share of the gap to the mean that is repaired", .source = "assumed", .pace = Pace::share});
    field(energy_noise, {.path = "war.energy_noise", .fallback = 0, .low = 0, .high = 0.5, .unit = "share of need a unit round",
                         .meaning = "standard deviation of what strikes add or spare", .source = "assumed",
                         .pace = Pace::diffusion, .off = 0.0});
    field(energy_floor, {.path = "war.energy_floor", .fallback = 0.2, .low = 0, .high = 1, .unit = "share of need",
                         .meaning = "lowest level", .source = "assumed"});
    field(decisive, {.path = "war.decisive", .fallback = 0, .low = 0, .high = 1, .unit = "switch",
                     .meaning = "1: a front that reaches an end decides the war and ends the run", .source = "parley", .off = 0.0});
  }

  Real push;      ///< μ + a Σ (aid − aid⁰), constant over a run
  bool seasonal;  ///< energy swings with the seasons

  void prepare(const Layout& layout) {
    push = drift;
    for (const Actor j : layout.actors()) push += aid_effect * (aid[j] - aid_reference[j]);
    seasonal = any(energy_season > Real(0.0));
  }

  /// Moves the front and the energy by one round.
  void advance(const Layout& layout, State<Real>& s) const {
    const Real zero(0.0), one(1.0);
    if (layout.has_front()) {
      const Real moved = clip(s.front + (push + s.rearmed + volatility * s.front_shock), zero, one);
      s.front_move = select(s.fighting, moved - s.front, zero);
      s.front = select(s.fighting, moved, s.front);
      s.decided = s.decided | (s.fighting & (Real(decisive) > zero) & ((s.front <= zero) | (s.front >= one)));
    }
    Real season(0.0);
    if (seasonal) season = energy_season * cos_turn(fraction((s.round * days + 15.0) * (1.0 / 365.0)));
    const Real repaired = s.energy + energy_reversion * (energy_mean - season - s.energy);
    s.energy = clip(repaired + energy_noise * select(s.fighting, s.strike, zero), Real(energy_floor), one);
  }

 private:
  static Real fraction(Real x) {
    const double shift = 6755399441055744.0;
    const Real whole = (x + shift) - shift;
    const Real rest = x - whole;
    return select(rest < Real(0.0), rest + 1.0, rest);
  }
};

}  // namespace parley::talks
