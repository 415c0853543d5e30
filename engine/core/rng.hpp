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

namespace detail {
/// Rounds Round … 12 of Threefry-2x64; recursion, so that every rotation is by a constant.
template <int Round, class Word>
PARLEY_INLINE void threefry_rounds(Word& x, Word& y, const Word* schedule) {
  if constexpr (Round < 13) {
    constexpr int rotation[8] = {16, 42, 12, 31, 16, 32, 24, 21};
    constexpr int turn = rotation[Round % 8];
    x = x + y;
    y = ((y << turn) | (y >> (64 - turn))) ^ x;
    if constexpr (Round % 4 == 3) {
      constexpr int step = Round / 4 + 1;
      x = x + schedule[step % 3];
      y = y + (schedule[(step + 1) % 3] + Word(static_cast<std::uint64_t>(step)));
    }
    threefry_rounds<Round + 1>(x, y, schedule);
  }
}
}  // namespace detail

/// Threefry-2x64-13: two words from a counter and a key.
template <class Word>
PARLEY_INLINE WordPair<Word> threefry(WordPair<Word> counter, WordPair<Word> key) {
  const Word schedule[3] = {key.first, key.second, Word(0x1bd11bdaa9fc1a22ull) ^ key.first ^ key.second};
  Word x = counter.first + schedule[0], y = counter.second + schedule[1];
  detail::threefry_rounds<0>(x, y, schedule);
  return {x, y};
}

/// Who draws. A configuration numbers its actors, issues and rungs; the numbers, not the order of the entries, count.
struct Stream {
  enum class Kind : std::uint32_t { world = 0, actor = 1, issue = 2, rung = 3, design = 4, posterior = 5 };
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

/// The two halves of a word, each as a real in (0, 1): 32 bits and a half. Enough for a decision or a normal number
/// (whose largest size is then 6.7), at half the price.
template <class Real>
PARLEY_INLINE RealPair<Real> unit_halves(Word<Real> word) {
  const Word<Real> exponent(0x3ff0000000000000ull);
  const double offset = 1.0 - 0x1p-33;
  return {real_of(((word >> 32) << 20) | exponent) - offset, real_of((word << 32 >> 12) | exponent) - offset};
}

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
    return uniforms(words(stream, use));
  }
  PARLEY_INLINE Real uniform(Stream stream, std::uint8_t use) const {
    return unit_interval<Real>(words(stream, use).first);
  }

  /// Two independent standard normal numbers (Box and Muller 1958).
  PARLEY_INLINE RealPair<Real> normals(Stream stream, std::uint8_t use) const { return normals(words(stream, use)); }
  PARLEY_INLINE Real normal(Stream stream, std::uint8_t use) const { return normals(stream, use).first; }

  /// Two uniform and two standard normal numbers, all independent, from one block of words.
  struct Four {
    RealPair<Real> uniform, normal;
  };
  PARLEY_INLINE static Four uniforms_and_normals(const WordPair<Word<Real>>& w) {
    return {unit_halves<Real>(w.first), box_muller(unit_halves<Real>(w.second))};
  }
  /// The same numbers as uniforms() and normals() give of those words.
  PARLEY_INLINE static RealPair<Real> uniforms(const WordPair<Word<Real>>& w) {
    return {unit_interval<Real>(w.first), unit_interval<Real>(w.second)};
  }
  PARLEY_INLINE static RealPair<Real> normals(const WordPair<Word<Real>>& w) { return box_muller(uniforms(w)); }

 private:
  PARLEY_INLINE static RealPair<Real> box_muller(RealPair<Real> u) {
    const Real radius = sqrt(-2.0 * log_unit(u.first));
    return {radius * cos_turn(u.second), radius * sin_turn(u.second)};
  }

  WordPair<Word<Real>> key_;
  Word<Real> replicate_, round_;
};

}  // namespace parley
