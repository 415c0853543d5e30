// The models whose runs can be watched: asked, round by round, about packages that nobody tabled.
#pragma once

#include "engine/bargain/model.hpp"
#include "engine/bargain/watch.hpp"

namespace parley {

/// Null where the model cannot be watched.
WatchedTeller watched_teller_of(const Model& model);

namespace talks {
Transcript watch(const Task& task, const RoundWatcher& watcher);
}

}  // namespace parley
