// parley bench: it plays what it says, all of it, names the machine, leaves nothing behind and refuses what it cannot
// measure. How fast it is, no test judges.
#include <cmath>
#include <stdexcept>

#include "engine/drivers/cli/bench_measure.hpp"
#include "engine/drivers/cli/bench_report.hpp"
#include "tests/cli/command.hpp"

namespace parley::cli {
namespace {

Arguments brief(const Arguments& more) { return Arguments{"bench", "--quick", "--runs", "64", "--repetitions", "2"} + more; }

TEST(Bench, EveryKernelPlaysTheRunsThatParleyRunPlays) {
  const Said said = parley(brief({"--axes", "kernels", "--json"}));
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.err, "");
  const Json json = said.json();
  EXPECT_NE(json["machine"]["processor"], "");
  EXPECT_GE(json["machine"]["cores"], 1);
  EXPECT_GT(json["load"]["share_of_a_core"], 0.0);
  const std::string bits = result({start_values(), "--runs", "64", "--seed", "7"})["bits"];
  ASSERT_GE(json["axes"]["kernels"]["pieces"].size(), 2u);
  for (const Json& piece : json["axes"]["kernels"]["pieces"]) {
    EXPECT_EQ(piece["fingerprint"], bits) << piece["name"];
    EXPECT_EQ(piece["rounds"], 64 * 52);
    EXPECT_GT(piece["rounds_per_second"], 0.0);
    EXPECT_GE(piece["best_rounds_per_second"], piece["rounds_per_second"]);
    EXPECT_GT(piece["times_reference"], 0.0);
  }
}

TEST(Bench, SizesAreFittedAndStoredRunsLeaveNothingBehind) {
  const Folder folder;
  const Said said = parley(brief({start_values(), "--axes", "actors,links,cells,store,threads", "--actors", "2,4,16", "--issues", "1,8", "--cells", "1,10", "--threads", "1,2",
                                  "--folder", folder / "", "--json"}));
  ASSERT_EQ(said.status, 0) << said.err;
  const Json axes = said.json()["axes"];
  EXPECT_EQ(axes["actors"]["pieces"].size(), 3u);
  EXPECT_EQ(axes["actors"]["growth"]["bound"], 1.0);
  EXPECT_GT(axes["actors"]["growth"]["all"]["exponent"], 0.0);
  EXPECT_GT(axes["links"]["growth"]["upper_half"]["exponent"], 0.0);
  EXPECT_EQ(axes["threads"]["clock"], "wall");
  const std::string bits = result({start_values(), "--runs", "640", "--seed", "7"})["bits"];
  int stored = 0;
  for (const Json& piece : axes["store"]["pieces"])
    if (piece["name"].get<std::string>().rfind("runs", 0) == 0) {
      EXPECT_EQ(piece["fingerprint"], bits) << piece["name"];
      ++stored;
    }
  EXPECT_GE(stored, 2);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "")) << "a measured file was left";
}

TEST(Bench, ConfigurationsWithPollsAreScaledToo) {
  const Said said = parley(brief({config("ukraine-2026-01.toml"), "--axes", "kernels,actors,issues", "--actors", "2,16", "--issues", "1,8", "--json"}));
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.json()["axes"]["kernels"]["pieces"][0]["fingerprint"], result({config("ukraine-2026-01.toml"), "--runs", "64", "--seed", "7"})["bits"]);
}

TEST(Bench, AnInterruptLeavesNothingBehind) {
  const Folder folder;
  const Said said = parley({"bench", start_values(), "--axes", "store", "--runs", "200000", "--folder", folder / ""}, [&](pid_t child) {
    for (int wait = 0; wait < 3000 && std::filesystem::is_empty(folder / ""); ++wait) ::usleep(10000);
    ::kill(child, SIGINT);
  });
  EXPECT_EQ(said.status, 130) << said.err;
  EXPECT_EQ(said.out, "");
  expect_in(said.err, "interrupted");
  EXPECT_TRUE(std::filesystem::is_empty(folder / ""));
}

