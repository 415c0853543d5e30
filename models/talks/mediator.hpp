// The mediator: a single text that is redrafted until all can live with it, and a choice of how much to ask for.
//
// Text   x* = argmin Σ_i w_i stakes_i (x−θ_i)ᵀA_i(x−θ_i), clipped to the box; text ← text + inertia (x* − text)
// Weight w_i ← clip(w_i exp(clip(−η gain_i, ±limit)), low, high), then all rescaled to the sum of the biases: dual ascent
//        on acceptance, whoever loses most counts more next time (single negotiating text: Raiffa 1982)
// Rung   the largest of value_r p̂_r + noise · Gumbel, which is a choice with probability ∝ e^(value_r p̂_r / noise);
//        no truce while one holds. p̂ of the tabled rung moves by smoothing towards its result (1 signed, 0 not).
#pragma once

#include "models/talks/durability.hpp"
#include "models/talks/spatial.hpp"

namespace parley::talks {

template <class Real>
struct Mediator {
  PerActor<Real> bias;
  PerIssue<Real> first_text;
  PerRung<Real> value, first_estimate;
  Scalar<Real> step, step_limit, weight_low, weight_high, inertia, noise, smoothing, tilt;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(bias, {.path = "actors.*.mediation_weight", .fallback = 1, .low = 0, .high = 8, .unit = "1",
                 .meaning = "weight of the actor's wishes in the first text", .source = "assumed"});
    field(first_text, {.path = "issues.*.text", .fallback = 0.5, .low = 0, .high = 1, .unit = "issue scale",
                       .meaning = "the first draft", .source = "published plans; see the configuration"});
    field(value, {.path = "rungs.*.value", .fallback = 1, .low = 0, .high = 10, .unit = "1",
                  .meaning = "what the mediator would give for an agreement on this rung", .source = "assumed"});
    field(first_estimate, {.path = "rungs.*.first_estimate", .fallback = 0.1, .low = 0, .high = 1, .unit = "probability",
                           .meaning = "p̂ at the start: its estimate that the rung is accepted", .source = "assumed"});
    field(step, {.path = "mediator.step", .fallback = 0.5, .low = 0, .high = 5, .unit = "1 a unit of utility and unit round",
                 .meaning = "η: how strongly weights answer gains and losses", .source = "assumed", .pace = Pace::rate, .off = 0.0});
    field(step_limit, {.path = "mediator.step_limit", .fallback = 0.15, .low = 0, .high = 2, .unit = "1 a unit round",
                       .meaning = "largest change of a log weight", .source = "assumed", .pace = Pace::rate});
    field(weight_low, {.path = "mediator.weight_low", .fallback = 0.05, .low = 0, .high = 1, .unit = "1",
                       .meaning = "smallest weight before rescaling", .source = "assumed"});
    field(weight_high, {.path = "mediator.weight_high", .fallback = 8, .low = 1, .high = 100, .unit = "1",
                        .meaning = "largest weight before rescaling", .source = "assumed"});
    field(inertia, {.path = "mediator.inertia", .fallback = 0.35, .low = 0, .high = 1, .unit = "1 a unit round",
                    .meaning = "share of the way from the old text to the best one that a redraft goes", .source = "assumed", .pace = Pace::share});
    field(noise, {.path = "mediator.agenda_noise", .fallback = 0.02, .low = 0.015, .high = 10,  // 10/0.015 is as far as e^x reaches
                   .unit = "1",
                  .meaning = "how loosely the choice of a rung follows value · p̂", .source = "assumed"});
    field(smoothing, {.path = "mediator.smoothing", .fallback = 0.08, .low = 0, .high = 1, .unit = "1 a unit round",
                      .meaning = "by how much one result moves p̂", .source = "assumed", .pace = Pace::share});
    field(tilt, {.path = "protocol.tilt", .fallback = 2, .low = 1, .high = 100, .unit = "1",
                 .meaning = "alternating offers: by how much the proposer's own weight is raised in its text", .source = "assumed"});
  }

