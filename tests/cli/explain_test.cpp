// parley explain: its JSON, that it sums, that it counts what run counts, and what it says of bad input.
#include <algorithm>
#include <cmath>

#include "tests/cli/command.hpp"

namespace parley::cli {
namespace {

Json explained(Arguments arguments) {
  arguments.insert(arguments.begin(), "explain");
  arguments.insert(arguments.end(), {"--json", "--quiet"});
  const Said said = parley(arguments);
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.err, "");
  return said.json();
}

const Json& mechanism(const Json& why, const std::string& name) {
  for (const Json& m : why["mechanisms"])
    if (m["name"] == name) return m;
  ADD_FAILURE() << name << " is not among the mechanisms";
  return why["mechanisms"][0];
}

std::string lesson(const std::string& name) { return config("classroom/" + name + ".toml"); }

TEST(Explain, JsonContract) {
  const Json why = explained({start_values(), "--runs", "40", "--seed", "5", "--threads", "2"});
  for (const char* key : {"stalemate", "without_all"}) EXPECT_TRUE(why[key].is_number()) << key;
  ASSERT_TRUE(why["mechanisms"].is_array());
  ASSERT_EQ(why["mechanisms"].size(), 11u);
  double sum = 0, before = 2;
  for (const Json& m : why["mechanisms"]) {
    EXPECT_TRUE(m["name"].is_string());
    for (const char* key : {"shapley", "low", "high", "lifted_alone"}) EXPECT_TRUE(m[key].is_number()) << key;
    EXPECT_LT(m["low"], m["shapley"]);
    EXPECT_GT(m["high"], m["shapley"]);
    EXPECT_LE(m["shapley"], before) << "not sorted";
    before = m["shapley"];
    sum += before;
  }
  EXPECT_NEAR(sum, why["stalemate"].get<double>() - why["without_all"].get<double>(), 1e-12);
  EXPECT_TRUE(why["best_single_lift"].is_string());
  EXPECT_EQ(why["coalitions"], 2048);
  EXPECT_EQ(why["runs"], 40);
  EXPECT_EQ(why["seed"], 5);
  EXPECT_EQ(why["exact"], true);
  EXPECT_FALSE(why["words"].empty());
}

TEST(Explain, CountsTheStalematesThatRunCounts) {
  const Arguments same = {"--runs", "300", "--seed", "8"};
  const Json why = explained(Arguments{lesson("optimism")} + same);
  const auto share = [](const Json& json) { return json["scenarios"]["stalemate"]["share"].get<double>(); };
  const Json swept = result(Arguments{lesson("optimism")} + same);
  EXPECT_DOUBLE_EQ(why["stalemate"], share(swept["by_cell"][0]));
  EXPECT_DOUBLE_EQ(mechanism(why, "optimism")["lifted_alone"], share(swept["by_cell"][1]));
}

TEST(Explain, TheSameForAnyNumberOfThreads) {
  Json one = explained({lesson("optimism"), "--threads", "1"}), three = explained({lesson("optimism"), "--threads", "3"});
  EXPECT_EQ(one, three);
}

TEST(Explain, ACellOfASweepIsChosen) {
  const Json calm = explained({lesson("ratification"), "--cell", "0"}), off = explained({lesson("ratification"), "--cell", "4"});
  EXPECT_GT(mechanism(calm, "ratification")["shapley"], 0.5);
  for (const Json& m : off["mechanisms"]) EXPECT_NE(m["name"], "ratification");
  bool told = false;
  for (const Json& m : off["absent"]) told = told || (m["name"] == "ratification" && m["reason"] == "switched off");
  EXPECT_TRUE(told);
}

TEST(Explain, WhatTheConfigurationItselfVariesStandsBesideTheMechanisms) {
  const Json why = explained({lesson("truce-trap"), "--runs", "300"});
  ASSERT_EQ(why["sweep"].size(), 1u);
  EXPECT_EQ(why["sweep"][0]["path"], "rungs.truce.value");
  EXPECT_EQ(why["sweep"][0]["value"], 0);
  const Json swept = result({lesson("truce-trap"), "--runs", "300"});
  EXPECT_DOUBLE_EQ(why["sweep"][0]["stalemate"], swept["by_cell"][1]["scenarios"]["stalemate"]["share"].get<double>());
  expect_in(why["words"].dump(), "rungs.truce.value = 0 opens most deals");
  EXPECT_EQ(explained({lesson("ratification"), "--runs", "50"})["sweep"].size(), 4u) << "cells that differ in one path";
}

TEST(Explain, TheMechanismOfEachClassroomLessonComesOutOnTop) {
  const std::pair<const char*, const char*> lessons[] = {{"indivisible-territory", "loss_aversion"}, {"commitment-guarantee", "fear"}, {"ratification", "ratification"},
                                                         {"optimism", "optimism"}, {"realism-lens", "norm"}};
  for (const auto& [name, lifted] : lessons) {
    const Json why = explained({lesson(name), "--runs", "300"});
    EXPECT_EQ(why["mechanisms"][0]["name"], lifted) << name;
    EXPECT_EQ(why["best_single_lift"], lifted) << name;
    EXPECT_GT(why["stalemate"], 0.9) << name;
    EXPECT_LT(why["mechanisms"][0]["lifted_alone"], 0.1) << name;
  }
}

// The other lessons are about what is on the table or in a mediator's hand, not about a mechanism that could be lifted.
TEST(Explain, TheSettingOfEachOtherClassroomLessonOpensTheDeal) {
  struct Case { const char* lesson, *cell, *setting; };
  for (const Case& c : {Case{"linkage", "0", "rungs.package.value = 1"}, Case{"mediator-leverage", "0", "mechanisms.leverage = true"},
                        Case{"truce-trap", "0", "rungs.truce.value = 0"}, Case{"alternating-offers", "4", "protocol.tilt = 1"}}) {
    const Json why = explained({lesson(c.lesson), "--cell", c.cell, "--runs", "300"});
    EXPECT_GT(why["stalemate"], 0.9) << c.lesson;
    expect_in(why["words"].dump(), std::string(c.setting) + " opens most deals");
  }
}

TEST(Explain, TheTableSumsAndNamesTheBestLift) {
  const Said said = parley({"explain", lesson("optimism"), "--quiet"});
  EXPECT_EQ(said.status, 0) << said.err;
  expect_in(said.out, "time is on our side");
  expect_in(said.out, "Lifted alone, “time is on our side” opens most deals");
  expect_in(said.out, "  sum  ");
  expect_in(said.out, "Switched off in the configuration, so not asked about: ratification");
}

TEST(Explain, AResultFileSaysItselfWhatItWasMadeWith) {
  const Folder folder;
  const std::string out = folder / "result.h5";
  result({lesson("optimism"), "--runs", "50", "--seed", "3", "--out", out});
  const Json from_file = explained({out}), from_configuration = explained({lesson("optimism"), "--runs", "50", "--seed", "3"});
  EXPECT_EQ(from_file["mechanisms"], from_configuration["mechanisms"]);
  EXPECT_EQ(parley({"explain", out, "--seed", "4"}).status, 2);
}

TEST(ExplainRun, SaysWhoBlockedAndWhatCouldHaveBeenSigned) {
  const Said said = parley({"explain", lesson("commitment-guarantee"), "--run", "0"});
  EXPECT_EQ(said.status, 0) << said.err;
  expect_in(said.out, "South refused: it did not trust the peace to last");
  expect_in(said.out, "How far from yes");
}

TEST(ExplainRun, JsonAgreesWithReplay) {
  const Arguments which = {start_values(), "--run", "2", "--seed", "9", "--json"};
  const Said explained = parley(Arguments{"explain"} + which), replayed = parley(Arguments{"replay"} + which);
  ASSERT_EQ(explained.status, 0) << explained.err;
  const Json why = explained.json(), told = replayed.json();
  EXPECT_EQ(why["row"], told["row"]);
  std::size_t at = 0;
  for (const Json& round : told["rounds"]) {
    if (round["rung"] == "none") continue;
    const Json& r = why["rounds"][at++];
    EXPECT_EQ(r["round"], round["round"]);
    EXPECT_EQ(r["rung"], round["rung"]);
    EXPECT_EQ(r["package"], round["package"]);
    EXPECT_EQ(r["signed"], round["signed"]);
    std::size_t refusals = 0;
    for (const auto& [actor, said] : round["actors"].items()) refusals += said["seated"].get<bool>() && !said["agrees"].get<bool>();
    EXPECT_EQ(r["blocked_by"].size(), refusals);
    for (const char* key : {"possible", "nearest", "actors"}) EXPECT_TRUE(r.contains(key)) << key;
    if (r["signed"] == true) {
      EXPECT_FALSE(r["possible"].is_null()) << "what was signed could have been signed";
    }
  }
  EXPECT_EQ(at, why["rounds"].size());
  EXPECT_EQ(why["sides"].size(), 4u);
  EXPECT_FALSE(why["words"].empty());
}

TEST(ExplainRun, ARunOfAResultFile) {
  const Folder folder;
  const std::string out = folder / "result.h5";
  result({lesson("optimism"), "--runs", "5", "--seed", "3", "--out", out});
  const Said from_file = parley({"explain", out, "--run", "6", "--json"});
  ASSERT_EQ(from_file.status, 0) << from_file.err;
  EXPECT_EQ(from_file.json()["cell"], 1);
}

TEST(Explain, BadInputIsToldByName) {
  const auto refused = [](const Arguments& arguments, int status, const std::string& words) {
    const Said said = parley(Arguments{"explain"} + arguments);
    EXPECT_EQ(said.status, status) << said.err;
    EXPECT_EQ(said.out, "");
    expect_in(said.err, words);
  };
  refused({}, 2, "0 files given");
  refused({"no-such.toml"}, 1, "cannot be opened");
  refused({start_values(), "--runs", "1"}, 2, "--runs 1 is not a whole number from 2");
  refused({start_values(), "--cell", "1"}, 1, "There is no cell 1");
  refused({start_values(), "--run", "1", "--cell", "0"}, 2, "do not go together");
  refused({start_values(), "--runs", "5", "--run", "5"}, 1, "There is no run 5");
  refused({start_values(), "--threads", "-1"}, 2, "--threads -1");
  refused({start_values(), "--set", "mechanisms.lossaversion=false"}, 1, "mechanisms.loss_aversion");
}

}  // namespace
}  // namespace parley::cli
