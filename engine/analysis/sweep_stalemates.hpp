// What a configuration's own sweep does to the stalemates, beside what its mechanisms do: each cell that differs from the
// one asked about in a single swept path, with the same luck.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/analysis/attribution.hpp"

namespace parley {

struct SweptAlternative {
  std::uint64_t cell = 0;
  std::string path;   ///< in which it differs
  double value = 0;   ///< of that path there
  Estimate stalemate;
};

/// Empty where nothing is swept, where there are more than `most_cells_compared` cells, or where no other cell differs in one path alone.
/// Takes kernel, replicates and spread from `options`. Cells that cannot be played are left out.
std::vector<SweptAlternative> swept_alternatives(const Plan& plan, std::uint64_t cell, const AttributionOptions& options);

inline constexpr std::uint64_t most_cells_compared = 256;

}  // namespace parley
