// Spatial preferences over several issues, with linkage off the diagonal.
//
//   Davis, Hinich and Ordeshook 1970 (APSR 64:426); Enelow and Hinich 1984:
//     U = −(x − θ)ᵀ A (x − θ), or minus its root, A symmetric positive semidefinite; a_12 ≠ 0: issues are inseparable.
//   Ideal on issue k given the rest: x_k* = θ_k − Σ_{l≠k} (a_kl/a_kk)(x_l − θ_l).
//   Contract curve of two: x(λ) = (λ A1 + (1 − λ) A2)⁻¹ (λ A1 θ1 + (1 − λ) A2 θ2); the Nash point on it is where
//     λ (u1 − d1) = (1 − λ)(u2 − d2), u quadratic. Positions are not clipped to a box.
#pragma once

#include <cstddef>
#include <vector>

namespace parley::theory {

struct SpatialTaste {
  std::vector<std::vector<double>> salience;  ///< A
  std::vector<double> ideal;                  ///< θ
};

/// (x − θ)ᵀ A (x − θ). Throws InputError where A is not square, symmetric and positive semidefinite, or sizes differ.
double squared_distance(const SpatialTaste& taste, const std::vector<double>& position);

/// The best position on `issue` for one who must take the others as they are.
double conditional_ideal(const SpatialTaste& taste, std::size_t issue, const std::vector<double>& position);

/// The efficient position that gives the first side's utility the weight λ in [0, 1].
std::vector<double> contract_point(const SpatialTaste& first, const SpatialTaste& second, double weight);

struct SpatialBargain {
  std::vector<double> position;
  double utility1, utility2;
};

/// Throws InputError where no position gives both their disagreement utilities.
SpatialBargain spatial_nash_point(const SpatialTaste& first, const SpatialTaste& second, double disagreement1,
                                  double disagreement2);

}  // namespace parley::theory
