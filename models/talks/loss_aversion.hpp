// Territory is no price among others: giving up a protected issue hurts more than gaining it would please.
//
// −λ_i Σ_{k∈M} κ_ik max(0, side_i (s⁰_k − x_k))   (after Kahneman and Tversky 1979: a kink at the reference point)
// λ_i ≥ 0, κ_ik ≥ 0 the protection of issue k, side_i ∈ {−1, 0, 1} the direction in which i counts a loss; s⁰ the status
// quo at the start. With adaptation > 0 the reference on the issue of the front moves towards the present front by that
// share a unit round: land long lost stops being a loss. Where the issue at stake is indivisible or sacred, λ is large.
#pragma once

#include "models/talks/spatial.hpp"

namespace parley::talks {

template <class Real>
struct LossAversion {
  static constexpr Term term = loss_aversion;
  PerActor<Real> aversion, side, adaptation;
  PerActorIssue<Real> protection;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(aversion, {.path = "actors.*.loss_aversion", .fallback = 0, .low = 0, .high = 20, .unit = "1",
                     .meaning = "λ: how much more a loss on a protected issue weighs",
                     .source = "Tversky and Kahneman 1992 find 2.25 for money; here assumed", .mechanism = "loss_aversion", .off = 0.0});
    field(protection, {.path = "actors.*.protects.*", .fallback = 0, .low = 0, .high = 2, .unit = "utility a unit of the issue",
                       .meaning = "κ: how protected the issue is", .source = "assumed"});
    field(side, {.path = "actors.*.side", .fallback = 0, .low = -1, .high = 1, .unit = "1",
                 .meaning = "the end of the protected issues towards which it counts gains: 1, −1, or 0 for none",
                 .source = "configuration"});
    field(adaptation, {.path = "actors.*.reference_adaptation", .fallback = 0, .low = 0, .high = 1, .unit = "1 a unit round",
                       .meaning = "share of the gap by which its reference follows the front", .source = "assumed",
                       .pace = Pace::share, .off = 0.0});
  }

  ActorArray<IssueArray<Real>> weight;     ///< λ κ, constant over a run
  ActorArray<IssueArray<bool>> protects;   ///< somebody in the packet protects the issue
  bool adapts;                             ///< some reference moves

  void prepare(const Layout& layout) {
    adapts = false;
    for (const Actor i : layout.actors()) {
      adapts = adapts || any(adaptation[i] > Real(0.0));
      for (const Issue k : layout.issues()) {
        weight[i][k] = aversion[i] * protection(i, k);
        protects[i][k] = any(weight[i][k] > Real(0.0));
      }
    }
  }

  void begin(const Layout& layout, const Spatial<Real>& spatial, State<Real>& s, Mask<Real> fresh) const {
    if (!layout.has_front()) return;
    for (const Actor i : layout.actors())
      s.accustomed[i] = select(fresh, spatial.status_quo[layout.front()], s.accustomed[i]);
  }

  void adapt(const Layout& layout, State<Real>& s) const {
    if (!layout.has_front() || !adapts) return;
    for (const Actor i : layout.actors()) s.accustomed[i] += adaptation[i] * (s.front - s.accustomed[i]);
  }

  Real value(const Layout& layout, const Spatial<Real>& spatial, Actor i, const Table<Real>& table,
             const State<Real>& s) const {
    Real loss(0.0);
    for (const Issue k : layout.issues()) {
      if (!protects[i][k]) continue;
      const Real reference = layout.is_front(k) ? s.accustomed[i] : spatial.status_quo[k];
      const Real given_up = max(Real(0.0), side[i] * (reference - table.package[k]));
      loss += select(table.settles[k], weight[i][k] * given_up, Real(0.0));
    }
    return -loss;
  }
};

}  // namespace parley::talks
