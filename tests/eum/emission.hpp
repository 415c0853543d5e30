// The emission-standards case of 1994 as the tests use it.
#pragma once

#include <string>
#include <vector>

#include "engine/drivers/cli/actors_csv.hpp"
#include "models/eum/trace.hpp"

namespace parley::eum {

inline Case emission() { return read_actors(std::string(PARLEY_SOURCE_DIR) + "/configs/eum/emission.csv").front(); }

/// The same issue with the positions mapped by x → origin + slope·x, capabilities multiplied and actors in another order.
struct Disguise {
  double origin = 0, slope = 1, capability = 1;
  std::vector<std::size_t> order = {};  ///< empty: as they are
};

inline Case disguised(const Case& issue, const Disguise& disguise) {
  std::vector<Actor> actors;
  for (std::size_t i = 0; i < issue.size(); ++i) {
    Actor actor = issue.actors()[disguise.order.empty() ? i : disguise.order[i]];
    actor.position.value = disguise.origin + disguise.slope * actor.position.value;
    actor.capability.value *= disguise.capability;
    actors.push_back(actor);
  }
  return {issue.issue(), actors};
}

}  // namespace parley::eum
