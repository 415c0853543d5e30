// Every number of a transcript follows from the model's equations, computed a second time by hand (by_hand.hpp); and the
// acts of chance in them have the distributions that the equations name.
#include <gtest/gtest-spi.h>

#include "tests/support/statistics.hpp"
#include "tests/talks/by_hand.hpp"

namespace parley::trial {
namespace {

double normal_share(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

void check_transcripts(const Config& config, std::uint32_t replicates) {
  ByHand by_hand(config);
  for (std::uint32_t r = 0; r < replicates && !testing::Test::HasFailure(); ++r) {
    SCOPED_TRACE("replicate " + std::to_string(r));
    by_hand.check(told(config, r));
  }
}

TEST(Equations, StartValues) { check_transcripts(start_values(), 40); }
TEST(Equations, EveryPartAtWork) { check_transcripts(everything(), 150); }
TEST(Equations, AlternatingOffers) { check_transcripts(everything({"protocol.kind=alternating", "protocol.tilt=3"}), 60); }
TEST(Equations, AThirdPartyWithoutASeat) { check_transcripts(everything({"mechanisms.seat=false"}), 50); }
TEST(Equations, OtherRoles) {
  std::string text = text_of("tests/talks/everything.toml");
  for (const auto& [from, to] : {std::pair{"moves_with_front = true\n", ""}, std::pair{"guarantee = \"up\"", "guarantee = \"down\""},
                                 std::pair{"conquest = \"down\"", "conquest = \"up\""}, std::pair{"energy = true\n", ""}})
    check_transcripts(configured(replaced(text, from, to)), 40);
}
TEST(Equations, BeliefsWithoutNoise) {
  check_transcripts(everything({"war.volatility=0"}), 20);
  check_transcripts(everything({"actors.west.belief_sd=0", "actors.east.belief_sd=0"}), 20);
}

TEST(Equations, MoodsWithoutNoise) { check_transcripts(everything({"actors.west.mood_noise=0", "actors.east.mood_noise=0"}), 20); }

// Round 0 of many runs: one move of the front, one strike, one draw of the first mood with one change of it.
TEST(Equations, ChanceHasTheStatedDistributions) {
  const Config config = everything({"rounds.horizon=1", "war.energy_floor=0", "actors.east.rally=0"});
  const auto of = [&](const char* path) { return value_of(config, path); };
  double push = of("war.drift");
  for (const char* who : {"west", "east", "broker", "neighbour"})
    push += of("war.aid_effect") * (of((std::string("actors.") + who + ".aid").c_str()) - of((std::string("actors.") + who + ".aid_reference").c_str()));
  const double season = of("war.energy_season") * std::cos(2 * M_PI * 15 / 365);
  const double repaired = of("war.energy_start") + of("war.energy_reversion") * (of("war.energy_mean") - season - of("war.energy_start"));
  std::vector<double> front, energy, mood;
  for (std::uint32_t r = 0; r < 60000; ++r) {
    const RoundRecord round = told(config, r).rounds[0];
    front.push_back((round.front - 0.45 - push) / of("war.volatility"));
    energy.push_back((round.energy - repaired) / of("war.energy_noise"));
    mood.push_back((round.actors[1].mood - of("actors.east.mood") - of("actors.east.weariness")) /
                   std::hypot(of("actors.east.mood_sd"), of("actors.east.mood_noise")));
  }
  EXPECT_TRUE(statistics::has_distribution(front, normal_share));
  EXPECT_TRUE(statistics::has_distribution(energy, normal_share));
  EXPECT_TRUE(statistics::has_distribution(mood, normal_share));
}

// The check above can fail: a transcript of another world is found out.
TEST(Equations, AnotherWorldIsNoticed) {
  for (const char* change : {"actors.east.cost=0.121", "actors.east.linkage=[0.06, 0.031]", "mediator.inertia=0.41", "waiting.memory=0.21",
                             "actors.west.reference_adaptation=0.051", "durability.openness_effect=0.51"}) {
    testing::TestPartResultArray found;
    {
      testing::ScopedFakeTestPartResultReporter listening(testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &found);
      const Config config = everything();
      ByHand by_hand(config);
      by_hand.check(told(everything({change}), 0));
    }
    EXPECT_GT(found.size(), 0) << change;
  }
}

}  // namespace
}  // namespace parley::trial
