// What `parley run` says of a result: one JSON object, or a page for people.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "engine/sweep/plan.hpp"
#include "engine/sweep/runner.hpp"

namespace parley {

/// How a result came about; what a finished file remembers of its own making.
struct RunCosts {
  int threads = 0;
  double seconds = 0;
  std::uint64_t rounds = 0;  ///< runs × horizon
  std::uint64_t peak_memory_bytes = 0;
};

struct RunReport {
  const Plan& plan;
  const RunResult& result;
  RunCosts costs;
  std::optional<std::string> out, bits;
};

/// The keys are a contract: see the README.
nlohmann::ordered_json report_json(const RunReport& report);
std::string report_text(const RunReport& report);

/// The length of a cell's rounds, in days.
double days_of(const Plan& plan, std::uint64_t cell);
/// Months of 30.44 days from the start of a cell to its horizon.
double months_of(const Plan& plan, std::uint64_t cell);
/// The horizon of a cell, in rounds.
std::uint64_t horizon_of(const Plan& plan, std::uint64_t cell);

}  // namespace parley
