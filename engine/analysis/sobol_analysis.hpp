// Shares of variance from the cells of a Saltelli design, with intervals, and with the luck of the runs taken off.
//
//   Sobol 1993; Saltelli et al. 2010 (Comp Phys Comm 181:259): first-order S_i = mean f(B)(f(AB_i) − f(A)) / V.
//   Jansen 1999: total ST_i = mean (f(A) − f(AB_i))² / 2V; S_i = 1 − mean (f(B) − f(AB_i))² / 2V, kept as a check.
//   f is the mean of R runs, so f = g + e with Var(e) = s²/R, s² the variance within the cell. Where every run has luck
//   of its own, E (f(A) − f(AB_i))² holds the luck of both cells besides the effect; their estimates are subtracted, and
//   so is that of V. The indices are then those of g, the probability or mean that a cell's parameters imply.
// Intervals: bootstrap of the base rows, in at most 2,048 blocks of neighbouring rows.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/analysis/bootstrap.hpp"

namespace parley {

/// Results of the cells in the order of the design: A, AB_1 … AB_d, B, then the next base row.
struct SaltelliCells {
  std::size_t inputs = 0;
  std::span<const double> mean;   ///< NaN where a cell has no result: its base row is left out
  std::span<const double> noise;  ///< variance of each mean that is luck; empty where none is to be taken off
};

/// The indices of one input; total − first is what it does together with others.
struct SobolIndex {
  Estimate first, total;
  double first_jansen = 0;
};

struct SobolAnalysis {
  std::size_t rows = 0, rows_left_out = 0;
  double mean = 0;
  Estimate variance;               ///< of the output over the parameters, without luck
  std::vector<SobolIndex> inputs;  ///< empty where nothing varies beyond luck
  Estimate sum_first;              ///< 1 where inputs act on their own only
  double widest = 0;               ///< of all intervals
  bool converged = false;          ///< no interval wider than `converged_width`
  std::size_t rows_needed = 0;     ///< base rows at which the widest would be that narrow

  /// The criterion of Sarrazin, Pianosi and Wagener 2016 (Env Mod Soft 79:135) for indices.
  static constexpr double converged_width = 0.05;
};

/// Throws InputError where the cells are not whole blocks of such a design or fewer than two rows are left.
SobolAnalysis analyse_sobol(const SaltelliCells& cells, const Bootstrap& bootstrap = {});

}  // namespace parley
