// parley run: what its JSON says, and that nothing but the plan decides the result.
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/cli/command.hpp"

namespace parley::cli {
namespace {

/// Their order means nothing in JSON.
std::vector<std::string> sorted(std::vector<std::string> keys) {
  std::sort(keys.begin(), keys.end());
  return keys;
}
std::vector<std::string> keys_of(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return sorted(keys);
}

void expect_shares(const Json& scenarios, double runs) {
  EXPECT_EQ(keys_of(scenarios), sorted({"stalemate", "partial_deal", "full_settlement"}));
  double sum = 0;
  for (const auto& [name, s] : scenarios.items()) {
    EXPECT_EQ(keys_of(s), sorted({"count", "share", "low", "high"}));
    EXPECT_DOUBLE_EQ(s["share"], s["count"].get<double>() / runs);
    EXPECT_LE(s["low"], s["share"]);
    EXPECT_GE(s["high"], s["share"]);
    sum += s["count"].get<double>();
  }
  EXPECT_EQ(sum, runs);
}
const std::vector<std::string> event_keys = {"truce", "ceasefire_30_days", "signed_deal"};

TEST(Run, JsonOfASingleCell) {
  const Json json = result({start_values(), "--runs", "3000", "--seed", "5", "--threads", "2"});
  EXPECT_EQ(keys_of(json), sorted({"config", "runs", "replicates", "cells", "seed", "threads", "scenarios", "stalemate_kinds", "events",
                                                     "deal_hazard_per_month", "rounds", "seconds", "rounds_per_second", "peak_memory_bytes", "out", "bits"}));
  EXPECT_EQ(json["config"], start_values());
  EXPECT_EQ(json["runs"], 3000);
  EXPECT_EQ(json["replicates"], 3000);
  EXPECT_EQ(json["cells"], 1);
  EXPECT_EQ(json["seed"], 5);
  EXPECT_EQ(json["threads"], 2);
  EXPECT_EQ(json["rounds"], 3000 * 52);
  EXPECT_EQ(json["out"], nullptr);
  EXPECT_GT(json["seconds"], 0.0);
  EXPECT_NEAR(json["rounds_per_second"].get<double>() * json["seconds"].get<double>(), 3000 * 52, 1);
  EXPECT_GT(json["peak_memory_bytes"], 1e6);
  expect_shares(json["scenarios"], 3000);
  EXPECT_EQ(keys_of(json["stalemate_kinds"]), sorted({"fighting", "truce", "relapsed"}));
  EXPECT_EQ(keys_of(json["events"]), sorted(event_keys));
  double kinds = 0;
  for (const auto& [name, share] : json["stalemate_kinds"].items()) kinds += share.get<double>();
  EXPECT_NEAR(kinds, json["scenarios"]["stalemate"]["share"].get<double>(), 1e-12);
  const double months = 52 * 14 / 30.44;
  EXPECT_NEAR(json["deal_hazard_per_month"].get<double>(), -std::log(1 - json["events"]["signed_deal"].get<double>()) / months, 1e-12);
  EXPECT_EQ(json["bits"].get<std::string>().size(), 16u);
  EXPECT_EQ(json["bits"].get<std::string>().find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(Run, JsonOfASweep) {
  const Folder folder;
  const Json json = result({small_sweep(folder), "--runs", "200"});
  EXPECT_EQ(keys_of(json), sorted({"config", "runs", "replicates", "cells", "seed", "threads", "scenarios", "stalemate_kinds", "events",
                                                     "deal_hazard_per_month", "by_cell", "rounds", "seconds", "rounds_per_second", "peak_memory_bytes", "out", "bits"}));
  for (const char* key : {"scenarios", "stalemate_kinds", "events", "deal_hazard_per_month"}) EXPECT_EQ(json[key], nullptr) << key;
  EXPECT_EQ(json["runs"], 1200);
  EXPECT_EQ(json["replicates"], 200);
  EXPECT_EQ(json["cells"], 6);
  EXPECT_EQ(json["rounds"], 1200 * 52);
  ASSERT_EQ(json["by_cell"].size(), 6u);
  for (std::size_t c = 0; c < 6; ++c) {
    const Json& cell = json["by_cell"][c];
    EXPECT_EQ(keys_of(cell), sorted({"cell", "parameters", "scenarios", "events"}));
    EXPECT_EQ(cell["cell"], c);
    EXPECT_EQ(cell["parameters"]["actors.ukraine.mood"], (std::vector<double>{-0.8, -0.4, 0.2}[c / 2]));
    EXPECT_EQ(cell["parameters"]["mechanisms.norm"], c % 2 == 0 ? 1 : 0);
    expect_shares(cell["scenarios"], 200);
    EXPECT_EQ(keys_of(cell["events"]), sorted(event_keys));
  }
}

// Three implementations written apart agree on these shares of the start values, each within half a point.
TEST(Run, StartValuesGiveTheSharesThatIndependentImplementationsGive) {
  const Json json = result({start_values(), "--runs", "100000", "--seed", "7"});
  const Json& s = json["scenarios"];
  EXPECT_NEAR(s["stalemate"]["share"].get<double>(), 0.667, 0.005);
  EXPECT_NEAR(s["partial_deal"]["share"].get<double>(), 0.301, 0.005);
  EXPECT_NEAR(s["full_settlement"]["share"].get<double>(), 0.032, 0.005);
  EXPECT_NEAR(json["deal_hazard_per_month"].get<double>(), 0.018, 0.0005);
}

const Arguments several_blocks = {start_values(), "--runs", "60000", "--set", "rounds.horizon=6"};

TEST(Run, SameBitsForAnyNumberOfThreads) {
  const Json one = result(several_blocks + Arguments{"--threads", "1"});
  for (const char* threads : {"2", "7"}) {
    const Json many = result(several_blocks + Arguments{"--threads", threads});
    EXPECT_EQ(many["bits"], one["bits"]) << threads;
    EXPECT_EQ(many["scenarios"], one["scenarios"]) << threads;
    EXPECT_EQ(many["threads"], std::stoi(threads));
  }
  EXPECT_NE(result(several_blocks + Arguments{"--seed", "4"})["bits"], one["bits"]);
}

TEST(Run, SameBitsForEveryKernel) {
  const Folder folder;
  const Arguments small = {small_sweep(folder), "--runs", "500", "--seed", "3"};
  const Json automatic = result(small);
  int tried = 0;
  for (const char* kernel : {"one", "portable", "avx2", "avx512"}) {
    const Said said = parley(Arguments{"run"} + small + Arguments{"--kernel", kernel, "--json", "--quiet"});
    if (said.status == 1) {
      expect_in(said.err, "Use --kernel auto");
      continue;
    }
    ++tried;
    EXPECT_EQ(said.json()["bits"], automatic["bits"]) << kernel;
    EXPECT_EQ(said.json()["by_cell"], automatic["by_cell"]) << kernel;
  }
  EXPECT_GE(tried, 2);
}

TEST(Run, SameBitsWithAndWithoutAFileOrCompressionOrTraces) {
  const Folder folder;
  const Arguments plan = {start_values(), "--runs", "3000"};
  const Json bits = result(plan)["bits"];
  EXPECT_EQ(result(plan + Arguments{"--out", folder / "a.h5"})["bits"], bits);
  EXPECT_EQ(result(plan + Arguments{"--out", folder / "b.h5", "--compress", "none"})["bits"], bits);
  EXPECT_EQ(result(plan + Arguments{"--out", folder / "c.h5", "--set", "store.traces=[0, 7, 2999]"})["bits"], bits);
  const Said read = python("read_result.py", {"check_traces", folder / "c.h5", "0", "7", "2999"});
  EXPECT_EQ(read.status, 0) << read.err;
}

TEST(Run, SecondRunReportsAndDoesNotCompute) {
  const Folder folder;
  for (const Arguments& plan : {Arguments{start_values(), "--runs", "3000"}, Arguments{small_sweep(folder), "--runs", "100"}}) {
    const std::string out = folder / (std::to_string(plan.size()) + plan[0].substr(plan[0].rfind('/') + 1) + ".h5");
    const Json first = result(plan + Arguments{"--out", out});
    EXPECT_EQ(first["out"], out);
    struct stat before {}, after {};
    ::stat(out.c_str(), &before);
    Json second = result(plan + Arguments{"--out", out});
    ::stat(out.c_str(), &after);
    EXPECT_EQ(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    EXPECT_EQ(before.st_ino, after.st_ino);
    for (const char* cost : {"seconds", "rounds_per_second", "peak_memory_bytes", "threads"}) second[cost] = first[cost];
    EXPECT_EQ(second, first);
    expect_in(parley(Arguments{"run"} + plan + Arguments{"--out", out}).out, "nothing was computed");
  }
}

TEST(Run, ADifferentRunIsRefusedWithoutForce) {
  const Folder folder;
  const std::string out = folder / "a.h5";
  const Json first = result({start_values(), "--runs", "500", "--out", out});
  const Arguments fewer = {"--runs", "499"}, same = {"--runs", "500"};
  for (const Arguments& change : {fewer, same + Arguments{"--seed", "9"}, same + Arguments{"--set", "actors.ukraine.mood=0.1"}, same + Arguments{"--set", "mechanisms.fear=false"},
                                  same + Arguments{"--store", "summary"}, same + Arguments{"--shard", "1/2"}, same + Arguments{"--until", "0.9"}}) {
    const Said said = parley(Arguments{"run", start_values(), "--out", out} + change);
    EXPECT_EQ(said.status, 1) << change.back() << said.out;
    expect_in(said.err, "--force");
  }
  EXPECT_EQ(result({start_values(), "--runs", "500", "--out", out})["bits"], first["bits"]) << "the file was left alone";
  EXPECT_NE(result({start_values(), "--runs", "500", "--seed", "9", "--force", "--out", out})["bits"], first["bits"]);
  // A setting that means the same makes no difference, and neither do threads and kernel.
  result({start_values(), "--runs", "500", "--seed", "9", "--set", "actors.ukraine.mood=-0.42", "--threads", "1", "--kernel", "one", "--out", out});
}

// A switch matters where the sweep varies what it switches, even though the values at rest are the same.
TEST(Run, ASwitchMakesASweepADifferentRun) {
  const Folder folder;
  const std::string sweep = "\n[sweep]\naxes = { \"actors.united_states.leverage\" = [0.0, 0.1], \"actors.russia.leverage\" = [0.0, 0.1], \"actors.ukraine.leverage\" = [0.0, 0.1] }\n";
  const std::string lever = folder.write("c.toml", text_of(start_values()) + sweep), out = folder / "a.h5";
  const Arguments plan = {"run", lever, "--runs", "50", "--set", "actors.russia.leverage=0", "--set", "actors.ukraine.leverage=0", "--out", out};
  EXPECT_EQ(parley(plan).status, 0);
  EXPECT_EQ(parley(plan + Arguments{"--set", "mechanisms.leverage=false"}).status, 1);
}

TEST(Run, ShardsAreThePartsOfTheWhole) {
  const Folder folder;
  const Arguments plan = {small_sweep(folder), "--runs", "7001", "--set", "rounds.horizon=4"};
  const Json whole = result(plan + Arguments{"--out", folder / "whole.h5"});
  Arguments parts;
  double runs = 0;
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    parts.push_back(folder / (std::string("part") + shard[0] + ".h5"));
    runs += result(plan + Arguments{"--shard", shard, "--out", parts.back()})["runs"].get<double>();
  }
  EXPECT_EQ(runs, 6 * 7001);
  const Said read = python("read_result.py", Arguments{"check_parts", folder / "whole.h5"} + parts);
  EXPECT_EQ(read.status, 0) << read.err;
  const Said merged = parley(Arguments{"merge", folder / "merged.h5"} + parts);
  EXPECT_EQ(merged.status, 0) << merged.err;
  const Json inspected = parley({"inspect", folder / "merged.h5", "--json"}).json();
  EXPECT_EQ(inspected["bits"], whole["bits"]);
  EXPECT_EQ(inspected["intact"], true);
}

TEST(Run, WithoutRowsThereAreNoBits) {
  const Folder folder;
  const Arguments plan = {start_values(), "--runs", "2000"};
  const Json rows = result(plan), summary = result(plan + Arguments{"--store", "summary", "--out", folder / "s.h5"}), none = result(plan + Arguments{"--store", "none"});
  EXPECT_EQ(summary["bits"], nullptr);
  EXPECT_EQ(none["bits"], nullptr);
  EXPECT_EQ(none["out"], nullptr);
  EXPECT_EQ(summary["out"], folder / "s.h5");
  EXPECT_EQ(summary["scenarios"], rows["scenarios"]);
  EXPECT_EQ(none["scenarios"], rows["scenarios"]);
  const Said read = python("read_result.py", {"check_no_rows", folder / "s.h5"});
  EXPECT_EQ(read.status, 0) << read.err;
  EXPECT_EQ(result(plan + Arguments{"--store", "summary", "--out", folder / "s.h5"})["scenarios"], rows["scenarios"]) << "reported again";
}

TEST(Run, UntilStopsWhenIntervalsAreNarrow) {
  const Folder folder;
  const auto width = [](const Json& s) { return s["high"].get<double>() - s["low"].get<double>(); };
  const Arguments plan = {small_sweep(folder), "--runs", "20000", "--set", "rounds.horizon=10", "--seed", "2"};
  const Json json = result(plan + Arguments{"--until", "0.03", "--out", folder / "a.h5"});
  EXPECT_EQ(json["replicates"], 20000) << "the ceiling, by which runs are numbered";
  const double each = json["runs"].get<double>() / 6;
  EXPECT_LT(each, 20000);
  EXPECT_EQ(std::fmod(each, 1000), 0);
  double widest = 0;
  for (const Json& cell : json["by_cell"])
    for (const auto& [name, s] : cell["scenarios"].items()) {
      widest = std::max(widest, width(s));
      EXPECT_LE(s["count"], each);
    }
  EXPECT_LT(widest, 0.03);
  EXPECT_EQ(result(plan + Arguments{"--until", "0.03", "--threads", "1"})["bits"], json["bits"]);
  // The runs that were made are those of the same numbers in a whole run, and replay.
  const Said read = python("read_result.py", {"compare_rows", PARLEY_BINARY, folder / "a.h5", "0", "20000", "100999"});
  EXPECT_EQ(read.status, 0) << read.err;
  EXPECT_EQ(result({start_values(), "--runs", "1500", "--until", "0.0001"})["runs"], 1500) << "the ceiling holds";
}

/// Sends SIGINT once rows are on disk.
Said interrupted(const Arguments& arguments, const std::string& partial) {
  return parley(arguments, [&](pid_t child) {
    for (int i = 0; i < 600; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      std::error_code error;
      if (std::filesystem::exists(partial) && std::filesystem::file_size(partial, error) > 100000) break;
    }
    ::kill(child, SIGINT);
  });
}

TEST(Run, InterruptedRunsResumeToTheSameBits) {
  const Folder folder;
  const std::string out = folder / "a.h5";
  const Arguments plan = {"run", start_values(), "--runs", "250000", "--set", "rounds.horizon=15", "--threads", "2", "--json", "--quiet"};
  const Said stopped = interrupted(plan + Arguments{"--out", out}, out + ".partial");
  ASSERT_EQ(stopped.status, 130) << stopped.err;
  expect_in(stopped.err, "--resume");
  EXPECT_EQ(stopped.out, "");
  EXPECT_FALSE(std::filesystem::exists(out)) << "a file that is there is complete";
  const Said refused = parley(plan + Arguments{"--out", out});
  EXPECT_EQ(refused.status, 1);
  expect_in(refused.err, "--resume");
  const Said resumed = parley(plan + Arguments{"--out", out, "--resume"});
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  const Json whole = parley(plan).json();
  for (const char* key : {"bits", "scenarios", "stalemate_kinds", "events", "runs", "rounds"}) EXPECT_EQ(resumed.json()[key], whole[key]) << key;
  EXPECT_FALSE(std::filesystem::exists(out + ".partial"));
}

TEST(Run, InterruptedWithoutAFileNothingIsKept) {
  const Said said = parley({"run", start_values(), "--runs", "4000000", "--quiet"}, [](pid_t child) {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    ::kill(child, SIGINT);
  });
  EXPECT_EQ(said.status, 130);
  expect_in(said.err, "Nothing was kept");
}

TEST(Run, PeakMemoryDoesNotGrowWithTheNumberOfRuns) {
  const Folder folder;
  const auto peak = [&](const char* runs, const Arguments& more) {
    return result(Arguments{start_values(), "--runs", runs, "--set", "rounds.horizon=2", "--threads", "1"} + more)["peak_memory_bytes"].get<double>();
  };
  EXPECT_LT(peak("3000000", {}), 1.1 * peak("100000", {}));
  EXPECT_LT(peak("3000000", {"--out", folder / "b.h5"}), 1.1 * peak("100000", {"--out", folder / "a.h5"}));
}

TEST(Run, FilesReadBackInPandasAndXarray) {
  const Folder folder;
  result({small_sweep(folder), "--runs", "400", "--out", folder / "a.h5"});
  const Said read = python("read_result.py", {"check_layout", folder / "a.h5"});
  EXPECT_EQ(read.status, 0) << read.err;
}

TEST(Run, ReplayPrintsWhatTheRowSays) {
  const Folder folder;
  result({small_sweep(folder), "--runs", "400", "--seed", "12", "--out", folder / "a.h5"});
  const Said read = python("read_result.py", {"compare_rows", PARLEY_BINARY, folder / "a.h5", "0", "1", "399", "400", "777", "1203", "1999", "2001", "2399"});
  EXPECT_EQ(read.status, 0) << read.err;
  // From the configuration, the same run is told the same.
  const Json from_file = parley({"replay", folder / "a.h5", "--run", "777", "--json"}).json();
  const Json from_config = parley({"replay", folder / "sweep.toml", "--runs", "400", "--seed", "12", "--run", "777", "--json"}).json();
  EXPECT_EQ(from_file["row"], from_config["row"]);
  EXPECT_EQ(from_file["rounds"], from_config["rounds"]);
  EXPECT_EQ(from_file["cell"], 1);
}

TEST(Run, ImpossibleCellsAreData) {
  const Folder folder;
  const auto sampled = [&](const char* low, const char* high) {
    return folder.write("c.toml", text_of(start_values()) + "\n[sweep]\ndesign = \"latin_hypercube\"\nsamples = 8\n[sweep.sample]\n\"actors.ukraine.cost\" = { dist = \"uniform\", min = " +
                                      low + ", max = " + high + " }\n");
  };
  const Json some = result({sampled("-0.5", "0.5"), "--runs", "20", "--out", folder / "a.h5"});
  EXPECT_EQ(some["failed"], 4) << "half of the cells";
  EXPECT_EQ(some["runs"], 160);
  int failed = 0;
  for (const Json& cell : some["by_cell"]) {
    failed += cell.contains("failed");
    if (!cell.contains("failed")) continue;
    EXPECT_EQ(cell["failed"], true);
    expect_in(cell["reason"], "out of bounds");
    EXPECT_EQ(cell["events"]["signed_deal"], nullptr) << "a rate that does not exist";
    for (const auto& [name, s] : cell["scenarios"].items()) {
      EXPECT_EQ(s["count"], 0);
      EXPECT_EQ(s["share"], nullptr);
    }
  }
  EXPECT_EQ(failed, 4);
  const Said read = python("read_result.py", {"check_failed_cells", folder / "a.h5"});
  EXPECT_EQ(read.status, 0) << read.err;
  const Json again = result({sampled("-0.5", "0.5"), "--runs", "20", "--out", folder / "a.h5"});
  EXPECT_EQ(again["by_cell"], some["by_cell"]);
  EXPECT_EQ(again["failed"], 4);

  const Said all = parley({"run", sampled("-2", "-1"), "--runs", "20", "--json"});
  EXPECT_EQ(all.status, 1);
  expect_in(all.err, "Every cell failed");
  EXPECT_EQ(all.json()["failed"], 8);
}

}  // namespace
}  // namespace parley::cli
