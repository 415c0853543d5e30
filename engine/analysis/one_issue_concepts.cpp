#include "engine/analysis/one_issue_concepts.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include "engine/analysis/baselines.hpp"
#include "engine/analysis/condorcet_election.hpp"
#include "engine/core/check.hpp"

namespace parley {
namespace {

enum class Weigh { equally, by_salience, by_power };

std::vector<double> positions_of(const Decision& decision) {
  std::vector<double> positions;
  for (const Stand& stand : decision.stands) positions.push_back(stand.position);
  return positions;
}

/// Equal weights where all would be 0.
std::vector<double> weights_of(const Decision& decision, Weigh weigh) {
  std::vector<double> weights;
  double sum = 0;
  for (const Stand& stand : decision.stands) {
    weights.push_back(weigh == Weigh::equally       ? 1.0
                      : weigh == Weigh::by_salience ? stand.salience
                                                    : stand.salience * stand.capability);
    sum += weights.back();
  }
  if (!(sum > 0)) std::fill(weights.begin(), weights.end(), 1.0);
  return weights;
}

Prediction point(double value) { return {.point = value}; }

Predictor mean_predictor(const std::string& name, const std::string& meaning, Weigh weigh) {
  return {name, meaning, [weigh](const Decision& decision) -> std::optional<Prediction> {
            return point(weighted_mean(positions_of(decision), weights_of(decision, weigh)));
          }};
}

Predictor median_predictor(const std::string& name, const std::string& meaning, Weigh weigh) {
  return {name, meaning, [weigh](const Decision& decision) -> std::optional<Prediction> {
            return point(weighted_median(positions_of(decision), weights_of(decision, weigh)));
          }};
}

/// Positions with their probabilities; the point is their mean. Votes carry capability × salience.
std::optional<Prediction> election(const Decision& decision) {
  const std::vector<double> weights = weights_of(decision, Weigh::by_power);
  std::vector<SpatialVoter> voters;
  for (std::size_t i = 0; i < weights.size(); ++i)
    voters.push_back({.capability = weights[i], .position = {decision.stands[i].position / 100}, .salience = {1.0}});
  SpatialElection result;
  try {
    result = spatial_election(voters);
  } catch (const InputError&) {
    return std::nullopt;  // chances of a very large field can vanish in numbers: there is no election then
  }
  std::map<double, double> chances;
  for (std::size_t i = 0; i < weights.size(); ++i) chances[decision.stands[i].position] = result.probability[i];
  Prediction prediction;
  double sum = 0;
  for (const auto& [position, chance] : chances) {
    prediction.values.push_back(position);
    prediction.weights.push_back(chance);
    prediction.point += position * chance;
    sum += chance;
  }
  if (!(sum > 0)) return std::nullopt;
  prediction.point /= sum;
  return prediction;
}

struct Zone {
  double reference = 0, far_end = 0;  ///< equal where nothing else is a gain for all
  std::vector<double> positions;
  double gain(std::size_t i, double x) const {
    return std::fabs(reference - positions[i]) - std::fabs(x - positions[i]);
  }
};

std::optional<Zone> zone_of(const Decision& decision) {
  if (!decision.reference) return std::nullopt;
  Zone zone{.reference = *decision.reference, .far_end = *decision.reference, .positions = positions_of(decision)};
  const auto [lowest, highest] = std::minmax_element(zone.positions.begin(), zone.positions.end());
  if (*lowest > zone.reference) zone.far_end = std::min(100.0, 2 * *lowest - zone.reference);
  if (*highest < zone.reference) zone.far_end = std::max(0.0, 2 * *highest - zone.reference);
  return zone;
}

/// The maximum of a concave function between two ends, by golden sections.
double concave_maximum(double from, double to, const std::function<double(double)>& value) {
  const double golden = 0.6180339887498949;
  double low = std::min(from, to), high = std::max(from, to);
  double left = high - golden * (high - low), right = low + golden * (high - low);
  double at_left = value(left), at_right = value(right);
  while (high - low > 1e-9) {
    if (at_left < at_right) {
      low = left;
      left = right;
      at_left = at_right;
      at_right = value(right = low + golden * (high - low));
    } else {
      high = right;
      right = left;
      at_right = at_left;
      at_left = value(left = high - golden * (high - low));
    }
  }
  return 0.5 * (low + high);
}

}  // namespace

std::optional<double> nash_on_one_issue(const Decision& decision, const std::vector<double>& weights) {
  const auto zone = zone_of(decision);
  if (!zone || zone->far_end == zone->reference) return decision.reference;
  return concave_maximum(zone->reference, zone->far_end, [&](double x) {
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (weights[i] > 0) sum += weights[i] * std::log(std::max(zone->gain(i, x), 1e-300));
    return sum;
  });
}

std::optional<double> kalai_smorodinsky_on_one_issue(const Decision& decision) {
  const auto zone = zone_of(decision);
  if (!zone || zone->far_end == zone->reference) return decision.reference;
  std::vector<double> most;
  for (std::size_t i = 0; i < zone->positions.size(); ++i) {
    const double low = std::min(zone->reference, zone->far_end), high = std::max(zone->reference, zone->far_end);
    most.push_back(zone->gain(i, std::clamp(zone->positions[i], low, high)));
  }
  return concave_maximum(zone->reference, zone->far_end, [&](double x) {
    double least = 1;
    for (std::size_t i = 0; i < most.size(); ++i) least = std::min(least, zone->gain(i, x) / most[i]);
    return least;
  });
}

std::vector<Predictor> concept_predictors(bool capability_known) {
  const auto wrap = [](std::optional<double> value) {
    return value ? std::optional<Prediction>(point(*value)) : std::nullopt;
  };
  std::vector<Predictor> predictors = {
      mean_predictor("salience_weighted_mean", "mean of positions, weights salience (compromise model)",
                     Weigh::by_salience),
      mean_predictor("mean", "mean of positions", Weigh::equally),
      median_predictor("median", "median of positions", Weigh::equally),
      median_predictor("salience_weighted_median", "median of positions, weights salience", Weigh::by_salience),
      {"condorcet_election", "probabilistic Condorcet election; point: mean of its distribution", election},
      {"nash", "Nash point, equal weights, disagreement at the reference point",
       [wrap](const Decision& d) { return wrap(nash_on_one_issue(d, weights_of(d, Weigh::equally))); }},
      {"weighted_nash", "Nash point, weights capability × salience",
       [wrap](const Decision& d) { return wrap(nash_on_one_issue(d, weights_of(d, Weigh::by_power))); }},
      {"kalai_smorodinsky", "Kalai–Smorodinsky point, disagreement at the reference point",
       [wrap](const Decision& d) { return wrap(kalai_smorodinsky_on_one_issue(d)); }},
      {"reference_point", "nothing is decided", [wrap](const Decision& d) { return wrap(d.reference); }},
      {"constant_50", "always the middle", [](const Decision&) { return std::optional<Prediction>(point(50)); }},
  };
  if (capability_known) {
    predictors.insert(
        predictors.begin() + 2,
        mean_predictor("power_weighted_mean", "mean of positions, weights capability × salience", Weigh::by_power));
    predictors.insert(predictors.begin() + 5,
                      median_predictor("condorcet_median", "wins every pairwise vote, weights capability × salience",
                                       Weigh::by_power));
  } else {
    predictors.insert(
        predictors.begin() + 4,
        median_predictor("condorcet_median", "wins every pairwise vote, weights salience (capabilities unknown)",
                         Weigh::by_salience));
  }
  return predictors;
}

}  // namespace parley
