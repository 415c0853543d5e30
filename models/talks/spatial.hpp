// What a package is worth by its content: a spatial utility whose issues need not be separable.
//
// base_i(x) = stakes_i (1 − (x−θ_i)ᵀ A_i (x−θ_i)), A_i symmetric positive semidefinite: saliences on its diagonal and,
// off it, the linkage of pairs of issues (Davis, Hinich and Ordeshook 1970; Enelow and Hinich 1984).
// x, θ in [0, 1]; base in units of utility, at most stakes_i. A settlement as such adds peace_i.
#pragma once

#include "models/talks/state.hpp"

namespace parley::talks {

template <class Real>
struct Spatial {
  PerActor<Real> stakes, peace;
  PerActorIssue<Real> ideal, salience;
  PerActorLink<Real> linkage;
  PerIssue<Real> status_quo;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(status_quo, {.path = "issues.*.status_quo", .fallback = 0.5, .low = 0, .high = 1, .unit = "issue scale",
                       .meaning = "where the issue stands at the start and, unless it moves with the front, stays without a deal",
                       .source = "configuration"});
    field(stakes, {.path = "actors.*.stakes", .fallback = 1, .low = 0, .high = 10, .unit = "utility",
                   .meaning = "weight of the whole matter to this actor: value of its ideal package",
                   .source = "assumed; 1 for a belligerent"});
    field(peace, {.path = "actors.*.peace", .fallback = 0, .low = -1, .high = 1, .unit = "utility",
                  .meaning = "what any agreement is worth as such", .source = "assumed", .off = 0.0});
    field(ideal, {.path = "actors.*.ideal.*", .fallback = 0.5, .low = 0, .high = 1, .unit = "issue scale",
                  .meaning = "ideal point", .source = "stated positions; see the configuration"});
    field(salience, {.path = "actors.*.salience.*", .fallback = 0, .low = 0, .high = 1, .unit = "1",
                     .meaning = "weight of the issue: diagonal of the matrix A of the spatial utility",
                     .source = "Davis, Hinich and Ordeshook 1970; values assumed"});
    field(linkage, {.path = "actors.*.linkage.*", .fallback = 0, .low = -1, .high = 1, .unit = "1",
                    .meaning = "linkage of two issues: each of the two symmetric entries of A off its diagonal",
                    .source = "Davis, Hinich and Ordeshook 1970; values assumed", .mechanism = "linkage", .off = 0.0});
  }

  /// A point in the issue space in the status quo, its front at f.
  Real status(const Layout& layout, Issue k, Real front) const { return layout.is_front(k) ? front : status_quo[k]; }

  Real base(const Layout& layout, Actor i, const IssueArray<Real>& x) const {
    Real distance(0.0);
    for (const Issue k : layout.issues()) {
      const Real d = x[k] - ideal(i, k);
      distance += salience(i, k) * (d * d);
    }
    for (const Link l : layout.links()) {
      const Issue a = layout.link_a(l), b = layout.link_b(l);
      distance += 2.0 * linkage(i, l) * ((x[a] - ideal(i, a)) * (x[b] - ideal(i, b)));
    }
    return stakes[i] * (1.0 - distance);
  }

  /// base_i of the status quo is a parabola in the front: its coefficients are constant over a run.
  struct Parabola {
    Real constant, slope, curvature;
    Real at(Real f) const { return constant + f * (slope + f * curvature); }
  };
  ActorArray<Parabola> status_value;

  void prepare(const Layout& layout) {
    for (const Actor i : layout.actors()) {
      Real fixed(0.0), pull(0.0), weight(0.0), centre(0.0);
      for (const Issue k : layout.issues()) {
        const Real d = status_quo[k] - ideal(i, k);
        if (layout.is_front(k)) { weight = salience(i, k); centre = ideal(i, k); }
        else fixed += salience(i, k) * (d * d);
      }
      for (const Link l : layout.links()) {
        const Issue a = layout.link_a(l), b = layout.link_b(l);
        const Real da = status_quo[a] - ideal(i, a), db = status_quo[b] - ideal(i, b);
        if (layout.is_front(a)) pull += 2.0 * linkage(i, l) * db;
        else if (layout.is_front(b)) pull += 2.0 * linkage(i, l) * da;
        else fixed += 2.0 * linkage(i, l) * (da * db);
      }
      // distance = fixed + weight (f − centre)² + pull (f − centre)
      status_value[i] = {.constant = stakes[i] * (1.0 - (fixed + centre * (weight * centre - pull))),
                         .slope = stakes[i] * (2.0 * (weight * centre) - pull),
                         .curvature = -(stakes[i] * weight)};
    }
  }
};

}  // namespace parley::talks
