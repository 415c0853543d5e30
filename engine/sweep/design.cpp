#include "engine/sweep/design.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <numeric>

#include "engine/core/normal.hpp"
#include "engine/core/rng.hpp"

namespace parley {

namespace {

constexpr std::uint32_t morris_levels = 4;

/// One uniform number that belongs to a design, not to a run.
double design_uniform(std::uint64_t seed, std::uint64_t row, std::uint64_t use, std::uint32_t dimension) {
  return Draws<double>(seed, row, use).uniform({Stream::Kind::design, dimension}, 0);
}

/// A random permutation of 0 … n−1 (Fisher and Yates).
std::vector<std::uint32_t> shuffled(std::uint32_t n, std::uint64_t seed, std::uint64_t use, std::uint32_t dimension) {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  for (std::uint32_t i = n; i > 1; --i) {
    const auto j = static_cast<std::uint32_t>(design_uniform(seed, i, use, dimension) * i);
    std::swap(order[i - 1], order[std::min(j, i - 1)]);
  }
  return order;
}

/// `rows` points of the Sobol sequence (Boost.Random), without its first point, the origin.
std::vector<double> sobol_points(std::uint64_t rows, std::size_t dimensions) {
  boost::random::sobol engine(dimensions);
  std::vector<double> points;
  points.reserve(rows * dimensions);
  for (std::uint64_t i = 0; i < rows * dimensions; ++i) {
    const std::uint64_t word = engine();
    points.push_back((static_cast<double>(word >> 11) + 0.5) * 0x1p-53);
  }
  return points;
}

}  // namespace

const char* name_of(DesignKind design) {
  switch (design) {
    case DesignKind::none: return "none";
    case DesignKind::grid: return "grid";
    case DesignKind::latin_hypercube: return "latin_hypercube";
    case DesignKind::sobol: return "sobol";
    case DesignKind::saltelli: return "saltelli";
    case DesignKind::morris: return "morris";
  }
  return "none";
}

double Distribution::quantile(double u) const {
  switch (kind) {
    case Kind::uniform: return a + (b - a) * u;
    case Kind::normal: return a + b * normal_quantile(u);
    case Kind::lognormal: return exp(a + b * normal_quantile(u));
    case Kind::triangular: {
      const double turn = (c - a) / (b - a);
      return u < turn ? a + sqrt(u * (b - a) * (c - a)) : b - sqrt((1 - u) * (b - a) * (b - c));
    }
  }
  return a;
}

Design::Design(const SweepSpec& spec, std::uint64_t seed) : spec_(spec), seed_(seed) {
  const auto dimensions = static_cast<std::uint32_t>(spec.swept().size());
  const std::uint64_t n = spec.samples;
  switch (spec.design) {
    case DesignKind::none: cells_ = 1; break;
    case DesignKind::grid:
      for (const SweptPath& axis : spec.axes) {
        cells_ *= axis.values.size();
        if (cells_ > max_cells) break;
      }
      break;
    case DesignKind::latin_hypercube:
    case DesignKind::sobol: cells_ = n; break;
    case DesignKind::saltelli: cells_ = n * (dimensions + 2); break;
    case DesignKind::morris: cells_ = n * (dimensions + 1); break;
  }
  if (cells_ > max_cells)
    throw input_error(spec.place, "The sweep has " + std::to_string(cells_) + " cells (the limit is " + std::to_string(max_cells) +
                                      "). Vary fewer paths or take fewer samples.");
  if (spec.design == DesignKind::latin_hypercube)
    for (std::uint32_t d = 0; d < dimensions; ++d) strata_.push_back(shuffled(spec.samples, seed, 1, d));
  if (spec.design == DesignKind::sobol) points_ = sobol_points(n, dimensions);
  if (spec.design == DesignKind::saltelli) points_ = sobol_points(n, 2 * dimensions);
}

std::vector<double> Design::row(std::uint64_t cell) const {
  const std::vector<SweptPath>& swept = spec_.swept();
  std::vector<double> values(swept.size());
  if (spec_.design == DesignKind::grid) {
    for (std::size_t d = swept.size(); d-- > 0;) {  // the last axis turns fastest
      values[d] = swept[d].values[cell % swept[d].values.size()];
      cell /= swept[d].values.size();
    }
    return values;
  }
  const std::vector<double> unit = unit_row(cell);
  for (std::size_t d = 0; d < swept.size(); ++d) values[d] = swept[d].distribution.quantile(unit[d]);
  return values;
}

std::vector<double> Design::unit_row(std::uint64_t cell) const {
  const std::size_t dimensions = spec_.swept().size();
  std::vector<double> unit(dimensions);
  const auto at = [](std::size_t d) { return static_cast<std::uint32_t>(d); };
  switch (spec_.design) {
    case DesignKind::latin_hypercube:
      for (std::size_t d = 0; d < dimensions; ++d)
        unit[d] = (strata_[d][cell] + design_uniform(seed_, cell, 2, at(d))) / spec_.samples;
      break;
    case DesignKind::sobol:
      for (std::size_t d = 0; d < dimensions; ++d) unit[d] = points_[cell * dimensions + d];
      break;
    case DesignKind::saltelli: {  // rows of a block: A, then A with column m from B for each m, then B (Saltelli 2010)
      const std::uint64_t base = cell / (dimensions + 2), member = cell % (dimensions + 2);
      for (std::size_t d = 0; d < dimensions; ++d) {
        const bool from_b = member == dimensions + 1 || member == d + 1;
        unit[d] = points_[base * 2 * dimensions + (from_b ? dimensions + d : d)];
      }
      break;
    }
    case DesignKind::morris: {  // a trajectory moves one coordinate at a time by ±2/3 on a grid of four levels (Morris 1991)
      const std::uint64_t path = cell / (dimensions + 1), moved = cell % (dimensions + 1);
      const double step = morris_levels / (2.0 * (morris_levels - 1));
      const auto order = shuffled(at(dimensions), seed_ + path, 3, 0);
      for (std::size_t d = 0; d < dimensions; ++d) {
        const double low = std::floor(design_uniform(seed_, path, 4, at(d)) * (morris_levels / 2.0)) / (morris_levels - 1);
        const bool down = design_uniform(seed_, path, 5, at(d)) < 0.5;
        const bool has_moved = std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(moved), at(d)) !=
                               order.begin() + static_cast<std::ptrdiff_t>(moved);
        const double level = low + (down != has_moved ? step : 0);
        unit[d] = std::clamp(level, 0.5 / (2 * morris_levels), 1 - 0.5 / (2 * morris_levels));  // no infinite quantile at 0 or 1
      }
      break;
    }
    default: break;
  }
  return unit;
}

}  // namespace parley
