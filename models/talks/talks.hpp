// The peace talks model, put together: one line a part, and one round as the theory tells it.
#pragma once

#include "engine/bargain/kernel.hpp"
#include "models/talks/agreement.hpp"
#include "models/talks/aspiration.hpp"
#include "models/talks/capability.hpp"
#include "models/talks/conquest_norm.hpp"
#include "models/talks/decision.hpp"
#include "models/talks/loss_aversion.hpp"
#include "models/talks/mediator.hpp"
#include "models/talks/opinion.hpp"
#include "models/talks/rearmament.hpp"
#include "models/talks/waiting.hpp"

namespace parley::talks {

/// All parts of the model; each describes its own parameters in fields().
template <class Real>
struct Parts {
  Spatial<Real> spatial;
  War<Real> war;
  Cost<Real> cost;
  Beliefs<Real> beliefs;
  LossAversion<Real> loss_aversion;
  ConquestNorm<Real> conquest_norm;
  Durability<Real> durability;
  Rearmament<Real> rearmament;
  Opinion<Real> opinion;
  Aspiration<Real> aspiration;
  Waiting<Real> waiting;
  Decision<Real> decision;
  Mediator<Real> mediator;
  Capability<Real> capability;
  Agreement<Real> agreement;

  template <class Visitor>
  void fields(Visitor&& field) {
    spatial.fields(field);
    war.fields(field);
    cost.fields(field);
    beliefs.fields(field);
    loss_aversion.fields(field);
    conquest_norm.fields(field);
    durability.fields(field);
    rearmament.fields(field);
    opinion.fields(field);
    aspiration.fields(field);
    waiting.fields(field);
    decision.fields(field);
    mediator.fields(field);
    capability.fields(field);
  }
};

/// One negotiation (a packet: one in each lane), to be played by the loop in engine/bargain/play.hpp.
template <class Real>
class Talks {
 public:
  Talks(const Layout& layout, const Real* values, std::uint64_t seed) : layout_(layout), seed_(seed) {
    Binder<Real> bind(values, layout.n);
    parts_.fields(bind);
  }

  /// Sets the lanes of `fresh` to the start of a run; their parameter values and replicates are already in place.
  void begin(Mask<Real> fresh, const Word<Real>& replicates) {
    auto& p = parts_;
    p.spatial.prepare(layout_);
    p.war.prepare(layout_);
    p.beliefs.prepare(layout_);
    p.loss_aversion.prepare(layout_);
    p.conquest_norm.prepare(layout_);
    p.durability.prepare(layout_, p.cost);
    p.rearmament.prepare(layout_);
    p.opinion.prepare(layout_);
    p.aspiration.prepare(layout_);
    p.waiting.prepare(layout_);
    p.decision.prepare(layout_, *p.war.days);
    p.mediator.prepare(layout_, p.spatial);

    s_.replicate = replicates;
    s_.round = select(fresh, Real(0.0), s_.round);
    s_.clock = select_words(fresh, Word<Real>(0), s_.clock);
    s_.rearmed = select(fresh, Real(0.0), s_.rearmed);
    s_.front = select(fresh, layout_.has_front() ? p.spatial.status_quo[layout_.front()] : Real(0.0), s_.front);
    s_.front_move = select(fresh, Real(0.0), s_.front_move);
    s_.energy = select(fresh, *p.war.energy_start, s_.energy);
    p.agreement.begin(layout_, s_, fresh);
    p.beliefs.begin(layout_, p.war, s_, fresh);
    p.loss_aversion.begin(layout_, p.spatial, s_, fresh);
    p.opinion.begin(layout_, s_, draws(), fresh);
    p.aspiration.begin(layout_, s_, fresh);
    p.mediator.begin(layout_, s_, fresh);
    for (const Actor i : layout_.actors()) s_.prospect[i] = select(fresh, p.spatial.status_value[i].at(s_.front), s_.prospect[i]);
  }

  /// Nature and time: front and energy, beliefs, mood, costs.
  void advance() {
    auto& p = parts_;
    draw_luck();
    p.rearmament.accrue(s_);
    p.war.advance(layout_, s_);
    p.loss_aversion.adapt(layout_, s_);
    p.beliefs.learn(layout_, p.war, s_);
    p.opinion.advance(layout_, s_);
    take_stock();
  }

  /// What the war costs now, and what fighting on is worth.
  void take_stock() {
    parts_.cost.accrue(layout_, s_);
    parts_.beliefs.value_fighting_on(layout_, parts_.spatial, s_);
  }

  /// The text is redrafted and a rung is chosen: what is on the table.
  Table<Real> table() {
    auto& p = parts_;
    p.mediator.redraft(layout_, p.durability, s_);
    return laid_out(p.mediator.choose(layout_, s_), s_.text);
  }

