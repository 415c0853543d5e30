// When to take the standing offer (Baarslag, Hindriks and Jonker 2013, Complex Automated Negotiations).
//   AC-next   α u(offer) + β ≥ u(own next bid)
//   AC-combi  AC-next, or t ≥ T and u(offer) ≥ the best that was heard within the last 1 − t before t
// All utilities are the listener's own; t and T are shares of the time there is. Equality is meant up to rounding.
#pragma once

namespace parley::saop {

struct Acceptance {
  enum class Rule { next, combi };
  Rule rule = Rule::next;
  double factor = 1;   ///< α
  double bonus = 0;    ///< β
  double late = 0.99;  ///< T
};

/// Sums of a few utilities in [0, 1] that are equal on paper differ by less than this.
inline constexpr double utility_rounding = 1e-9;

struct Consideration {
  double offer = 0;     ///< u(offer)
  double next_bid = 1;  ///< u(own next bid)
  double time = 0;      ///< t
  double best_in_window = 0;
};

inline bool accepts_next(const Acceptance& rule, const Consideration& now) {
  return rule.factor * now.offer + rule.bonus >= now.next_bid - utility_rounding;
}

inline bool accepts_combi(const Acceptance& rule, const Consideration& now) {
  return accepts_next(rule, now) || (now.time >= rule.late && now.offer >= now.best_in_window - utility_rounding);
}

inline bool accepts(const Acceptance& rule, const Consideration& now) {
  return rule.rule == Acceptance::Rule::next ? accepts_next(rule, now) : accepts_combi(rule, now);
}

}  // namespace parley::saop