  // Constant over a run: stakes_i A_i and stakes_i A_i θ_i.
  ActorArray<IssueArray<Real>> pull;     ///< stakes_i (A_i θ_i)_k
  ActorArray<IssueArray<Real>> hold;     ///< stakes_i (A_i)_kk
  IdArray<Link, ActorArray<Real>, max_links> tie;  ///< stakes_i (A_i)_ab of a linked pair
  Real total_bias, inverse_noise;
  bool gentle;  ///< no weight moves by more than a third a round: e^x needs no range reduction, and has the same bits

  void prepare(const Layout& layout, const Spatial<Real>& spatial) {
    total_bias = Real(0.0);
    inverse_noise = 1.0 / noise;
    gentle = !any(step_limit > Real(0.34));
    for (const Actor i : layout.actors()) {
      total_bias += bias[i];
      for (const Issue k : layout.issues()) {
        hold[i][k] = spatial.stakes[i] * spatial.salience(i, k);
        pull[i][k] = spatial.salience(i, k) * spatial.ideal(i, k);
      }
      for (const Link l : layout.links()) {
        const Issue a = layout.link_a(l), b = layout.link_b(l);
        pull[i][a] += spatial.linkage(i, l) * spatial.ideal(i, b);
        pull[i][b] += spatial.linkage(i, l) * spatial.ideal(i, a);
        tie[l][i] = spatial.stakes[i] * spatial.linkage(i, l);
      }
      for (const Issue k : layout.issues()) pull[i][k] = spatial.stakes[i] * pull[i][k];
    }
  }

  void begin(const Layout& layout, State<Real>& s, Mask<Real> fresh) const {
    for (const Actor i : layout.actors()) s.weight[i] = select(fresh, bias[i], s.weight[i]);
    for (const Issue k : layout.issues()) s.text[k] = select(fresh, first_text[k], s.text[k]);
    for (const Rung r : layout.rungs()) {
      s.estimate[r] = select(fresh, first_estimate[r], s.estimate[r]);
      s.appeal[r] = select(fresh, exp(value[r] * first_estimate[r] * inverse_noise), s.appeal[r]);
    }
  }

  /// Whose wishes shape the text this round, and by how much.
  Real voice(const Layout& layout, const Durability<Real>& durability, Actor i, const State<Real>& s) const {
    if (layout.protocol == ProtocolKind::alternating) {
      if (!layout.fights(i)) return Real(0.0);
      return s.weight[i] * select(proposes(layout, i, s), Real(tilt), Real(1.0));
    }
    return select(durability.has_seat[i], s.weight[i], Real(0.0));
  }

  /// Alternating offers: the belligerents take turns, the lower stream number first (Rubinstein 1982).
  Mask<Real> proposes(const Layout& layout, Actor i, const State<Real>& s) const {
    const int turns = __builtin_popcount(layout.belligerents);
    int mine = 0;
    for (const Actor j : layout.actors()) mine += layout.fights(j) && layout.actor_stream[j.value] < layout.actor_stream[i.value];
    const double shift = 6755399441055744.0;
    const Real cycle = (s.round - mine) * (1.0 / turns);
    const Real nearest = (cycle + shift) - shift;
    const Real off = (cycle - nearest) * turns;
    return (off < Real(0.5)) & (off > Real(-0.5));
  }

  void redraft(const Layout& layout, const Durability<Real>& durability, State<Real>& s) const {
    ActorArray<Real> weight;
    for (const Actor i : layout.actors()) weight[i] = voice(layout, durability, i, s);
    const IssueArray<Real> best = compromise(layout, weight);
    for (const Issue k : layout.issues()) {
      const Real inside = clip(best[k], Real(0.0), Real(1.0));
      s.text[k] = select(s.talking, s.text[k] + inertia * (inside - s.text[k]), s.text[k]);
    }
  }

  /// Chooses the rung to table: inverts the distribution ∝ appeal at the agenda's uniform number.
  Real choose(const Layout& layout, const State<Real>& s) const {
    RungArray<Real> open;
    Real total(0.0);
    for (const Rung r : layout.rungs()) {
      open[r] = layout.is_truce(r) ? select(s.under_truce, Real(0.0), s.appeal[r]) : s.appeal[r];
      total += open[r];
    }
    const Real mark = s.agenda * total;
    Real passed(0.0), chosen(-1.0), last(0.0);
    for (const Rung r : layout.rungs()) {
      passed += open[r];
      const Real here(static_cast<double>(r.value));
      chosen = select((chosen < Real(0.0)) & (mark < passed), here, chosen);
      last = select(open[r] > Real(0.0), here, last);
    }
    return select(chosen < Real(0.0), last, chosen);
  }

