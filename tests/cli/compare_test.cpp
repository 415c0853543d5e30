// parley compare and parley hindcast, as a user meets them.
#include <cmath>

#include "tests/cli/command.hpp"

namespace parley::cli {
namespace {

Json compared(Arguments arguments) {
  const Said said = parley(Arguments{"compare"} + arguments + Arguments{"--json"});
  EXPECT_EQ(said.status, 0) << said.err;
  return said.json();
}

double share_of(const Json& run, const char* scenario) { return run["scenarios"][scenario]["share"].get<double>(); }

TEST(Compare, AConfigurationDoesNotDifferFromItself) {
  const Json json = compared({start_values(), start_values(), "--runs", "500"});
  EXPECT_TRUE(json["inputs"].empty()) << json["inputs"];
  EXPECT_TRUE(json["paired"].get<bool>());
  for (const auto& [group, measures] : json["outcome"].items())
    for (const auto& [name, m] : measures.items())
      if (!m["difference"].is_null()) EXPECT_EQ(m["difference"].get<double>(), 0) << group << "." << name;
}

TEST(Compare, TellsSettingsWithValueAndUnitAndShowsTheSharesOfRun) {
  const Json json = compared({start_values(), start_values(), "--runs", "2000", "--set-b", "actors.ukraine.mood=1"});
  ASSERT_EQ(json["inputs"].size(), 1u) << json["inputs"];
  EXPECT_EQ(json["inputs"][0]["path"], "actors.ukraine.mood");
  EXPECT_EQ(json["inputs"][0]["a"], "-0.42");
  EXPECT_EQ(json["inputs"][0]["b"], "1");
  EXPECT_EQ(json["inputs"][0]["unit"], "logit");
  const Json a = result({start_values(), "--runs", "2000"}), b = result({start_values(), "--runs", "2000", "--set", "actors.ukraine.mood=1"});
  for (const char* scenario : {"stalemate", "partial_deal", "full_settlement"}) {
    const Json& m = json["outcome"]["scenarios"][scenario];
    EXPECT_NEAR(m["a"].get<double>(), share_of(a, scenario), 1e-12);
    EXPECT_NEAR(m["difference"].get<double>(), share_of(b, scenario) - share_of(a, scenario), 1e-12);
    EXPECT_LE(m["low"].get<double>(), m["difference"].get<double>());
    EXPECT_GE(m["high"].get<double>(), m["difference"].get<double>());
  }
  EXPECT_NEAR(json["outcome"]["events"]["signed_deal"]["b"].get<double>(), b["events"]["signed_deal"].get<double>(), 1e-12);
}

TEST(Compare, AResultAndItsConfigurationAreTheSame) {
  const Folder folder;
  result({start_values(), "--runs", "300", "--seed", "11", "--out", folder / "a.h5"});
  for (const Arguments& sides : {Arguments{folder / "a.h5", start_values()}, Arguments{start_values(), folder / "a.h5"}}) {
    const Json json = compared(sides);
    EXPECT_TRUE(json["inputs"].empty()) << json["inputs"];
    EXPECT_EQ(json["a"]["runs"], 300);
    EXPECT_EQ(json["b"]["seed"], 11);
    EXPECT_EQ(json["outcome"]["scenarios"]["stalemate"]["difference"].get<double>(), 0);
  }
}

TEST(Compare, SaysWhenItIsUnpairedAndPairsAreNarrower) {
  const Folder folder;
  result({start_values(), "--runs", "2000", "--seed", "1", "--out", folder / "a.h5"});
  result({start_values(), "--runs", "2000", "--seed", "2", "--set", "actors.ukraine.mood=-0.3", "--out", folder / "b.h5"});
  const Said said = parley({"compare", folder / "a.h5", folder / "b.h5"});
  expect_in(said.out, "Unpaired: the seeds differ (1 and 2)");
  const auto width = [](const Json& json) {
    const Json& m = json["outcome"]["scenarios"]["stalemate"];
    return m["high"].get<double>() - m["low"].get<double>();
  };
  const Json apart = compared({folder / "a.h5", folder / "b.h5"}), pairs = compared({folder / "a.h5", start_values(), "--set-b", "actors.ukraine.mood=-0.3"});
  EXPECT_FALSE(apart["paired"].get<bool>());
  EXPECT_TRUE(pairs["paired"].get<bool>());
  EXPECT_LT(width(pairs), 0.7 * width(apart));
}

TEST(Compare, PairsOnlyReplicatesThatBothHave) {
  const Folder folder;
  result({start_values(), "--runs", "300", "--seed", "5", "--out", folder / "a.h5"});
  result({start_values(), "--runs", "200", "--seed", "5", "--out", folder / "b.h5"});
  const Json json = compared({folder / "a.h5", folder / "b.h5"});
  EXPECT_EQ(json["a"]["runs"], 200);
  EXPECT_EQ(json["left_out"], 100);
  EXPECT_EQ(json["outcome"]["scenarios"]["stalemate"]["difference"].get<double>(), 0) << "the same 200 runs";
}

TEST(Compare, TakesSweepsCellByCellAndAnyTwoCells) {
  const Folder folder;
  const std::string sweep = small_sweep(folder);
  const Json all = compared({sweep, sweep, "--runs", "50", "--set-b", "actors.europe.seat=0"});
  ASSERT_EQ(all["cells"].size(), 6u);
  EXPECT_EQ(all["cells"][3]["a"]["cell"], 3);
  const Json two = compared({sweep, sweep, "--runs", "50", "--cells", "0,4"});
  bool told = false;
  for (const Json& d : two["inputs"]) told = told || d["path"] == "actors.ukraine.mood";
  EXPECT_TRUE(told) << two["inputs"];
  EXPECT_EQ(parley({"compare", sweep, sweep, "--cells", "0,6"}).status, 2);
  const Said mixed = parley({"compare", sweep, start_values(), "--runs", "10"});
  EXPECT_EQ(mixed.status, 1);
  expect_in(mixed.err, "--cells I,J");
}

TEST(Compare, NegotiationsOfOtherActorsAndIssuesAreComparedWhereTheyMeet) {
  const Json json = compared({start_values(), config("classroom/ratification.toml"), "--cells", "0,0", "--runs", "50"});
  EXPECT_TRUE(json["outcome"]["vetoes"]["russia"]["b"].is_null());
  EXPECT_TRUE(json["outcome"]["vetoes"]["russia"]["difference"].is_null());
  EXPECT_FALSE(json["outcome"]["scenarios"]["stalemate"]["difference"].is_null());
}

TEST(Compare, RefusesResultsWithoutRunsAndShards) {
  const Folder folder;
  result({start_values(), "--runs", "100", "--store", "summary", "--out", folder / "summary.h5"});
  result({start_values(), "--runs", "100", "--shard", "2/2", "--out", folder / "part.h5"});
  const Said summary = parley({"compare", folder / "summary.h5", start_values()}), part = parley({"compare", folder / "part.h5", start_values()});
  EXPECT_EQ(summary.status, 1);
  expect_in(summary.err, "keeps no runs");
  EXPECT_EQ(part.status, 1);
  expect_in(part.err, "parley merge");
  EXPECT_EQ(parley({"compare", start_values()}).status, 2);
  EXPECT_EQ(parley({"compare", folder / "summary.h5", start_values(), "--set", "actors.ukraine.mood=0"}).status, 2);
}

TEST(Hindcast, ScoresTheShippedConfigurationBesideItsBaseRate) {
  const Said said = parley({"hindcast", config("hindcast-2025-01.toml"), config("data/outcomes-2026-01.csv"), "--runs", "2000", "--json"});
  ASSERT_EQ(said.status, 0) << said.err;
  const Json json = said.json();
  EXPECT_NEAR(json["months"].get<double>(), 364 / 30.44, 1e-9);
  ASSERT_EQ(json["events"].size(), 2u);
  for (const Json& e : json["events"]) {
    EXPECT_FALSE(e["happened"].get<bool>());
    const double chance = e["model"]["chance"].get<double>();
    EXPECT_NEAR(e["model"]["log_score"].get<double>(), -std::log(1 - chance), 1e-12);
    EXPECT_NEAR(e["model"]["brier_score"].get<double>(), chance * chance, 1e-12);
    EXPECT_LT(e["base_rate"]["low"].get<double>(), e["base_rate"]["chance"].get<double>());
  }
  EXPECT_NEAR(json["events"][0]["base_rate"]["chance"].get<double>(), 1 - std::exp(-0.0209 * 0.6 * 364 / 30.44), 1e-9);
  const Json run = result({config("hindcast-2025-01.toml"), "--runs", "2000"});
  EXPECT_NEAR(json["events"][0]["model"]["chance"].get<double>(), run["events"]["signed_deal"].get<double>(), 1e-12);
}

TEST(Hindcast, RefusesSweepsAndTablesThatDoNotFit) {
  const Folder folder;
  const std::string outcomes = config("data/outcomes-2026-01.csv");
  const Said sweep = parley({"hindcast", small_sweep(folder), outcomes}), missing = parley({"hindcast", start_values(), folder / "none.csv"});
  EXPECT_EQ(sweep.status, 1);
  expect_in(sweep.err, "[sweep]");
  EXPECT_EQ(missing.status, 1);
  const std::string wrong = folder.write("wrong.csv", "event,happened\nsigned_deal,no\n");
  expect_in(parley({"hindcast", start_values(), wrong, "--base-rates", config("data/base_rates.csv")}).err, "wrong.csv:1");
}

}  // namespace
}  // namespace parley::cli
