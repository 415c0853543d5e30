// Why one run went as it did: refusals and possible packages against sums by hand, the transcript and a grid.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/analysis/run_verdict.hpp"
#include "engine/core/check.hpp"
#include "models/watched.hpp"
#include "tests/talks/two_sides.hpp"

namespace parley {
namespace {

RunVerdict judged(const Config& config, std::uint32_t replicates, std::uint64_t run) {
  return judge_run(Plan(config, replicates, 7), run, watched_teller_of(*config.negotiation.model));
}

// By hand: West (ideal 0) and East (ideal 1) with salience ½ and cost .1 at the status quo ½ gain ½(¼ − x²) + .1 and
// ½(¼ − (1 − x)²) + .1; both sign between 1 − √.45 and √.45, and at ½ each gains .1.
TEST(RunVerdict, NamesWhoBlockedAndWhatBothWouldHaveSigned) {
  const RunVerdict verdict = judged(trial::two_sides({"issues.line.text=0.2"}), 1, 0);
  ASSERT_EQ(verdict.rounds.size(), 10u);
  for (const RoundVerdict& r : verdict.rounds) {
    EXPECT_FALSE(r.signed_now);
    EXPECT_TRUE(r.heard.answers[0].agrees);
    EXPECT_FALSE(r.heard.answers[1].agrees);
    EXPECT_NEAR(r.heard.answers[0].shortfall, -(0.5 * (0.25 - 0.04) + 0.1), 1e-9);
    EXPECT_NEAR(r.heard.answers[1].shortfall, -(0.5 * (0.25 - 0.64) + 0.1), 1e-9);
    EXPECT_EQ(r.heard.answers[1].support_shortfall, -1) << "there is no vote";
    ASSERT_NE(r.possible(), nullptr);
    EXPECT_TRUE(r.possible()->in_zone);
    EXPECT_NEAR(r.possible()->heard.package[0], 0.5, 1e-3);
    EXPECT_NEAR(r.possible()->margin, 0.1, 1e-3);
  }
}

TEST(RunVerdict, WithinTheZoneNobodySignsWhileBothHopeForMore) {
  const RunVerdict verdict = judged(trial::two_sides({"actors.west.aspiration=0.3", "actors.east.aspiration=0.3", "actors.west.aspiration_decay=10000", "actors.east.aspiration_decay=10000"}), 1, 0);
  ASSERT_EQ(verdict.rounds.size(), 10u);
  const RoundVerdict& first = verdict.rounds[0];
  EXPECT_EQ(first.possible(), nullptr);
  EXPECT_TRUE(first.nearest().in_zone);
  EXPECT_FALSE(first.nearest().signable);
  EXPECT_NEAR(first.nearest().margin, 0.1 - 0.3, 1e-3);
}

TEST(RunVerdict, NoPackageIsFoundWhereFightingOnIsBetterForBoth) {
  const RunVerdict verdict = judged(trial::two_sides({"actors.west.peace=-0.5", "actors.east.peace=-0.5"}), 1, 0);
  ASSERT_EQ(verdict.rounds.size(), 10u);
  for (const RoundVerdict& r : verdict.rounds) {
    EXPECT_EQ(r.possible(), nullptr);
    EXPECT_FALSE(r.nearest().in_zone);
    EXPECT_NEAR(r.nearest().margin, 0.1 - 0.5, 1e-3);
  }
}

TEST(RunVerdict, TheDistancesFromYesAgreeWithTheAnswers) {
  int refusals = 0, by_public = 0;
  for (std::uint64_t run = 0; run < 2; ++run)
    for (const RoundVerdict& r : judged(trial::start_values(), 2, run).rounds) {
      std::vector<const Hearing*> hearings = {&r.heard};
      for (const FoundPackage& f : r.found) hearings.push_back(&f.heard);
      for (const Hearing* heard : hearings)
        for (const Answer& a : heard->answers) {
          EXPECT_EQ(a.leadership, a.shortfall < 0);
          EXPECT_EQ(a.ratifies, a.support_shortfall < 0);
          EXPECT_EQ(a.agrees, a.leadership && a.ratifies);
          refusals += !a.agrees;
          by_public += !a.ratifies;
        }
    }
  EXPECT_GT(refusals, 100);
  EXPECT_GT(by_public, 100);
}

TEST(RunVerdict, TellsTheRunThatReplayTells) {
  const Config config = trial::start_values();
  for (std::uint32_t replicate = 0; replicate < 2; ++replicate) {
    const RunVerdict verdict = judged(config, 2, replicate);
    const Transcript told = trial::told(config, replicate);
    EXPECT_EQ(trial::stored(config, {verdict.told.row}), trial::stored(config, {told.row}));
    std::size_t at = 0;
    for (const RoundRecord& round : told.rounds) {
      if (!round.talking) continue;
      ASSERT_LT(at, verdict.rounds.size());
      const RoundVerdict& r = verdict.rounds[at++];
      EXPECT_EQ(r.round, round.round);
      EXPECT_EQ(r.signed_now, round.signed_now);
      EXPECT_EQ(r.heard.package, round.package);
      for (std::size_t i = 0; i < round.actors.size(); ++i) {
        EXPECT_EQ(r.heard.answers[i].agrees, round.actors[i].agrees);
        EXPECT_EQ(r.heard.answers[i].gain, round.actors[i].gain);
        EXPECT_EQ(r.heard.answers[i].worst_term, round.actors[i].worst_term);
      }
    }
    EXPECT_EQ(at, verdict.rounds.size());
  }
}

/// Every point of a grid over both issues: the search must not do worse.
TEST(RunVerdict, TheSearchFindsWhatAGridFinds) {
  const Config config = trial::configured_file("configs/classroom/commitment-guarantee.toml", {"actors.guarantor.credibility=0.3"});
  const Plan plan(config, 3, 7);
  const WatchedTeller teller = watched_teller_of(*config.negotiation.model);
  for (std::uint64_t run = 0; run < 3; ++run) {
    const RunVerdict verdict = judge_run(plan, run, teller);
    const Cell cell = plan.cell(0);
    const Job job{0, static_cast<std::uint32_t>(run)};
    const Task task{.layout = &config.negotiation.structure.layout, .values = cell.values.data(), .stride = cell.values.size(), .seed = 7, .jobs = &job, .count = 1, .rows = nullptr};
    std::size_t at = 0;
    teller(task, [&](const RoundRecord&, const RoundAsker& ask) {
      bool signable = false;
      for (int x = 0; x <= 40; ++x)
        for (int y = 0; y <= 40; ++y) {
          const std::vector<double> text = {x / 40.0, y / 40.0};
          const Hearing heard = ask(0, text);
          signable = signable || std::all_of(heard.answers.begin(), heard.answers.end(), [](const Answer& a) { return a.agrees || !a.seated; });
        }
      if (signable) EXPECT_NE(verdict.rounds[at].possible(), nullptr) << "run " << run << ", round " << verdict.rounds[at].round;
      ++at;
    });
    EXPECT_EQ(at, verdict.rounds.size());
  }
}

TEST(RunVerdict, RefusesARunThatDoesNotExist) { EXPECT_THROW(judged(trial::two_sides(), 2, 2), InputError); }

}  // namespace
}  // namespace parley
