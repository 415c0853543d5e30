// The row of one run as JSON, with names for every enumeration.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/bargain/negotiation.hpp"
#include "engine/bargain/outcome.hpp"
#include "engine/bargain/transcript.hpp"

namespace parley {

nlohmann::ordered_json row_json(const Negotiation& negotiation, const RunRow& row);
nlohmann::ordered_json round_json(const Negotiation& negotiation, const RoundRecord& round);

}  // namespace parley
