// A human player's seat at the table: the player answers for one actor, and the model for all others.
//
// A sitting is a function of the run and of the player's moves so far, so nothing has to be kept between two moves, and a
// list of moves says all of it. With no human the run is the one that a transcript tells, up to the first question.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/bargain/transcript.hpp"

namespace parley {

enum class Reply : std::uint8_t { accept, refuse, propose };

/// An answer to what is on the table. A proposal takes its place: the player agrees to it, the others answer it in the same
/// round, and the mediator redrafts from there.
struct Move {
  Reply reply = Reply::refuse;
  int rung = -1;             ///< of a proposal
  std::vector<double> text;  ///< of a proposal: a position on every issue, in [0, 1]
};

struct Sitting {
  Transcript told;    ///< the row counts only where the run is over
  bool over = false;  ///< else the last round waits for the player: what the others make of its table is already written down
};

/// Plays the run of `task` (one cell, one job) with these moves, until the next question or the end. An accepting player's
/// public may still refuse to ratify. Moves that are left over are not used.
using Sitter = Sitting (*)(const Task& task, int actor, std::span<const Move> moves);

}  // namespace parley
