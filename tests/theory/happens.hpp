// Judges how often something happened, on whichever side of the coin fewer runs show a bias.
#pragma once

#include "tests/support/statistics.hpp"

namespace parley {

/// A share counted in runs against its probability, judged on the likelier side, where fewer runs show a bias.
inline testing::AssertionResult happens(double hits, double runs, double probability) {
  if (probability < 0.5) return statistics::has_proportion(runs - hits, runs, 1.0 - probability);
  return statistics::has_proportion(hits, runs, probability);
}

}  // namespace parley
