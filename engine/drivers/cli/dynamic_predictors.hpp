// The dynamic models as predictors of decisions on one issue, for parley backtest.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/analysis/backtest.hpp"

namespace parley {

struct DynamicPredictors {
  std::uint64_t runs = 200;  ///< of the Monte Carlo, for each decision
  std::uint64_t seed = 1;
  double spread = 0.1;  ///< its standard deviation: of the span of positions, of a salience, of a capability (assumed)
};

/// challenge_least_move_N and challenge_compatible_N: Condorcet median after N = 1, 2, 5 rounds of the expected-utility
/// model at Q = 1; challenge_monte_carlo: the distribution of that median after two rounds of least move over uncertain
/// inputs, its middle as the point; stacked_offers: what all agree on by stacked alternating offers, each party at first
/// demanding its own position and conceding evenly over 100 steps.
std::vector<Predictor> dynamic_predictors(const DynamicPredictors& settings);

}  // namespace parley
