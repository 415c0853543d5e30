// A run watched as it is told: in each round the actors can be asked about packages that nobody tabled.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/bargain/transcript.hpp"

namespace parley {

/// What an actor would say to a package, with the state and the dispositions of the round in which it is asked.
struct Answer {
  bool seated = false, leadership = false, ratifies = false, agrees = false;
  double over_fighting_on = 0;   ///< v − R: at least 0 within the zone of agreement
  double gain = 0;               ///< v − R, less what the actor still hopes for
  double shortfall = 0;          ///< expected utility by which its leadership is short of agreeing; below 0 it agrees
  double support = 0;            ///< share of its public that would back the package
  double support_shortfall = 0;  ///< share of its public that is missing for ratification; below 0 it ratifies, −1: no vote
  int worst_term = 0;            ///< position of what weighs most against the package
};

/// What would be in force, and what each actor says to it.
struct Hearing {
  std::vector<double> package;  ///< the text where the rung settles, the status quo elsewhere
  double survival = 0;          ///< chance to last five years
  std::vector<Answer> answers;  ///< one an actor
};

/// Asks every actor about a text on a rung. Valid only while its watcher runs.
using RoundAsker = std::function<Hearing(int rung, std::span<const double> text)>;

/// Called in every round with talks, when the actors have answered and nothing is settled yet.
using RoundWatcher = std::function<void(const RoundRecord&, const RoundAsker&)>;

/// Plays one run of a cell and tells it all, as a Teller does.
using WatchedTeller = Transcript (*)(const Task& task, const RoundWatcher& watcher);

}  // namespace parley
