// What polls say, in words and small drawings for a terminal.
#pragma once

#include <string>

#include "engine/analysis/poll_sensitivity.hpp"

namespace parley {

std::string polls_text(const PollEstimates& estimates, const Structure& structure);
std::string sensitivity_text(const PollSensitivity& sensitivity, const Structure& structure);

/// A value on a line of `width` cells from `low` to `high`: a mark where it is, dashes over its interval.
struct DrawnInterval {
  double low, middle, high;
};
std::string interval_drawing(const DrawnInterval& interval, double low, double high, int width, const char* mark);

}  // namespace parley
