// The analysis of a sweep in words and bars.
#pragma once

#include <string>

#include "engine/analysis/sweep_analysis.hpp"

namespace parley {

std::string analysis_text(const SweepAnalysis& analysis);

}  // namespace parley
