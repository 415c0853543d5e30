// Legislatures learn their prices: majority, unanimity, vetoes.
#include "models/theory/legislative_game.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/bargain/play.hpp"
#include "models/theory/legislative.hpp"

namespace parley {
namespace {

using namespace theory;

constexpr std::uint64_t seed = 20260131;

LegislativeGame play_legislature(Legislature legislature) {
  LegislativeGame game(std::move(legislature), seed, 0);
  play(game);
  return game;
}

Legislature alike(std::size_t players, std::size_t votes, double discount, std::size_t vetoes) {
  Legislature l{std::vector<double>(players, 1.0 / static_cast<double>(players)),
                std::vector<double>(players, discount), votes, std::vector<bool>(players, false)};
  for (std::size_t i = 0; i < vetoes; ++i) l.veto[i] = true;
  return l;
}

TEST(LegislativeGame, MajorityAndUnanimityReachBaronFerejohn) {
  for (const auto& [n, q, d] : std::vector<std::tuple<std::size_t, std::size_t, double>>{
           {3, 2, 0.9}, {3, 2, 1.0}, {5, 3, 0.9}, {5, 5, 0.9}, {7, 2, 0.5}, {9, 5, 0.99}}) {
    const LegislativeGame game = play_legislature(alike(n, q, d, 0));
    const ClosedRule theory = closed_rule_shares(static_cast<long>(n), static_cast<long>(q), d);
    ASSERT_TRUE(game.at_rest());
    for (std::size_t i = 0; i < n; ++i) EXPECT_NEAR(game.values()[i], theory.ex_ante, 1e-10);
    EXPECT_NEAR(game.last_deal().shares[game.last_deal().proposer], theory.proposer, 1e-10);
    EXPECT_GT(std::abs(game.proposer_keeps(0) -
                       closed_rule_shares(static_cast<long>(n), static_cast<long>(q), d - 0.01).proposer),
              1e-4);
  }
}

TEST(LegislativeGame, UnanimityReachesUnequalShares) {
  const std::vector<double> recognition{0.5, 0.3, 0.2}, discounts{0.9, 0.8, 0.95};
  const LegislativeGame game = play_legislature({recognition, discounts, 3, {false, false, false}});
  const UnanimityShares theory = unanimity_shares(recognition, discounts);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(game.values()[i], theory.ex_ante[i], 1e-10);
    EXPECT_NEAR(game.proposer_keeps(i), theory.proposer[i], 1e-10);
  }
  EXPECT_GT(std::abs(game.values()[0] - unanimity_shares(recognition, {0.89, 0.8, 0.95}).ex_ante[0]), 1e-3);
}

TEST(LegislativeGame, VetoPlayersReachTheirValue) {
  for (const auto& [n, q, m] : std::vector<std::tuple<std::size_t, std::size_t, std::size_t>>{
           {3, 2, 1}, {5, 3, 1}, {7, 4, 2}, {5, 2, 2}, {4, 2, 3}}) {
    const LegislativeGame game = play_legislature(alike(n, q, 0.9, m));
    const VetoShares theory = veto_shares({.players = static_cast<long>(n),
                                           .votes = static_cast<long>(q),
                                           .veto_players = static_cast<long>(m),
                                           .discount = 0.9});
    EXPECT_NEAR(game.values().front(), theory.ex_ante_veto, 1e-10) << n << q << m;
    EXPECT_NEAR(game.values().back(), theory.ex_ante_other, 1e-10) << n << q << m;
    EXPECT_NEAR(game.proposer_keeps(0), theory.veto_proposer, 1e-10) << n << q << m;
    EXPECT_NEAR(game.proposer_keeps(n - 1), theory.other_proposer, 1e-10) << n << q << m;
  }
}

TEST(LegislativeGame, DealsPassAndSpendThePie) {
  LegislativeGame game(alike(5, 3, 0.9, 1), seed, 3);
  for (int session = 0; session < 200; ++session) {
    game.advance();
    const auto table = game.table();
    double sum = 0.0;
    for (const double share : table.shares) sum += share;
    EXPECT_NEAR(sum, 1.0, 1e-12);
    const auto votes = game.decide(table);
    EXPECT_GE(std::count(votes.begin(), votes.end(), true), 3);
    EXPECT_TRUE(votes[0]);
    game.learn(table, votes);
  }
}

}  // namespace
}  // namespace parley
