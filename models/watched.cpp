#include "models/watched.hpp"

namespace parley {

WatchedTeller watched_teller_of(const Model& model) { return model.name == "talks" ? &talks::watch : nullptr; }

}  // namespace parley