  void learn(const Layout& layout, State<Real>& s, const Table<Real>& table, const Answers<Real>& answers) const {
    Real total(0.0);
    ActorArray<Real> moved;
    for (const Actor i : layout.actors()) {
      const Real change = clip(-(step * answers.gain[i]), -step_limit, Real(step_limit));
      moved[i] = clip(s.weight[i] * (gentle ? detail::exp_reduced(change) : exp(change)), Real(weight_low), Real(weight_high));
      total += moved[i];
    }
    const Real scale = total_bias / total;
    for (const Actor i : layout.actors()) s.weight[i] = select(s.talking, moved[i] * scale, s.weight[i]);

    // Only the tabled rung's estimate moves: gather it, move it, and put it back.
    Real estimate(0.0), worth(0.0);
    for (const Rung r : layout.rungs()) {
      const auto tabled = table.rung == Real(static_cast<double>(r.value));
      estimate = select(tabled, s.estimate[r], estimate);
      worth = select(tabled, value[r], worth);
    }
    estimate += smoothing * (select(answers.accepted, Real(1.0), Real(0.0)) - estimate);
    const Real appeal = exp(worth * estimate * inverse_noise);
    for (const Rung r : layout.rungs()) {
      const auto tabled = s.talking & (table.rung == Real(static_cast<double>(r.value)));
      s.estimate[r] = select(tabled, estimate, s.estimate[r]);
      s.appeal[r] = select(tabled, appeal, s.appeal[r]);
    }
  }

 private:
  /// argmin Σ w_i stakes_i (x−θ_i)ᵀA_i(x−θ_i): LDLᵀ in place, sums in a fixed order, 1e−6 on the diagonal. Entries that no
  /// linkage can fill are skipped, which leaves the others' bits as they are.
  IssueArray<Real> compromise(const Layout& layout, const ActorArray<Real>& weight) const {
    Real a[max_issues][max_issues];
    bool filled[max_issues][max_issues] = {};
    IssueArray<Real> x;
    const int n = layout.n.issues;
    for (const Issue k : layout.issues()) {
      Real diagonal(1e-6), side(0.5e-6);  // what nobody cares about goes to the middle, whichever way the axis runs
      for (const Actor i : layout.actors()) {
        diagonal += weight[i] * hold[i][k];
        side += weight[i] * pull[i][k];
      }
      a[k.value][k.value] = diagonal;
      x[k] = side;
    }
    for (const Link l : layout.links()) {
      Real sum(0.0);
      for (const Actor i : layout.actors()) sum += weight[i] * tie[l][i];
      const int p = layout.link_a(l).value, q = layout.link_b(l).value;
      const int low = p < q ? p : q, high = p < q ? q : p;
      a[high][low] = filled[high][low] ? a[high][low] + sum : sum;
      filled[high][low] = true;
    }
    Real* const y = x.items;
    for (int j = 0; j < n; ++j) {
      const Real inverse = 1.0 / a[j][j];
      for (int i = j + 1; i < n; ++i) {
        if (!filled[i][j]) continue;
        const Real factor = a[i][j] * inverse;
        for (int m = j + 1; m <= i; ++m) {
          if (!filled[m][j]) continue;
          const Real change = factor * a[m][j];
          a[i][m] = m == i || filled[i][m] ? a[i][m] - change : -change;
          filled[i][m] = true;
        }
        y[i] -= factor * y[j];
      }
      y[j] = y[j] * inverse;
      a[j][j] = inverse;
    }
    for (int j = n - 1; j >= 0; --j)
      for (int i = j + 1; i < n; ++i)
        if (filled[i][j]) y[j] -= a[i][j] * a[j][j] * y[i];
    return x;
  }
};

}  // namespace parley::talks
