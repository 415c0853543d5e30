// The plain predictors every model must beat: weighted mean and median positions.
//
//   Compromise model (Achen 2006; Thomson 2011): Σ c s x / Σ c s, c capability and s salience.
//   Condorcet median (Black 1948): the position that beats every other in pairwise votes of weight c s; where two
//   positions halve the weight exactly, the middle between them, so that mirroring the axis mirrors it.
#pragma once

#include <span>

namespace parley {

/// Throws InputError where sizes differ, a weight is negative or all are 0.
double weighted_mean(std::span<const double> positions, std::span<const double> weights);
double weighted_median(std::span<const double> positions, std::span<const double> weights);

}  // namespace parley
