// How opinions move when people listen to each other.
//
//   DeGroot 1974 (JASA 69:118): x' = W x, W row-stochastic; consensus πᵀ x(0), πᵀ W = πᵀ.
//   Friedkin and Johnsen 1990 (J Math Sociology 15:193): x* = (I − Λ W)⁻¹ (I − Λ) x(0), Λ susceptibilities.
//   Hegselmann and Krause 2002 (JASSS 5(3)): everybody at once takes the mean of all opinions within eps, own included;
//     a neighbour is within eps + 1e−9, so that a distance written as eps counts.
//   Deffuant, Neau, Amblard and Weisbuch 2000: a pair closer than eps moves together, x += μ (y − x), y += μ (x − y).
#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace parley::theory {

using Listening = std::vector<std::vector<double>>;  ///< W[i][j]: how much i listens to j; rows add up to 1

/// The weight of each initial opinion in the consensus; none where opinions need not meet (several closed groups) or
/// never come to rest (a group that swaps opinions for ever).
std::optional<std::vector<double>> social_influence(const Listening& listening);

/// Where opinions come to rest, each staying attached to its first opinion by 1 − susceptibility; none where they do
/// not.
std::optional<std::vector<double>> friedkin_johnsen_limit(const Listening& listening, const std::vector<double>& first,
                                                          const std::vector<double>& susceptibility);

std::vector<double> hegselmann_krause_step(const std::vector<double>& opinions, double eps);
/// Steps until nothing moves by more than 1e−15, or `most` of them.
std::vector<double> hegselmann_krause_limit(std::vector<double> opinions, double eps, int most = 100000);

std::pair<double, double> deffuant_step(double first, double second, double pull, double eps);

}  // namespace parley::theory
