// What each stream draws in a round: the `use` of every draw in one list, so that no two can be the same.
#pragma once

#include <cstdint>

namespace parley::talks::use {

inline constexpr std::uint8_t
    round = 0,        // actor: disposition of leadership and public (uniform); mood, strikes on its energy (normal)
    renewals = 2,     // actor: whether a disposition is drawn anew: leadership, public (uniform)
    start = 3,        // actor: mood at the start (normal)
    front = 0,        // issue: move of the front (normal)
    table = 0,        // world: agenda of the mediator, collapse of what is in force (uniform)
    agenda_renewal = 1;  // world: whether the agenda is drawn anew (uniform)

}  // namespace parley::talks::use
