// Measures the errors of the elementary functions over their whole range against the C library in extended precision,
// and holds the bounds that engine/core/math.hpp states.
#include "engine/core/math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>

#include "engine/core/normal.hpp"
#include "engine/core/rng.hpp"

namespace parley {
namespace {

static_assert(std::numeric_limits<long double>::digits >= 64, "a reference needs more digits than a double has");

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double quiet_nan = std::numeric_limits<double>::quiet_NaN();
constexpr int samples = 1000000;

/// Error of a value in units in the last place of the right one.
double ulps(double value, long double right) {
  const double rounded = std::fabs(static_cast<double>(right));
  const long double unit = static_cast<long double>(std::nextafter(rounded, infinity)) - static_cast<long double>(rounded);
  return static_cast<double>(std::fabs(static_cast<long double>(value) - right) / unit);
}

double uniform(std::uint64_t i) { return Draws<double>(1, i, 0).uniform({}, 1); }
/// A positive normal double with any exponent.
double any_positive(std::uint64_t i) {
  const auto words = Draws<double>(2, i, 0).words({}, 1);
  return real_of((words.first & 0x000fffffffffffffull) | ((words.second % 2046 + 1) << 52));
}

/// The largest error over arguments given by `argument(i)`.
template <class Argument, class Function, class Right>
double worst(const char* name, Argument argument, Function function, Right right) {
  double largest = 0, at = 0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double x = argument(i);
    const double error = ulps(function(x), right(x));
    if (error > largest) largest = error, at = x;
  }
  std::printf("%s: at most %.3f ulp (at %.17g)\n", name, largest, at);
  return largest;
}

TEST(Math, ExpStaysWithinItsBound) {
  const auto function = [](double x) { return exp(x); };
  const auto right = [](double x) { return std::exp(static_cast<long double>(x)); };
  EXPECT_LT(worst("exp, all", [](auto i) { return -708.39 + 1418.16 * uniform(i); }, function, right), 1.03);
  EXPECT_LT(worst("exp, near 0", [](auto i) { return 2 * uniform(i) - 1; }, function, right), 1.0);
  EXPECT_LT(worst("exp, tiny", [](auto i) { return (uniform(i) - 0.5) * 1e-8; }, function, right), 1.0);
}

TEST(Math, ExpAtItsEdges) {
  EXPECT_EQ(exp(0.0), 1.0);
  EXPECT_EQ(exp(-0.0), 1.0);
  EXPECT_EQ(exp(5e-324), 1.0);
  EXPECT_EQ(exp(-infinity), 0.0);
  EXPECT_EQ(exp(infinity), infinity);
  EXPECT_EQ(exp(-708.4), 0.0);
  EXPECT_EQ(exp(-1e308), 0.0);
  EXPECT_EQ(exp(709.79), infinity);
  EXPECT_EQ(exp(1e308), infinity);
  EXPECT_TRUE(std::isnan(exp(quiet_nan)));
  EXPECT_GT(exp(-708.39), 0.0);
  EXPECT_LT(exp(709.78), infinity);
  for (double x = -708.39; x < 709.7; x += 0.37) EXPECT_LT(exp(x), exp(x + 1e-9)) << "not rising at " << x;
}

TEST(Math, LogStaysWithinItsBound) {
  const auto function = [](double x) { return log(x); };
  const auto right = [](double x) { return std::log(static_cast<long double>(x)); };
  EXPECT_LT(worst("log, all", any_positive, function, right), 0.85);
  EXPECT_LT(worst("log, around 1", [](auto i) { return 0.5 + 1.5 * uniform(i); }, function, right), 0.85);
  EXPECT_LT(worst("log, next to 1", [](auto i) { return 1 + (uniform(i) - 0.5) * 1e-6; }, function, right), 0.85);
  EXPECT_LT(worst("log, subnormal", [](auto i) { return any_positive(i) * 0x1p-1074 + 5e-324 * (1 + i % 1000); }, function, right), 0.85);
}

TEST(Math, LogAtItsEdges) {
  EXPECT_EQ(log(1.0), 0.0);
  EXPECT_EQ(log(0.0), -infinity);
  EXPECT_EQ(log(-0.0), -infinity);
  EXPECT_EQ(log(infinity), infinity);
  EXPECT_TRUE(std::isnan(log(-1.0)));
  EXPECT_TRUE(std::isnan(log(-5e-324)));
  EXPECT_TRUE(std::isnan(log(-infinity)));
  EXPECT_TRUE(std::isnan(log(quiet_nan)));
  EXPECT_NEAR(log(5e-324), -744.4400719213812, 1e-12);
  EXPECT_NEAR(log(1.7976931348623157e308), 709.782712893384, 1e-12);
}

TEST(Math, PowStaysWithinItsBound) {
  double largest = 0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double x = std::fmax(any_positive(i), 1e-300);
    const double y = (2 * uniform(i) - 1) / std::fmax(1.0, std::fabs(std::log(x)));  // |y log x| ≤ 1
    largest = std::fmax(largest, ulps(pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y))));
  }
  std::printf("pow, |y log x| at most 1: at most %.3f ulp\n", largest);
  EXPECT_LT(largest, 2.0);
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double x = any_positive(i), y = 600 * (2 * uniform(i) - 1) / std::fmax(1.0, std::fabs(std::log(x)));
    const double exponent = std::fabs(y * std::log(x));
    ASSERT_LT(ulps(pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y))), 2 + 2 * exponent);
  }
}

