// The solution concepts of a negotiation as JSON: what parley solve prints and parley report draws.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/analysis/negotiation_solutions.hpp"

namespace parley {

nlohmann::ordered_json solutions_json(const Structure& structure, const NegotiationSolutions& solutions);

/// One value an issue or an actor, by name.
nlohmann::ordered_json by_issue(const Structure& structure, const std::vector<double>& values);
nlohmann::ordered_json by_actor(const Structure& structure, const std::vector<double>& values);

/// The rung that settles most.
int widest_rung(const Structure& structure);

}  // namespace parley
