// Reads the [sweep] table of a configuration.
#pragma once

#include "engine/sweep/design.hpp"
#include "engine/sweep/settings.hpp"

namespace parley {

/// Adds one setting whose first key is "sweep" to the specification.
void read_sweep_setting(const Setting& setting, SweepSpec& sweep);

/// Checks that the specification is whole: a design has something to vary, and nothing is stated that it would not read.
void finish_sweep(SweepSpec& sweep);

}  // namespace parley
