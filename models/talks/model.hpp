// The peace talks model as the engine knows it.
#pragma once

#include "engine/bargain/model.hpp"
#include "engine/bargain/seat.hpp"
#include "engine/bargain/transcript.hpp"

namespace parley::talks {

Model model();

/// One run, told round by round.
Transcript tell(const Task& task);

/// One run in which a human answers for an actor.
Sitting sit(const Task& task, int actor, std::span<const Move> moves);

/// What every actor would make of a package at the start of the talks.
Appraiser appraiser(const Task& task);

// One entry point an instruction set, each compiled in a file of its own; null where this build has none.
void play_one(const Task& task);
void play_portable(const Task& task);
void play_avx2(const Task& task);
void play_avx512(const Task& task);

}  // namespace parley::talks