TEST(Math, PowAtItsEdges) {
  EXPECT_EQ(pow(0.0, 0.0), 1.0);
  EXPECT_EQ(pow(7.0, 0.0), 1.0);
  EXPECT_EQ(pow(0.0, 2.0), 0.0);
  EXPECT_EQ(pow(0.0, -2.0), infinity);
  EXPECT_EQ(pow(1.0, 1e300), 1.0);
  EXPECT_EQ(pow(infinity, 2.0), infinity);
  EXPECT_EQ(pow(infinity, -2.0), 0.0);
  EXPECT_TRUE(std::isnan(pow(-1.0, 2.0)));
  EXPECT_TRUE(std::isnan(pow(quiet_nan, 2.0)));
}

TEST(Math, LogisticStaysWithinItsBound) {
  const auto function = [](double z) { return logistic(z); };
  const auto right = [](double z) { return 1 / (1 + std::exp(-static_cast<long double>(z))); };
  EXPECT_LT(worst("logistic, all", [](auto i) { return -708 + 1416 * uniform(i); }, function, right), 2.5);
  EXPECT_LT(worst("logistic, middle", [](auto i) { return 20 * uniform(i) - 10; }, function, right), 2.0);
  EXPECT_LT(worst("logistic, almost 0", [](auto i) { return 20 * uniform(i) - 38; }, function, right), 2.5);
  EXPECT_EQ(logistic(0.0), 0.5);
  EXPECT_EQ(logistic(infinity), 1.0);
  EXPECT_EQ(logistic(-infinity), logistic(-708.0));  // odds are never 0
  EXPECT_LT(logistic(-infinity), 4e-308);
  EXPECT_TRUE(std::isnan(logistic(quiet_nan)));
}

TEST(Math, SinesAndCosinesStayWithinTheirBound) {
  const long double turn = 6.283185307179586476925286766559005768L;
  double largest = 0;
  for (std::uint64_t i = 0; i <= samples; ++i) {
    const double u = i % 2 == 0 ? static_cast<double>(i) / samples : uniform(i);
    const long double angle = turn * static_cast<long double>(u);
    largest = std::fmax(largest, static_cast<double>(std::fabs(static_cast<long double>(sin_turn(u)) - std::sin(angle))));
    largest = std::fmax(largest, static_cast<double>(std::fabs(static_cast<long double>(cos_turn(u)) - std::cos(angle))));
  }
  std::printf("sine and cosine: at most %.3g = 2^%.2f\n", largest, std::log2(largest));
  EXPECT_LT(largest, 0x1p-50);
  for (const double quarter : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    EXPECT_NEAR(sin_turn(quarter), static_cast<double>(std::sin(turn * static_cast<long double>(quarter))), 0x1p-52);
    EXPECT_NEAR(cos_turn(quarter), static_cast<double>(std::cos(turn * static_cast<long double>(quarter))), 0x1p-52);
  }
}

/// Relative error of x as the quantile of p: how far Φ(x) is from p, over the slope.
double quantile_error(double p, double x) {
  const long double tail = std::erfc(std::fabs(static_cast<long double>(x)) / std::sqrt(2.0L)) / 2;  // the smaller side
  const long double goal = x < 0 ? static_cast<long double>(p) : 1 - static_cast<long double>(p);
  const long double density = std::exp(-static_cast<long double>(x) * x / 2) / std::sqrt(2 * 3.14159265358979323846264L);
  return static_cast<double>(std::fabs((tail - goal) / density / x));
}

TEST(Math, NormalQuantileIsExactToTheLastDigits) {
  double largest = 0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double p = i % 2 == 0 ? uniform(i) : std::exp(-700 * uniform(i));
    if (p > 0.4999999 && p < 0.5000001) continue;  // the quantile itself is almost 0 there
    largest = std::fmax(largest, quantile_error(p, normal_quantile(p)));
  }
  std::printf("normal quantile: relative error at most %.3g\n", largest);
  EXPECT_LT(largest, 1e-15);
}

TEST(Math, NormalQuantileAtKnownPlaces) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 4e-16 * 2);
  EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817, 4e-16);   // AS 241, test value
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167814, 1e-15);   // AS 241, test value
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 4e-15);   // AS 241, test value
  for (const double p : {0.01, 0.2, 0.075, 0.4}) EXPECT_NEAR(normal_quantile(p), -normal_quantile(1 - p), 1e-14);
}

}  // namespace
}  // namespace parley
