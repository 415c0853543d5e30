// Known deals of the stacked protocol under the stated bid-search convention, and the protocol's own rules.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/core/check.hpp"
#include "engine/drivers/cli/domain_json.hpp"
#include "models/saop/sessions.hpp"

namespace parley::saop {
namespace {

const std::string folder = std::string(PARLEY_SOURCE_DIR) + "/configs/saop/";

struct Files {
  Domain domain;
  std::vector<Profile> profiles;
};

Files read(const std::string& name, const std::vector<std::string>& parties) {
  Files files{read_domain(folder + name + "_domain.json"), {}};
  for (const std::string& party : parties)
    files.profiles.push_back(read_profile(folder + name + "_" + party + ".json", files.domain));
  return files;
}

Strategy polynomial(double exponent) {
  Strategy strategy;
  strategy.concession.beta = 1 / exponent;
  return strategy;
}

Strategy of(Tactic tactic) {
  Strategy strategy;
  strategy.tactic = tactic;
  if (tactic == Tactic::exponential) strategy.concession.start = 0.01;
  return strategy;
}

TEST(Deals, ThreeIssuesOfFiveLevels) {
  const Files trade = read("trade", {"seller", "buyer"});
  const struct {
    double exponent;
    Point agreement;
    std::vector<double> utilities;
    std::size_t step;
  } cases[] = {
      {4, {1, 0.5, 1}, {0.65, 0.65}, 78}, {1, {1, 0.5, 1}, {0.65, 0.65}, 36}, {0.25, {0.75, 0.75, 1}, {0.6, 0.625}, 3}};
  for (const auto& known : cases) {
    const auto result =
        play_session(trade.domain, trade.profiles, std::vector<Strategy>(2, polynomial(known.exponent)), {});
    ASSERT_TRUE(result.agreement);
    EXPECT_EQ(*result.agreement, known.agreement) << known.exponent;
    EXPECT_NEAR(result.utilities[0], known.utilities[0], 1e-12);
    EXPECT_NEAR(result.utilities[1], known.utilities[1], 1e-12);
    EXPECT_EQ(result.step, known.step);
  }
  const auto nash = nash_outcome(trade.domain, trade.profiles);
  ASSERT_TRUE(nash);
  EXPECT_EQ(*nash, trade.domain.outcome_of({4, 2, 4}));
}

TEST(Deals, EveryTacticEndsAndRespectsReservations) {
  Files holiday = read("holiday", {"anna", "ben", "carla"});
  EXPECT_NEAR(holiday.profiles[2].reservation(), 0.3 * 0 + 0.3 * 0.5 + 0.4 * 0.5, 1e-12);
  for (const Tactic tactic : {Tactic::polynomial, Tactic::exponential, Tactic::relative_tit_for_tat,
                              Tactic::absolute_tit_for_tat, Tactic::micro})
    for (const OpponentModel model : {OpponentModel::none, OpponentModel::frequency, OpponentModel::bayesian})
      for (const auto rule : {Acceptance::Rule::next, Acceptance::Rule::combi}) {
        Strategy strategy = of(tactic);
        strategy.opponent = model;
        strategy.acceptance.rule = rule;
        std::vector<ShownTurn> transcript;
        const auto result =
            play_session(holiday.domain, holiday.profiles, std::vector<Strategy>(3, strategy), {}, &transcript);
        EXPECT_EQ(transcript.size(), result.turns);
        for (std::size_t i = 0; i < 3; ++i) EXPECT_GE(result.utilities[i], holiday.profiles[i].reservation() - 1e-9);
        for (const ShownTurn& turn : transcript)
          if (turn.reply != Reply::walk_away) {
            EXPECT_GE(turn.utilities[turn.speaker], holiday.profiles[turn.speaker].reservation() - 1e-9);
          }
      }
}

TEST(Deals, OneWhoCannotGainWalksAway) {
  Files trade = read("trade", {"seller", "buyer"});
  trade.profiles[1].set_reservation(1.5);
  const auto result = play_session(trade.domain, trade.profiles, std::vector<Strategy>(2, polynomial(1)), {});
  EXPECT_EQ(result.ending, Ending::walked_away);
  EXPECT_EQ(result.last_speaker, 1u);
  EXPECT_EQ(result.turns, 2u);
}

TEST(Deals, TooHighReservationsEndAtTheDeadline) {
  Files trade = read("trade", {"seller", "buyer"});
  for (Profile& profile : trade.profiles) profile.set_reservation(0.9);
  const auto result =
      play_session(trade.domain, trade.profiles, std::vector<Strategy>(2, polynomial(1)), {.steps = 10});
  EXPECT_EQ(result.ending, Ending::deadline);
  EXPECT_EQ(result.turns, 20u);
  EXPECT_EQ(result.utilities, (std::vector<double>{0.9, 0.9}));
}

TEST(Deals, AReservationBindsOneForOneInTheEnd) {
  Files trade = read("trade", {"seller", "buyer"});
  trade.profiles[0].set_reservation(0.65);
  const auto held = play_session(trade.domain, trade.profiles, std::vector<Strategy>(2, polynomial(0.25)), {});
  ASSERT_TRUE(held.agreement);
  EXPECT_GE(held.utilities[0], 0.65 - 1e-9);
}

/// Says what it was told to say.
struct Puppet {
  using Bid = int;
  std::vector<Answer<int>> lines;
  std::size_t next = 0;
  int heard = 0;
  Answer<int> answer(const Table<int>&) { return lines[next++]; }
  void hear(std::size_t, const int& bid, double) { heard += bid; }
};
Answer<int> offer(int bid) { return {Reply::offer, bid}; }
const Answer<int> accept{Reply::accept, 0}, walk{Reply::walk_away, 0};

template <class Game>
void run(Game& game) {
  while (!game.over()) {
    game.advance();
    const auto table = game.table();
    const auto answer = game.decide(table);
    game.learn(table, answer);
    game.settle(table, answer);
  }
}

TEST(Protocol, AllOthersMustAcceptOneAfterTheOther) {
  // The second's counter-offer voids the first one's acceptance of the offer before it.
  std::vector<Puppet> puppets = {
      {.lines = {offer(1), accept, accept}}, {.lines = {accept, offer(3), offer(9)}}, {.lines = {offer(2), accept}}};
  StackedOffers<Puppet> game(puppets, 5);
  run(game);
  EXPECT_EQ(game.ending(), Ending::deal);
  EXPECT_EQ(*game.deal(), 3);
  EXPECT_EQ(game.turns(), 7u);
  EXPECT_EQ(game.last_step(), 2u);
  EXPECT_EQ(puppets[0].heard, 2 + 3);
  EXPECT_EQ(puppets[2].heard, 1 + 3);
}

TEST(Protocol, WalkingAwayAndTheDeadlineEndWithoutADeal) {
  std::vector<Puppet> leaving = {{.lines = {offer(1)}}, {.lines = {walk}}};
  StackedOffers<Puppet> left(leaving, 5);
  run(left);
  EXPECT_EQ(left.ending(), Ending::walked_away);
  EXPECT_FALSE(left.deal());
  std::vector<Puppet> stubborn = {{.lines = {offer(1), offer(1)}}, {.lines = {offer(2), offer(2)}}};
  StackedOffers<Puppet> late(stubborn, 2, 1);
  run(late);
  EXPECT_EQ(late.ending(), Ending::deadline);
  EXPECT_EQ(late.last_speaker(), 0u);
}

TEST(Continuous, AgreementsLieBetweenAndHoldToTheirTargets) {
  const Files border = read("border", {"east", "west"});
  ASSERT_TRUE(border.domain.is_continuous());
  for (const Tactic tactic :
       {Tactic::polynomial, Tactic::exponential, Tactic::relative_tit_for_tat, Tactic::absolute_tit_for_tat}) {
    const auto result = play_session(border.domain, border.profiles, {polynomial(1), of(tactic)}, {.steps = 200});
    ASSERT_TRUE(result.agreement) << static_cast<int>(tactic);
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(result.utilities[i], border.profiles[i].utility(*result.agreement), 1e-12);
  }
  EXPECT_THROW(play_session(border.domain, border.profiles, std::vector<Strategy>(2, of(Tactic::micro)), {}),
               InputError);
}

TEST(Continuous, TheBidIsWorthItsTarget) {
  const Files border = read("border", {"east", "west"});
  ContinuousSpace space;
  for (const Profile& profile : border.profiles) {
    space.begin(profile);
    const Point standing = {0.6, 0.4};
    for (const double target : {0.99, 0.9, 0.8}) {
      EXPECT_NEAR(profile.utility(space.search(target, nullptr)), target, 1e-9);
      EXPECT_NEAR(profile.utility(space.search(target, &standing)), std::max(target, profile.utility(standing)), 1e-9);
    }
  }
}

TEST(Batch, SessionsReplayAndDependOnTheirNumberOnly) {
  const Domain levels = read_domain(folder + "levels_domain.json");
  const std::vector<Strategy> four(4, polynomial(4));
  const auto a = play_sessions(levels, four, {}, {.sessions = 50, .seed = 3}),
             b = play_sessions(levels, four, {}, {.sessions = 50, .seed = 3});
  EXPECT_EQ(a.mean_utilities, b.mean_utilities);
  EXPECT_EQ(a.turns, b.turns);
  EXPECT_GT(a.deals, 45u);
  EXPECT_NE(a.mean_utilities, play_sessions(levels, four, {}, {.sessions = 50, .seed = 4}).mean_utilities);
}

TEST(Batch, PatienceOfOneRaisesItsShare) {
  const Domain levels = read_domain(folder + "levels_domain.json");
  const auto even = play_sessions(levels, {polynomial(1), polynomial(1)}, {}, {.sessions = 400});
  const auto patient = play_sessions(levels, {polynomial(4), polynomial(1)}, {}, {.sessions = 400});
  EXPECT_GT(patient.mean_utilities[0], even.mean_utilities[0] + 0.02);
  EXPECT_LT(patient.mean_utilities[1], even.mean_utilities[1] - 0.02);
}

}  // namespace
}  // namespace parley::saop
