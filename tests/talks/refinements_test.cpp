// The refinements that are parameters switched off in the start values, and what each does when it is switched on; and
// single parts of the model against closed forms: chances of decisions, rungs and collapse, and the table of outcomes.
#include <cmath>

#include "tests/support/statistics.hpp"
#include "tests/talks/two_sides.hpp"

namespace parley::trial {
namespace {

TEST(Refinements, AreOffInTheStartValues) {
  const Config config = start_values();
  for (const char* path : {"dispositions.leadership_days", "dispositions.public_days", "dispositions.agenda_days", "war.decisive"})
    EXPECT_EQ(value_of(config, path), 0) << path;
  for (const ActorInfo& actor : config.negotiation.structure.actors) {
    const std::string at = "actors." + actor.name + ".";
    for (const char* what : {"waiting", "rearmament", "reference_adaptation"}) EXPECT_EQ(value_of(config, at + what), 0) << at << what;
    EXPECT_EQ(value_of(config, at + "truce_fear"), 1) << "a truce is feared as any peace is";
  }
  EXPECT_EQ(value_of(config, "ratification.anticipated"), 1);
  EXPECT_EQ(value_of(config, "ratification.vote"), 1);
}

/// Frequencies of how often West refuses in four rounds in which East always does, while West's answer is a coin with
/// chance `yes` whose dispositions are renewed with chance `renewed` a round.
std::vector<double> chances_of_refusals(double yes, double renewed) {
  std::vector<double> chances(5, 0);
  for (int course = 0; course < 16; ++course) {
    double chance = 1;
    int refusals = 0;
    for (int t = 0; t < 4; ++t) {
      const bool agrees = (course >> t & 1) != 0, agreed = t > 0 && (course >> (t - 1) & 1) != 0;
      const double fresh = agrees ? yes : 1 - yes;
      chance *= t == 0 ? fresh : renewed * fresh + (agrees == agreed ? 1 - renewed : 0);
      refusals += !agrees;
    }
    chances[refusals] += chance;
  }
  return chances;
}

std::vector<double> refusals_of_west(const Config& config, std::uint32_t runs) {
  std::vector<double> counts(5, 0);
  for (const RunRow& row : play(config, runs)) {
    EXPECT_EQ(row.vetoes[1], 4) << "East was to refuse always";
    ++counts[row.vetoes[0]];
  }
  return counts;
}

const Changes four_rounds_that_east_refuses = {"rounds.horizon=4", "actors.east.aspiration=2", "actors.east.aspiration_decay=10000"};
Changes with(Changes changes, const Changes& more) {
  changes.insert(changes.end(), more.begin(), more.end());
  return changes;
}

// West's gain is its cost of war, 0.1; at a temperature of 0.1 it agrees with chance σ(1).
TEST(Refinements, LeadershipsPersist) {
  const double yes = 1 / (1 + std::exp(-1.0));
  for (const double days : {0.0, 14.0, 40.0}) {
    const Config config = two_sides(with(four_rounds_that_east_refuses, {"actors.west.temperature=0.1", "dispositions.leadership_days=" + std::to_string(days)}));
    const double renewed = days == 0 ? 1 : 1 - std::exp(-14 / days);
    EXPECT_TRUE(statistics::has_frequencies(refusals_of_west(config, 350000), chances_of_refusals(yes, renewed))) << days << " days";
  }
}

// A public that would ratify with chance σ((σ(0.4) − 0.5) / 0.1), leaderships that do not look ahead to it.
TEST(Refinements, PublicsPersist) {
  const double support = 1 / (1 + std::exp(-0.4)), yes = 1 / (1 + std::exp(-(support - 0.5) / 0.1));
  for (const double days : {0.0, 25.0}) {
    const Config config = two_sides(with(four_rounds_that_east_refuses, {"ratification.vote=1", "actors.west.mood=0.4", "actors.west.ratification_width=0.1",
                                                                        "actors.east.ratification_threshold=0", "dispositions.public_days=" + std::to_string(days)}));
    const double renewed = days == 0 ? 1 : 1 - std::exp(-14 / days);
    EXPECT_TRUE(statistics::has_frequencies(refusals_of_west(config, 350000), chances_of_refusals(yes, renewed))) << days << " days";
  }
}

/// Two rungs; West sits at the second only and refuses always, so that its vetoes count how often that is tabled.
Config two_rungs(const Changes& changes) {
  const std::string more = "[rungs.other]\nsettles = [\"line\"]\nseats = [\"east\"]\nvalue = 1\nfirst_estimate = 0.3\n";
  return two_sides(with(with(four_rounds_that_east_refuses, {"actors.west.aspiration=2", "actors.west.aspiration_decay=10000", "rungs.deal.value=1",
                                                              "rungs.deal.first_estimate=0.25", "mediator.agenda_noise=0.1"}), changes), more);
}

// The chance of a rung is proportional to e^(value p̂ / noise), and the agenda lasts as long as it is told to.
TEST(Refinements, TheAgendaPersists) {
  const double tabled = 1 / (1 + std::exp(0.05 / 0.1));
  for (const double days : {0.0, 20.0}) {
    const Config config = two_rungs({"dispositions.agenda_days=" + std::to_string(days)});
    const double renewed = days == 0 ? 1 : 1 - std::exp(-14 / days);
    EXPECT_TRUE(statistics::has_frequencies(refusals_of_west(config, 350000), chances_of_refusals(1 - tabled, renewed))) << days << " days";
  }
}

// With dispositions, the pace of deals hardly depends on how long a round is; without, it does.
TEST(Refinements, PersistentDispositionsMakeRoundsLikeTime) {
  const auto stalemates = [](const Changes& changes) {
    const Tally tally = tally_of(start_values(changes), 10000);
    return static_cast<double>(tally.scenarios[0]) / static_cast<double>(tally.runs);
  };
  const Changes lasting = {"dispositions.leadership_days=90", "dispositions.public_days=90", "dispositions.agenda_days=90"};
  const Changes halved = {"rounds.days=7", "rounds.horizon=104"};
  const double lottery = stalemates({}) - stalemates(halved);
  const double lives = stalemates(lasting) - stalemates(with(lasting, halved));
  EXPECT_GT(lottery, 0.10);
  EXPECT_LT(std::fabs(lives), lottery / 2);
}

TEST(Refinements, FearOfATruceHasItsOwnSize) {
  const auto fearless = [](const char* size) {
    Changes changes;
    for (const char* who : {"russia", "ukraine", "united_states", "europe"}) changes.push_back(std::string("actors.") + who + ".truce_fear=" + size);
    return start_values(changes);
  };
  const Tally feared = tally_of(start_values(), 5000), unfeared = tally_of(fearless("0"), 5000);
  EXPECT_LT(feared.truce, feared.runs / 50);
  EXPECT_GT(unfeared.truce, unfeared.runs / 2);
  const Transcript a = told(start_values(), 0), b = told(fearless("0.5"), 0);  // terms of one and the same first table
  const bool truce = a.rounds[0].rung == 0;
  for (std::size_t i = 0; i < 4; ++i) EXPECT_DOUBLE_EQ(b.rounds[0].actors[i].terms[4], a.rounds[0].actors[i].terms[4] * (truce ? 0.5 : 1));
}

TEST(Refinements, WaitingDemandsMore) {
  Changes patient;
  for (const char* who : {"russia", "ukraine", "united_states", "europe"}) patient.push_back(std::string("actors.") + who + ".waiting=0.5");
  EXPECT_LT(deals(tally_of(start_values(patient), 5000)), deals(tally_of(start_values(), 5000)));
  const Transcript t = told(start_values(patient), 1);
  double least = 0;
  for (const RoundRecord& r : t.rounds)
    for (const ActorRound& a : r.actors) {
      EXPECT_LE(a.terms[8], 0);
      least = std::min(least, a.terms[8]);
    }
  EXPECT_LT(least, 0);
}

// The public counts three times; each time has its own switch.
TEST(Refinements, ThePublicHasThreeSwitches) {
  const auto rounds_of = [](const Changes& changes) { return told(two_sides(with({"actors.east.mood=-1.2", "actors.east.ratification_width=0.05", "actors.east.audience_cost=0.2", "actors.east.opinion_worth=0.01"}, changes)), 0).rounds; };
  // Voting only: the leadership looks at its gain, the public refuses.
  const ActorRound voting = rounds_of({"ratification.vote=1"})[0].actors[1];
  EXPECT_TRUE(voting.leadership);
  EXPECT_FALSE(voting.ratifies);
  // Anticipated only: the leadership foresees the audience cost and refuses, the public is not asked.
  const ActorRound foreseeing = rounds_of({"ratification.anticipated=1"})[0].actors[1];
  EXPECT_FALSE(foreseeing.leadership);
  EXPECT_TRUE(foreseeing.ratifies);
  // Neither: a deal; and opinion at home counts in the gain or does not.
  const RoundRecord neither = rounds_of({})[0];
  EXPECT_TRUE(neither.signed_now);
  EXPECT_LT(neither.actors[1].terms[6], 0);
  EXPECT_EQ(rounds_of({"mechanisms.opinion=false"})[0].actors[1].terms[6], 0);
}

/// A war that West wins on the battlefield while East refuses everything.
Config losing_war(Changes more = {}) {
  std::string text = "[issues.line]\nmoves_with_front = true\nstatus_quo = 0.5\n[rungs.truce]\nsettles = []\n[rungs.deal]\nsettles = [\"line\"]\n"
                     "[actors.west]\nfights = true\nideal = [0]\nsalience = [0.5]\n[actors.east]\nfights = true\nideal = [1]\nsalience = [0.5]\ntemperature = 0\n"
                     "aspiration = 2\naspiration_decay = 10000\ncost = 0\n[ratification]\nvote = 0\nanticipated = 0\n[rounds]\nhorizon = 20\n[war]\ndrift = -0.0625\n";
  return configured(text, with({"rungs.truce.value=0", "rungs.deal.first_estimate=1", "mediator.smoothing=0"}, more));
}

TEST(Refinements, AFrontAtItsEndDecides) {
  const RunRow going_on = play(losing_war(), 1)[0], decided = play(losing_war({"war.decisive=1"}), 1)[0];
  EXPECT_EQ(going_on.military_end, 0);
  EXPECT_EQ(going_on.rounds_talked, 20);
  EXPECT_EQ(going_on.front, 0);
  EXPECT_EQ(decided.military_end, 1);
  EXPECT_EQ(decided.rounds_talked, 8) << "0.5 / 0.0625 rounds";
  EXPECT_EQ(decided.front, 0);
  EXPECT_EQ(play(losing_war({"war.decisive=1", "war.drift=0.125"}), 1)[0].military_end, 2);
}

/// A truce that both want in round 0, and that may collapse; nothing else is ever tabled.
Config truce_only(const Changes& more) {
  const std::string text = "[issues.line]\nmoves_with_front = true\nstatus_quo = 0.5\n[rungs.truce]\nsettles = []\nfirst_estimate = 1\n"
                           "[rungs.deal]\nsettles = [\"line\"]\nvalue = 0\n[actors.west]\nfights = true\nideal = [0]\nsalience = [0.5]\ncost = 0.5\ntemperature = 0\nbelief_sd = 0\n"
                           "[actors.east]\nfights = true\nideal = [1]\nsalience = [0.5]\ncost = 0.5\ntemperature = 0\nbelief_sd = 0\naspiration = 2\naspiration_decay = 10000\n"
                           "[ratification]\nvote = 0\nanticipated = 0\n[rounds]\nhorizon = 40\n[durability]\nbase_hazard = 6\n[mediator]\nsmoothing = 0\n";
  return configured(text, more);
}

TEST(Refinements, RearmamentShiftsTheWarThatFollows) {
  const double rate = 0.002;
  int collapses = 0;
  for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
    const Transcript t = told(truce_only({"actors.east.rearmament=0.002"}), replicate);
    double front = 0.5, drift = 0;
    for (const RoundRecord& r : t.rounds) {
      if (!r.fighting) drift += rate;
      else front = std::min(1.0, front + drift);
      EXPECT_NEAR(r.front, front, 1e-12);
      collapses += r.collapsed;
      if (r.rung < 0) continue;
      EXPECT_GE(r.actors[1].terms[5], 0) << "who rearms gains by a pause";
      EXPECT_LE(r.actors[0].terms[5], 0);
    }
  }
  EXPECT_GT(collapses, 20);
}

TEST(Refinements, LandLongLostStopsBeingALoss) {
  const Changes losses = {"actors.east.protects=[0.5]", "actors.east.loss_aversion=2", "actors.east.side=1", "mediator.inertia=0", "issues.line.text=0.3",
                          "war.drift=-0.01"};
  const Transcript t = told(losing_war(with(losses, {"actors.east.reference_adaptation=0.25"})), 0);
  double reference = 0.5;
  for (const RoundRecord& r : t.rounds) {
    reference += 0.25 * (r.front - reference);
    ASSERT_EQ(r.rung, 1);
    EXPECT_NEAR(r.actors[1].terms[2], -2 * 0.5 * std::max(0.0, reference - 0.3), 1e-12);
  }
  for (const RoundRecord& r : told(losing_war(losses), 0).rounds) EXPECT_NEAR(r.actors[1].terms[2], -0.2, 1e-12);
}

TEST(Parts, LeadershipsAgreeWithTheLogitChance) {
  for (const double temperature : {0.04, 0.1, 0.5}) {
    const Config config = two_sides({"rounds.horizon=1", "actors.west.temperature=" + std::to_string(temperature)});
    const std::uint32_t runs = 1000000;
    double refused = 0;
    for (const RunRow& row : play(config, runs)) refused += row.vetoes[0];
    EXPECT_TRUE(statistics::has_proportion(runs - refused, runs, 1 / (1 + std::exp(-0.1 / temperature))));
  }
}

TEST(Parts, WhatIsInForceCollapsesAtItsHazard) {
  for (const double hazard : {6.0, 20.0}) {
    const Config config = two_sides({"rounds.horizon=2", "durability.base_hazard=" + std::to_string(hazard)});
    double collapsed = 0;
    const std::uint32_t runs = 1000000;
    for (const RunRow& row : play(config, runs)) {
      ASSERT_EQ(row.deal_round, 0);
      collapsed += row.relapses;
    }
    EXPECT_TRUE(statistics::has_proportion(collapsed, runs, 1 - std::exp(-hazard * 14 / 365)));
  }
}

// Two proposers with a text that each writes afresh: the line moves to and fro, and to the proposer's end.
TEST(Parts, AlternatingOffersAlternate) {
  const Config config = two_sides({"protocol.kind=alternating", "protocol.tilt=3", "mediator.inertia=1", "actors.west.aspiration=2", "actors.east.aspiration=2",
                                   "actors.west.aspiration_decay=10000", "actors.east.aspiration_decay=10000"});
  const Transcript t = told(config, 0);
  for (const RoundRecord& r : t.rounds) EXPECT_NEAR(r.text[0], r.round % 2 == 0 ? 0.25 : 0.75, 1e-5) << "weights 3 : 1 on ideals 0 and 1";
}

// Even where value and noise stand at their bounds, the rung that the mediator wants most by far is the one it tables.
TEST(Parts, TheAgendaHoldsAtTheBoundsOfItsNumbers) {
  const Config config = two_rungs({});
  const auto bound = [&](const char* path, double Parameter::*which) { return config.negotiation.catalog.find(path)->described->parameter.*which; };
  for (const char* most : {"deal", "other"}) {
    const std::string at = std::string("rungs.") + most;
    const Config eager = two_rungs({"rounds.horizon=1", "rungs.deal.first_estimate=0.1", "rungs.other.first_estimate=0.1", at + ".first_estimate=1",
                                    at + ".value=" + std::to_string(bound("rungs.deal.value", &Parameter::high)),
                                    "mediator.agenda_noise=" + std::to_string(bound("mediator.agenda_noise", &Parameter::low))});
    for (const RunRow& row : play(eager, 100)) EXPECT_EQ(row.vetoes[0], std::string(most) == "deal" ? 1 : 0);
  }
}

struct Ending {
  const char* name;
  Changes changes;
  Scenario scenario;
  StalemateKind kind;
};

TEST(Parts, OutcomesAreClassifiedByWhatIsInForceAtTheHorizon) {
  const std::string rungs = "[rungs.truce]\nsettles = []\nvalue = 0\nfirst_estimate = 0\n[issues.other]\nstatus_quo = 0.5\n[rungs.all]\nsettles = [\"line\", \"other\"]\nvalue = 0\n";
  const auto only = [](const char* rung) { return std::string("rungs.") + rung + ".value=10"; };
  const Changes nobody_agrees = {"actors.west.cost=0", "actors.east.cost=0"};
  const Changes truce_at_most = {only("truce"), "rungs.truce.first_estimate=1", "actors.west.aspiration=2", "actors.west.aspiration_decay=10000"};
  const std::vector<Ending> endings = {
      {"nothing is ever signed", with(nobody_agrees, {only("deal")}), Scenario::stalemate, StalemateKind::fighting},
      {"a truce holds", truce_at_most, Scenario::stalemate, StalemateKind::truce},
      {"a truce that fell in the last round", with(truce_at_most, {"durability.base_hazard=20", "rounds.days=365", "rounds.horizon=2"}),
       Scenario::stalemate, StalemateKind::relapsed},
      {"a deal on some issues", {only("deal")}, Scenario::partial_deal, StalemateKind::none},
      {"a deal on all issues that lasts", {only("all")}, Scenario::full_settlement, StalemateKind::none},
      {"a deal on all issues at the threshold", {only("all"), "durability.base_hazard=0.10216", "durability.threshold=0.6", "rounds.horizon=1"}, Scenario::full_settlement, StalemateKind::none},
      {"a deal on all issues that is fragile", {only("all"), "durability.base_hazard=0.10217", "durability.threshold=0.6", "rounds.horizon=1"},
       Scenario::partial_deal, StalemateKind::none},
      {"a deal that fell in the last round", {only("all"), "durability.base_hazard=20", "rounds.days=365", "rounds.horizon=2"}, Scenario::stalemate, StalemateKind::relapsed},
  };
  for (const Ending& ending : endings) {
    const RunRow row = play(two_sides(ending.changes, rungs), 1)[0];
    EXPECT_EQ(row.scenario, ending.scenario) << ending.name;
    EXPECT_EQ(row.stalemate_kind, ending.kind) << ending.name;
    const bool in_force = ending.scenario != Scenario::stalemate || ending.kind == StalemateKind::truce;
    EXPECT_EQ(row.rung != nobody, in_force) << ending.name;
    EXPECT_EQ(std::isnan(row.hazard), !in_force) << ending.name;
  }
}

// A ceasefire counts once it held 30 days: ⌈30/days⌉ rounds after signing, dated by its signing.
TEST(Parts, ACeasefireHasToHoldThirtyDays) {
  const auto ceasefire = [](const char* days, int horizon) {
    return play(two_sides({std::string("rounds.days=") + days, "rounds.horizon=" + std::to_string(horizon)}), 1)[0].ceasefire_round;
  };
  EXPECT_EQ(ceasefire("14", 3), never);
  EXPECT_EQ(ceasefire("14", 4), 0);
  EXPECT_EQ(ceasefire("10", 3), never);
  EXPECT_EQ(ceasefire("10", 4), 0);
  EXPECT_EQ(ceasefire("30", 1), never);
  EXPECT_EQ(ceasefire("30", 2), 0);
}

}  // namespace
}  // namespace parley::trial
