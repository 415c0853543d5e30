// Builds the named structure of a negotiation from the structural settings of a configuration.
#pragma once

#include <string>
#include <vector>

#include "engine/bargain/structure.hpp"
#include "engine/sweep/settings.hpp"

namespace parley {

/// One structural key, for the reference page and for messages: "issues.*.anchors" and what it means.
struct StructuralKey {
  const char* path;
  const char* kind;
  const char* meaning;
};
const std::vector<StructuralKey>& structural_keys();

/// True if the setting is structural (names, roles, anchors, seats, links), not a number of the model.
bool is_structural(const Setting& setting);

/// True unless the setting speaks of an issue, an actor, a rung or a link that the structure does not have.
bool names_are_known(const Structure& structure, const Setting& setting);

/// Reads every structural setting; throws InputError where roles do not fit together.
Structure read_structure(const std::vector<Setting>& settings, const std::string& file);

}  // namespace parley
