// The smallest negotiation: two sides, one issue, one deal; a ground on which single mechanisms can be watched.
#pragma once

#include "tests/talks/trial.hpp"

namespace parley::trial {

/// Nothing moves by chance but what a test switches on: no front noise, publics left out, exact leaderships, a text that
/// stays where it is, and a rung that settles the one issue. West's ideal is 0, East's 1; both pay 0.1 for war.
inline Config two_sides(Changes changes = {}, const std::string& more = "") {
  const std::string text = R"(
[protocol]
kind = "mediator"
[rounds]
horizon = 10
[issues.line]
status_quo = 0.5
text = 0.5
[rungs.deal]
settles = ["line"]
[actors.west]
fights = true
ideal.line = 0
salience.line = 0.5
cost = 0.1
temperature = 0
[actors.east]
fights = true
ideal.line = 1
salience.line = 0.5
cost = 0.1
temperature = 0
[durability]
base_hazard = 0
[ratification]
anticipated = 0
vote = 0
[mediator]
inertia = 0
step = 0
smoothing = 0
)";
  return configured(text + more, changes);
}

}  // namespace parley::trial