  /// Another text takes the place of the mediator's draft, which is redrafted from it.
  void put_forward(const IssueArray<Real>& text) { s_.text = text; }

  /// Leadership and public of every actor answer.
  Answers<Real> decide(const Table<Real>& table) {
    Answers<Real> answers = heard(table);
    for (const Actor i : layout_.actors()) blame(i, weigh(i, table, answers), answers);
    answers.accepted = Real(0.0) == Real(0.0);
    for (const Actor i : layout_.actors()) {
      consent(i, table, answers);
      answers.accepted = answers.accepted & (answers.agrees[i] | Mask<Real>(!table.seated[i]));
    }
    return answers;
  }

  /// What the publics make of the table: support and ratification. The first step of every decision; step by step for all
  /// actors, so that a processor works on many of them at once.
  Answers<Real> heard(const Table<Real>& table) const {
    Answers<Real> answers;
    for (const Actor i : layout_.actors()) answers.support[i] = parts_.opinion.support(layout_, i, table.package, s_);
    for (const Actor i : layout_.actors())
      answers.ratification[i] = parts_.opinion.ratification(i, table.truce, answers.support[i]);
    return answers;
  }

  /// The mediator learns whom to weigh more and what to ask for; the actors what to expect of the table.
  void learn(const Table<Real>& table, const Answers<Real>& answers) {
    for (const Actor i : layout_.actors()) parts_.waiting.remember(i, s_, answers.utility[i]);
    parts_.mediator.learn(layout_, s_, table, answers);
  }

  /// Agreements are signed, older ones may collapse, and the round is over.
  void settle(const Table<Real>& table, const Answers<Real>& answers) {
    auto& p = parts_;
    p.agreement.count_refusals(layout_, s_, table, answers);
    p.agreement.settle(layout_, s_, table, answers, *p.war.days, collapse_luck_);
    p.aspiration.fade(layout_, s_);
    s_.round += 1.0;
    s_.clock = s_.clock + Word<Real>(1);
  }

  /// Lanes whose run has come to its horizon or was decided on the battlefield.
  Mask<Real> finished() const { return (s_.round >= Real(parts_.war.horizon)) | s_.decided; }
  RunRow row(int lane) const { return parts_.agreement.row(layout_, s_, parts_.durability, lane); }

  const State<Real>& state() const { return s_; }
  const Parts<Real>& parts() const { return parts_; }
  const Layout& layout() const { return layout_; }

  /// What each term adds to the gain of actor i, once the publics are heard; `answers` receives utility and gain.
  /// gain_i = substance + cost_i + the other terms: v_i(x, M) − R_i − aspiration (and less the value of waiting).
  PARLEY_INLINE TermArray<Real> weigh(Actor i, const Table<Real>& table, Answers<Real>& answers) const {
    const auto& p = parts_;
    TermArray<Real> terms;
    const Real content = p.spatial.base(layout_, i, table.package) + p.spatial.peace[i];
    terms[substance] = content - s_.expected_front_value[i];
    terms[truce_cost] = p.cost.value(i, table, s_);
    terms[loss_aversion] = p.loss_aversion.value(layout_, p.spatial, i, table, s_);
    terms[conquest_norm] = p.conquest_norm.value(i, table);
    terms[fragile_peace] = p.durability.value(i, table);
    terms[rearmament] = p.rearmament.value(p.beliefs, p.spatial, 365.0 / *p.war.days, i, table, s_);
    terms[public_opinion] = p.opinion.value(i, table, answers.support[i]);
    terms[aspiration] = p.aspiration.value(i, table, s_);
    terms[waiting] = p.waiting.value(layout_, p.beliefs, i, s_);
    terms[ratification] = Real(0.0);  // known once its leadership has spoken
    Real extra = terms[truce_cost];
    for (const Term t : {loss_aversion, conquest_norm, fragile_peace, rearmament, public_opinion}) extra += terms[t];
    answers.utility[i] = content + extra;
    answers.gain[i] = (terms[substance] + s_.cost[i]) + (extra + (terms[aspiration] + terms[waiting]));
    return terms;
  }

