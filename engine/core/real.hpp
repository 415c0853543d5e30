// The number a model is written on: a double, or a packet of W runs that are computed side by side.
//
// Model text is a template on Real. With Real = double it plays one run (a transcript); with Real = Pack it plays one
// run in each lane, and every lane goes through the same operations in the same order as the double, so the bits are
// equal. There is no `if` on a Real: compare to a mask and select.
#pragma once

#include <cstdint>
#include <cstring>
#if defined(__AVX512F__) || defined(__SSE2__)
#include <immintrin.h>
#endif
#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

// One lane operation is one instruction, so all of them are inlined, always; only where every operation is watched by a
// sanitizer would that make functions too long for any compiler.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PARLEY_INLINE inline
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PARLEY_INLINE inline
#endif
#endif
#ifndef PARLEY_INLINE
#define PARLEY_INLINE [[gnu::always_inline]] inline
#endif

namespace parley {

/// Instruction sets. The tag is part of the type, hence of every symbol that is compiled from a model for it: code for
/// a wide machine can never be linked into the place of the portable one.
namespace isa {
struct Portable { static constexpr int width = 2; };
struct Avx2 { static constexpr int width = 4; };
#ifdef __AVX512F__
inline namespace with_mask_registers {  // its masks are other types, so its code must have other names too
#endif
struct Avx512 { static constexpr int width = 8; };
#ifdef __AVX512F__
}
#endif
}  // namespace isa

namespace detail {
/// Vectors of W 64-bit lanes; compilers lower them to what the processor has.
template <int W>
struct Native;
template <>
struct Native<2> {
  typedef double Real __attribute__((vector_size(16)));
  typedef std::int64_t Mask __attribute__((vector_size(16)));
  typedef std::uint64_t Word __attribute__((vector_size(16)));
};
template <>
struct Native<4> {
  typedef double Real __attribute__((vector_size(32)));
  typedef std::int64_t Mask __attribute__((vector_size(32)));
  typedef std::uint64_t Word __attribute__((vector_size(32)));
};
template <>
struct Native<8> {
  typedef double Real __attribute__((vector_size(64)));
  typedef std::uint64_t Word __attribute__((vector_size(64)));
#ifdef __AVX512F__
  typedef __mmask8 Mask;
#else
  typedef std::int64_t Mask __attribute__((vector_size(64)));
#endif
};

// What one vector does. The general forms say it in the language; where compilers miss the one instruction for it, the
// forms below name that instruction. All give the same bits.
template <class Vector> PARLEY_INLINE auto less(Vector a, Vector b) { return a < b; }
template <class Vector> PARLEY_INLINE auto less_or_same(Vector a, Vector b) { return a <= b; }
template <class Vector> PARLEY_INLINE auto equal(Vector a, Vector b) { return a == b; }
template <class M, class Vector> PARLEY_INLINE Vector blend(M mask, Vector a, Vector b) { return mask ? a : b; }
template <class Vector> PARLEY_INLINE Vector larger(Vector a, Vector b) { return a < b ? b : a; }
template <class Vector> PARLEY_INLINE Vector smaller(Vector a, Vector b) { return b < a ? b : a; }
template <class M> PARLEY_INLINE M negation(M mask) { return ~mask; }
template <class M> PARLEY_INLINE bool lane_of(const M& mask, int l) { return mask[l] != 0; }
template <class M> PARLEY_INLINE void set_lane_of(M& mask, int l, bool value) { mask[l] = value ? -1 : 0; }
template <class M> PARLEY_INLINE bool some(M mask) {
  std::int64_t all = 0;
  for (unsigned l = 0; l < sizeof(M) / 8; ++l) all |= mask[l];
  return all != 0;
}
#ifdef __SSE2__
PARLEY_INLINE Native<2>::Real larger(Native<2>::Real a, Native<2>::Real b) { return _mm_max_pd(b, a); }
PARLEY_INLINE Native<2>::Real smaller(Native<2>::Real a, Native<2>::Real b) { return _mm_min_pd(b, a); }
PARLEY_INLINE bool some(Native<2>::Mask mask) { return _mm_movemask_pd((__m128d)mask) != 0; }
#endif
#ifdef __wasm_simd128__  // pmax and pmin are these very comparisons
PARLEY_INLINE Native<2>::Real blend(Native<2>::Mask mask, Native<2>::Real a, Native<2>::Real b) {
  return (Native<2>::Real)wasm_v128_bitselect((v128_t)a, (v128_t)b, (v128_t)mask);
}
PARLEY_INLINE Native<2>::Real larger(Native<2>::Real a, Native<2>::Real b) { return (Native<2>::Real)wasm_f64x2_pmax((v128_t)a, (v128_t)b); }
PARLEY_INLINE Native<2>::Real smaller(Native<2>::Real a, Native<2>::Real b) { return (Native<2>::Real)wasm_f64x2_pmin((v128_t)a, (v128_t)b); }
PARLEY_INLINE bool some(Native<2>::Mask mask) { return wasm_v128_any_true((v128_t)mask); }
#endif
#ifdef __AVX__
PARLEY_INLINE Native<4>::Real larger(Native<4>::Real a, Native<4>::Real b) { return _mm256_max_pd(b, a); }
PARLEY_INLINE Native<4>::Real smaller(Native<4>::Real a, Native<4>::Real b) { return _mm256_min_pd(b, a); }
PARLEY_INLINE bool some(Native<4>::Mask mask) { return _mm256_movemask_pd((__m256d)mask) != 0; }
#endif
#ifdef __AVX512F__
PARLEY_INLINE __mmask8 less(Native<8>::Real a, Native<8>::Real b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
PARLEY_INLINE __mmask8 less_or_same(Native<8>::Real a, Native<8>::Real b) { return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ); }
PARLEY_INLINE __mmask8 equal(Native<8>::Real a, Native<8>::Real b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
PARLEY_INLINE __mmask8 equal(Native<8>::Word a, Native<8>::Word b) { return _mm512_cmpeq_epi64_mask((__m512i)a, (__m512i)b); }
PARLEY_INLINE Native<8>::Real blend(__mmask8 mask, Native<8>::Real a, Native<8>::Real b) { return _mm512_mask_blend_pd(mask, b, a); }
PARLEY_INLINE Native<8>::Real larger(Native<8>::Real a, Native<8>::Real b) { return _mm512_maskz_max_pd(0xff, b, a); }
PARLEY_INLINE Native<8>::Real smaller(Native<8>::Real a, Native<8>::Real b) { return _mm512_maskz_min_pd(0xff, b, a); }
PARLEY_INLINE __mmask8 negation(__mmask8 mask) { return static_cast<__mmask8>(~mask); }
PARLEY_INLINE bool lane_of(const __mmask8& mask, int l) { return (mask >> l & 1) != 0; }
PARLEY_INLINE void set_lane_of(__mmask8& mask, int l, bool value) {
  mask = static_cast<__mmask8>((mask & ~(1u << l)) | (value ? 1u << l : 0u));
}
PARLEY_INLINE bool some(__mmask8 mask) { return mask != 0; }
#endif
}  // namespace detail

/// Truth in each lane.
template <class Isa, int N>
struct PackMask {
  using Vector = typename detail::Native<Isa::width>::Mask;
  Vector part[N];

