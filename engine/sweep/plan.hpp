// The plan of a simulation: cells × replicates, run = cell · replicates + replicate.
#pragma once

#include <cstdint>
#include <optional>
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

/// Holds the configuration it was made from (moved in) and hands out cells one at a time. Names are looked up once, here: a
/// sweep has millions of cells.
class Plan {
 public:
  Plan(const Config& config, std::uint32_t replicates, std::uint64_t seed);

  const Config& config() const { return config_; }
  const Negotiation& negotiation() const { return config_.negotiation; }
  std::uint64_t cells() const { return design_.cells(); }
  std::uint32_t replicates() const { return replicates_; }
  std::uint64_t runs() const { return cells() * replicates_; }
  std::uint64_t seed() const { return seed_; }
  /// What the luck of a run is drawn from: its replicate, or its own number where the sweep says so.
  std::uint32_t luck_of_run(std::uint64_t run) const {
    return static_cast<std::uint32_t>(config_.sweep.luck == Luck::own ? run : run % replicates_);
  }

  /// A cell; where runs draw what polls say of a public, with the means of what they draw.
  Cell cell(std::uint64_t c) const;
  const Design& design() const { return design_; }
  /// The value of each swept path in a cell.
  std::vector<double> swept_values(std::uint64_t c) const;
  /// The cell as that run plays it, with the values that it drew: what every reader of a single run wants.
  Cell cell_of_run(std::uint64_t run) const;
  /// True where the runs of a cell differ in their values.
  bool draws_values() const { return !config_.posteriors.empty(); }
  /// Writes what the runs of that luck draw into the values of a cell.
  void draw(std::uint32_t luck, double* values) const;
  /// The values of a cell before pacing, as the configuration states them.
  std::vector<double> stated_values(std::uint64_t c) const;
  /// One of them.
  double stated_value(std::uint64_t c, std::size_t slot) const;

 private:
  /// What a swept path reaches: one number, or what a switch turns off.
  struct Reach {
    std::optional<std::size_t> slot;
    std::vector<SlotValue> off;
  };
  std::vector<std::size_t> changing() const;
  std::vector<double> stated(const std::vector<double>& row) const;

  Config config_;
  std::uint32_t replicates_;
  std::uint64_t seed_;
  Design design_;
  std::vector<Reach> reach_;     ///< of each swept path
  std::vector<SlotValue> off_;   ///< of the mechanisms that are off in every cell
  std::vector<std::size_t> changing_;  ///< slots in which cells differ, sorted
  ValueCheck check_;
  Pacing pacing_;
};

}  // namespace parley
