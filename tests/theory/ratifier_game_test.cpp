// Proposals to a ratifier, found by search and put to the vote.
#include "models/theory/ratifier_game.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/bargain/play.hpp"
#include "models/theory/ratification.hpp"
#include "tests/theory/happens.hpp"

namespace parley {
namespace {

using namespace theory;

constexpr std::uint64_t seed = 20260131;

TEST(RatifierGame, SettersFindTheAgendaPolicy) {
  for (const double setter : {0.0, 0.3, 0.8, 1.0})
    for (const double ratifier : {0.2, 0.4, 0.7})
      for (const double status_quo : {0.1, 0.2, 0.4, 0.6, 0.9}) {
        AgendaGame game({setter, ratifier, status_quo});
        play(game);
        EXPECT_NEAR(game.policy(), agenda_setter_policy(setter, ratifier, status_quo), 2e-6)
            << setter << ' ' << ratifier << ' ' << status_quo;
      }
}

TEST(RatifierGame, NegotiatorsFindTheDemandAndVotesFollow) {
  const int runs = 150000;
  for (const double highest : {0.4, 0.8, 1.5}) {
    const UncertainRatification theory = uncertain_ratification(highest);
    double ratified = 0.0;
    std::vector<double> payoffs;
    for (int k = 0; k < runs; ++k) {
      ReferendumGame game({.highest_threshold = highest, .no_deal = 0.0, .believed_highest_threshold = highest}, seed,
                          static_cast<std::uint64_t>(k));
      play(game);
      ASSERT_NEAR(game.demand(), theory.demand, 1e-7);
      ratified += game.ratified() ? 1.0 : 0.0;
      payoffs.push_back(game.payoff());
    }
    EXPECT_TRUE(happens(ratified, runs, theory.ratified));
    if (highest == 0.8) {
      EXPECT_TRUE(statistics::has_mean(payoffs, theory.expected, theory.expected));
    }
    if (highest > 0.5) {
      EXPECT_FALSE(happens(ratified, runs, uncertain_ratification(highest + 0.05).ratified))
          << "a wrong floor goes unnoticed";
    }
  }
  ReferendumGame mistaken({.highest_threshold = 0.8, .no_deal = 0.0, .believed_highest_threshold = 0.4}, seed, 0);
  play(mistaken);
  EXPECT_GT(std::abs(mistaken.demand() - uncertain_ratification(0.8).demand), 0.05);
}

}  // namespace
}  // namespace parley
