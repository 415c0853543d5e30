// What is in force: signing, lasting and collapse; and the record of it all.
//
// All seated actors agree → the package is in force: a deal ends the talks, under a truce they go on. What is in force
// collapses with probability 1 − e^(−hΔ) in each later round, Δ in years; then fighting and talks resume.
#pragma once

#include <initializer_list>

#include "engine/bargain/outcome.hpp"
#include "models/talks/durability.hpp"

namespace parley::talks {

template <class Real>
struct Agreement {
  static constexpr double ceasefire_days = 30.0;  ///< the ceasefire that forecasters ask about

  void begin(const Layout& layout, State<Real>& s, Mask<Real> fresh) const {
    const Real zero(0.0), none(-1.0);
    s.fighting = s.fighting | fresh;
    s.talking = s.talking | fresh;
    s.under_truce = but_not(s.under_truce, fresh);
    s.decided = but_not(s.decided, fresh);
    for (Real* at : {&s.agreed_rung, &s.ceasefire_start, &s.tally.truce_round, &s.tally.ceasefire_round, &s.tally.deal_round})
      *at = select(fresh, none, *at);
    for (Real* at : {&s.tally.relapses, &s.tally.rounds_talked, &s.hazard, &s.survival, &s.signed_round})
      *at = select(fresh, zero, *at);
    for (const Actor i : layout.actors()) {
      s.tally.vetoes[i] = select(fresh, zero, s.tally.vetoes[i]);
    }
    for (int l = 0; l < lanes<Real>; ++l)
      if (lane(fresh, l))
        for (std::uint16_t& count : s.tally.blocked[l]) count = 0;
  }

  /// Counts who stood in the way this round, and with which term.
  void count_refusals(const Layout& layout, State<Real>& s, const Table<Real>& table, const Answers<Real>& answers) const {
    const Real zero(0.0), one(1.0);
    Real worst(__builtin_inf()), obstacle(-1.0);  // position of (actor, term)
    for (int position = 0; position < layout.n.actors; ++position) {
      const Actor i{layout.by_stream[position]};
      const auto refused = but_not(s.talking & table.seated[i], answers.agrees[i]);
      s.tally.vetoes[i] += select(refused, one, zero);
      const auto bound_more = refused & (answers.worst_value[i] < worst);
      worst = select(bound_more, answers.worst_value[i], worst);
      obstacle = select(bound_more, answers.worst_term[i] + static_cast<double>(i.value * term_count), obstacle);
    }
    for (int l = 0; l < lanes<Real>; ++l)
      if (const double at = lane(obstacle, l); at >= 0) ++s.tally.blocked[l][static_cast<int>(at)];
    s.tally.rounds_talked += select(s.talking, one, zero);
    for (const Actor i : layout.actors()) {
      s.last_utility[i] = select(s.talking, answers.utility[i], s.last_utility[i]);
      s.last_approval[i] = select(s.talking, answers.support[i], s.last_approval[i]);
    }
  }

  /// Signs what was accepted, lets older agreements collapse at `luck`, and dates the events.
  void settle(const Layout& layout, State<Real>& s, const Table<Real>& table, const Answers<Real>& answers, Real days,
              Real luck) const {
    const Real zero(0.0), one(1.0), none(-1.0);
    const auto signs = s.talking & answers.accepted;
    const auto older = but_not(Mask<Real>(!s.fighting), signs);
    const Mask<Real> truce = signs & table.truce, deal = but_not(signs, table.truce);

    s.ceasefire_start = select(signs & s.fighting, s.round, s.ceasefire_start);
    s.agreed_rung = select(signs, table.rung, s.agreed_rung);
    s.signed_round = select(signs, s.round, s.signed_round);
    s.hazard = select(signs, table.hazard, s.hazard);
    s.survival = select(signs, table.survival, s.survival);
    if (any(signs)) s.stay = select(signs, exp(-(table.hazard * (days * (1.0 / 365.0)))), s.stay);
    s.order = select(signs, 1.0 - table.conquest, s.order);
    for (const Issue k : layout.issues()) s.agreed[k] = select(signs, table.package[k], s.agreed[k]);
    s.tally.truce_round = select(truce & (s.tally.truce_round < zero), s.round, s.tally.truce_round);
    s.tally.deal_round = select(deal & (s.tally.deal_round < zero), s.round, s.tally.deal_round);

    const auto collapses = older & (luck < 1.0 - s.stay);
    s.agreed_rung = select(collapses, none, s.agreed_rung);
    s.tally.relapses += select(collapses, one, zero);

    s.fighting = but_not(s.fighting, signs) | collapses;
    s.under_truce = but_not(but_not(s.under_truce, deal) | truce, collapses);
    s.talking = s.fighting | s.under_truce;
    const auto held = but_not((s.round - s.ceasefire_start) * days >= Real(ceasefire_days), s.fighting);
    s.tally.ceasefire_round =
        select(held & (s.tally.ceasefire_round < zero), s.ceasefire_start, s.tally.ceasefire_round);
  }

