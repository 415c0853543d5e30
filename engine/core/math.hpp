// Elementary functions with the same bits on every processor: plain arithmetic in a fixed order, never libm.
#pragma once

#include "engine/core/real.hpp"

namespace parley {

namespace detail {
inline constexpr double rounding_shift = 6755399441055744.0;  // 1.5·2^52: adding it rounds to an integer
inline constexpr double inverse_ln2 = 1.4426950408889634074;
inline constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;  // Cody and Waite 1980

/// e^r for |r| ≤ ln 2 / 2: 1 + r + r² q(r), q the minimax polynomial of degree 9 (relative error 3.8e−18; Remez), in short
/// dependency chains (Estrin) and one fixed order; 1 + r is added last, so that its rounding is the only one that counts.
template <class Real>
PARLEY_INLINE Real exp_reduced(Real r) {
  const Real r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  const Real q01 = 0x1.000000000000ap-1 + r * 0x1.55555555554fep-3;
  const Real q23 = 0x1.55555555506bfp-5 + r * 0x1.1111111126b36p-7;
  const Real q45 = 0x1.6c16c18475faap-10 + r * 0x1.a01a012fed2e6p-13;
  const Real q67 = 0x1.a01999629942ap-16 + r * 0x1.71df18f7a6667p-19;
  const Real q89 = 0x1.28adf8e7a4278p-22 + r * 0x1.ad92d1dacb82fp-26;
  const Real q = (q01 + r2 * q23) + (r4 * (q45 + r2 * q67) + r8 * q89);
  return 1.0 + (r + r2 * q);
}

/// log x for a normal positive x = 2^k m with m in [√½, √2), f = m − 1, s = f/(2 + f): log m = f − f²/2 + s (f²/2 + R(s²)),
/// R a minimax polynomial of degree 7 in s² (Remez; Ng 1988). `bias` is that of k: 1023, and more where x was scaled up.
template <class Real>
PARLEY_INLINE Real log_normal(Real x, Real bias) {
  const Word<Real> root_half(0x3fe6a09e00000000ull), one(0x3ff0000000000000ull);
  const Word<Real> moved = bits_of(x) + (one - root_half);
  const Real k = real_of((moved >> 52) | Word<Real>(0x4330000000000000ull)) - (4503599627370496.0 + bias);
  const Real m = real_of((moved & Word<Real>(0x000fffffffffffffull)) + root_half);
  const Real f = m - 1.0;
  const Real s = f / (2.0 + f);
  const Real z = s * s, w = z * z;
  const Real t1 = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const Real t2 = z * (6.666666666666735130e-01 +
                       w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860510658591e-01)));
  const Real half_square = 0.5 * f * f;
  return k * ln2_high - ((half_square - (s * (half_square + (t2 + t1)) + k * ln2_low)) - f);
}

/// sin(2πw) for |w| ≤ 1/4: w times the minimax polynomial of degree 7 in w² (relative error 1.8e−16; Remez).
template <class Real>
PARLEY_INLINE Real sin_quarter(Real w) {
  const Real z = w * w, z2 = z * z, z4 = z2 * z2;
  const Real p01 = 6.28318530717958534381750723696313798427581787109375 + z * -41.34170224039788621439583948813378810882568359375;
  const Real p23 = 81.6052492754906637628664611838757991790771484375 + z * -76.7058596816594473466466297395527362823486328125;
  const Real p45 = 42.0586896053226126623918721775710582733154296875 + z * -15.0944982053917744480031615239568054676055908203125;
  const Real p67 = 3.817275360810774120778887663618661463260650634765625 + z * -0.6921012115048170709741270911763422191143035888671875;
  return w * ((p01 + z2 * p23) + z4 * (p45 + z2 * p67));
}

template <class Real>
PARLEY_INLINE Real absolute(Real x) {
  return real_of(bits_of(x) & Word<Real>(0x7fffffffffffffffull));
}
}  // namespace detail