  PARLEY_INLINE friend PackMask operator&(PackMask a, PackMask b) { for (int i = 0; i < N; ++i) a.part[i] &= b.part[i]; return a; }
  PARLEY_INLINE friend PackMask operator|(PackMask a, PackMask b) { for (int i = 0; i < N; ++i) a.part[i] |= b.part[i]; return a; }
  PARLEY_INLINE friend PackMask operator!(PackMask a) { for (int i = 0; i < N; ++i) a.part[i] = detail::negation(a.part[i]); return a; }
};

/// 64 unsigned bits in each lane: random words and counters.
template <class Isa, int N>
struct PackWord {
  using Vector = typename detail::Native<Isa::width>::Word;
  Vector part[N];

  PackWord() = default;
  PARLEY_INLINE PackWord(std::uint64_t x) { for (int i = 0; i < N; ++i) part[i] = Vector{} + x; }

  PARLEY_INLINE friend PackWord operator+(PackWord a, PackWord b) { for (int i = 0; i < N; ++i) a.part[i] += b.part[i]; return a; }
  PARLEY_INLINE friend PackWord operator-(PackWord a, PackWord b) { for (int i = 0; i < N; ++i) a.part[i] -= b.part[i]; return a; }
  PARLEY_INLINE friend PackWord operator^(PackWord a, PackWord b) { for (int i = 0; i < N; ++i) a.part[i] ^= b.part[i]; return a; }
  PARLEY_INLINE friend PackWord operator&(PackWord a, PackWord b) { for (int i = 0; i < N; ++i) a.part[i] &= b.part[i]; return a; }
  PARLEY_INLINE friend PackWord operator|(PackWord a, PackWord b) { for (int i = 0; i < N; ++i) a.part[i] |= b.part[i]; return a; }
  PARLEY_INLINE friend PackWord operator<<(PackWord a, int n) { for (int i = 0; i < N; ++i) a.part[i] <<= n; return a; }
  PARLEY_INLINE friend PackWord operator>>(PackWord a, int n) { for (int i = 0; i < N; ++i) a.part[i] >>= n; return a; }
};

/// A real number in each of lanes = Isa::width · N runs.
template <class Isa, int N>
struct Pack {
  using Vector = typename detail::Native<Isa::width>::Real;
  using Mask = PackMask<Isa, N>;
  Vector part[N];

