// Why one run went as it did: who blocked which round and how far from yes, and whether a package existed that all would
// have signed.
//
// In each round with talks the packages of every rung that could have been tabled are searched, in the state and with the
// dispositions of that round, for the one whose worst-placed signatory stands best: max over x of min over the seated i of
//   margin_i = min(v_i − R_i, EU_i − EU needed, S_i − S needed)
// (the zone of agreement is v ≥ R for all; utility and shares of the public are put on one scale, unit for unit). A margin
// above 0 is a package within the zone that all would have signed. Where there is none, packages outside it count that all
// would have signed all the same, as leaderships are not exact. The search is covariance matrix adaptation (box_search.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/bargain/watch.hpp"
#include "engine/sweep/plan.hpp"

namespace parley {

/// The best that a search found on one rung.
struct FoundPackage {
  int rung = 0, settles = 0;     ///< and how many issues it settles
  Hearing heard;
  double margin = 0;            ///< of the worst-placed signatory; above 0: all would have signed it
  bool signable = false;        ///< all would have signed it
  bool in_zone = false;         ///< nobody at the table would rather fight on
};

struct RoundVerdict {
  int round = 0, rung = 0;
  bool signed_now = false;
  Hearing heard;                    ///< what was tabled, and the answers
  std::vector<FoundPackage> found;   ///< one a rung that could have been tabled

  /// The signable package that settles most (within the zone before outside it); none where there is none.
  const FoundPackage* possible() const;
  /// The package that came nearest to being signed.
  const FoundPackage& nearest() const;
};

struct RunVerdict {
  Transcript told;
  std::vector<RoundVerdict> rounds;  ///< those with talks
};

/// `teller` is that of the plan's model (models/watched.hpp). Throws InputError where there is no such run, or its cell cannot
/// be played.
RunVerdict judge_run(const Plan& plan, std::uint64_t run, WatchedTeller teller);

}  // namespace parley
