// Reads the actors of the expected-utility model from a table: one row an actor, or an actor and issue.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/eum/actors.hpp"

namespace parley {

/// Columns: name (or actor), capability (0 or more), position, salience (0 to 1); optional issue, and for each of the
/// three numbers <number>_sd (normal, clipped) or <number>_low and <number>_high (triangular or uniform; with an sd
/// they are what it is clipped to), none above 1e12 in size. Columns note, source and comment are passed over, any other is
/// refused.
struct ActorsOptions {
  eum::Shape between_bounds = eum::Shape::triangular;
  std::optional<eum::Scale> scale;  ///< the ends of every issue; otherwise each issue spans its own positions
};

/// Issues in the order in which they first appear; without a column issue there is one, named "issue".
std::vector<eum::Case> parse_actors(std::string_view text, const std::string& file, const ActorsOptions& options = {});
std::vector<eum::Case> read_actors(const std::string& path, const ActorsOptions& options = {});

}  // namespace parley
