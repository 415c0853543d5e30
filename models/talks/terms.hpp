// The terms of a decision, by name: what can stand between an actor and a yes.
#pragma once

#include "engine/core/ids.hpp"

namespace parley::talks {

using Term = Id<struct TermTag>;

struct TermName {
  const char* name;
  const char* sentence;  ///< completes "… refused, because …"
};

/// The order is the order of the enumeration in a result file.
inline constexpr TermName term_names[] = {
    {"substance", "the terms were worse than what it expects of fighting on"},
    {"truce_cost", "a mere truce would leave it most of the cost of war"},
    {"loss_aversion", "it would have to give up what it holds dear"},
    {"conquest_norm", "the deal would reward conquest"},
    {"fragile_peace", "it did not trust the peace to last"},
    {"rearmament", "the other side would use the pause to rearm"},
    {"public_opinion", "its public disliked the terms"},
    {"aspiration", "it still hoped for better terms"},
    {"waiting", "it expected a better offer later"},
    {"ratification", "its public would not ratify"},
};
inline constexpr int term_count = sizeof(term_names) / sizeof(term_names[0]);

inline constexpr Term substance{0}, truce_cost{1}, loss_aversion{2}, conquest_norm{3}, fragile_peace{4}, rearmament{5},
    public_opinion{6}, aspiration{7}, waiting{8}, ratification{9};

template <class Real>
using TermArray = IdArray<Term, Real, term_count>;

}  // namespace parley::talks
