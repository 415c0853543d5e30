// A transcript that a student can read: each round's text in the issues' anchor words, who refused and why.
#pragma once

#include <string>

#include "engine/bargain/negotiation.hpp"
#include "engine/bargain/transcript.hpp"

namespace parley {

/// One round in a few lines. `days` is the length of a round.
std::string round_text(const Negotiation& negotiation, const RoundRecord& round, double days);

/// How the run ended: exactly what its row in a result file says.
std::string ending_text(const Negotiation& negotiation, const RunRow& row, double days);

}  // namespace parley