  /// Classifies the run in one lane and writes its row.
  RunRow row(const Layout& layout, const State<Real>& s, const Durability<Real>& durability, int l) const {
    RunRow row;
    const bool in_force = !lane(s.fighting, l), truce = lane(s.under_truce, l);
    const auto round_of = [l](const Real& x) { return lane(x, l) < 0 ? never : static_cast<std::uint16_t>(lane(x, l)); };
    row.truce_round = round_of(s.tally.truce_round);
    row.ceasefire_round = round_of(s.tally.ceasefire_round);
    row.deal_round = round_of(s.tally.deal_round);
    row.relapses = static_cast<std::uint8_t>(lane(s.tally.relapses, l) < 255 ? lane(s.tally.relapses, l) : 255);
    row.rounds_talked = static_cast<std::uint16_t>(lane(s.tally.rounds_talked, l));
    row.front = static_cast<float>(lane(s.front, l));
    row.energy = static_cast<float>(lane(s.energy, l));
    const float missing = __builtin_nanf("");
    row.hazard = in_force ? static_cast<float>(lane(s.hazard, l)) : missing;
    row.survival = in_force ? static_cast<float>(lane(s.survival, l)) : missing;
    row.order_index = in_force ? static_cast<float>(lane(s.order, l)) : 1.0f;
    for (const Issue k : layout.issues())
      row.package[k.value] = in_force ? static_cast<float>(lane(s.agreed[k], l)) : missing;

    int most = 0;
    double sum = lane(s.front, l) + lane(s.energy, l);
    for (int position = 0; position < layout.n.actors; ++position) {
      const Actor i{layout.by_stream[position]};
      row.vetoes[i.value] = static_cast<std::uint16_t>(lane(s.tally.vetoes[i], l));
      row.utility[i.value] = static_cast<float>(lane(s.last_utility[i], l));
      row.approval[i.value] = static_cast<float>(lane(s.last_approval[i], l));
      sum += lane(s.last_utility[i], l) + lane(s.last_approval[i], l) + lane(s.weight[i], l) + lane(s.fighting_on[i], l);
      for (int term = 0; term < term_count; ++term) {
        const int count = s.tally.blocked[l][i.value * term_count + term];
        if (count <= most) continue;
        most = count;
        row.blocking_actor = static_cast<std::uint8_t>(i.value);
        row.blocking_term = static_cast<std::uint8_t>(term);
      }
    }
    for (const Issue k : layout.issues()) sum += lane(s.text[k], l);

    row.rung = in_force ? static_cast<std::uint8_t>(lane(s.agreed_rung, l)) : nobody;
    if (lane(s.decided, l)) row.military_end = lane(s.front, l) <= 0 ? 1 : 2;
    if (in_force && !truce) {
      const bool comprehensive = layout.is_comprehensive(Rung{row.rung});
      const bool durable = lane(s.survival, l) >= lane(static_cast<const Real&>(durability.threshold), l);
      row.scenario = comprehensive && durable ? Scenario::full_settlement : Scenario::partial_deal;
    } else {
      row.stalemate_kind = truce                ? StalemateKind::truce
                           : row.relapses > 0   ? StalemateKind::relapsed
                                                : StalemateKind::fighting;
    }
    // One impossible number anywhere makes the sum one: such a run is kept as failed, and not counted.
    if (!(sum - sum == 0)) {
      row.scenario = Scenario::failed;
      row.stalemate_kind = StalemateKind::none;
    }
    return row;
  }
};

}  // namespace parley::talks
