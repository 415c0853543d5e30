// Many runs of the expected-utility model over uncertain capabilities, positions and saliences, W at a time.
//
// Every run draws its numbers from (seed, run, actor, use) alone: actor i has stream number i, so a further actor or
// more runs change no draw that was there before. Normal draws are clipped to their bounds, uniform and triangular
// ones stay within them. The scale of the case stays the same in all runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/rng.hpp"
#include "models/eum/actors.hpp"
#include "models/eum/challenge.hpp"

namespace parley::eum {

/// After the last round of each run.
struct Forecasts {
  std::vector<double> median;
  std::vector<double> weighted_mean;
};

struct MonteCarlo {
  std::uint64_t runs = 1000;
  std::uint64_t seed = 1;
  std::uint64_t first_run = 0;
};

/// Throws InputError unless runs is 1 to 100 million.
Forecasts simulate(const Case& issue, const Options& options, const MonteCarlo& plan);

/// One value of each lane's run. Triangular: the inverse of its distribution function.
template <class Real>
Real draw(const Uncertain& number, const Draws<Real>& draws, Stream stream, std::uint8_t use) {
  const Real low(number.low), high(number.high), middle(number.value);
  switch (number.shape) {
    case Shape::fixed:
      break;
    case Shape::normal:
      return clip(middle + number.sd * draws.normal(stream, use), low, high);
    case Shape::uniform:
      return low + (high - low) * draws.uniform(stream, use);
    case Shape::triangular: {
      if (!(number.high > number.low)) break;
      const Real u = draws.uniform(stream, use), width = high - low;
      const Real rising = low + sqrt(u * width * (middle - low));
      const Real falling = high - sqrt((1.0 - u) * width * (high - middle));
      return select(u * width < middle - low, rising, falling);
    }
  }
  return middle;
}

/// Runs first, first + 1, … in the lanes of Real.
template <class Real>
Standing<Real> draw_standing(const Case& issue, std::uint64_t seed, std::uint64_t first) {
  Word<Real> run(first);
  if constexpr (lanes < Real >> 1)
    for (int l = 0; l < lanes<Real>; ++l) set_lane(run, l, first + static_cast<std::uint64_t>(l));
  const Draws<Real> draws(seed, run, Word<Real>(0));
  Standing<Real> start;
  start.low = issue.scale().low;
  start.range = issue.range() > 0 ? issue.range() : 1.0;
  const std::size_t n = issue.size();
  start.capability.reserve(n);
  start.salience.reserve(n);
  start.position.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Actor& actor = issue.actors()[i];
    const Stream stream{Stream::Kind::actor, static_cast<std::uint32_t>(i)};
    start.position.push_back(draw(actor.position, draws, stream, 0));
    start.salience.push_back(draw(actor.salience, draws, stream, 1));
    start.capability.push_back(draw(actor.capability, draws, stream, 2));
  }
  return start;
}

}  // namespace parley::eum
