// The state of W negotiations side by side, what is on the table, and how the actors answer.
#pragma once

#include "engine/bargain/layout.hpp"
#include "engine/core/rng.hpp"
#include "models/talks/terms.hpp"

namespace parley::talks {

/// A package on the table: the rung, the point in the issue space, and what would be in force if all agreed.
template <class Real>
struct Table {
  Real rung;                       ///< position of the rung
  Mask<Real> truce;                ///< it settles nothing
  Real settled_share;              ///< |M| / K
  IssueArray<Mask<Real>> settles;  ///< k ∈ M
  IssueArray<Real> package;        ///< x: the text on M, the status quo elsewhere
  ActorArray<Mask<Real>> seated;   ///< whose consent is needed
  Real hazard;                     ///< of collapse, a year
  Real survival;                   ///< e^(−5h): chance to last five years
  Real conquest;                   ///< Π max(0, 1 − x/reference): the reward of conquest, 0 unless settled
};

/// What each actor makes of the table.
template <class Real>
struct Answers {
  ActorArray<Real> utility;       ///< v_i, value of the package
  ActorArray<Real> gain;          ///< v_i − R_i − aspiration
  ActorArray<Real> support;       ///< S_i, share of the public that would back it
  ActorArray<Real> ratification;  ///< ρ_i, chance that it would be ratified
  ActorArray<Mask<Real>> leadership, ratifies, agrees;
  ActorArray<Real> worst_term;    ///< position of the term that weighs most against it
  ActorArray<Real> worst_value;   ///< and its size, ≤ 0
  Mask<Real> accepted;            ///< every seated actor agrees
};

/// What happened so far, counted for the record.
template <class Real>
struct Tally {
  ActorArray<Real> vetoes;
  /// Rounds in which this actor's term was the largest obstacle: [lane][actor · terms + term].
  std::uint16_t blocked[lanes<Real>][max_actors * term_count];
  Real rounds_talked, relapses;
  Real truce_round, ceasefire_round, deal_round;  ///< −1 in a lane where it never came
};

template <class Real>
struct State {
  Real round;             ///< t
  Word<Real> clock;       ///< the same, as the counter of the draws
  Word<Real> replicate;
  Mask<Real> fighting;    ///< nothing is in force
  Mask<Real> under_truce;
  Mask<Real> talking;     ///< no deal is in force
  Mask<Real> decided;     ///< the war ended on the battlefield

  Real front, front_move;  ///< f, and how far it came this round
  Real rearmed;            ///< drift that truces have added by rearmament
  Real front_shock;        ///< this round's shock to the front (standard normal)
  Real energy, strike;     ///< e, share of need met; this round's shock to it (standard normal)
  ActorArray<Real> belief, belief_variance;  ///< of the drift of the front, a round
  ActorArray<Real> mood;                     ///< o_i, logits
  ActorArray<Real> accustomed;               ///< the front that actor i takes for its own: reference of its losses
  ActorArray<Real> cost;                     ///< of another round of war
  ActorArray<Real> present;                  ///< base value of the status quo
  ActorArray<Real> expected_front_value;     ///< R_i + cost_i: what fighting on is expected to bring, costs aside
  ActorArray<Real> fighting_on;              ///< R_i
  ActorArray<Real> prospect;                 ///< running mean of what the table was worth
  ActorArray<Real> hope;                     ///< e^(−t/τ_i): what is left of the first aspiration
  ActorArray<Real> mood_shock;                    ///< this round's shock to mood (standard normal)
  ActorArray<RealPair<Real>> fresh_mood;          ///< this round's draw of the dispositions
  ActorArray<Real> leadership_mood, public_mood;  ///< dispositions, uniform in (0, 1)
  Real agenda;                                    ///< the mediator's, uniform in (0, 1)

  IssueArray<Real> text;
  ActorArray<Real> weight;
  RungArray<Real> estimate;  ///< p̂, the mediator's estimate of acceptance
  RungArray<Real> appeal;    ///< e^(value p̂ / noise): what its choice is proportional to

  Real agreed_rung;  ///< in force; −1 where nothing is
  Real signed_round, ceasefire_start;
  Real hazard, survival, stay, order;  ///< of what is in force; stay = e^(−hΔ)
  IssueArray<Real> agreed;

  ActorArray<Real> last_utility, last_approval;
  Tally<Real> tally;
};

}  // namespace parley::talks