TEST(Bench, ATableWithBarsForPeople) {
  const Said said = parley(brief({"--axes", "kernels,issues", "--issues", "2,4"}));
  ASSERT_EQ(said.status, 0) << said.err;
  for (const char* part : {"portable", "million rounds/s", "× reference", "█", "A round costs ∝ issues^", "Medians of 2"}) expect_in(said.out, part);
}

TEST(Bench, WhatCannotBeMeasuredIsRefused) {
  const Folder folder;
  for (const auto& [wrong, says] : {std::pair<Arguments, std::string>{{"--axes", "speed"}, "is no axis"}, {{"--axes", ""}, "nothing would be measured"},
                                    {{"--axes", "actors", "--actors", "1"}, "from 2 to 16"}, {{"--actors", "4,x"}, "from 2 to 16"}, {{"--issues", "9"}, "from 1 to 8"},
                                    {{"--issues", ""}, "is empty"}, {{"--repetitions", "0"}, "from 1"}, {{"--runs", "1e9"}, "whole number"}, {{"a.toml", "b.toml"}, "2 files given"}}) {
    const Said said = parley(Arguments{"bench", "--quick"} + wrong);
    EXPECT_EQ(said.status, 2) << wrong.back();
    expect_in(said.err, says);
    EXPECT_EQ(said.out, "");
  }
  for (const auto& [wrong, says] : {std::pair<Arguments, std::string>{{"--kernel", "sse"}, "no kernel of that name"}, {{"--folder", folder / "none"}, "cannot be written to"},
                                    {{folder / "none.toml"}, "cannot be opened"}}) {
    const Said said = parley(Arguments{"bench", "--axes", "kernels", "--runs", "64"} + wrong);
    EXPECT_EQ(said.status, 1) << wrong.back();
    expect_in(said.err, says);
    EXPECT_EQ(said.out, "");
  }
}

TEST(BenchMeasure, AFitFindsTheExponentOfAPower) {
  const std::vector<double> x = {1, 2, 4, 8};
  std::vector<double> y;
  for (const double v : x) y.push_back(3 * std::pow(v, 1.7));
  const PowerLaw exact = fit_power_law(x, y);
  EXPECT_NEAR(exact.exponent, 1.7, 1e-12);
  EXPECT_NEAR(exact.standard_error.value(), 0, 1e-7);
  y[3] *= 1.5;
  EXPECT_GT(fit_power_law(x, y).standard_error.value(), 0.05);
  EXPECT_FALSE(fit_power_law({1, 2}, {1, 4}).standard_error);
}

TEST(BenchMeasure, RatiosAreMediansOfTheRepetitionsEachComparedWithItself) {
  const auto measured = [](std::vector<double> seconds) {
    Measured m{.name = "", .rounds = 100, .clock = Clock::wall, .fingerprint = {}, .timings = {}};
    for (const double s : seconds) m.timings.push_back({.wall = s, .processor = 1});
    return m;
  };
  const Measured slow = measured({1, 10, 2}), fast = measured({0.5, 2, 1});  // a machine ten times slower in the second
  EXPECT_EQ(relative_rate(slow, fast), 2);
  EXPECT_EQ(slow.median_rate(), 50);
  EXPECT_EQ(slow.best_rate(), 100);
}

TEST(BenchMeasure, PiecesArePlayedInTurnAndMustRepeatThemselves) {
  std::string order;
  int plays = 0;
  const auto piece = [&](const std::string& name) { return Piece{name, 1, [&order, name] { order += name; return Played{{}, name}; }}; };
  measure({piece("a"), piece("b")}, 2, Clock::wall);
  EXPECT_EQ(order, "ababab");
  const Piece fickle{"fickle", 1, [&plays] { return Played{{}, std::to_string(++plays)}; }};
  EXPECT_THROW(measure({fickle}, 1, Clock::wall), std::logic_error);
}

}  // namespace
}  // namespace parley::cli
