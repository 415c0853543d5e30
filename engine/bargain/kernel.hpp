// The border between the engine and compiled model code: plain data in, rows out.
//
// A kernel is one entry point compiled for one instruction set. Nothing but pointers to plain numbers crosses, so no
// library type is ever compiled twice with different instructions.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/bargain/layout.hpp"
#include "engine/bargain/outcome.hpp"

namespace parley {

/// One run to play: which row of parameter values, and which replicate (what its luck is drawn from).
struct Job {
  std::uint32_t cell = 0;
  std::uint32_t replicate = 0;
};

/// Runs to play: `values` holds `stride` numbers for each cell, already rescaled to the length of its rounds.
struct Task {
  const Layout* layout = nullptr;
  const double* values = nullptr;
  std::size_t stride = 0;
  std::uint64_t seed = 0;
  const Job* jobs = nullptr;
  std::size_t count = 0;
  RunRow* rows = nullptr;  ///< one for each job, in its order
};

using Kernel = void (*)(const Task&);

}  // namespace parley
