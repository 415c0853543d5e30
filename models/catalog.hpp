// All models by name: one line registers one.
#pragma once

#include <string>
#include <vector>

#include "engine/bargain/model.hpp"

namespace parley {

const std::vector<Model>& all_models();

/// The model of that name, or null.
const Model* find_model(const std::string& name);

}  // namespace parley
