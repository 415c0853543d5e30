// The single negotiating text: nobody ever loses, and the end is efficient.
#include "models/theory/single_text_game.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "engine/bargain/play.hpp"

namespace parley {
namespace {

using namespace theory;

constexpr std::uint64_t seed = 20260131;

TEST(SingleTextGame, NobodyEverLosesAndTheEndIsEfficient) {
  const auto towards = [](std::vector<double> ideal, std::vector<double> weight) {
    return [=](std::span<const double> x) {
      double u = 0.0;
      for (std::size_t k = 0; k < x.size(); ++k) u -= weight[k] * (x[k] - ideal[k]) * (x[k] - ideal[k]);
      return u;
    };
  };
  const std::vector<SingleTextGame::Utility> parties{towards({0.1, 0.2, 0.9}, {1.0, 2.0, 0.5}),
                                                     towards({0.9, 0.6, 0.3}, {2.0, 0.5, 1.0})};
  SingleTextGame game({0.0, 1.0, 0.0}, parties, 1e-6, seed, 0);
  auto before = game.utilities();
  while (!game.over()) {
    game.advance();
    const auto table = game.table();
    const auto worth = game.decide(table);
    game.learn(table, worth);
    game.settle(table, worth);
    for (std::size_t i = 0; i < 2; ++i) ASSERT_GE(game.utilities()[i], before[i]);
    before = game.utilities();
  }
  // On the contract curve of separable quadratic tastes all issues trade at one rate.
  const auto& x = game.draft();
  const std::array<double, 3> first{1.0 * (x[0] - 0.1), 2.0 * (x[1] - 0.2), 0.5 * (x[2] - 0.9)},
      second{2.0 * (x[0] - 0.9), 0.5 * (x[1] - 0.6), 1.0 * (x[2] - 0.3)};
  for (std::size_t k = 1; k < 3; ++k)
    EXPECT_NEAR(first[k] / second[k], first[0] / second[0], 0.02 * std::abs(first[0] / second[0]));
}

}  // namespace
}  // namespace parley