  /// The table if this text stood on this rung.
  Table<Real> laid_out(Real rung, const IssueArray<Real>& text) const {
    const auto& p = parts_;
    Table<Real> table;
    table.rung = rung;
    table.settled_share = Real(0.0);
    const auto none = Real(1.0) < Real(0.0);
    for (const Issue k : layout_.issues()) table.settles[k] = none;
    for (const Actor i : layout_.actors()) table.seated[i] = none;
    for (const Rung r : layout_.rungs()) {
      const auto tabled = rung == Real(static_cast<double>(r.value));
      const double share = static_cast<double>(layout_.settled_count(r)) / layout_.n.issues;
      table.settled_share = select(tabled, Real(share), table.settled_share);
      for (const Issue k : layout_.issues())
        if (layout_.settles_issue(r, k)) table.settles[k] = table.settles[k] | tabled;
      for (const Actor i : layout_.actors())
        if (seated(r, i)) table.seated[i] = table.seated[i] | (tabled & p.durability.has_seat[i]);
    }
    table.truce = table.settled_share == Real(0.0);
    for (const Issue k : layout_.issues())
      table.package[k] = select(table.settles[k], text[k], p.spatial.status(layout_, k, s_.front));
    table.conquest = p.conquest_norm.reward(layout_, table.package, table.settles);
    p.durability.judge(layout_, table);
    return table;
  }

 private:
  /// All the luck of a round at once: its draws are independent, so that a processor works on many of them side by side.
  void draw_luck() {
    const Draws<Real> luck = draws();
    ActorArray<WordPair<Word<Real>>> words;
    for (const Actor i : layout_.actors()) words[i] = luck.words({Stream::Kind::actor, layout_.actor_stream[i.value]}, use::round);
    const auto table_words = luck.words({}, use::table);
    if (layout_.has_front())
      s_.front_shock = luck.normal({Stream::Kind::issue, layout_.issue_stream[layout_.front_issue]}, use::front);
    s_.strike = Real(0.0);
    for (const Actor i : layout_.actors()) {
      const auto drawn = Draws<Real>::uniforms_and_normals(words[i]);
      s_.fresh_mood[i] = drawn.uniform;
      s_.mood_shock[i] = drawn.normal.first;
      if (i.value == layout_.energy_actor) s_.strike = drawn.normal.second;
    }
    const auto table_luck = Draws<Real>::uniforms(table_words);
    parts_.decision.renew(layout_, s_, luck);
    parts_.decision.renew_table(s_, luck, table_luck.first);
    collapse_luck_ = table_luck.second;
  }

  Draws<Real> draws() const { return Draws<Real>(seed_, s_.replicate, s_.clock); }

  static std::uint64_t select_words(bool mask, std::uint64_t a, std::uint64_t b) { return mask ? a : b; }
  template <class Isa, int N>
  static PackWord<Isa, N> select_words(const PackMask<Isa, N>& mask, const PackWord<Isa, N>& a, const PackWord<Isa, N>& b) {
    return bits_of(select(mask, real_of(a), real_of(b)));
  }

  bool seated(Rung r, Actor i) const {
    return layout_.protocol == ProtocolKind::alternating ? layout_.fights(i) : layout_.seats_actor(r, i);
  }

  /// Which term weighs most against the table.
  PARLEY_INLINE void blame(Actor i, const TermArray<Real>& terms, Answers<Real>& answers) const {
    Real worst(0.0), which(0.0);
    for (int t = 0; t < term_count; ++t) {
      const auto heavier = terms.items[t] < worst;
      worst = min(worst, terms.items[t]);
      which = select(heavier, Real(static_cast<double>(t)), which);
    }
    answers.worst_term[i] = which;
    answers.worst_value[i] = worst;
  }

  /// Leadership and public answer; a refusal is put down to the heaviest term, or to ratification where the public, or fear
  /// of its vote, stands in the way.
  void consent(Actor i, const Table<Real>& table, Answers<Real>& answers) const {
    const auto& p = parts_;
    const Real rho = answers.ratification[i];
    const Real foreseen = select(Real(p.opinion.anticipated) > Real(0.0), rho, Real(1.0));
    const Real risk = (1.0 - foreseen) * p.decision.audience[i];
    const Real expected = foreseen * answers.gain[i] - risk;
    answers.leadership[i] = p.decision.leadership_agrees(i, expected, s_.leadership_mood[i]);
    answers.ratifies[i] = (Real(p.opinion.vote) <= Real(0.0)) | (s_.public_mood[i] < rho) | table.truce;
    answers.agrees[i] = answers.leadership[i] & answers.ratifies[i];

    // Ratification stands in the way where the leadership agreed, or would have gained but feared the vote.
    const auto feared = (answers.gain[i] > Real(0.0)) & (expected <= Real(0.0));
    const auto by_public = answers.leadership[i] | feared;
    answers.worst_term[i] = select(by_public, Real(static_cast<double>(ratification.value)), answers.worst_term[i]);
    answers.worst_value[i] = select(by_public, -(1.0 - rho), answers.worst_value[i]);
  }

  Layout layout_;
  std::uint64_t seed_;
  Parts<Real> parts_;
  State<Real> s_{};
  Real collapse_luck_;
};

}  // namespace parley::talks
