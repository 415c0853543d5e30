// Counter-based random numbers: a draw is a function of (seed, replicate, stream, round, use) and of nothing else.
//
// Generator: Threefry-2x64 with 13 rounds (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// SC 2011), the smallest number of rounds its authors found to pass BigCrush. Draws are keyed by the replicate, not by
// the run, so that the cells of a sweep share their luck; and by streams that a configuration numbers, so that adding
// an actor or an issue changes no other draw.
#pragma once

#include "engine/core/math.hpp"
#include "engine/core/real.hpp"

namespace parley {

template <class Word>
struct WordPair {
  Word first, second;
};

/// Threefry-2x64-13: two words from a counter and a key.
template <class Word>
PARLEY_INLINE WordPair<Word> threefry(WordPair<Word> counter, WordPair<Word> key) {
  constexpr int rotation[8] = {16, 42, 12, 31, 16, 32, 24, 21};
  const Word parity(0x1bd11bdaa9fc1a22ull);
  const Word schedule[3] = {key.first, key.second, parity ^ key.first ^ key.second};
  Word x = counter.first + schedule[0], y = counter.second + schedule[1];
  for (int round = 0; round < 13; ++round) {
    const int turn = rotation[round % 8];
    x = x + y;
    y = ((y << turn) | (y >> (64 - turn))) ^ x;
    if (round % 4 == 3) {
      const int step = round / 4 + 1;
      x = x + schedule[step % 3];
      y = y + schedule[(step + 1) % 3] + Word(static_cast<std::uint64_t>(step));
    }
  }
  return {x, y};
}

/// Who draws. A configuration numbers its actors, issues and rungs; the numbers, not the order of the entries, count.
struct Stream {
  enum class Kind : std::uint32_t { world = 0, actor = 1, issue = 2, rung = 3, design = 4 };
  Kind kind = Kind::world;
  std::uint32_t number = 0;  ///< below 2^16
};

/// A word as a real in (0, 1): 52 bits and a half, so never 0 or 1.
template <class Real>
PARLEY_INLINE Real unit_interval(Word<Real> word) {
  return real_of((word >> 12) | Word<Real>(0x3ff0000000000000ull)) - 0.99999999999999988898;
}

template <class Real>
struct RealPair {
  Real first, second;
};

/// The draws of one round of one replicate (a packet: of one in each lane). `use` tells apart what a stream draws in a
/// round; every part names its own.
template <class Real>
class Draws {
 public:
  PARLEY_INLINE Draws(std::uint64_t seed, Word<Real> replicate, Word<Real> round)
      : key_{Word<Real>(seed), Word<Real>(0x7061726c65790001ull)}, replicate_(replicate), round_(round << 8) {}

  PARLEY_INLINE WordPair<Word<Real>> words(Stream stream, std::uint8_t use) const {
    const std::uint64_t fixed = (static_cast<std::uint64_t>(stream.kind) << 56) |
                                (static_cast<std::uint64_t>(stream.number) << 40) | use;
    return threefry<Word<Real>>({replicate_, round_ + Word<Real>(fixed)}, key_);
  }

  /// Two independent uniform numbers in (0, 1).
  PARLEY_INLINE RealPair<Real> uniforms(Stream stream, std::uint8_t use) const {
    const auto w = words(stream, use);
    return {unit_interval<Real>(w.first), unit_interval<Real>(w.second)};
  }
  PARLEY_INLINE Real uniform(Stream stream, std::uint8_t use) const {
    return unit_interval<Real>(words(stream, use).first);
  }

  /// Two independent standard normal numbers (Box and Muller 1958).
  PARLEY_INLINE RealPair<Real> normals(Stream stream, std::uint8_t use) const {
    const auto u = uniforms(stream, use);
    const Real radius = sqrt(-2.0 * log(u.first));
    const auto turn = sincos_turn(u.second);
    return {radius * turn.cos, radius * turn.sin};
  }
  PARLEY_INLINE Real normal(Stream stream, std::uint8_t use) const { return normals(stream, use).first; }

 private:
  WordPair<Word<Real>> key_;
  Word<Real> replicate_, round_;
};

}  // namespace parley
