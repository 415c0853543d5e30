// A number that counts what is done with it: the model, played on it, tells what a round costs in arithmetic.
#pragma once

#include <cstdint>

#include "engine/core/rng.hpp"

namespace parley {

/// Operations on numbers that a kernel does in every lane. Words are the 64-bit integers of random draws and of exponents.
struct Operations {
  std::uint64_t additions = 0, multiplications = 0, divisions = 0, roots = 0, comparisons = 0, choices = 0, words = 0;
  std::uint64_t draws = 0;  ///< blocks of Threefry; their words are counted too

  std::uint64_t floating() const { return additions + multiplications + divisions + roots; }
  std::uint64_t all() const { return floating() + comparisons + choices + words; }
};

/// Where the operations of this program's counted numbers are counted.
inline Operations& counted_operations() {
  static Operations operations;
  return operations;
}

struct CountedWord {
  std::uint64_t bits = 0;
  CountedWord() = default;
  CountedWord(std::uint64_t w) : bits(w) {}
  operator std::uint64_t() const { return bits; }

  static CountedWord counted(std::uint64_t w) {
    ++counted_operations().words;
    return {w};
  }
  friend CountedWord operator+(CountedWord a, CountedWord b) { return counted(a.bits + b.bits); }
  friend CountedWord operator-(CountedWord a, CountedWord b) { return counted(a.bits - b.bits); }
  friend CountedWord operator^(CountedWord a, CountedWord b) { return counted(a.bits ^ b.bits); }
  friend CountedWord operator&(CountedWord a, CountedWord b) { return counted(a.bits & b.bits); }
  friend CountedWord operator|(CountedWord a, CountedWord b) { return counted(a.bits | b.bits); }
  friend CountedWord operator<<(CountedWord a, int n) { return counted(a.bits << n); }
  friend CountedWord operator>>(CountedWord a, int n) { return counted(a.bits >> n); }
};

struct Counted {
  double x = 0;
  Counted() = default;
  Counted(double value) : x(value) {}

  friend Counted operator+(Counted a, Counted b) { ++counted_operations().additions; return a.x + b.x; }
  friend Counted operator-(Counted a, Counted b) { ++counted_operations().additions; return a.x - b.x; }
  friend Counted operator*(Counted a, Counted b) { ++counted_operations().multiplications; return a.x * b.x; }
  friend Counted operator/(Counted a, Counted b) { ++counted_operations().divisions; return a.x / b.x; }
  friend Counted operator-(Counted a) { ++counted_operations().words; return -a.x; }  // turns one bit over
  Counted& operator+=(Counted b) { return *this = *this + b; }
  Counted& operator-=(Counted b) { return *this = *this - b; }
  Counted& operator*=(Counted b) { return *this = *this * b; }
  friend bool operator<(Counted a, Counted b) { ++counted_operations().comparisons; return a.x < b.x; }
  friend bool operator>(Counted a, Counted b) { return b < a; }
  friend bool operator<=(Counted a, Counted b) { ++counted_operations().comparisons; return a.x <= b.x; }
  friend bool operator>=(Counted a, Counted b) { return b <= a; }
  friend bool operator==(Counted a, Counted b) { ++counted_operations().comparisons; return a.x == b.x; }
};

template <>
struct Lanes<Counted> {
  using Mask = bool;
  using Word = CountedWord;
  static constexpr int count = 1;
};

template <>
inline WordPair<CountedWord> threefry(WordPair<CountedWord> counter, WordPair<CountedWord> key) {
  ++counted_operations().draws;
  const CountedWord schedule[3] = {key.first, key.second, CountedWord(0x1bd11bdaa9fc1a22ull) ^ key.first ^ key.second};
  CountedWord x = counter.first + schedule[0], y = counter.second + schedule[1];
  detail::threefry_rounds<0>(x, y, schedule);
  return {x, y};
}

inline Counted select(bool mask, Counted a, Counted b) { ++counted_operations().choices; return mask ? a : b; }
inline Counted max(Counted a, Counted b) { ++counted_operations().choices; return a.x < b.x ? b : a; }
inline Counted min(Counted a, Counted b) { ++counted_operations().choices; return b.x < a.x ? b : a; }
inline Counted sqrt(Counted a) { ++counted_operations().roots; return __builtin_sqrt(a.x); }
inline CountedWord bits_of(Counted a) { return bits_of(a.x); }
inline Counted real_of(CountedWord w) { return real_of(w.bits); }
inline bool same(CountedWord a, CountedWord b) { ++counted_operations().comparisons; return a.bits == b.bits; }
inline double lane(Counted a, int) { return a.x; }
inline std::uint64_t lane(CountedWord w, int) { return w.bits; }
inline void set_lane(Counted& a, int, double value) { a.x = value; }
inline void set_lane(CountedWord& w, int, std::uint64_t value) { w.bits = value; }

}  // namespace parley
