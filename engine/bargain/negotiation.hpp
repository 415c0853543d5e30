// One validated negotiation: its structure and a value for every parameter.
#pragma once

#include <string>
#include <vector>

#include "engine/bargain/catalog.hpp"

namespace parley {

/// Immutable after construction; the values stand in the order of the catalog, rates still per unit round.
struct Negotiation {
  const Model* model = nullptr;
  Structure structure;
  Catalog catalog;
  std::vector<double> values;
};

/// One number of the flat block.
struct SlotValue {
  std::size_t slot;
  double value;
};

/// What switching a mechanism off sets: every parameter of it to its off value.
std::vector<SlotValue> off_values(const Negotiation& negotiation, const std::string& mechanism);
void switch_off(const Negotiation& negotiation, const std::string& mechanism, std::vector<double>& values);

/// Rescales every rate from the unit round to the round of the values, as a kernel wants them. Worked out once for all
/// the cells of a sweep.
class Pacing {
 public:
  explicit Pacing(const Negotiation& negotiation);
  std::vector<double> operator()(std::vector<double> values) const;

 private:
  struct Rate {
    std::size_t slot;
    Pace pace;
  };
  double unit_days_;
  std::size_t days_;  ///< slot of the length of a round
  std::vector<Rate> rates_;
};
std::vector<double> paced(const Negotiation& negotiation, const std::vector<double>& values);

/// What is impossible about values (a number out of bounds, a matrix A that is not positive semidefinite), looked for only
/// where some slots that changed can have made it so.
class ValueCheck {
 public:
  /// `changing` are the slots in which the values may differ from ones known to be possible.
  ValueCheck(const Negotiation& negotiation, const std::vector<std::size_t>& changing);

  /// One sentence that names the path and what to write instead; empty where the values are fine.
  std::string fault(const Negotiation& negotiation, const std::vector<double>& values) const;

 private:
  /// The matrix A of one actor: saliences on the diagonal, linkages off it.
  struct Saliences {
    struct Cell {
      int row, column;
      std::size_t slot;
    };
    int actor;
    std::vector<Cell> cells;
  };
  std::string fault_of_matrix(const Negotiation& negotiation, const Saliences& saliences, const std::vector<double>& values) const;

  std::vector<std::size_t> changing_;
  std::vector<Saliences> matrices_;
};

/// The same where anything may be wrong.
std::string fault_in(const Negotiation& negotiation, const std::vector<double>& values);

}  // namespace parley
