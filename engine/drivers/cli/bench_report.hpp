// What `parley bench` measured, as JSON for programs and as a table with bars for people.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/core/fields.hpp"
#include "engine/drivers/cli/bench_measure.hpp"
#include "engine/drivers/cli/machine.hpp"

namespace parley {

/// One thing that was varied: its pieces, and the reference that was played in turn with them.
struct Axis {
  std::string name;
  Clock clock = Clock::processor;
  std::vector<int> sizes;  ///< of the pieces, rising, where a power of them is fitted to the cost
  Measured reference = {};
  std::vector<Measured> measured;
};

struct BenchReport {
  Machine machine;
  double load = 0;  ///< the load average before anything was measured
  std::string config;
  Dimensions size;
  std::string kernel = {};
  std::uint32_t runs = 0;
  int repetitions = 0;
  std::vector<Axis> axes = {};
};

/// How the cost of a round grows with the size of an axis: over all its sizes, and over the upper half of them, where what
/// does not depend on the size matters less.
struct Growth {
  PowerLaw all, upper;
  int upper_from = 0, upper_to = 0;
  double bound = 0;  ///< exponent that it should stay within
};
std::optional<Growth> growth_of(const Axis& axis);

nlohmann::ordered_json bench_json(const BenchReport& report);
std::string bench_text(const BenchReport& report);

}  // namespace parley
