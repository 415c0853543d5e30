// Decisions whose outcomes are known: who stood where on one issue, how much it mattered to them, and what came out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// Position 0 to 100; salience a share, 0 to 1; capability 0 or more, in any unit.
struct Stand {
  std::string actor;
  double position = 0;
  double salience = 1;
  double capability = 1;
};

struct Decision {
  std::string issue;
  std::vector<Stand> stands;
  double outcome = 0;               ///< 0 to 100
  std::optional<double> reference;  ///< what holds if nothing is decided, 0 to 100
};

struct Decisions {
  std::vector<Decision> decisions;
  std::size_t skipped = 0;        ///< without an outcome, or with too few positions
  bool capability_known = false;  ///< otherwise all are 1
};

/// Long form, one row an actor and issue: columns issue, actor, position, salience, outcome; optional capability and
/// reference (or reference_point); outcome and reference may stand in any of an issue's rows, and must agree.
/// Wide form, one row an issue, recognised by a column out: p<actor> and s<actor> pairs, out, optional rp; the issue's
/// name is the column issue, or else the last column before the first pair in which no two rows agree. A first row
/// without outcome and saliences holds the actors' capabilities in its p columns.
/// Rows without a position are left out; a salience that is missing is the mean of the issue's others. Saliences are
/// divided by 100 if any in the file is above 1.
Decisions parse_decisions(std::string_view text, const std::string& file, std::size_t least_positions = 2);
Decisions read_decisions(const std::string& path, std::size_t least_positions = 2);

}  // namespace parley
