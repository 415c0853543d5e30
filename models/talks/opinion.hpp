// Publics: how many would back a package, how their mood moves, and whether they would ratify.
//
// Support S_i(x) = σ(o_i + β_i · (x − x⁰)). Mood o_i starts as N(estimate, sd) from the polls; each round it moves by
// noise, + weariness while fighting, − rally while fighting with energy below one half (Mueller 1970 for weariness,
// direction only). Ratification ρ_i = σ((S_i − threshold_i)/width_i); a truce needs none. Term of a decision:
// π_i (S_i − ½), what the public's view is worth to the leadership (not for a truce).
#pragma once

#include "engine/core/rng.hpp"
#include "models/talks/state.hpp"
#include "models/talks/uses.hpp"

namespace parley::talks {

template <class Real>
struct Opinion {
  static constexpr Term term = public_opinion;
  PerActor<Real> mood, mood_sd, mood_noise, weariness, rally, worth, threshold, width;
  PerActorIssue<Real> response;
  PerIssue<Real> asked_at;
  Scalar<Real> anticipated, vote;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(mood, {.path = "actors.*.mood", .fallback = 0, .low = -8, .high = 8, .unit = "logit",
                 .meaning = "support for the package the polls ask about, at the start", .source = "polls; see the configuration"});
    field(mood_sd, {.path = "actors.*.mood_sd", .fallback = 0, .low = 0, .high = 3, .unit = "logit",
                    .meaning = "how unsure that estimate is; a run draws its own", .source = "polls; see the configuration", .off = 0.0});
    field(mood_noise, {.path = "actors.*.mood_noise", .fallback = 0, .low = 0, .high = 1, .unit = "logit a unit round",
                       .meaning = "random movement of mood", .source = "assumed", .pace = Pace::diffusion, .off = 0.0});
    field(weariness, {.path = "actors.*.weariness", .fallback = 0, .low = -0.2, .high = 0.2, .unit = "logit a unit round",
                      .meaning = "rise of support for a deal while fighting goes on", .source = "direction Mueller 1970; size assumed",
                      .pace = Pace::rate, .off = 0.0});
    field(rally, {.path = "actors.*.rally", .fallback = 0, .low = -0.2, .high = 0.5, .unit = "logit a unit round",
                  .meaning = "fall of support for a deal while fighting goes on and less than half the energy needed is there",
                  .source = "assumed", .pace = Pace::rate, .off = 0.0});
    field(response, {.path = "actors.*.response.*", .fallback = 0, .low = -10, .high = 10, .unit = "logit a unit of the issue",
                     .meaning = "β: how support answers the content of a package", .source = "polls on packages; see the configuration"});
    field(asked_at, {.path = "issues.*.opinion_reference", .fallback = 0.5, .low = 0, .high = 1, .unit = "issue scale",
                     .meaning = "x⁰: the package at which mood is measured; a question silent on the issue is read here", .source = "polls; see the configuration"});
    field(worth, {.path = "actors.*.opinion_worth", .fallback = 0, .low = 0, .high = 2, .unit = "utility",
                  .meaning = "π: what the public's view is worth to the leadership", .source = "assumed", .mechanism = "opinion", .off = 0.0});
    field(threshold, {.path = "actors.*.ratification_threshold", .fallback = 0.5, .low = 0, .high = 1, .unit = "share of the public",
                      .meaning = "support at which ratification is an even chance", .source = "assumed"});
    field(width, {.path = "actors.*.ratification_width", .fallback = 0.05, .low = 0.001, .high = 1, .unit = "share of the public",
                  .meaning = "how gradually the chance of ratification rises around the threshold", .source = "assumed"});
    field(anticipated, {.path = "ratification.anticipated", .fallback = 1, .low = 0, .high = 1, .unit = "switch",
                        .meaning = "leaderships weigh the chance of ratification before they answer", .source = "Putnam 1988",
                        .mechanism = "ratification", .off = 0.0});
    field(vote, {.path = "ratification.vote", .fallback = 1, .low = 0, .high = 1, .unit = "switch",
                 .meaning = "the public itself has to ratify", .source = "Putnam 1988", .mechanism = "ratification", .off = 0.0});
  }

  ActorArray<Real> silent, inverse_width;  ///< β_i · x⁰ and 1/width_i, constant over a run

  void prepare(const Layout& layout) {
    for (const Actor i : layout.actors()) {
      silent[i] = Real(0.0);
      for (const Issue k : layout.issues()) silent[i] += response(i, k) * asked_at[k];
      inverse_width[i] = 1.0 / width[i];
    }
  }

  void begin(const Layout& layout, State<Real>& s, const Draws<Real>& draws, Mask<Real> fresh) const {
    for (const Actor i : layout.actors()) {
      const Stream stream{Stream::Kind::actor, layout.actor_stream[i.value]};
      s.mood[i] = select(fresh, mood[i] + mood_sd[i] * draws.normal(stream, use::start), s.mood[i]);
    }
  }

  /// Moves every mood.
  void advance(const Layout& layout, State<Real>& s) const {
    const auto dark = s.fighting & (s.energy < Real(0.5));
    for (const Actor i : layout.actors())
      s.mood[i] += mood_noise[i] * s.mood_shock[i] + select(s.fighting, weariness[i], Real(0.0)) - select(dark, rally[i], Real(0.0));
  }

  Real support(const Layout& layout, Actor i, const IssueArray<Real>& x, const State<Real>& s) const {
    Real z = s.mood[i] - silent[i];
    for (const Issue k : layout.issues()) z += response(i, k) * x[k];
    return logistic(z);
  }

  /// ρ_i; 1 for a truce.
  Real ratification(Actor i, Mask<Real> truce, Real support_share) const {
    return select(truce, Real(1.0), logistic((support_share - threshold[i]) * inverse_width[i]));
  }

  Real value(Actor i, const Table<Real>& table, Real support_share) const {
    return select(table.truce, Real(0.0), worth[i] * (support_share - 0.5));
  }
};

}  // namespace parley::talks
