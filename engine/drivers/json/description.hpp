// What the engine says of itself as JSON: the parameters, switches and terms of its models, and who plays in a configuration.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/sweep/config.hpp"

namespace parley {

/// One entry a model: its parameters (path, shape, default, bounds, unit, meaning, source, …), mechanisms and terms. With a
/// configuration only its model, with every path written out and its value.
nlohmann::ordered_json models_json(const std::vector<Model>& models, const std::optional<Config>& config);

/// Issues with their anchors, actors, rungs and links, and the roles that they play.
nlohmann::ordered_json structure_json(const Structure& structure);

}  // namespace parley
