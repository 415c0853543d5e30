// The cost of rewarding conquest, and the lens of power against rules.
//
// −ν_i (1 − realism_i) Π_k max(0, 1 − x_k / reference_k) over the issues from which conquest is read, if any of them is
// settled (on a mirrored axis 1 − x_k stands for x_k). realism_i = 1: power decides; 0: rules decide. One number moves it.
// 1 − that product is the order index of what is in force: what the outcome does to the rule against conquest.
#pragma once

#include "models/talks/state.hpp"

namespace parley::talks {

template <class Real>
struct ConquestNorm {
  static constexpr Term term = conquest_norm;
  PerActor<Real> norm, realism;
  PerIssue<Real> reference;

  template <class Visitor>
  void fields(Visitor&& field) {
    field(norm, {.path = "actors.*.norm", .fallback = 0, .low = 0, .high = 2, .unit = "utility",
                 .meaning = "ν: cost of a deal that fully rewards conquest", .source = "assumed", .mechanism = "norm", .off = 0.0});
    field(realism, {.path = "actors.*.realism", .fallback = 0, .low = 0, .high = 1, .unit = "1",
                    .meaning = "lens of the theory debate: 1 power decides, 0 rules decide", .source = "assumed"});
    field(reference, {.path = "issues.*.conquest_reference", .fallback = 1, .low = 0.01, .high = 1, .unit = "issue scale",
                      .meaning = "distance from the conqueror's end at which nothing is rewarded any more (read where the issue has that role)",
                      .source = "configuration"});
  }

  IssueArray<Real> inverse_reference;  ///< constant over a run
  ActorArray<Real> price;              ///< ν (1 − realism)

  void prepare(const Layout& layout) {
    for (const Issue k : layout.issues()) inverse_reference[k] = 1.0 / reference[k];
    for (const Actor i : layout.actors()) price[i] = norm[i] * (1.0 - realism[i]);
  }

  /// The reward of conquest in a package, from 0 (none, or not settled) to 1 (full).
  Real reward(const Layout& layout, const IssueArray<Real>& x, const IssueArray<Mask<Real>>& settles) const {
    Real product(1.0), settled(0.0);
    for (const Issue k : layout.issues()) {
      if (!layout.reads_conquest(k)) continue;
      const Real kept = layout.conquest_mirrored(k) ? 1.0 - x[k] : x[k];
      product *= max(Real(0.0), 1.0 - kept * inverse_reference[k]);
      settled = select(settles[k], Real(1.0), settled);
    }
    return product * settled;
  }

  Real value(Actor i, const Table<Real>& table) const {
    return -(price[i] * table.conquest);
  }
};

}  // namespace parley::talks
