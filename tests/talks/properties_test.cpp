// The properties that the model keeps whatever its numbers become: what lifting a friction may do, and what labels,
// axes and company may not.
#include <algorithm>
#include <cmath>

#include "tests/support/statistics.hpp"
#include "tests/talks/relabelled.hpp"
#include "tests/talks/two_sides.hpp"

namespace parley::trial {
namespace {

/// Numbers for made-up negotiations, the same in every run of the tests.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  double between(double low, double high) {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return low + (high - low) * static_cast<double>(state_ >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_;
};

std::string number(double x) { return std::to_string(x); }

const Changes frictions_off = {
    "mechanisms.loss_aversion=false", "mechanisms.fear=false", "mechanisms.norm=false", "mechanisms.optimism=false",
    "mechanisms.opinion=false", "mechanisms.ratification=false", "mechanisms.aspiration=false", "war.drift=0", "war.volatility=0"};

Changes without_frictions(Changes more = {}) {
  Changes changes = frictions_off;
  for (const char* who : {"russia", "ukraine", "united_states", "europe"}) changes.push_back(std::string("actors.") + who + ".temperature=0");
  changes.insert(changes.end(), more.begin(), more.end());
  return changes;
}

// 1. Without frictions and with exact leaderships: the status quo made permanent is a package that all prefer to
// fighting on, and the talks end with the first text that all prefer.
TEST(Properties, WithoutFrictionsTalksEndAtTheFirstTextThatAllPrefer) {
  Dice dice(1);
  int ended = 0;
  for (std::uint32_t game = 0; game < 200; ++game) {
    Changes varied;
    for (const char* issue : {"territory", "status", "guarantees", "forces", "sanctions", "reconstruction"})
      varied.push_back(std::string("issues.") + issue + ".text=" + number(dice.between(0, 1)));
    for (const char* who : {"russia", "ukraine", "united_states", "europe"})
      varied.push_back(std::string("actors.") + who + ".cost=" + number(dice.between(0.02, 0.15)));
    const Config config = start_values(without_frictions(varied));

    // The package that all prefer: the text is the status quo, and every rung is tabled in some replicate.
    Changes standing = varied;
    for (const char* issue : {"territory=0.40", "status=0.75", "guarantees=0.30", "forces=1.0", "sanctions=0.95", "reconstruction=0.15"}) {
      const std::string pair = issue, name = pair.substr(0, pair.find('='));
      standing.push_back("issues." + name + ".text" + pair.substr(pair.find('=')));
    }
    standing.insert(standing.end(), {"mediator.inertia=0", "rounds.horizon=1"});
    const Transcript status_quo = told(start_values(without_frictions(standing)), game);
    for (const ActorRound& a : status_quo.rounds[0].actors) EXPECT_GT(a.gain, 0);
    EXPECT_TRUE(status_quo.rounds[0].signed_now);

    const Transcript t = told(config, game);
    int first = -1;
    for (const RoundRecord& r : t.rounds) {
      if (first >= 0 || r.rung < 0) continue;
      const bool all_prefer = std::all_of(r.actors.begin(), r.actors.end(), [](const ActorRound& a) { return !a.seated || a.gain > 0; });
      ASSERT_EQ(r.signed_now, all_prefer) << "game " << game << ", round " << r.round;
      if (all_prefer && !config.negotiation.structure.layout.is_truce(Rung{r.rung})) first = r.round;
    }
    EXPECT_EQ(t.row.deal_round, first < 0 ? never : first);
    ended += first >= 0;
  }
  EXPECT_GT(ended, 190) << "the mediator hardly ever finds a text";
}

// 2. Ukraine's mood up never lowers the share of deals; three logits down, nothing is left of them.
TEST(Properties, MoodOfUkraine) {
  std::uint64_t before = 0;
  for (const double mood : {-1.6, -1.0, -0.6, -0.42, -0.2, 0.1, 0.6, 1.5}) {
    const std::uint64_t now = deals(tally_of(start_values({"actors.ukraine.mood=" + number(mood)}), 10000));
    EXPECT_GE(now, before) << "at a mood of " << mood;
    before = now;
  }
  const Tally low = tally_of(start_values({"actors.ukraine.mood=-3.42"}), 10000);
  EXPECT_EQ(low.scenarios[0], low.runs);
}

/// Start values with a table that does not depend on what the actors answered: text and agenda stand still.
Config fixed_tables(Dice& dice, Changes more) {
  Changes changes = {"mediator.inertia=0", "mediator.smoothing=0", "mediator.agenda_noise=10", "rounds.horizon=12"};
  for (const char* issue : {"territory", "status", "guarantees", "forces", "sanctions", "reconstruction"})
    changes.push_back(std::string("issues.") + issue + ".text=" + number(dice.between(0, 1)));
  changes.insert(changes.end(), more.begin(), more.end());
  return start_values(changes);
}

// 3. Lifting a friction never lowers the value of a package on the table, to anyone; and where optimism is lifted, a
// package is worth more against fighting on.
TEST(Properties, LiftingAFrictionNeverLowersTheValueOfAPackage) {
  for (const char* mechanism : {"loss_aversion", "fear", "norm", "optimism"}) {
    SCOPED_TRACE(mechanism);
    int tables = 0, raised = 0;
    for (std::uint32_t game = 0; game < 150; ++game) {
      Dice with_it(game), without_it(game);
      const Config bound = fixed_tables(with_it, {});
      const Transcript a = told(bound, game);
      const Transcript b = told(fixed_tables(without_it, {std::string("mechanisms.") + mechanism + "=false"}), game);
      for (std::size_t t = 0; t < a.rounds.size(); ++t) {
        if (!a.rounds[t].fighting || !b.rounds[t].fighting) break;
        ASSERT_EQ(a.rounds[t].package, b.rounds[t].package);
        ASSERT_EQ(a.rounds[t].rung, b.rounds[t].rung);
        for (std::size_t i = 0; i < a.rounds[t].actors.size(); ++i) {
          const ActorRound &x = a.rounds[t].actors[i], &y = b.rounds[t].actors[i];
          EXPECT_GE(y.utility, x.utility);
          EXPECT_GE(y.gain, x.gain - 1e-12);
          raised += y.gain > x.gain + 1e-9;
          ++tables;
        }
      }
    }
    EXPECT_GT(tables, 1000);
    EXPECT_GT(raised, 100) << "the mechanism is not at work";
  }
}

// 3, continued: at the start values, deals become more frequent.
TEST(Properties, LiftingLossAversionOrRatificationRaisesTheShareOfDeals) {
  const std::uint64_t bound = deals(tally_of(start_values(), 20000));
  EXPECT_GT(deals(tally_of(start_values({"mechanisms.loss_aversion=false"}), 20000)), bound + bound / 10);
  EXPECT_GT(deals(tally_of(start_values({"mechanisms.ratification=false"}), 20000)), bound + bound / 10);
}

// 4. Without Europe's seat there is no full settlement.
TEST(Properties, NoFullSettlementWithoutEuropesSeat) {
  EXPECT_GT(tally_of(start_values(), 20000).scenarios[2], 100u);
  EXPECT_EQ(tally_of(start_values({"actors.europe.seat=0"}), 20000).scenarios[2], 0u);
  EXPECT_EQ(tally_of(start_values({"mechanisms.seat=false"}), 20000).scenarios[2], 0u);
}

// 5. Labels and axes do not matter.
TEST(Properties, RewritingAConfigurationChangesNothing) {
  const Config config = everything();
  const Config again = configured(rewritten(config, Relabelling::none(config)));
  EXPECT_EQ(first_difference(config, play(config, 500), play(again, 500)), "");
}

TEST(Properties, RelabelledActorsAndIssuesPlayTheSame) {
  for (const Config& config : {everything(), start_values(), everything({"protocol.kind=alternating"})}) {
    Relabelling how = Relabelling::none(config);
    std::rotate(how.actors.begin(), how.actors.begin() + 1, how.actors.end());
    std::swap(how.actors[0], how.actors[2]);
    std::reverse(how.issues.begin(), how.issues.end());
    std::swap(how.issues[1], how.issues[2]);
    const Config other = configured(rewritten(config, how));
    for (std::uint32_t r = 0; r < 300 && !HasFailure(); ++r) {
      SCOPED_TRACE("replicate " + std::to_string(r));
      expect_same_story(config, how, told(config, r), told(other, r));
    }
  }
}

/// Plays both forms; on a turned axis of the front, its chance moves turn too.
void expect_same_when_mirrored(const Config& config, const std::vector<std::string>& issues) {
  Relabelling how = Relabelling::none(config);
  const Structure& s = config.negotiation.structure;
  for (int k = 0; k < s.layout.n.issues; ++k) how.mirrored[k] = std::find(issues.begin(), issues.end(), s.issues[k].name) != issues.end();
  const Config other = configured(rewritten(config, how));
  std::vector<double> values = Plan(other, 1, 1).cell(0).values;
  if (s.layout.has_front() && how.mirrored[s.layout.front_issue]) values[other.negotiation.catalog.find("war.volatility")->slot] *= -1;
  for (std::uint32_t r = 0; r < 300 && !testing::Test::HasFailure(); ++r) {
    SCOPED_TRACE("replicate " + std::to_string(r));
    expect_same_story(config, how, told(config, r), told_with(other, values, r));
  }
}

TEST(Properties, MirroredAxesPlayTheSame) {
  expect_same_when_mirrored(everything(), {"line", "claim", "shield", "money"});
  expect_same_when_mirrored(start_values(), {"territory", "status", "guarantees", "forces", "sanctions", "reconstruction"});
}
TEST(Properties, OneMirroredAxisPlaysTheSame) {
  expect_same_when_mirrored(start_values(), {"reconstruction"});
  expect_same_when_mirrored(start_values(), {"sanctions"});
  Changes protect_the_line;
  for (const char* who : {"west", "east", "broker", "neighbour"}) protect_the_line.push_back(std::string("actors.") + who + ".protects=[0.3, 0, 0, 0]");
  expect_same_when_mirrored(everything(protect_the_line), {"line"});
  expect_same_when_mirrored(everything(protect_the_line), {"shield"});
  expect_same_when_mirrored(everything(protect_the_line), {"claim", "money"});
}

// 6. Where packages that all prefer exist and stand still, the weights find one.
TEST(Properties, TheMediatorFindsAPackageThatAllPrefer) {
  Dice dice(6);
  int games = 0;
  for (int attempt = 0; games < 60 && attempt < 2000; ++attempt) {
    const int sides = 2 + attempt % 3, issues = 1 + attempt % 4;
    std::vector<std::vector<double>> ideal(sides), salience(sides);
    std::vector<double> status(issues), cost(sides);
    for (double& s : status) s = dice.between(0, 1);
    for (int i = 0; i < sides; ++i) {
      cost[i] = dice.between(0.0, 0.05);
      for (int k = 0; k < issues; ++k) ideal[i].push_back(dice.between(0, 1)), salience[i].push_back(dice.between(0.1, 0.5));
    }
    // The largest gain that all can have at once, on a grid.
    const auto gain = [&](int i, const std::vector<double>& x) {
      double sum = cost[i];
      for (int k = 0; k < issues; ++k)
        sum += salience[i][k] * (std::pow(status[k] - ideal[i][k], 2) - std::pow(x[k] - ideal[i][k], 2));
      return sum;
    };
    double best = -1;
    const int steps = issues == 4 ? 13 : 21;
    for (int cell = 0; cell < std::pow(steps, issues); ++cell) {
      std::vector<double> x;
      for (int k = 0, rest = cell; k < issues; ++k, rest /= steps) x.push_back(rest % steps / (steps - 1.0));
      double least = INFINITY;
      for (int i = 0; i < sides; ++i) least = std::min(least, gain(i, x));
      best = std::max(best, least);
    }
    if (best < 0.01) continue;
    ++games;

    std::string text = "[rounds]\nhorizon = 3000\n[durability]\nbase_hazard = 0\n[ratification]\nvote = 0\nanticipated = 0\n";
    std::string settles;
    const auto list = [](const std::vector<double>& v) {
      std::string items;
      for (const double x : v) items += (items.empty() ? "" : ", ") + number(x);
      return "[" + items + "]";
    };
    for (int k = 0; k < issues; ++k) {
      text += "[issues.i" + std::to_string(k) + "]\nstatus_quo = " + number(status[k]) + "\ntext = " + number(dice.between(0, 1)) + "\n";
      settles += (k == 0 ? "\"i" : ", \"i") + std::to_string(k) + "\"";
    }
    text += "[rungs.deal]\nsettles = [" + settles + "]\n";
    for (int i = 0; i < sides; ++i)
      text += "[actors.a" + std::to_string(i) + "]\nfights = true\ntemperature = 0\ncost = " + number(cost[i]) + "\nideal = " + list(ideal[i]) +
              "\nsalience = " + list(salience[i]) + "\n";
    const RunRow row = play(configured(text), 1)[0];
    EXPECT_NE(row.deal_round, never) << "game " << attempt << ", where all could gain " << best << " by half\n" << text;
  }
  EXPECT_EQ(games, 60);
}

// 7. Company changes nobody's luck. An actor or an issue that concerns nobody leaves every number as it was.
TEST(Properties, AnActorThatConcernsNobodyChangesNothing) {
  const Changes weights_may_vanish = {"mediator.weight_low=0"};
  const std::string text = text_of("configs/start-values.toml");
  const std::string observer =
      "\n[actors.observer]\nstream = 9\nstakes = 0\nmediation_weight = 0\nseat = 0\nmood_sd = 0.3\nmood_noise = 0.1\ntemperature = 0.1\n"
      "ideal = [1, 1, 1, 1, 1, 1]\nsalience = [1, 1, 1, 1, 1, 1]\n";
  const Config alone = configured(text, weights_may_vanish), accompanied = configured(text + observer, weights_may_vanish);
  std::vector<RunRow> a = play(alone, 3000), b = play(accompanied, 3000);
  for (RunRow& row : b) row.vetoes[4] = 0, row.utility[4] = row.approval[4] = 0;
  EXPECT_EQ(first_difference(accompanied, a, b), "");
}

TEST(Properties, AnIssueThatConcernsNobodyChangesNothing) {
  const std::string text = text_of("configs/start-values.toml");
  std::string more = text + "\n[issues.flag]\nstream = 9\nstatus_quo = 0.3\ntext = 0.8\n";
  for (const char* rung : {"security_first", "land_for_guarantees", "comprehensive"})
    more = replaced(more, std::string("[rungs.") + rung + "]", std::string("[rungs.") + rung + "]\n# with the flag");
  more = replaced(more, "\"sanctions\", \"reconstruction\"]", "\"sanctions\", \"reconstruction\", \"flag\"]");
  std::string widened;  // every list of six numbers gets a seventh, 0
  for (std::size_t at = 0; at < more.size();) {
    const std::size_t end = std::min(more.find('\n', at), more.size() - 1) + 1;
    std::string line = more.substr(at, end - at);
    for (const char* key : {"ideal = [", "salience = [", "protects = [", "response = ["})
      if (line.rfind(key, 0) == 0) line.insert(line.find(']'), ", 0");
    widened += line;
    at = end;
  }
  // The share of issues that a rung settles enters two formulas; both are switched off.
  const Changes same_shares = {"mechanisms.aspiration=false", "durability.openness_effect=0"};
  const Config alone = configured(text, same_shares), accompanied = configured(widened, same_shares);
  ASSERT_EQ(accompanied.negotiation.structure.layout.n.issues, 7);
  std::vector<RunRow> a = play(alone, 3000), b = play(accompanied, 3000);
  for (std::size_t r = 0; r < a.size(); ++r) a[r].package[6] = b[r].package[6];
  EXPECT_EQ(first_difference(accompanied, a, b), "");
}

// The watch that a transcript keeps is no part of the world either.
TEST(Properties, TellingARunDoesNotChangeIt) {
  for (const Config& config : {start_values(), everything()}) {
    const std::vector<RunRow> rows = play(config, 200);
    std::vector<RunRow> again;
    for (std::uint32_t r = 0; r < 200; ++r) again.push_back(told(config, r).row);
    EXPECT_EQ(first_difference(config, rows, again), "");
  }
}

}  // namespace
}  // namespace parley::trial