  Pack() = default;
  PARLEY_INLINE Pack(double x) { for (int i = 0; i < N; ++i) part[i] = Vector{} + x; }

  PARLEY_INLINE friend Pack operator+(Pack a, Pack b) { for (int i = 0; i < N; ++i) a.part[i] += b.part[i]; return a; }
  PARLEY_INLINE friend Pack operator-(Pack a, Pack b) { for (int i = 0; i < N; ++i) a.part[i] -= b.part[i]; return a; }
  PARLEY_INLINE friend Pack operator*(Pack a, Pack b) { for (int i = 0; i < N; ++i) a.part[i] *= b.part[i]; return a; }
  PARLEY_INLINE friend Pack operator/(Pack a, Pack b) { for (int i = 0; i < N; ++i) a.part[i] /= b.part[i]; return a; }
  PARLEY_INLINE friend Pack operator-(Pack a) { for (int i = 0; i < N; ++i) a.part[i] = -a.part[i]; return a; }
  PARLEY_INLINE Pack& operator+=(Pack b) { return *this = *this + b; }
  PARLEY_INLINE Pack& operator-=(Pack b) { return *this = *this - b; }
  PARLEY_INLINE Pack& operator*=(Pack b) { return *this = *this * b; }
  PARLEY_INLINE Pack& operator/=(Pack b) { return *this = *this / b; }

