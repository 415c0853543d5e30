// How well predictors do on decisions whose outcomes are known, with bootstrap intervals.
//
//   error = |prediction − outcome|; MAE, RMSE, median error, share of errors of at most 5.
//   CRPS of values v with weights w (Σ w = 1): Σ w|v − y| − ½ ΣΣ w w'|v − v'| (Gneiting and Raftery 2007, JASA 102:359);
//   a point's CRPS is its error, so it is given only where a predictor gives a distribution.
//   Intervals: 95 % percentile bootstrap over decisions (Efron 1979); differences from the baseline are paired by decision.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/decisions.hpp"

namespace parley {

/// A point, and if the predictor gives one the distribution that it stands for; weights need not add up to 1.
struct Prediction {
  double point = 0;
  std::vector<double> values = {};
  std::vector<double> weights = {};  ///< one a value; empty for equal ones
};

struct Predictor {
  std::string name;
  std::string meaning;
  /// Nothing where it does not apply to a decision (no reference point, no capabilities). Must not depend on the outcome.
  std::function<std::optional<Prediction>(const Decision&)> predict;
};

struct Interval {
  double low = 0, high = 0;
};

struct Score {
  std::string name;
  std::size_t n = 0;  ///< decisions it applied to; everything below is absent where that is 0
  double mae = 0, rmse = 0, median_error = 0, within_5 = 0;
  Interval mae_interval;
  std::optional<double> crps;
  /// MAE minus the baseline's on the same decisions.
  double difference = 0;
  Interval difference_interval;
};

/// How the intervals of scores are drawn; `samples` 0 leaves them out.
struct ScoreBootstrap {
  std::size_t samples = 2000;
  std::uint64_t seed = 1;
};

double crps(const Prediction& prediction, double outcome);

/// Scores of every predictor against the baseline, which must be one of them.
std::vector<Score> backtest(const std::vector<Decision>& decisions, const std::vector<Predictor>& predictors,
                            const std::string& baseline, const ScoreBootstrap& bootstrap = {});

}  // namespace parley
