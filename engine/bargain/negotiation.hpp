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

/// The values as a kernel wants them: every rate rescaled from the unit round to the round of these values.
std::vector<double> paced(const Negotiation& negotiation, const std::vector<double>& values);

/// Sets every parameter of the mechanism to its off value.
void switch_off(const Negotiation& negotiation, const std::string& mechanism, std::vector<double>& values);

/// What is impossible about the values (a number out of bounds, a matrix A that is not positive semidefinite), in one
/// sentence that names the path and what to write instead; empty where they are fine.
std::string fault_in(const Negotiation& negotiation, const std::vector<double>& values);

}  // namespace parley