  PARLEY_INLINE friend Mask operator<(Pack a, Pack b) { Mask m; for (int i = 0; i < N; ++i) m.part[i] = detail::less(a.part[i], b.part[i]); return m; }
  PARLEY_INLINE friend Mask operator>(Pack a, Pack b) { return b < a; }
  PARLEY_INLINE friend Mask operator<=(Pack a, Pack b) { Mask m; for (int i = 0; i < N; ++i) m.part[i] = detail::less_or_same(a.part[i], b.part[i]); return m; }
  PARLEY_INLINE friend Mask operator>=(Pack a, Pack b) { return b <= a; }
  PARLEY_INLINE friend Mask operator==(Pack a, Pack b) { Mask m; for (int i = 0; i < N; ++i) m.part[i] = detail::equal(a.part[i], b.part[i]); return m; }
};

/// What goes with a Real: its masks, its words, its number of lanes.
template <class Real>
struct Lanes;
template <>
struct Lanes<double> {
  using Mask = bool;
  using Word = std::uint64_t;
  static constexpr int count = 1;
};
template <class Isa, int N>
struct Lanes<Pack<Isa, N>> {
  using Mask = PackMask<Isa, N>;
  using Word = PackWord<Isa, N>;
  static constexpr int count = Isa::width * N;
};
template <class Real>
using Mask = typename Lanes<Real>::Mask;
template <class Real>
using Word = typename Lanes<Real>::Word;
template <class Real>
inline constexpr int lanes = Lanes<Real>::count;

/// mask ? a : b, lane by lane.
PARLEY_INLINE double select(bool mask, double a, double b) { return mask ? a : b; }
template <class Isa, int N>
PARLEY_INLINE Pack<Isa, N> select(PackMask<Isa, N> mask, Pack<Isa, N> a, Pack<Isa, N> b) {
  for (int i = 0; i < N; ++i) a.part[i] = detail::blend(mask.part[i], a.part[i], b.part[i]);
  return a;
}
template <class Isa, int N>
PARLEY_INLINE Pack<Isa, N> select(PackMask<Isa, N> mask, double a, Pack<Isa, N> b) { return select(mask, Pack<Isa, N>(a), b); }
template <class Isa, int N>
PARLEY_INLINE Pack<Isa, N> select(PackMask<Isa, N> mask, Pack<Isa, N> a, double b) { return select(mask, a, Pack<Isa, N>(b)); }
template <class Isa, int N>
PARLEY_INLINE Pack<Isa, N> select(PackMask<Isa, N> mask, double a, double b) { return select(mask, Pack<Isa, N>(a), Pack<Isa, N>(b)); }

/// a, where b is not.
PARLEY_INLINE bool but_not(bool a, bool b) { return a && !b; }
template <class Isa, int N>
PARLEY_INLINE PackMask<Isa, N> but_not(PackMask<Isa, N> a, PackMask<Isa, N> b) { return a & !b; }

/// True in at least one lane.
PARLEY_INLINE bool any(bool mask) { return mask; }
template <class Isa, int N>
PARLEY_INLINE bool any(PackMask<Isa, N> mask) {
  auto all = mask.part[0];
  for (int i = 1; i < N; ++i) all |= mask.part[i];
  return detail::some(all);
}

/// One lane of a value, read or written.
PARLEY_INLINE double lane(double x, int) { return x; }
PARLEY_INLINE bool lane(bool x, int) { return x; }
PARLEY_INLINE std::uint64_t lane(std::uint64_t x, int) { return x; }
template <class Isa, int N>
PARLEY_INLINE double lane(const Pack<Isa, N>& x, int l) { return x.part[l / Isa::width][l % Isa::width]; }
template <class Isa, int N>
PARLEY_INLINE bool lane(const PackMask<Isa, N>& x, int l) { return detail::lane_of(x.part[l / Isa::width], l % Isa::width); }
template <class Isa, int N>
PARLEY_INLINE std::uint64_t lane(const PackWord<Isa, N>& x, int l) { return x.part[l / Isa::width][l % Isa::width]; }
PARLEY_INLINE void set_lane(double& x, int, double value) { x = value; }
PARLEY_INLINE void set_lane(bool& x, int, bool value) { x = value; }
PARLEY_INLINE void set_lane(std::uint64_t& x, int, std::uint64_t value) { x = value; }
template <class Isa, int N>
PARLEY_INLINE void set_lane(Pack<Isa, N>& x, int l, double value) { x.part[l / Isa::width][l % Isa::width] = value; }
template <class Isa, int N>
PARLEY_INLINE void set_lane(PackMask<Isa, N>& x, int l, bool value) { detail::set_lane_of(x.part[l / Isa::width], l % Isa::width, value); }
template <class Isa, int N>
PARLEY_INLINE void set_lane(PackWord<Isa, N>& x, int l, std::uint64_t value) { x.part[l / Isa::width][l % Isa::width] = value; }

/// The bits of a real, and the real of given bits.
PARLEY_INLINE std::uint64_t bits_of(double x) { std::uint64_t w; std::memcpy(&w, &x, 8); return w; }
PARLEY_INLINE double real_of(std::uint64_t w) { double x; std::memcpy(&x, &w, 8); return x; }
template <class Isa, int N>
PARLEY_INLINE PackWord<Isa, N> bits_of(const Pack<Isa, N>& x) {
  PackWord<Isa, N> w;
  for (int i = 0; i < N; ++i) w.part[i] = (typename PackWord<Isa, N>::Vector)x.part[i];
  return w;
}
template <class Isa, int N>
PARLEY_INLINE Pack<Isa, N> real_of(const PackWord<Isa, N>& w) {
  Pack<Isa, N> x;
  for (int i = 0; i < N; ++i) x.part[i] = (typename Pack<Isa, N>::Vector)w.part[i];
  return x;
}

/// Lanes whose words are equal.
PARLEY_INLINE bool same(std::uint64_t a, std::uint64_t b) { return a == b; }
template <class Isa, int N>
PARLEY_INLINE PackMask<Isa, N> same(const PackWord<Isa, N>& a, const PackWord<Isa, N>& b) {
  PackMask<Isa, N> m;
  for (int i = 0; i < N; ++i) m.part[i] = detail::equal(a.part[i], b.part[i]);
  return m;
}

/// Exact square root (IEEE 754), the same on every processor.
PARLEY_INLINE double sqrt(double x) { return __builtin_sqrt(x); }
template <class Isa, int N>
PARLEY_INLINE Pack<Isa, N> sqrt(Pack<Isa, N> x) {
  for (int i = 0; i < N; ++i)
    for (int l = 0; l < Isa::width; ++l) x.part[i][l] = __builtin_sqrt(x.part[i][l]);
  return x;
}

/// The larger and the smaller of two; a where either is NaN.
PARLEY_INLINE double max(double a, double b) { return a < b ? b : a; }
PARLEY_INLINE double min(double a, double b) { return b < a ? b : a; }
template <class Isa, int N>
PARLEY_INLINE Pack<Isa, N> max(Pack<Isa, N> a, Pack<Isa, N> b) {
  for (int i = 0; i < N; ++i) a.part[i] = detail::larger(a.part[i], b.part[i]);
  return a;
}
template <class Isa, int N>
PARLEY_INLINE Pack<Isa, N> min(Pack<Isa, N> a, Pack<Isa, N> b) {
  for (int i = 0; i < N; ++i) a.part[i] = detail::smaller(a.part[i], b.part[i]);
  return a;
}
template <class Real>
PARLEY_INLINE Real clip(Real x, Real low, Real high) { return min(max(x, low), high); }

}  // namespace parley
