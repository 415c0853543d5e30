// Where in the space of parameters something happens: boxes found by PRIM on some rows and judged on others.
//
//   PRIM as in prim.hpp. From its peeling trajectory the first box is taken that is within two points of density of the
//   densest that still covers a share of the cases of interest (three quarters, half, a quarter), and restrictions that are
//   worth less than two points of density are dropped one by one, so that a box names few parameters. Coverage, density and
//   support (Bryant and Lempert 2010, TFSC 77:34) are those on rows that the search never saw. A row is a cell; its cases
//   are its runs.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/analysis/bootstrap.hpp"
#include "engine/analysis/prim.hpp"

namespace parley {

struct BoxSample {
  std::vector<std::span<const double>> inputs;  ///< one list an input, in its own unit
  std::vector<double> of_interest, cases;       ///< by row
  bool random_order = true;  ///< false where neighbouring rows are alike (a grid): then all rows are searched and none held back
};

/// What a box asks of one input.
struct BoxLimit {
  std::size_t input = 0;
  std::optional<double> low, high;  ///< absent where the box reaches the end of what was sampled
  double density_without = 0;       ///< density of the box if this input were free
};

struct DiscoveredBox {
  std::vector<BoxLimit> limits;  ///< the most telling first; as many as the box needs
  double coverage = 0, support = 0;
  Estimate density;  ///< the interval counts a cell as one draw
};

struct BoxDiscovery {
  std::size_t rows_searched = 0, rows_judged = 0;
  bool held_back = false;     ///< the judged rows are others than the searched ones
  double density = 0;         ///< of everything: what a box has to exceed
  std::vector<DiscoveredBox> boxes;  ///< from the largest to the densest

  static constexpr std::size_t most_searched = 8192;
  static constexpr double worth = 0.02;  ///< of density, for a restriction to stay
};

/// Throws InputError for fewer than 50 rows or where no case, or every case, is of interest.
BoxDiscovery discover_boxes(const BoxSample& sample, double confidence = 0.95);

}  // namespace parley