/// e^x for any x; 0 below −708.39, infinity above 709.78, NaN for NaN. Error measured by tests/core: 1.03 ulp.
/// e^x = 2^k e^r with k = round(x / ln 2), |r| ≤ ln 2 / 2, r in two pieces (Cody and Waite 1980).
template <class Real>
PARLEY_INLINE Real exp(Real x) {
  const Real held = clip(x, Real(-708.39), Real(709.78));
  const Real shifted = held * detail::inverse_ln2 + detail::rounding_shift;
  const Real k = shifted - detail::rounding_shift;
  const Real r = (held - k * detail::ln2_high) - k * detail::ln2_low;
  // Within the bounds above k = 1024 comes with p < 1 and k = −1022 with p ≥ 1: the exponent never leaves its field.
  const Real scaled = real_of(bits_of(detail::exp_reduced(r)) + (bits_of(shifted) << 52));
  const Real bounded = select(x < Real(-708.39), Real(0.0), select(x > Real(709.78), Real(__builtin_inf()), scaled));
  return select(x == x, bounded, x);
}

/// e^x for x held within ±708, which is all that odds and chances need: never 0 nor infinite, NaN for NaN, and the bits of
/// exp in between.
template <class Real>
PARLEY_INLINE Real exp_held(Real x) {
  const double shift = detail::rounding_shift + 1023.0;  // so that the low bits of `shifted` are the exponent of 2^k
  const Real held = clip(x, Real(-708.0), Real(708.0));
  const Real shifted = held * detail::inverse_ln2 + shift;
  const Real k = shifted - shift;
  const Real r = (held - k * detail::ln2_high) - k * detail::ln2_low;
  return detail::exp_reduced(r) * real_of(bits_of(shifted) << 52);
}

/// Natural logarithm; −infinity at 0, NaN below 0. Error measured by tests/core: 0.84 ulp.
template <class Real>
PARLEY_INLINE Real log(Real x) {
  const auto tiny = x < Real(2.2250738585072014e-308);
  const Real normal = select(tiny, x * 18014398509481984.0, x);  // 2^54 lifts subnormal numbers
  const Real result = detail::log_normal(normal, select(tiny, Real(1077.0), Real(1023.0)));
  const Real finite = select(x == Real(__builtin_inf()), x, result);
  const Real positive = select(x == Real(0.0), Real(-__builtin_inf()), finite);
  return select(x < Real(0.0), Real(__builtin_nan("")), select(x == x, positive, x));
}

/// log u for a uniform number u in (0, 1) that is not subnormal: the bits of log, without its edges.
template <class Real>
PARLEY_INLINE Real log_unit(Real u) {
  return detail::log_normal(u, Real(1023.0));
}

/// x^y for x ≥ 0 as e^(y log x); relative error grows as |y log x| · 2^−53 (measured by tests/core: 2 ulp for |y log x| ≤ 1).
template <class Real>
PARLEY_INLINE Real pow(Real x, Real y) {
  return select(y == Real(0.0), Real(1.0), exp(y * log(x)));
}

/// σ(z) = 1 / (1 + e^−z); 3e−308 below −708. Error measured by tests/core: 2.5 ulp.
template <class Real>
PARLEY_INLINE Real logistic(Real z) {
  return 1.0 / (1.0 + exp_held(-z));
}

/// sin 2πu and cos 2πu for u in [0, 1]. Absolute error below 2^−50 (measured by tests/core: 2^−50.7).
template <class Real>
PARLEY_INLINE Real sin_turn(Real u) {
  // sin 2πu = −sin 2πt with t = u − ½; what is beyond a quarter is folded back, exactly.
  const Real t = 0.5 - u;
  const Real folded = 0.25 - detail::absolute(detail::absolute(t) - 0.25);
  return real_of(bits_of(detail::sin_quarter(folded)) ^ (bits_of(t) & Word<Real>(0x8000000000000000ull)));
}
template <class Real>
PARLEY_INLINE Real cos_turn(Real u) {
  return detail::sin_quarter(detail::absolute(u - 0.5) - 0.25);
}

}  // namespace parley
