// Elementary functions with the same bits on every processor: plain arithmetic in a fixed order, never libm.
#pragma once

#include "engine/core/real.hpp"

namespace parley {

namespace detail {
/// e^r for |r| ≤ ln 2 / 2: Taylor's sum to r^13, in short dependency chains (Estrin) and one fixed order; the leading
/// 1 + r is added last, so that its rounding is the only one that counts.
template <class Real>
PARLEY_INLINE Real exp_reduced(Real r) {
  const Real r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  const Real p23 = 0.5 + r * (1.0 / 6.0);
  const Real p45 = (1.0 / 24.0) + r * (1.0 / 120.0);
  const Real p67 = (1.0 / 720.0) + r * (1.0 / 5040.0);
  const Real p89 = (1.0 / 40320.0) + r * (1.0 / 362880.0);
  const Real pab = (1.0 / 3628800.0) + r * (1.0 / 39916800.0);
  const Real pcd = (1.0 / 479001600.0) + r * (1.0 / 6227020800.0);
  const Real tail = (p23 + r2 * p45) + r4 * (p67 + r2 * p89) + r8 * (pab + r2 * pcd);
  return 1.0 + (r + r2 * tail);
}
}  // namespace detail

/// e^x for any x; 0 below −708.39, infinity above 709.78, NaN for NaN. Error measured by tests/core: 1.03 ulp.
/// e^x = 2^k e^r with k = round(x / ln 2), |r| ≤ ln 2 / 2, r in two pieces (Cody and Waite 1980), Taylor to r^13.
template <class Real>
PARLEY_INLINE Real exp(Real x) {
  const double shift = 6755399441055744.0;  // 1.5·2^52: adding it rounds to an integer
  const Real held = clip(x, Real(-708.39), Real(709.78));
  const Real shifted = held * 1.4426950408889634074 + shift;
  const Real k = shifted - shift;
  const Real r = (held - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
  // Within the bounds above k = 1024 comes with p < 1 and k = −1022 with p ≥ 1: the exponent never leaves its field.
  const Real scaled = real_of(bits_of(detail::exp_reduced(r)) + (bits_of(shifted) << 52));
  const Real bounded = select(x < Real(-708.39), Real(0.0), select(x > Real(709.78), Real(__builtin_inf()), scaled));
  return select(x == x, bounded, x);
}

/// Natural logarithm; −infinity at 0, NaN below 0. Error measured by tests/core: 0.84 ulp.
/// x = 2^k m with m in [√½, √2), f = m − 1, s = f/(2 + f): log m = f − f²/2 + s (f²/2 + R(s²)), R a minimax polynomial
/// of degree 7 in s² (Remez; Ng 1988).
template <class Real>
PARLEY_INLINE Real log(Real x) {
  const Word<Real> root_half(0x3fe6a09e00000000ull), one(0x3ff0000000000000ull);
  const auto tiny = x < Real(2.2250738585072014e-308);
  const Real normal = select(tiny, x * 18014398509481984.0, x);  // 2^54 lifts subnormal numbers
  const Word<Real> moved = bits_of(normal) + (one - root_half);
  const Real biased = real_of((moved >> 52) | Word<Real>(0x4330000000000000ull)) - 4503599627370496.0;
  const Real k = biased - select(tiny, Real(1077.0), Real(1023.0));
  const Real m = real_of((moved & Word<Real>(0x000fffffffffffffull)) + root_half);
  const Real f = m - 1.0;
  const Real s = f / (2.0 + f);
  const Real z = s * s, w = z * z;
  const Real t1 = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const Real t2 = z * (6.666666666666735130e-01 +
                       w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const Real half_square = 0.5 * f * f;
  const Real result = k * 6.93147180369123816490e-01 -
                      ((half_square - (s * (half_square + (t2 + t1)) + k * 1.90821492927058770002e-10)) - f);
  const Real finite = select(x == Real(__builtin_inf()), x, result);
  const Real positive = select(x == Real(0.0), Real(-__builtin_inf()), finite);
  return select(x < Real(0.0), Real(__builtin_nan("")), select(x == x, positive, x));
}

/// x^y for x ≥ 0 as e^(y log x); relative error grows as |y log x| · 2^−53 (measured by tests/core: 2 ulp for |y log x| ≤ 1).
template <class Real>
PARLEY_INLINE Real pow(Real x, Real y) {
  return select(y == Real(0.0), Real(1.0), exp(y * log(x)));
}

/// σ(z) = 1 / (1 + e^−z). Error measured by tests/core: 2.5 ulp.
template <class Real>
PARLEY_INLINE Real logistic(Real z) {
  return 1.0 / (1.0 + exp(-z));
}

/// sin and cos of 2πu, for u in [0, 1]. Absolute error below 2^−52 (tests/core).
/// u = q/4 + y with |y| ≤ 1/8; minimax polynomials on [−π/4, π/4] (Cephes; Moshier 1989).
template <class Real>
struct SinCos {
  Real sin, cos;
};
template <class Real>
PARLEY_INLINE SinCos<Real> sincos_turn(Real u) {
  const double shift = 6755399441055744.0;
  const Real shifted = u * 4.0 + shift;
  const Word<Real> quadrant = bits_of(shifted);
  const Real a = (u * 4.0 - (shifted - shift)) * 1.5707963267948966192;
  const Real z = a * a;
  const Real sine = a + a * z * (-1.66666666666666307295e-1 + z * (8.33333333332211858878e-3 + z * (-1.98412698295895385996e-4 +
                    z * (2.75573136213857245213e-6 + z * (-2.50507477628578072866e-8 + z * 1.58962301576546568060e-10)))));
  const Real cosine = 1.0 - 0.5 * z + z * z * (4.16666666666665929218e-2 + z * (-1.38888888888730564116e-3 +
                      z * (2.48015872888517045348e-5 + z * (-2.75573141792967388112e-7 +
                      z * (2.08757008419747316778e-9 + z * -1.13585365213876817300e-11)))));
  const auto odd = same(quadrant & Word<Real>(1), Word<Real>(1));
  const Word<Real> sine_sign = (quadrant & Word<Real>(2)) << 62;
  const Word<Real> cosine_sign = ((quadrant + Word<Real>(1)) & Word<Real>(2)) << 62;
  return {.sin = real_of(bits_of(select(odd, cosine, sine)) ^ sine_sign),
          .cos = real_of(bits_of(select(odd, sine, cosine)) ^ cosine_sign)};
}

}  // namespace parley
