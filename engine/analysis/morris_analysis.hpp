// Elementary effects from the cells of a Morris design, with intervals: a cheap first look at many parameters.
//
//   Morris 1991 (Technometrics 33:161): d_i = (f(x + Δ e_i) − f(x)) / Δ on the unit cube, so that an effect is what moving
//   the input through its whole range would do. Campolongo et al. 2007: mean μ, mean size μ*, standard deviation σ
//   (population) over trajectories; a large σ beside μ* means that the effect depends on the others, or is curved.
// Intervals: bootstrap of the trajectories.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/analysis/bootstrap.hpp"
#include "engine/sweep/design.hpp"

namespace parley {

struct MorrisCells {
  const Design* design = nullptr;  ///< of kind morris
  std::size_t inputs = 0;
  std::span<const double> mean;   ///< by cell; NaN where a cell has no result: its trajectory is left out
  std::span<const double> noise;  ///< variance of each mean that is luck; empty where unknown
};

struct MorrisIndex {
  Estimate mean, mean_size, deviation;
  double luck = 0;  ///< standard deviation that luck alone gives an effect (at most this where cells share their luck)
};

struct MorrisAnalysis {
  std::size_t trajectories = 0, trajectories_left_out = 0;
  std::vector<MorrisIndex> inputs;
  double widest = 0;       ///< widest interval of a mean size, as a share of the largest mean size
  bool converged = false;  ///< no wider than `converged_width`
  std::size_t trajectories_needed = 0;

  static constexpr double converged_width = 0.2;
};

/// Throws InputError where the cells are not those of the design or fewer than two trajectories are left.
MorrisAnalysis analyse_morris(const MorrisCells& cells, const Bootstrap& bootstrap = {});

}  // namespace parley
