// Which inputs a result depends on: variance shares, elementary effects, distances between distributions.
//
//   Sobol 1993; Saltelli et al. 2010 (Comp Phys Comm 181:259): S_i = V[E(Y|X_i)]/V from mean f(B)(f(AB_i) − f(A)).
//   Jansen 1999: S_i = 1 − mean (f(B) − f(AB_i))²/(2V), ST_i = mean (f(A) − f(AB_i))²/(2V); AB_i is A with column i of
//   B. Morris 1991 (Technometrics 33:161), Campolongo et al. 2007: mean μ, mean size μ*, standard deviation σ
//   (population)
//     of elementary effects (f(x + Δ e_i) − f(x))/Δ.
//   PAWN (Pianosi and Wagener 2015, 2018): Kolmogorov–Smirnov distance between Y and Y given X_i in a bin.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace parley {

/// Results of a Saltelli design: one list for A, one for B, one for each AB_i, all of one length.
struct SaltelliResults {
  std::span<const double> a, b;
  std::vector<std::span<const double>> ab;
};

struct SobolIndices {
  std::vector<double> first_saltelli, first, total;  ///< `first` and `total` are Jansen's
  double mean, variance;                             ///< of A and B together
};

/// Indices are 0 where nothing varies.
SobolIndices sobol_indices(const SaltelliResults& results);

struct MorrisEffect {
  double mean, mean_size, deviation;
};

MorrisEffect morris_effect(std::span<const double> elementary_effects);

using SampledFunction = std::function<double(std::span<const double>)>;

struct MorrisGrid {
  std::size_t inputs;
  int levels;   ///< grid points an input, from 0 to 1
  double step;  ///< Δ, in (0, 1)
};

/// Effects over every base point of the grid from which the step stays in [0, 1]; at most 2 million base points.
std::vector<MorrisEffect> morris_on_grid(const SampledFunction& function, const MorrisGrid& grid);

/// A distribution function of straight pieces: `at` rising, `below` = Pr(Y ≤ at) from 0 to 1.
struct PiecewiseDistribution {
  std::vector<double> at, below;
  double operator()(double y) const;
};

/// The largest gap between two distributions.
double kolmogorov_smirnov(const PiecewiseDistribution& first, const PiecewiseDistribution& second);
/// The same between two samples; they are sorted first.
double kolmogorov_smirnov(std::vector<double> first, std::vector<double> second);

struct PawnIndex {
  double most, median, mean;
};

PawnIndex pawn_index(std::vector<double> distances);

/// PAWN of one input from a sample, `bins` of equal width over the range of the input; empty bins are left out.
PawnIndex pawn_from_sample(std::span<const double> input, std::span<const double> output, std::size_t bins);

}  // namespace parley
