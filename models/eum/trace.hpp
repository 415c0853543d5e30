// One run of the expected-utility model, round by round.
#pragma once

#include <vector>

#include "models/eum/actors.hpp"
#include "models/eum/challenge.hpp"

namespace parley::eum {

/// What a round left behind; round 0 is the start, with no risks yet.
struct Round {
  double median = 0;         ///< Condorcet median of the positions
  double weighted_mean = 0;  ///< weights capability times salience
  std::vector<double> positions;
  std::vector<double> risks;      ///< ρ, −1 (averse) to 1 (acceptant)
  std::vector<double> exponents;  ///< r, ½ to 2
};

/// Throws InputError unless rounds is 0 to 10,000 and q is 0 to 1.
void check(const Options& options);

/// Rounds 0 to options.rounds of a case at its central values.
std::vector<Round> trace(const Case& issue, const Options& options);

}  // namespace parley::eum
