// Opinion between polls: a local level seen through polls of several houses, each with its own lean.
//
//   Jackman 2005 (Aust J Pol Sci 40:499); Kalman 1960: ξ_t = ξ_{t−1} + N(0, τ²), y = ξ_t + house_h + N(0, v),
//     house_h ~ N(0, s²). For each poll F = Z P Zᵀ + v, K = P Zᵀ / F, a += K (y − Z a), P −= K Z P;
//     smoothing by de Jong's backward recursion, which inverts nothing.
//   Steady state with a poll of variance σ² every day (Harvey 1989), q = τ²/σ²:
//     P∞/σ² = (q + √(q² + 4q))/2, K = P∞/(P∞ + σ²).
//
// Opinion and leans on one scale (shares, or logits), days count from 0, the start's variance is that of day 0; a poll's variance includes its
// design effect.
#pragma once

#include <cstddef>
#include <vector>

namespace parley {

struct Poll {
  std::size_t day;
  std::size_t house;
  double share;
  double variance;
};

struct PollModel {
  std::size_t days;
  double daily_sd;  ///< τ
  double start_mean, start_variance;
  double house_sd;  ///< s; 0 where houses do not lean
  std::vector<double> house_sds = {};  ///< of the first houses, where they differ
};

struct DatedOpinion {
  double mean, sd;
};

struct OpinionPath {
  std::vector<DatedOpinion> filtered;  ///< each day, knowing the polls up to it
  std::vector<DatedOpinion> smoothed;  ///< each day, knowing all polls
  std::vector<double> house_leans;     ///< knowing all polls; one a house up to the largest number given
};

/// Polls in any order. Throws InputError for a day outside the path, a negative variance or more than 256 houses.
OpinionPath filter_polls(const PollModel& model, std::vector<Poll> polls);

/// What was expected of each poll before it was seen, in order of time: mean and sd of its reading, its own error included.
struct PollForecasts {
  std::vector<DatedOpinion> expected;
  double log_likelihood;  ///< of all polls: the sum of the logarithms of the normal densities of the readings
};

/// One pass forward; the same conditions as for filter_polls.
PollForecasts forecast_polls(const PollModel& model, std::vector<Poll> polls);

struct SteadyFilter {
  double predicted_variance;  ///< P∞/σ²
  double gain;                ///< K
};

/// `signal_to_noise` is τ²/σ², at least 0.
SteadyFilter steady_filter(double signal_to_noise);

}  // namespace parley
