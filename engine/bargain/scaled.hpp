// The same talks with more or fewer actors and issues: what a measurement of cost by size plays.
#pragma once

#include "engine/bargain/negotiation.hpp"

namespace parley {

enum class Linkage {
  as_given,   ///< the links whose two issues are both there
  every_pair  ///< each pair of issues, weakly: the fullest matrices A that a configuration can have
};

struct ScaledSize {
  int actors = 2;  ///< 2 to max_actors
  int issues = 1;  ///< 1 to max_issues
  Linkage linkage = Linkage::as_given;
};

/// Actor i is a copy of actor i mod n of `from`, issue k of issue k mod m, with names and streams of their own. A role that
/// one alone can have stays with the first; a role whose holder is left out is nobody's. The result is one that a
/// configuration could have written: no value is out of bounds and some rung settles something.
Negotiation scaled(const Negotiation& from, const ScaledSize& size);

}  // namespace parley
