// Tests that a packet computes in each lane what the double computes, bit for bit, for every operation and function.
#include "engine/core/real.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "engine/core/math.hpp"

namespace parley {
namespace {

// Widths of their own: the kernels' packets are compiled for wide processors, these for the one at hand.
struct Four { static constexpr int width = 4; };
struct Eight { static constexpr int width = 8; };

const std::vector<double> samples = {
    0.0, -0.0, 1.0, -1.0, 0.5, 1.5, -2.25, 3.0, 0.1, -0.3, 1e-3, 7.25e5, 1e300, -1e300, 1e-300, 5e-324, -5e-324,
    2.2250738585072014e-308, 1.7976931348623157e308, 0x1.fffffffffffffp-1, 0x1.6a09e667f3bcdp-1, 709.78, -708.39, 40.0, -40.0,
    __builtin_inf(), -__builtin_inf(), __builtin_nan("")};

/// The bits of a result; every NaN counts as one, for the standard leaves its bits open.
std::uint64_t observed(double x) { return x == x ? bits_of(x) : 0x7ff8000000000000ull; }
std::uint64_t observed(int x) { return x != 0; }  // a mask of one lane
std::uint64_t observed(bool x) { return x; }
std::uint64_t observed(std::uint64_t x) { return x; }

template <class Packet>
class RealTest : public testing::Test {};
using Packets = testing::Types<Pack<isa::Portable, 1>, Pack<isa::Portable, 2>, Pack<isa::Portable, 4>, Pack<Four, 1>,
                               Pack<Four, 2>, Pack<Eight, 1>, Pack<Eight, 2>>;
TYPED_TEST_SUITE(RealTest, Packets);

/// Fills the lanes of two packets with all pairs of samples in turn and compares `operation` lane by lane.
template <class Packet, class Operation>
void compare_pairs(const char* name, Operation operation) {
  const std::size_t n = samples.size();
  for (std::size_t start = 0; start < n * n; start += lanes<Packet>) {
    Packet a(0.0), b(0.0);
    for (int l = 0; l < lanes<Packet>; ++l) {
      const std::size_t pair = (start + static_cast<std::size_t>(l)) % (n * n);
      set_lane(a, l, samples[pair / n]);
      set_lane(b, l, samples[pair % n]);
    }
    const auto wide = operation(a, b);
    for (int l = 0; l < lanes<Packet>; ++l) {
      const double x = lane(a, l), y = lane(b, l);
      ASSERT_EQ(observed(lane(wide, l)), observed(operation(x, y))) << name << " of " << x << " and " << y;
    }
  }
}

TYPED_TEST(RealTest, Arithmetic) {
  using P = TypeParam;
  compare_pairs<P>("+", [](auto a, auto b) { return a + b; });
  compare_pairs<P>("-", [](auto a, auto b) { return a - b; });
  compare_pairs<P>("*", [](auto a, auto b) { return a * b; });
  compare_pairs<P>("/", [](auto a, auto b) { return a / b; });
  compare_pairs<P>("negation", [](auto a, auto) { return -a; });
  compare_pairs<P>("+=", [](auto a, auto b) { a += b; return a; });
  compare_pairs<P>("-=", [](auto a, auto b) { a -= b; return a; });
  compare_pairs<P>("*=", [](auto a, auto b) { a *= b; return a; });
  compare_pairs<P>("/=", [](auto a, auto b) { a /= b; return a; });
  compare_pairs<P>("a number on either side", [](auto a, auto b) { return 2.0 * a + b * 3.0 - (1.0 - a) / 7.0; });
  compare_pairs<P>("no fused multiply-add", [](auto a, auto b) { return a * b - a * b + a * a + b; });
}

TYPED_TEST(RealTest, Comparisons) {
  using P = TypeParam;
  compare_pairs<P>("<", [](auto a, auto b) { return a < b; });
  compare_pairs<P>(">", [](auto a, auto b) { return a > b; });
  compare_pairs<P>("<=", [](auto a, auto b) { return a <= b; });
  compare_pairs<P>(">=", [](auto a, auto b) { return a >= b; });
  compare_pairs<P>("==", [](auto a, auto b) { return a == b; });
}

TYPED_TEST(RealTest, MasksAndSelections) {
  using P = TypeParam;
  compare_pairs<P>("and", [](auto a, auto b) { return (a < b) & (a > decltype(a)(0.0)); });
  compare_pairs<P>("or", [](auto a, auto b) { return (a < b) | (a > decltype(a)(0.0)); });
  compare_pairs<P>("not", [](auto a, auto b) { return !(a < b); });
  compare_pairs<P>("but_not", [](auto a, auto b) { return but_not(a < b, a < decltype(a)(0.0)); });
  compare_pairs<P>("select", [](auto a, auto b) { return select(a < b, a, b); });
  compare_pairs<P>("max", [](auto a, auto b) { return max(a, b); });
  compare_pairs<P>("min", [](auto a, auto b) { return min(a, b); });
  compare_pairs<P>("clip", [](auto a, auto b) { return clip(a, decltype(a)(-1.0), b); });
  using Packet = TypeParam;
  EXPECT_FALSE(any(Packet(1.0) < Packet(0.0)));
  for (int l = 0; l < lanes<Packet>; ++l) {
    Packet one(0.0);
    set_lane(one, l, 1.0);
    EXPECT_TRUE(any(one > Packet(0.5))) << "lane " << l;
    auto mask = Packet(1.0) < Packet(0.0);
    set_lane(mask, l, true);
    EXPECT_TRUE(lane(mask, l));
    EXPECT_EQ(lane(select(mask, 2.0, 3.0) - Packet(0.0), l), 2.0);
    EXPECT_EQ(lane(select(mask, Packet(4.0), 3.0), l), 4.0);
    EXPECT_EQ(lane(select(!mask, 5.0, Packet(6.0)), l), 6.0);
  }
}

TYPED_TEST(RealTest, FunctionsAndBits) {
  using P = TypeParam;
  compare_pairs<P>("sqrt", [](auto a, auto) { return sqrt(a); });
  compare_pairs<P>("exp", [](auto a, auto) { return exp(a); });
  compare_pairs<P>("log", [](auto a, auto) { return log(a); });
  compare_pairs<P>("pow", [](auto a, auto b) { return pow(a, b); });
  compare_pairs<P>("logistic", [](auto a, auto) { return logistic(a); });
  compare_pairs<P>("sine", [](auto a, auto) { return sin_turn(clip(a, decltype(a)(0.0), decltype(a)(1.0))); });
  compare_pairs<P>("cosine", [](auto a, auto) { return cos_turn(clip(a, decltype(a)(0.0), decltype(a)(1.0))); });
  compare_pairs<P>("bits there and back", [](auto a, auto) { return real_of(bits_of(a)); });
  compare_pairs<P>("words", [](auto a, auto b) {
    return ((bits_of(a) + bits_of(b)) ^ (bits_of(a) << 7)) - ((bits_of(b) >> 3) & bits_of(a)) + (bits_of(a) | bits_of(b));
  });
  compare_pairs<P>("same words", [](auto a, auto b) { return same(bits_of(a), bits_of(b)); });
}

TYPED_TEST(RealTest, LanesAreReadAndWrittenOneByOne) {
  using Packet = TypeParam;
  Packet x(0.0);
  Word<Packet> w(0);
  for (int l = 0; l < lanes<Packet>; ++l) set_lane(x, l, l + 0.5), set_lane(w, l, static_cast<std::uint64_t>(l) << 40);
  for (int l = 0; l < lanes<Packet>; ++l) {
    EXPECT_EQ(lane(x, l), l + 0.5);
    EXPECT_EQ(lane(w, l), static_cast<std::uint64_t>(l) << 40);
  }
}

TEST(RealTest, ADoubleIsAPacketOfOne) {
  EXPECT_EQ(lanes<double>, 1);
  EXPECT_EQ((lanes<Pack<isa::Portable, 2>>), 4);
  double x = 1;
  bool mask = false;
  std::uint64_t word = 0;
  set_lane(x, 0, 2.5);
  set_lane(mask, 0, true);
  set_lane(word, 0, 9);
  EXPECT_EQ(lane(x, 0), 2.5);
  EXPECT_TRUE(lane(mask, 0) && any(mask));
  EXPECT_EQ(lane(word, 0), 9u);
}

}  // namespace
}  // namespace parley
