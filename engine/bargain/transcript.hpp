// One run told round by round, for a transcript, a trace or an explanation.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/bargain/kernel.hpp"

namespace parley {

/// What one actor made of a round's table.
struct ActorRound {
  double mood = 0, support = 0, ratification = 0;  ///< logits; shares
  double utility = 0, fighting_on = 0, gain = 0, weight = 0;
  bool seated = false, leadership = false, ratifies = false, agrees = false;
  std::vector<double> terms;  ///< of its decision, in the model's order
  int worst_term = 0;         ///< the one that weighs most against the table
};

struct RoundRecord {
  int round = 0;
  double front = 0, energy = 0;
  bool fighting = true, talking = true;  ///< when the round began
  int rung = -1;                         ///< tabled; −1 where no talks took place
  std::vector<double> text;              ///< the mediator's draft on every issue
  std::vector<double> package;           ///< x: the text on what the rung settles, the status quo elsewhere
  double hazard = 0, survival = 0;       ///< of what is tabled
  std::vector<ActorRound> actors;
  bool signed_now = false, collapsed = false, decided = false;
};

struct Transcript {
  std::vector<RoundRecord> rounds;
  RunRow row;
};

/// Plays one run of a cell and tells it all. `task` holds one cell and one job; its rows are not touched.
using Teller = Transcript (*)(const Task& task);

/// What an actor makes of a package that is put to it out of the blue, at the start of the talks.
struct Appraisal {
  double utility = 0, fighting_on = 0;  ///< v_i and R_i: the actor would rather agree where v ≥ R
  double support = 0, ratification = 0;
  bool seated = false;
};

/// Appraises packages on a rung: one entry an actor. The issues that the rung leaves open stand in the status quo.
using Appraiser = std::function<std::vector<Appraisal>(int rung, std::span<const double> package)>;

/// Makes an appraiser for one cell; the appraiser keeps a copy of the values of `task`.
using AppraiserMaker = Appraiser (*)(const Task& task);

}  // namespace parley
