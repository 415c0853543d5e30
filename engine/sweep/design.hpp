// What a sweep varies and how: designs over axes (grid) and over distributions (the sampled designs).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/check.hpp"

namespace parley {

enum class DesignKind { none, grid, latin_hypercube, sobol, saltelli, morris };
const char* name_of(DesignKind design);

/// A distribution that a sampled design draws a parameter from, by the inverse of its distribution function.
struct Distribution {
  enum class Kind { uniform, normal, lognormal, triangular } kind = Kind::uniform;
  double a = 0, b = 1, c = 0;  ///< uniform: min, max; normal: mean, sd; lognormal: mean and sd of the log; triangular: min, max, mode

  double quantile(double u) const;
};

/// One swept path: a list of values (grid) or a distribution.
struct SweptPath {
  std::string path;
  std::vector<double> values;
  Distribution distribution;
  Place place;
};

/// Whose luck a run has. Shared: replicate k of every cell has the same, so that a difference between two cells is not noise.
/// Own: every run has its own, so that a mean over many cells is one over many lucks, as variance shares need it.
enum class Luck { shared, own };

struct SweepSpec {
  DesignKind design = DesignKind::none;
  Luck luck = Luck::shared;
  bool left_out = false;  ///< design = "none" was stated: whatever else the table says does not count
  std::uint32_t samples = 1024;
  std::vector<SweptPath> axes;    ///< of a grid
  std::vector<SweptPath> sample;  ///< of the sampled designs
  Place place;

  const std::vector<SweptPath>& swept() const { return design == DesignKind::grid ? axes : sample; }
};

/// The rows of a design: points of the unit cube, made one at a time so that no sweep has to fit in memory at once.
class Design {
 public:
  /// `seed` feeds the designs that are random (Latin hypercube, Morris); Sobol's is the same for every seed.
  Design(const SweepSpec& spec, std::uint64_t seed);

  std::uint64_t cells() const { return cells_; }
  /// The value of each swept path in cell c.
  std::vector<double> row(std::uint64_t cell) const;
  /// The point of the unit cube that a cell of a sampled design stands for.
  std::vector<double> unit_row(std::uint64_t cell) const;

  static constexpr std::uint64_t max_cells = 50'000'000;

 private:
  SweepSpec spec_;
  std::uint64_t seed_, cells_ = 1;
  std::vector<std::vector<std::uint32_t>> strata_;  ///< Latin hypercube: the stratum of each row, by dimension
  std::vector<double> points_;                      ///< Sobol: base rows, row by row
};

}  // namespace parley
