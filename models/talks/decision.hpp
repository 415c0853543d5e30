// Two levels say yes or no: the leadership weighs what the table is worth, the public whether it would ratify.
//
// EU_i = ρ_i gain_i − (1 − ρ_i) audience_i   (Putnam 1988 for the two levels; Fearon 1994 for audience costs)
// A leadership agrees with probability σ(EU_i / temperature_i) (logit choice, McFadden 1974), a public with ρ_i.
// Dispositions are uniform numbers that decide those chances. Drawn anew every round they make patience a lottery;
// with a mean life of τ days each is kept until a Poisson clock of rate 1/τ renews it (autocorrelation e^(−days/τ)), so
// that the pace of deals hardly depends on the length of a round. Life 0 draws anew every round.
#pragma once

#include "engine/core/rng.hpp"
#include "models/talks/state.hpp"
#include "models/talks/uses.hpp"

namespace parley::talks {

template <class Real>
struct Decision {
  PerActor<Real> temperature, audience;
  Scalar<Real> leadership_days, public_days, agenda_days;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(temperature, {.path = "actors.*.temperature", .fallback = 0.04, .low = 0, .high = 1, .unit = "utility",
                        .meaning = "how loosely the leadership follows its expected utility; 0: exactly", .source = "assumed"});
    field(audience, {.path = "actors.*.audience_cost", .fallback = 0, .low = 0, .high = 1, .unit = "utility",
                     .meaning = "cost to a leadership of a deal that its public then rejects", .source = "Fearon 1994; size assumed", .off = 0.0});
    field(leadership_days, {.path = "dispositions.leadership_days", .fallback = 0, .low = 0, .high = 3650, .unit = "days",
                            .meaning = "mean life of a leadership's disposition; 0: a new one every round", .source = "assumed", .off = 0.0});
    field(public_days, {.path = "dispositions.public_days", .fallback = 0, .low = 0, .high = 3650, .unit = "days",
                        .meaning = "mean life of a public's disposition; 0: a new one every round", .source = "assumed", .off = 0.0});
    field(agenda_days, {.path = "dispositions.agenda_days", .fallback = 0, .low = 0, .high = 3650, .unit = "days",
                        .meaning = "mean life of the mediator's preference among rungs that look alike; 0: a new one every round",
                        .source = "assumed", .off = 0.0});
  }

  /// Chance that a disposition of mean life τ is renewed within a round, constant over a run.
  Real renew_leadership, renew_public, renew_agenda;
  ActorArray<Real> sharpness;    ///< 1/temperature_i; so large at 0 that the sign decides
  ActorArray<Real> reluctance;   ///< 0; at temperature 0 enough that the indifferent refuse
  bool lasting, agenda_lasting;  ///< some disposition outlasts a round

  void prepare(const Layout& layout, Real days) {
    const Real zero(0.0);
    lasting = any((leadership_days > zero) | (public_days > zero));
    agenda_lasting = any(agenda_days > zero);
    for (const Actor i : layout.actors()) {
      sharpness[i] = 1.0 / max(Real(temperature[i]), Real(1e-12));
      reluctance[i] = select(Real(temperature[i]) > zero, zero, Real(50.0));
    }
    renew_leadership = renewal(days, leadership_days);
    renew_public = renewal(days, public_days);
    renew_agenda = renewal(days, agenda_days);
  }

  /// Takes the round's fresh dispositions where it is time; in the first round of a run always.
  void renew(const Layout& layout, State<Real>& s, const Draws<Real>& draws) const {
    const auto first = s.round == Real(0.0);
    for (const Actor i : layout.actors()) {
      const Stream stream{Stream::Kind::actor, layout.actor_stream[i.value]};
      const auto& fresh = s.fresh_mood[i];
      if (lasting) {
        const auto clock = draws.uniforms(stream, use::renewals);
        s.leadership_mood[i] = select(first | (clock.first < renew_leadership), fresh.first, s.leadership_mood[i]);
        s.public_mood[i] = select(first | (clock.second < renew_public), fresh.second, s.public_mood[i]);
      } else {
        s.leadership_mood[i] = fresh.first;
        s.public_mood[i] = fresh.second;
      }
    }
  }

  void renew_table(State<Real>& s, const Draws<Real>& draws, Real fresh) const {
    if (!agenda_lasting) { s.agenda = fresh; return; }
    const auto first = s.round == Real(0.0);
    s.agenda = select(first | (draws.uniform({}, use::agenda_renewal) < renew_agenda), fresh, s.agenda);
  }

  /// u < σ(EU/T), without a division: u (1 + e^(−EU/T)) < 1.
  Mask<Real> leadership_agrees(Actor i, Real expected_utility, Real disposition) const {
    return disposition * (1.0 + exp_held(reluctance[i] - expected_utility * sharpness[i])) < Real(1.0);
  }

 private:
  static Real renewal(Real days, Real life) {
    const auto lives = life > Real(0.0);
    return select(lives, 1.0 - exp(-(days / select(lives, life, Real(1.0)))), Real(1.0));
  }
};

}  // namespace parley::talks
