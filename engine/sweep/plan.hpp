// The plan of a simulation: cells × replicates, run = cell · replicates + replicate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/sweep/config.hpp"

namespace parley {

/// One point of a sweep, ready for a kernel; a cell whose numbers are impossible carries the reason.
struct Cell {
  std::vector<double> swept;   ///< value of each swept path
  std::vector<double> values;  ///< of every parameter, paced to the cell's round
  std::string fault;           ///< empty where the cell can be played
};

/// Holds the configuration it was made from (moved in) and hands out cells one at a time.
class Plan {
 public:
  Plan(const Config& config, std::uint32_t replicates, std::uint64_t seed);

  const Config& config() const { return config_; }
  const Negotiation& negotiation() const { return config_.negotiation; }
  std::uint64_t cells() const { return design_.cells(); }
  std::uint32_t replicates() const { return replicates_; }
  std::uint64_t runs() const { return cells() * replicates_; }
  std::uint64_t seed() const { return seed_; }

  Cell cell(std::uint64_t c) const;
  /// The values of a cell before pacing, as the configuration states them.
  std::vector<double> stated_values(std::uint64_t c) const;

 private:
  std::vector<double> stated(const std::vector<double>& row) const;

  Config config_;
  std::uint32_t replicates_;
  std::uint64_t seed_;
  Design design_;
};

}  // namespace parley
