// Intervals for anything computed from a list of items, by drawing the list anew (Efron 1979, Ann Stat 7:1).
//
//   Resample b draws as many items as there are, with replacement, and computes the result again; the interval runs
//   between the (1 ∓ confidence)/2 quantiles of these results. Draws come from a fixed seed: same input, same interval.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/analysis/estimate.hpp"
#include "engine/core/rng.hpp"

namespace parley {

struct Bootstrap {
  std::size_t resamples = 1000;
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

/// How often each of `items` items is in a resample.
class Resampler {
 public:
  Resampler(std::size_t items, std::uint64_t seed) : times_(items), seed_(seed) {}

  const std::vector<std::uint32_t>& draw(std::size_t resample) {
    std::fill(times_.begin(), times_.end(), 0u);
    const std::uint64_t items = times_.size();
    for (std::size_t k = 0; k < times_.size(); k += 4) {  // a block of words is four draws of 32 bits
      const auto words = Draws<double>(seed_, resample, k / 4).words({Stream::Kind::design, 0}, resampling);
      const std::uint64_t four[4] = {words.first >> 32, words.first & 0xffffffffu, words.second >> 32, words.second & 0xffffffffu};
      for (std::size_t j = 0; j < 4 && k + j < times_.size(); ++j) ++times_[four[j] * items >> 32];
    }
    return times_;
  }

 private:
  static constexpr std::uint8_t resampling = 6;  ///< uses 1 to 5 of this stream belong to the designs
  std::vector<std::uint32_t> times_;
  std::uint64_t seed_;
};

/// The interval of a value from what the resamples gave; the value alone where there are none.
inline Estimate estimate(double value, std::vector<double> resampled, double confidence) {
  if (resampled.empty()) return {value, value, value};
  std::sort(resampled.begin(), resampled.end());
  const auto quantile = [&](double share) {
    const double at = share * static_cast<double>(resampled.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, resampled.size() - 1);
    return resampled[below] + (at - static_cast<double>(below)) * (resampled[above] - resampled[below]);
  };
  return {value, quantile((1 - confidence) / 2), quantile((1 + confidence) / 2)};
}

}  // namespace parley
