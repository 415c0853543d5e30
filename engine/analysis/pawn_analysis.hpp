// PAWN indices from any random sample, with intervals and with what an input without effect would score.
//
//   Pianosi and Wagener 2015 (Env Mod Soft 67:1), 2018 (108:33): Kolmogorov–Smirnov distance between the distribution of Y
//   and that of Y where X_i lies in a bin; the largest and the median over bins of equal probability. It looks at whole
//   distributions, so it suits outputs that variance describes badly. Distances of finite samples are never 0: `dummy` is
//   the index of bins that were dealt at random, and an input that does not exceed it has no effect that could be seen.
// Intervals: bootstrap of the rows, with its upward bias taken off.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/analysis/bootstrap.hpp"

namespace parley {

struct PawnSample {
  std::vector<std::span<const double>> inputs;  ///< points of the unit cube, one list an input
  std::span<const double> output;
  std::size_t bins = 10;
};

struct PawnScore {
  Estimate most, median;
};

struct PawnAnalysis {
  std::size_t rows = 0, bins = 0, resamples = 0;
  std::vector<PawnScore> inputs;
  PawnScore dummy;
  double widest = 0;       ///< of the intervals of the medians
  bool converged = false;  ///< no wider than `converged_width`

  static constexpr double converged_width = 0.05;
  static constexpr std::size_t most_resamples = 200;
};

/// Throws InputError where the lists differ in length or a bin could be empty (fewer than 10 rows a bin).
PawnAnalysis analyse_pawn(const PawnSample& sample, const Bootstrap& bootstrap = {});

}  // namespace parley
