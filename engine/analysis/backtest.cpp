#include "engine/analysis/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/check.hpp"
#include "engine/core/rng.hpp"

namespace parley {
namespace {

/// Errors by decision; absent where the predictor did not apply.
struct Errors {
  std::vector<std::optional<double>> error;
  std::vector<double> crps;
};

Errors errors_of(const Predictor& predictor, const std::vector<Decision>& decisions) {
  Errors errors;
  for (const Decision& decision : decisions) {
    const auto prediction = predictor.predict(decision);
    if (!prediction) {
      errors.error.push_back(std::nullopt);
      continue;
    }
    errors.error.push_back(std::fabs(prediction->point - decision.outcome));
    if (!prediction->values.empty()) errors.crps.push_back(crps(*prediction, decision.outcome));
  }
  return errors;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return 0.5 * (values[(values.size() - 1) / 2] + values[values.size() / 2]);
}

/// Percentiles 2.5 and 97.5 of the means of resampled values. Sample b draws from (seed, b) alone, so predictors that
/// apply to the same decisions are resampled alike.
Interval bootstrap_mean(const std::vector<double>& values, const ScoreBootstrap& plan) {
  const double average = mean(values);
  if (plan.samples == 0) return {average, average};
  const auto count = static_cast<double>(values.size());
  std::vector<double> means(plan.samples);
  for (std::size_t sample = 0; sample < plan.samples; ++sample) {
    double sum = 0;
    const auto pick = [&](double uniform) {
      return values[std::min(static_cast<std::size_t>(uniform * count), values.size() - 1)];
    };
    for (std::size_t i = 0; i < values.size(); i += 2) {
      const auto pair = Draws<double>(plan.seed, sample, i / 2).uniforms({Stream::Kind::design, 0}, 0);
      sum += pick(pair.first);
      if (i + 1 < values.size()) sum += pick(pair.second);
    }
    means[sample] = sum / count;
  }
  std::sort(means.begin(), means.end());
  const auto at = [&](double share) {
    return means[static_cast<std::size_t>(share * static_cast<double>(plan.samples - 1) + 0.5)];
  };
  return {at(0.025), at(0.975)};
}

Score score_of(const Predictor& predictor, const Errors& own, const Errors& baseline, const ScoreBootstrap& plan) {
  Score score{.name = predictor.name, .mae_interval = {}, .crps = {}, .difference_interval = {}};
  std::vector<double> errors, differences;
  for (std::size_t i = 0; i < own.error.size(); ++i) {
    if (!own.error[i]) continue;
    errors.push_back(own.error[i].value_or(0.0));
    if (baseline.error[i]) differences.push_back(errors.back() - baseline.error[i].value_or(0.0));
  }
  score.n = errors.size();
  if (errors.empty()) return score;
  score.mae = mean(errors);
  score.mae_interval = bootstrap_mean(errors, plan);
  double squares = 0, close = 0;
  for (const double error : errors) {
    squares += error * error;
    close += error <= 5.0 + 1e-9 ? 1 : 0;
  }
  score.rmse = std::sqrt(squares / static_cast<double>(errors.size()));
  score.median_error = median(errors);
  score.within_5 = close / static_cast<double>(errors.size());
  if (!own.crps.empty()) score.crps = mean(own.crps);
  if (differences.empty()) return score;
  score.difference = mean(differences);
  score.difference_interval = bootstrap_mean(differences, plan);
  return score;
}

}  // namespace

double crps(const Prediction& prediction, double outcome) {
  const std::size_t n = prediction.values.size();
  std::vector<std::pair<double, double>> mass(n);  // value, weight
  double all = 0;
  for (std::size_t i = 0; i < n; ++i) {
    mass[i] = {prediction.values[i], prediction.weights.empty() ? 1.0 : prediction.weights[i]};
    all += mass[i].second;
  }
  std::sort(mass.begin(), mass.end());
  // In order, ½ ΣΣ w w'|v − v'| = Σ_i w_i v_i (weight below i − weight above i).
  double miss = 0, spread = 0, below = 0;
  for (const auto& [value, weight] : mass) {
    const double share = weight / all;
    miss += share * std::fabs(value - outcome);
    spread += share * value * (below - (1 - below - share));
    below += share;
  }
  return miss - spread;
}

std::vector<Score> backtest(const std::vector<Decision>& decisions, const std::vector<Predictor>& predictors,
                            const std::string& baseline, const ScoreBootstrap& bootstrap) {
  const auto base =
      std::find_if(predictors.begin(), predictors.end(), [&](const Predictor& each) { return each.name == baseline; });
  if (base == predictors.end())
    throw InputError("the baseline " + baseline + " is no predictor. Choose one of those that run.");
  const Errors base_errors = errors_of(*base, decisions);
  std::vector<Score> scores;
  for (const Predictor& predictor : predictors)
    scores.push_back(score_of(predictor, errors_of(predictor, decisions), base_errors, bootstrap));
  return scores;
}

}  // namespace parley
