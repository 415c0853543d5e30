// A transcript that a student can read: each round's text in the issues' anchor words, who refused and why.
#pragma once

#include <string>
#include <vector>

#include "engine/bargain/negotiation.hpp"
#include "engine/bargain/transcript.hpp"

namespace parley {

/// One round in a few lines. `days` is the length of a round.
std::string round_text(const Negotiation& negotiation, const RoundRecord& round, double days);

/// What a rung settles of a package, an issue a line, with the words of the nearest anchors.
std::string package_lines(const Negotiation& negotiation, int rung, const std::vector<double>& package);
/// The same in one line, without the words.
std::string package_line(const Negotiation& negotiation, int rung, const std::vector<double>& package);

/// How the run ended: exactly what its row in a result file says.
std::string ending_text(const Negotiation& negotiation, const RunRow& row, double days);

}  // namespace parley
