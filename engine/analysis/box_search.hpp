// Finds the maximum of any function over the box [0, 1]^K, smooth or not, with one peak or a few.
//
//   Covariance matrix adaptation (Hansen and Ostermeier 2001, Evol Comp 9:159), started from the best points of a
//   Halton sequence and restarted with larger generations. Candidates outside are moved to the nearest point of the
//   box. Draws come from a fixed seed: the same call gives the same answer.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace parley {

using BoxFunction = std::function<double(std::span<const double>)>;

struct BoxSearch {
  std::size_t scan = 512;  ///< points of the Halton sequence that are tried first
  int restarts = 3;
  int generations = 600;     ///< most of them a restart
  double precision = 1e-10;  ///< step at which a restart ends
};

struct BoxMaximum {
  std::vector<double> point;
  double value;
};

/// Starts also from each of `hints`. The function must be finite everywhere on the box.
BoxMaximum maximise(const BoxFunction& function, std::size_t dimensions,
                    const std::vector<std::vector<double>>& hints = {}, const BoxSearch& search = {});

/// Point `index` of the Halton sequence in [0, 1)^dimensions; at most 16 dimensions.
std::vector<double> halton_point(std::size_t index, std::size_t dimensions);

}  // namespace parley
