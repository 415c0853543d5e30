// The search in buckets finds what a search through everything finds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/rng.hpp"
#include "models/saop/profile.hpp"
#include "models/saop/ranking.hpp"

namespace parley::saop {
namespace {

Domain grid(const std::vector<std::size_t>& levels) {
  std::vector<Issue> issues;
  for (std::size_t k = 0; k < levels.size(); ++k)
    issues.push_back(Issue::numeric(std::to_string(k), 0, static_cast<double>(levels[k] - 1), 1));
  return {"grid", std::move(issues)};
}

/// The convention, word by word.
Outcome plain_search(const Domain& domain, const std::vector<double>& utilities, double target,
                     const Outcome* standing) {
  double level = INFINITY;
  for (const double u : utilities)
    if (u >= target - utility_rounding) level = std::min(level, u);
  if (level == INFINITY) level = *std::max_element(utilities.begin(), utilities.end());
  Outcome best = 0;
  double nearest = INFINITY;
  for (Outcome o = 0; o < utilities.size(); ++o) {
    if (utilities[o] < level || utilities[o] > level + utility_rounding) continue;
    const double distance = standing == nullptr ? 0 : domain.distance_squared(o, *standing);
    if (distance < nearest - 1e-12) {
      nearest = distance;
      best = o;
    }
  }
  return best;
}

TEST(Ranking, SearchAgreesWithThePlainOne) {
  for (std::uint64_t number = 0; number < 300; ++number) {
    const Domain domain = grid({2 + number % 4, 1 + number % 7, 3});
    const Draws<double> draws(1, number, 0);
    // Every third list has many ties, every fifth is all the same.
    std::vector<double> utilities(domain.outcomes());
    for (std::size_t o = 0; o < utilities.size(); ++o) {
      const double u = draws.uniform({Stream::Kind::world, static_cast<std::uint32_t>(o)}, 0);
      utilities[o] = number % 5 == 0 ? 0.4 : number % 3 == 0 ? std::floor(6 * u) / 6 : u;
    }
    Ranking ranking;
    ranking.rank(domain, utilities);
    for (int step = 0; step <= 50; ++step) {
      const double target = 1.1 - 0.024 * step;
      const auto standing =
          static_cast<Outcome>(draws.uniform({Stream::Kind::world, 1000}, static_cast<std::uint8_t>(step)) *
                               static_cast<double>(utilities.size()));
      EXPECT_EQ(ranking.search(target, nullptr), plain_search(domain, utilities, target, nullptr));
      EXPECT_EQ(ranking.search(target, &standing), plain_search(domain, utilities, target, &standing));
      std::vector<Outcome> found;
      ranking.collect(target, 0.05, found);
      EXPECT_NE(std::find(found.begin(), found.end(), ranking.search(target, nullptr)), found.end());
    }
    std::vector<Outcome> order(utilities.size());
    for (Outcome o = 0; o < order.size(); ++o) order[o] = o;
    std::stable_sort(order.begin(), order.end(), [&](Outcome a, Outcome b) { return utilities[a] > utilities[b]; });
    for (std::size_t place = 0; place < order.size(); ++place) EXPECT_EQ(ranking.at(place), order[place]);
  }
}

TEST(Ranking, UtilitiesOfAllOutcomesAreThoseOfEach) {
  const Domain domain = grid({3, 4, 2});
  const Profile additive("a", domain, Additive{{0.5, 0.3, 0.2}, {{0, 0.2, 1}, {1, 0.5, 0.4, 0}, {0.3, 0.9}}});
  const Profile quadratic("q", domain, Quadratic{{0.5, 1, 0}, {0.5, 0.1, 0, 0.1, 0.4, 0, 0, 0, 0.2}});
  std::vector<double> all;
  for (const Profile& profile : {additive, quadratic}) {
    profile.utilities(domain, all);
    ASSERT_EQ(all.size(), 24u);
    for (Outcome o = 0; o < all.size(); ++o) EXPECT_NEAR(all[o], profile.utility(domain, o), 1e-12);
  }
  EXPECT_NEAR(quadratic.utility(Point{0, 0, 0}), 1 - (0.5 * 0.25 + 0.4 + 2 * 0.1 * 0.5), 1e-12);
}

}  // namespace
}  // namespace parley::saop
