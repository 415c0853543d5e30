// Shapley values and interactions against games whose answers are known in closed form.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>

#include "engine/analysis/shapley.hpp"
#include "engine/core/check.hpp"

namespace parley {
namespace {

using Game = std::function<double(Coalition)>;

std::vector<double> worths(int players, const Game& game) {
  std::vector<double> all;
  for (Coalition s = 0; s < Coalition{1} << players; ++s) all.push_back(game(s));
  return all;
}
std::vector<double> values(int players, const Game& game) { return ShapleyWeights(players).values(worths(players, game)); }
std::vector<double> interactions(int players, const Game& game) { return ShapleyWeights(players).interactions(worths(players, game)); }

bool in(Coalition s, int player) { return (s >> player & 1) != 0; }

/// Any numbers, the same each time.
double arbitrary(Coalition s) { return std::sin(12.9898 * (s + 1)) * 3; }

TEST(Shapley, AnAdditiveGamePaysEveryoneItsOwn) {
  const double own[] = {2, -1, 0, 5};
  const Game game = [&](Coalition s) {
    double sum = 7;  // what is there without anybody belongs to nobody
    for (int i = 0; i < 4; ++i) sum += in(s, i) ? own[i] : 0;
    return sum;
  };
  const auto shares = values(4, game);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(shares[i], own[i], 1e-12);
  for (const double interaction : interactions(4, game)) EXPECT_NEAR(interaction, 0, 1e-12);
}

TEST(Shapley, AUnanimityGameIsSharedEquallyByThoseItNeeds) {
  const Coalition needed = 0b10110;
  const auto shares = values(5, [&](Coalition s) { return (s & needed) == needed ? 6.0 : 0.0; });
  for (int i = 0; i < 5; ++i) EXPECT_NEAR(shares[static_cast<std::size_t>(i)], in(needed, i) ? 2 : 0, 1e-12) << i;
}

TEST(Shapley, TheGloveGame) {  // one left glove, two right ones: 2/3, 1/6, 1/6 (Shapley and Shubik 1969)
  const auto shares = values(3, [](Coalition s) { return in(s, 0) && (in(s, 1) || in(s, 2)) ? 1.0 : 0.0; });
  EXPECT_NEAR(shares[0], 2.0 / 3, 1e-12);
  EXPECT_NEAR(shares[1], 1.0 / 6, 1e-12);
  EXPECT_NEAR(shares[2], 1.0 / 6, 1e-12);
}

TEST(Shapley, TheUnitedNationsSecurityCouncil) {  // 5 vetoes and 4 of 10 others; Straffin 1993: 0.1963 and 0.001865
  const int members = 15;
  const auto shares = values(members, [](Coalition s) { return (s & 31) == 31 && std::popcount(s >> 5) >= 4 ? 1.0 : 0.0; });
  EXPECT_NEAR(shares[0], 421.0 / 2145, 1e-9);
  EXPECT_NEAR(shares[14], 4.0 / 2145, 1e-9);
}

TEST(Shapley, ASymmetricGameIsSharedEqually) {
  for (int players = 1; players <= 12; ++players)
    for (const double share : values(players, [](Coalition s) { return std::sqrt(std::popcount(s)); }))
      EXPECT_NEAR(share, std::sqrt(players) / players, 1e-12) << players;
}

TEST(Shapley, ValuesSumToWhatEverybodyAdds) {
  for (int players = 1; players <= 10; ++players) {
    const auto shares = values(players, arbitrary);
    const Coalition everybody = ShapleyWeights(players).everybody();
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), arbitrary(everybody) - arbitrary(0), 1e-12) << players;
  }
}

TEST(Shapley, APlayerWhoChangesNothingGetsNothing) {
  const auto shares = values(6, [](Coalition s) { return arbitrary(s & ~Coalition{8}); });
  EXPECT_NEAR(shares[3], 0, 1e-12);
  EXPECT_GT(std::abs(shares[2]), 0.01);
}

TEST(Shapley, PlayersWhoDoTheSameGetTheSame) {
  const Game game = [](Coalition s) {  // players 1 and 4 count only by how many of them there are
    return arbitrary((s & 0b01101) | static_cast<Coalition>(std::popcount(s & 0b10010)) << 8);
  };
  const auto shares = values(5, game);
  EXPECT_NEAR(shares[1], shares[4], 1e-12);
  EXPECT_GT(std::abs(shares[1] - shares[0]), 0.01);
}

TEST(Shapley, ValuesAreLinearInTheGame) {
  const Game other = [](Coalition s) { return std::cos(3.7 * s); };
  const auto a = values(5, arbitrary), b = values(5, other), both = values(5, [&](Coalition s) { return 2 * arbitrary(s) - other(s); });
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(both[i], 2 * a[i] - b[i], 1e-12);
}

TEST(ShapleyInteraction, IsTheWholeOfWhatTwoAchieveOnlyTogether) {
  const auto all = interactions(3, [](Coalition s) { return (s & 0b011) == 0b011 ? 0.4 : 0.0; });
  EXPECT_NEAR(all[0], 0.4, 1e-12);  // players 0 and 1
  EXPECT_NEAR(all[1], 0, 1e-12);
  EXPECT_NEAR(all[2], 0, 1e-12);
}

TEST(ShapleyInteraction, IsNegativeWhereEitherIsEnough) {
  const auto all = interactions(3, [](Coalition s) { return (s & 0b101) != 0 ? 1.0 : 0.0; });
  EXPECT_NEAR(all[1], -1, 1e-12);  // players 0 and 2
  EXPECT_NEAR(all[0], 0, 1e-12);
}

TEST(ShapleyInteraction, OfAUnanimityGameFallsWithItsSize) {  // 1/(|T| − 1) for every pair in T (Grabisch and Roubens 1999)
  for (int players = 2; players <= 8; ++players)
    for (const double each : interactions(players, [&](Coalition s) { return std::popcount(s) == players ? 1.0 : 0.0; }))
      EXPECT_NEAR(each, 1.0 / (players - 1), 1e-12) << players;
}

TEST(ShapleyOrders, TheMeanOverAllOrdersIsTheShapleyValue) {
  std::vector<int> order = {0, 1, 2, 3, 4};
  std::vector<double> mean(5, 0.0);
  int orders = 0;
  do {
    std::vector<double> along;
    for (const Coalition s : joining(order)) along.push_back(arbitrary(s));
    const auto shares = marginal_contributions(order, along);
    for (std::size_t i = 0; i < 5; ++i) mean[i] += shares[i];
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  const auto exact = values(5, arbitrary);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(mean[i] / orders, exact[i], 1e-12);
}

TEST(Shapley, GamesTooLargeToShareOutAreRefused) {
  EXPECT_THROW(ShapleyWeights(0), InputError);
  EXPECT_THROW(ShapleyWeights(21), InputError);
}

}  // namespace
}  // namespace parley
