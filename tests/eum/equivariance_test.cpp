// What must not matter does not: the names' order, the unit of capability, the direction and unit of the axis.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/rng.hpp"
#include "tests/eum/emission.hpp"

namespace parley::eum {
namespace {

constexpr int rounds = 5;

double largest_gap(const Case& issue, const Disguise& disguise, const Options& options) {
  const auto plain = trace(issue, options), other = trace(disguised(issue, disguise), options);
  double gap = 0;
  for (std::size_t t = 0; t < plain.size(); ++t) {
    gap = std::max(gap, std::fabs(disguise.origin + disguise.slope * plain[t].median - other[t].median));
    gap = std::max(gap, std::fabs(disguise.origin + disguise.slope * plain[t].weighted_mean - other[t].weighted_mean));
    for (std::size_t i = 0; i < issue.size(); ++i) {
      const std::size_t from = disguise.order.empty() ? i : disguise.order[i];
      gap =
          std::max(gap, std::fabs(disguise.origin + disguise.slope * plain[t].positions[from] - other[t].positions[i]));
    }
  }
  return gap;
}

/// Actors at random; every other issue has positions on a coarse grid, where moves tie.
Case random_issue(std::uint64_t number) {
  const Draws<double> draws(5, number, 0);
  std::vector<Actor> actors(3 + number % 8);
  for (std::size_t i = 0; i < actors.size(); ++i) {
    const Stream stream{Stream::Kind::actor, static_cast<std::uint32_t>(i)};
    const auto pair = draws.uniforms(stream, 0);
    const double position = draws.uniform(stream, 1);
    actors[i] = {.name = std::to_string(i),
                 .capability = {.value = 0.1 + pair.first},
                 .position = {.value = number % 2 == 0 ? position : std::floor(5 * position) / 4},
                 .salience = {.value = pair.second}};
  }
  return {"random", actors};
}

std::vector<std::size_t> reversed(std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.rbegin(), order.rend(), std::size_t{0});
  return order;
}

TEST(Equivariance, LeastMoveOnTheEmissionCase) {
  const Case issue = emission();
  const Options options{.rounds = rounds};
  EXPECT_LT(largest_gap(issue, {.order = reversed(issue.size())}, options), 1e-12);
  EXPECT_LT(largest_gap(issue, {.capability = 37.5}, options), 1e-12);
  EXPECT_LT(largest_gap(issue, {.origin = 14, .slope = -1}, options), 1e-12);
  EXPECT_LT(largest_gap(issue, {.origin = -3, .slope = 16}, options), 1e-11);
}

TEST(Equivariance, LeastMoveOnRandomIssuesAndAnyQ) {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const Case issue = random_issue(number);
    const Options options{.rounds = 2, .q = number % 3 == 0 ? 1.0 : 0.6};
    EXPECT_LT(largest_gap(issue, {.order = reversed(issue.size())}, options), 1e-12) << number;
    EXPECT_LT(largest_gap(issue, {.capability = 1024}, options), 1e-12) << number;
    EXPECT_LT(largest_gap(issue, {.origin = 1, .slope = -1}, options), 1e-12) << number;
  }
}

TEST(Equivariance, CompatibilityVariantFavoursLowPositions) {
  // This is why it is not the default; were it equivariant, the two tests above could not tell the variants apart.
  EXPECT_GT(largest_gap(emission(), {.origin = 14, .slope = -1}, {.variant = Variant::scholz_compatible, .rounds = 5}),
            0.2);
}

TEST(Equivariance, AMirroredIssueStaysInItsMiddle) {
  const Case issue(
      "mirror", {{.name = "left", .capability = {.value = 1}, .position = {.value = 0}, .salience = {.value = 0.7}},
                 {.name = "middle", .capability = {.value = 1}, .position = {.value = 5}, .salience = {.value = 0.3}},
                 {.name = "right", .capability = {.value = 1}, .position = {.value = 10}, .salience = {.value = 0.7}}});
  for (const Round& round : trace(issue, {.rounds = 8})) {
    EXPECT_NEAR(round.weighted_mean, 5, 1e-12);
    EXPECT_NEAR(round.median, 5, 1e-12);
  }
}

TEST(Challenge, EqualActorsAreNeutralAndStay) {
  const Case issue("same",
                   {{.name = "a", .capability = {.value = 1}, .position = {.value = 3}, .salience = {.value = 0.5}},
                    {.name = "b", .capability = {.value = 2}, .position = {.value = 3}, .salience = {.value = 0.9}}});
  for (const Round& round : trace(issue, {.rounds = 3})) EXPECT_EQ(round.positions, (std::vector<double>{3, 3}));
}

}  // namespace
}  // namespace parley::eum
