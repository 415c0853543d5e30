// What differs between two configurations, setting by setting.
#pragma once

#include <string>
#include <vector>

#include "engine/sweep/plan.hpp"

namespace parley {

/// One setting as either side has it; empty where a side has no such setting.
struct InputDifference {
  std::string path, a, b;
  std::string unit, meaning;  ///< of a parameter; empty for the structure
};

/// Cells ca and cb of the two plans: every parameter with another value (switches counted in), every part of the structure
/// that differs, seed and replicates, and what a sweep varies.
std::vector<InputDifference> input_differences(const Plan& a, std::uint64_t ca, const Plan& b, std::uint64_t cb);

}  // namespace parley
