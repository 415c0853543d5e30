// Why talks stall: shares out the probability of stalemate among the mechanisms of a configuration.
//
// The players are the mechanisms that are at work; a coalition S is played with exactly these in force and every other
// switched off, and v(S) is its probability of stalemate. The Shapley values of that game sum to v(N) − v(∅): what there
// is as configured, less what is left with every mechanism lifted. All coalitions have the same luck, so each replicate
// is a game of its own with v in {0, 1}, and the spread of its values over the replicates gives intervals that are paired.
// Up to `most_exact` mechanisms every coalition is played; with more, each replicate plays random orders and their
// reverses, and its interval holds the error of that sample too.
//
//   const Plan plan(config, 1, seed);
//   const Attribution why = attribute_stalemate(plan, cell, {.kernel = kernel, .replicates = 3000});
// `spread` may hand the work to threads; the result does not depend on how. Values are shares of runs, 0 to 1.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/estimate.hpp"
#include "engine/analysis/shapley.hpp"
#include "engine/sweep/plan.hpp"

namespace parley {

/// Calls work(0), …, work(count − 1), in any order and on any threads.
using Spread = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

struct AttributionOptions {
  Kernel kernel = nullptr;
  std::uint32_t replicates = 0;  ///< runs of each coalition; at least 2
  int most_exact = 12;  ///< mechanisms up to which every coalition is played, at most 16
  Spread spread = {};   ///< where empty, one after the other
};

struct MechanismShare {
  std::string name, title, meaning;
  Estimate shapley;       ///< its share of the stalemate; below 0 where it helps the talks
  Estimate lifted_alone;  ///< stalemates with only this one lifted
  Estimate lift;          ///< lifted_alone − stalemate, paired: below 0 where lifting it opens deals
  Estimate only_this;     ///< stalemates with all others lifted
};

/// Two mechanisms that matter together. Above 0 they stall the talks only together, so that lifting either is enough;
/// below 0 each stalls them without the other, so that both have to be lifted.
struct MechanismPair {
  std::size_t first = 0, second = 0;  ///< places in Attribution::mechanisms
  Estimate interaction;
  double lifted_both = 0;  ///< stalemates with both lifted
};

/// A mechanism of the model that is no player here, and why.
struct AbsentMechanism {
  std::string name, title;
  bool switched_off = false;  ///< by the configuration; else nothing in the configuration uses it
};

struct Attribution {
  Estimate stalemate, without_all;
  Estimate difference;                     ///< stalemate − without_all, paired: the Shapley values sum to its value
  std::vector<MechanismShare> mechanisms;  ///< by falling Shapley value
  std::optional<std::size_t> best_single_lift;  ///< place of the one whose lifting alone opens most deals; none where none opens any
  std::vector<MechanismPair> pairs;        ///< all of them, by falling size of interaction; empty where orders were sampled
  std::vector<AbsentMechanism> absent;
  bool exact = true;
  std::uint64_t coalitions = 0;    ///< played for each replicate
  std::uint32_t replicates = 0;
  std::uint32_t failed = 0;        ///< replicates left out because a number in one of their runs became impossible
  std::uint64_t seed = 0;
};

/// How many coalitions a replicate plays: 2^n where that is exact.
std::uint64_t coalitions_played(int mechanisms, int most_exact);

/// Places in the model's list of the mechanisms that are at work in a cell: switching them off changes a number.
std::vector<std::size_t> mechanisms_at_work(const Plan& plan, std::uint64_t cell);

/// The stalemates of one cell, with the luck of the plan's seed: `stalemate` is what playing as many replicates counts.
/// Throws InputError where the cell cannot be played.
Attribution attribute_stalemate(const Plan& plan, std::uint64_t cell, const AttributionOptions& options);

}  // namespace parley
