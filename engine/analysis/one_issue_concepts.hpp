// The solution concepts of one issue as predictors of decisions: what every model must beat.
//
// On one issue x from 0 to 100 actors lose s_i |x − x_i|; disagreement is the reference point r. Gains
// g_i(x) = |r − x_i| − |x − x_i| are nowhere negative for all only between r and the reflection of r in the position
// nearest to it, and nowhere but in r itself if positions lie on both sides of it.
//   Nash point (weighted): max Σ w_i ln g_i, w = 1 or capability × salience; Kalai–Smorodinsky: max min_i g_i / max g_i.
#pragma once

#include <optional>
#include <vector>

#include "engine/analysis/backtest.hpp"

namespace parley {

/// The Nash point with the given bargaining weights, and the Kalai–Smorodinsky point; none without a reference point.
std::optional<double> nash_on_one_issue(const Decision& decision, const std::vector<double>& weights);
std::optional<double> kalai_smorodinsky_on_one_issue(const Decision& decision);

/// mean, salience_weighted_mean, power_weighted_mean, median, salience_weighted_median, condorcet_median,
/// condorcet_election, nash, weighted_nash, kalai_smorodinsky, reference_point, constant_50. Concepts that weigh by
/// capability apply only where capabilities are known.
std::vector<Predictor> concept_predictors(bool capability_known);

/// The predictor that others are compared with.
inline constexpr const char* compromise_baseline = "salience_weighted_mean";

}  // namespace parley
