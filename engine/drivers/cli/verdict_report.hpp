// What `parley explain --run K` says of one run: who blocked which round and by how much, and what could have been signed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/analysis/run_verdict.hpp"
#include "engine/bargain/negotiation.hpp"

namespace parley {

/// rounds [{round, rung, package, signed, blocked_by, actors, possible, nearest}], sides [{actor, refused, …}], and words.
nlohmann::ordered_json verdict_json(const Negotiation& negotiation, const RunVerdict& verdict, double days);

/// The same in plain sentences for a class, without the rounds.
std::vector<std::string> verdict_words(const Negotiation& negotiation, const RunVerdict& verdict, double days);

/// The rounds in a line each, then how far each side was from yes, and the sentences.
std::string verdict_text(const Negotiation& negotiation, const RunVerdict& verdict, double days);

}  // namespace parley
