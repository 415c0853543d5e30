// What each actor believes about the drift of the front, and what fighting on is worth in that belief.
//
// Belief b_i ~ N(mean, variance), prior mean = true drift + optimism_i; while the front moves a scalar Kalman filter
// learns from its moves with observation variance σ_f² (Kalman 1960). Looking H_i rounds ahead, D_i = δ_i^H_i,
// R_i = (1 − D_i) base_i(s(t)) + D_i base_i(s(t) with the front at clip(f + b_i H_i, 0, 1)) − cost_i.
// "Time is on our side" is optimism_i. Drift a unit round; H in unit rounds.
#pragma once

#include "models/talks/spatial.hpp"
#include "models/talks/war.hpp"

namespace parley::talks {

template <class Real>
struct Beliefs {
  PerActor<Real> optimism, prior_sd, look_ahead, discount;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(optimism, {.path = "actors.*.optimism", .fallback = 0, .low = -0.1, .high = 0.1, .unit = "issue scale a unit round",
                     .meaning = "by how much the drift it believes in at the start differs from the true one",
                     .source = "assumed", .pace = Pace::rate, .mechanism = "optimism", .off = 0.0});
    field(prior_sd, {.path = "actors.*.belief_sd", .fallback = 0.002, .low = 0, .high = 0.1, .unit = "issue scale a unit round",
                     .meaning = "how unsure it is of that drift", .source = "assumed", .pace = Pace::rate});
    field(look_ahead, {.path = "actors.*.look_ahead", .fallback = 26, .low = 0, .high = 520, .unit = "unit rounds",
                       .meaning = "how far it looks ahead", .source = "assumed", .pace = Pace::rounds});
    field(discount, {.path = "actors.*.discount", .fallback = 0.98, .low = 0.5, .high = 1, .unit = "1 a unit round",
                     .meaning = "discount factor", .source = "assumed", .pace = Pace::discount});
  }

  ActorArray<Real> patience;  ///< D_i, constant over a run

  void prepare(const Layout& layout) {
    for (const Actor i : layout.actors()) patience[i] = pow(discount[i], look_ahead[i]);
  }

  void begin(const Layout& layout, const War<Real>& war, State<Real>& s, Mask<Real> fresh) const {
    for (const Actor i : layout.actors()) {
      s.belief[i] = select(fresh, war.push + optimism[i], s.belief[i]);
      s.belief_variance[i] = select(fresh, prior_sd[i] * prior_sd[i], s.belief_variance[i]);
    }
  }

  void learn(const Layout& layout, const War<Real>& war, State<Real>& s) const {
    const Real noise = war.volatility * war.volatility;
    for (const Actor i : layout.actors()) {
      const Real total = s.belief_variance[i] + noise;
      const auto informs = s.fighting & (total > Real(0.0));
      const Real trust = s.belief_variance[i] / select(informs, total, Real(1.0));  // the Kalman gain
      s.belief[i] = select(informs, s.belief[i] + trust * (s.front_move - s.belief[i]), s.belief[i]);
      s.belief_variance[i] = select(informs, (1.0 - trust) * s.belief_variance[i], s.belief_variance[i]);
    }
  }

  /// Value of the status quo now and, discounted, where the actor believes the front will be.
  Real outlook(const Spatial<Real>& spatial, Actor i, const State<Real>& s, Real drift) const {
    const auto& value = spatial.status_value[i];
    const Real ahead = clip(s.front + drift * look_ahead[i], Real(0.0), Real(1.0));
    return s.present[i] + patience[i] * (value.at(ahead) - s.present[i]);
  }

  void value_fighting_on(const Layout& layout, const Spatial<Real>& spatial, State<Real>& s) const {
    for (const Actor i : layout.actors()) {
      s.present[i] = spatial.status_value[i].at(s.front);
      s.expected_front_value[i] = outlook(spatial, i, s, s.belief[i]);
      s.fighting_on[i] = s.expected_front_value[i] - s.cost[i];
    }
  }
};

}  // namespace parley::talks
