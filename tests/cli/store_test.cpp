// What the program does with its results: sums by cell, shards, full disks, quotas, folders and files in the way.
#include <gtest/gtest.h>
#include <sys/file.h>

#include <fstream>

#include "engine/drivers/store/result_reader.hpp"
#include "tests/cli/command.hpp"

namespace parley {
namespace {

using namespace cli;

/// Every table of a result beside /runs, as bytes; names and order must agree too.
void expect_same_tables(const std::string& a, const std::string& b) {
  const ResultReader first(a), second(b);
  ASSERT_EQ(first.groups(), second.groups());
  for (const std::string& group : first.groups()) {
    if (group == "runs") continue;
    const Table one = first.read_table(group), other = second.read_table(group);
    ASSERT_EQ(one.columns.size(), other.columns.size()) << group;
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      EXPECT_EQ(one.columns[c].name, other.columns[c].name);
      EXPECT_EQ(one.values.columns[c], other.values.columns[c]) << group << "/" << one.columns[c].name;
    }
    for (std::size_t t = 0; t < one.texts.size(); ++t) EXPECT_EQ(one.texts[t].values, other.texts[t].values);
  }
}

/// Does a shell find what a test needs? The shell's own words say what is missing.
Said shell(const std::string& script) { return run({"/bin/sh", "-c", script}); }

std::string quoted(const std::string& text) { return "'" + text + "'"; }

/// The program in a shell script, with these arguments.
std::string command(const Arguments& arguments) {
  std::string text = quoted(PARLEY_BINARY) + " run " + quoted(start_values());
  for (const std::string& argument : arguments) text += " " + quoted(argument);
  return text + " --quiet --json";
}

TEST(Store, SummaryHoldsExactSumsThatInspectShows) {
  const Folder folder;
  const Arguments plan = {small_sweep(folder), "--runs", "300"};
  result(plan + Arguments{"--store", "summary", "--out", folder / "s.h5"});
  result(plan + Arguments{"--out", folder / "r.h5"});
  const Said read = python("read_result.py", {"check_summary", folder / "r.h5", folder / "s.h5"});
  EXPECT_EQ(read.status, 0) << read.err;
  const Said inspected = parley({"inspect", folder / "s.h5"});
  EXPECT_EQ(inspected.status, 0);
  for (const char* part : {"utility ukraine", "deviation", "median", "deal_round_histogram", "1800 runs", "The file is whole"}) expect_in(inspected.out, part);
  EXPECT_EQ(parley({"inspect", folder / "s.h5", "--json"}).json()["bits"], nullptr);
}

TEST(Store, SummaryReportsWhoRefusedAsARunWithRowsDoes) {
  const Folder folder;
  const Arguments plan = {"run", start_values(), "--runs", "2000", "--quiet", "--out", folder / "s.h5", "--store", "summary"};
  const auto said = [](const Said& s) { return s.out.substr(0, s.out.find("rounds in ")); };
  const Said first = parley(plan), again = parley(plan), rows = parley({"run", start_values(), "--runs", "2000", "--quiet"});
  const auto upto = [](const std::string& text) { return text.substr(0, text.rfind("\n\n")); };
  EXPECT_EQ(upto(said(first)), upto(said(rows)));
  EXPECT_EQ(upto(said(again)), upto(said(rows)));
  expect_in(again.out, "nothing was computed");
}

TEST(Store, ShardsMergeToTheSingleRunWhateverIsStored) {
  const Folder folder;
  for (const std::string store : {"runs", "summary"}) {
    const Arguments plan = {small_sweep(folder), "--runs", "500", "--set", "rounds.horizon=4", "--store", store};
    const std::string whole = folder / (store + ".h5");
    const Json single = result(plan + Arguments{"--out", whole});
    for (const int parts : {3, 7, 100}) {
      if (parts == 100 && store == "runs") continue;  // a hundred are merged in tests/store
      Arguments merge = {"merge", folder / "merged.h5", "--force"};
      for (int part = 1; part <= parts; ++part) {
        const std::string shard = std::to_string(part) + "/" + std::to_string(parts);
        merge.push_back(folder / (std::to_string(part) + ".h5"));
        result(plan + Arguments{"--shard", shard, "--out", merge.back(), "--force"});
      }
      const Said merged = parley(merge);
      ASSERT_EQ(merged.status, 0) << merged.err;
      expect_in(merged.out, "3000 runs joined");
      expect_same_tables(folder / "merged.h5", whole);
      const Json inspected = parley({"inspect", folder / "merged.h5", "--json"}).json();
      EXPECT_EQ(inspected["bits"], single["bits"]) << store << " in " << parts;
      EXPECT_EQ(inspected["intact"], true);
    }
  }
}

TEST(Store, ShardsOfDifferentKindsAreNotMerged) {
  const Folder folder;
  const Arguments plan = {start_values(), "--runs", "200"};
  result(plan + Arguments{"--shard", "1/2", "--out", folder / "a.h5", "--store", "summary"});
  result(plan + Arguments{"--shard", "2/2", "--out", folder / "b.h5"});
  const Said mixed = parley({"merge", folder / "c.h5", folder / "a.h5", folder / "b.h5"});
  EXPECT_EQ(mixed.status, 1);
  expect_in(mixed.err, "b.h5");
  expect_in(mixed.err, "store: runs there, summary asked for");
  const Said missing = parley({"merge", folder / "c.h5", folder / "a.h5"});
  expect_in(missing.err, "part 2 of 2 is missing");
}

TEST(Store, InspectFindsEveryChange) {
  const Folder folder;
  result({small_sweep(folder), "--runs", "50", "--out", folder / "a.h5"});
  for (const char* change : {"a row", "a run number", "a unit", "a count of the summary", "a swept value", "the configuration", "the seed", "the stored bits"}) {
    const Said changed = python("read_result.py", {"change", folder / "a.h5", folder / "b.h5", change});
    ASSERT_EQ(changed.status, 0) << changed.err;
    const Said inspected = parley({"inspect", folder / "b.h5", "--json"});
    EXPECT_EQ(inspected.status, 1) << change;
    EXPECT_EQ(inspected.json()["intact"], false) << change;
  }
  const Json sound = parley({"inspect", folder / "a.h5", "--json"}).json();
  EXPECT_EQ(sound["intact"], true);
  for (const char* fact : {"version", "commit", "compiler", "flags", "configuration", "configuration_hash", "seed", "command"}) EXPECT_TRUE(sound["about"].contains(fact)) << fact;
}

/// Fills a small file system of some kind, makes room, and resumes; `make` and `enlarge` are shell commands on $folder.
void expect_survives_lack_of_space(const std::string& make, const std::string& enlarge, const std::string& why) {
  const Folder folder;
  const std::string small = folder / "small";
  std::filesystem::create_directory(small);
  if (const Said made = shell("folder=" + quoted(small) + "; set -e; { " + make + "; } && umount $folder"); made.status != 0)
    GTEST_SKIP() << "needs to mount a small file system: " << made.err;
  // 107 bytes a run: 64 MB hold the rows of 600,000, but not the journal and the result beside each other.
  for (const auto& [store, runs] : {std::pair{"first", "700000"}, std::pair{"second", "400000"}}) {
    const Arguments plan = {"--runs", runs, "--set", "rounds.horizon=1", "--compress", "none", "--out", small + "/a.h5"};
    const Said said = shell("folder=" + quoted(small) + "; { " + make + "; } >/dev/null || exit 90\n" + command(plan) + " >$folder/out 2>/dev/null\n" +
                            command(plan + Arguments{"--resume"}) + " > /dev/null; echo status $?\nls $folder/a.h5* | sed 's/.*a.h5/left a.h5/'\n" + enlarge + " >/dev/null\n" +
                            command(plan + Arguments{"--resume"}) + " | grep bits; ls $folder/a.h5*; umount $folder");
    expect_in(said.out, "status 1\n");
    expect_in(said.err, why);
    expect_in(said.err, "needed");
    expect_in(said.err, "--resume");
    expect_in(said.out, "left a.h5.partial\n");
    EXPECT_EQ(said.out.find("left a.h5\n"), std::string::npos) << store << ": something stands at the final name";
    const Said whole = shell(command({"--runs", runs, "--set", "rounds.horizon=1"}) + " | grep bits");
    expect_in(said.out, whole.out);
    EXPECT_FALSE(whole.out.empty());
  }
}

TEST(Store, FullDisk) {
  expect_survives_lack_of_space("mount -t tmpfs -o size=64m parley $folder", "mount -o remount,size=400m $folder", "No space left on device");
}

TEST(Store, Quota) {
  // A quota group of btrfs, which needs no set-up of the whole system.
  const Folder folder;
  const std::string image = quoted(folder / "image");
  expect_survives_lack_of_space("truncate -s 512M " + image + " && PATH=$PATH:/usr/sbin:/sbin && mkfs.btrfs -q -f " + image + " && mount -o loop " + image +
                                    " $folder && btrfs quota enable $folder && btrfs qgroup limit 64M $folder",
                                "PATH=$PATH:/usr/sbin:/sbin; btrfs qgroup limit 400M $folder", "Disk quota exceeded");
}

TEST(Store, FoldersInTheWay) {
  const Folder folder;
  const auto refused = [&](const Said& said, const std::string& why, const std::string& advice) {
    EXPECT_EQ(said.status, 1);
    expect_in(said.err, why);
    expect_in(said.err, advice);
  };
  refused(parley({"run", start_values(), "--runs", "100", "--out", folder / "missing/a.h5"}), "No such file or directory", "Make the folder first");
  refused(parley({"run", start_values(), "--runs", "100", "--out", folder / ""}), "", "");
  const std::string small = folder / "small";
  std::filesystem::create_directory(small);
  const Said said = shell("mount -t tmpfs -o ro parley " + quoted(small) + " || exit 90; " + command({"--runs", "100", "--out", small + "/a.h5"}) + "; s=$?; umount " + quoted(small) + "; exit $s");
  if (said.status == 90) GTEST_SKIP() << "needs to mount a read-only file system: " << said.err;
  refused(said, "Read-only file system", "folder that can be written");
}

TEST(Store, AFileHeldOpenElsewhere) {
  const Folder folder;
  const Arguments plan = {"run", start_values(), "--runs", "300", "--json", "--quiet", "--out", folder / "a.h5"};
  ASSERT_EQ(parley(plan).status, 0);
  // The lock that HDF5 takes on a file it writes.
  const int other = ::open((folder / "a.h5").c_str(), O_RDWR);
  ASSERT_EQ(::flock(other, LOCK_EX | LOCK_NB), 0);
  EXPECT_EQ(parley({"inspect", folder / "a.h5"}).status, 0) << "reading needs no lock";
  EXPECT_EQ(parley(plan).status, 0) << "reported again";
  const Said forced = parley(plan + Arguments{"--force", "--seed", "9"});
  EXPECT_EQ(forced.status, 0) << forced.err;
  EXPECT_EQ(parley({"inspect", folder / "a.h5", "--json"}).json()["about"]["seed"], 9) << "whoever holds the old file keeps it";
  ::close(other);
  // A run in progress holds its journal.
  std::ofstream(folder / "b.h5.partial").close();
  const int journal = ::open((folder / "b.h5.partial").c_str(), O_RDWR);
  ASSERT_EQ(::flock(journal, LOCK_EX | LOCK_NB), 0);
  const Said busy = parley({"run", start_values(), "--runs", "300", "--out", folder / "b.h5", "--resume"});
  EXPECT_EQ(busy.status, 1);
  expect_in(busy.err, "another process is writing it");
  ::close(journal);
}

}  // namespace
}  // namespace parley
