// How much smaller a poll is than its number of answers: design effects (Kish 1965).
//
//   Unequal weights: deff = n Σ w² / (Σ w)², effective sample n / deff.
//   Clusters of m with intraclass correlation ρ: deff = 1 + (m − 1) ρ.
#pragma once

#include <span>

#include "engine/core/check.hpp"

namespace parley {

inline double weighting_design_effect(std::span<const double> weights) {
  double sum = 0.0, squares = 0.0;
  for (const double w : weights) {
    if (!(w >= 0.0))
      throw InputError("a weight is negative (it says how many people an answer stands for). Give 0 or more");
    sum += w;
    squares += w * w;
  }
  if (!(sum > 0.0)) throw InputError("all weights are 0 (nobody is stood for). Give positive weights");
  return static_cast<double>(weights.size()) * squares / (sum * sum);
}

inline double cluster_design_effect(double cluster_size, double correlation) {
  return 1.0 + (cluster_size - 1.0) * correlation;
}

}  // namespace parley
