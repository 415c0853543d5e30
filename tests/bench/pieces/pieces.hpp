// The small pieces that a round is made of, each over an array of numbers, compiled once for each instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/talks/talks.hpp"

namespace parley::bench {

/// Pieces of one instruction set. Each takes n numbers from `in` and leaves n in `out`; n is a multiple of 16.
struct Pieces {
  const char* name;
  void (*exp)(const double* in, double* out, std::size_t n);
  void (*log)(const double* in, double* out, std::size_t n);
  void (*logistic)(const double* in, double* out, std::size_t n);
  void (*normals)(std::uint64_t seed, double* out, std::size_t n);  ///< two at a draw
  void (*uniforms)(std::uint64_t seed, double* out, std::size_t n);
  /// Redrafts the mediator's text `times` times in each lane (weights, sums, the K×K solve, the step); out has 16 · K.
  void (*redraft)(const Layout& layout, const double* values, std::size_t stride, std::size_t times, double* out);
};

template <class Real>
struct PiecesOf {
  static Real load(const double* in) {
    Real x(0.0);
    for (int l = 0; l < lanes<Real>; ++l) set_lane(x, l, in[l]);
    return x;
  }
  static void store(Real x, double* out) {
    for (int l = 0; l < lanes<Real>; ++l) out[l] = lane(x, l);
  }
  static void exp(const double* in, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; i += lanes<Real>) store(parley::exp(load(in + i)), out + i);
  }
  static void log(const double* in, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; i += lanes<Real>) store(parley::log(load(in + i)), out + i);
  }
  static void logistic(const double* in, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; i += lanes<Real>) store(parley::logistic(load(in + i)), out + i);
  }
  static void normals(std::uint64_t seed, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; i += 2 * lanes<Real>) {
      const auto pair = Draws<Real>(seed, Word<Real>(i), Word<Real>(0)).normals({}, 1);
      store(pair.first, out + i);
      store(pair.second, out + i + lanes<Real>);
    }
  }
  static void uniforms(std::uint64_t seed, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; i += 2 * lanes<Real>) {
      const auto pair = Draws<Real>(seed, Word<Real>(i), Word<Real>(0)).uniforms({}, 1);
      store(pair.first, out + i);
      store(pair.second, out + i + lanes<Real>);
    }
  }
  static void redraft(const Layout& layout, const double* values, std::size_t stride, std::size_t times, double* out) {
    alignas(64) Real block[max_parameters];
    for (std::size_t v = 0; v < stride; ++v) block[v] = Real(values[v]);
    talks::Talks<Real> talks(layout, block, 7);
    talks.begin(Real(0.0) == Real(0.0), Word<Real>(0));
    talks::State<Real> state = talks.state();
    for (std::size_t t = 0; t < times; ++t) talks.parts().mediator.redraft(layout, talks.parts().durability, state);
    for (const Issue k : layout.issues()) store(state.text[k], out + 16 * k.value);
  }
  static Pieces table(const char* name) { return {name, &exp, &log, &logistic, &normals, &uniforms, &redraft}; }
};

Pieces pieces_one();
Pieces pieces_portable();
Pieces pieces_avx2();
Pieces pieces_avx512();

}  // namespace parley::bench
