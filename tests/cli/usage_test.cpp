// The command line as a stranger meets it: help with examples everywhere, mistakes answered with what to do, exit codes.
#include "tests/cli/command.hpp"

namespace parley::cli {
namespace {

std::vector<std::string> verbs() {
  std::istringstream lines(parley({"--help"}).out);
  std::vector<std::string> names;
  for (std::string line; std::getline(lines, line);)
    if (line.size() > 3 && line.rfind("  ", 0) == 0 && line[2] != ' ' && line.rfind("  parley", 0) != 0) names.push_back(line.substr(2, line.find(' ', 2) - 2));
  return names;
}

TEST(Usage, EveryVerbHasHelpWithExamples) {
  const std::vector<std::string> all = verbs();
  for (const char* verb : {"run", "replay", "inspect", "describe"}) EXPECT_NE(std::find(all.begin(), all.end(), verb), all.end()) << verb;
  for (const std::string& verb : all) {
    const Said said = parley({verb, "--help"});
    EXPECT_EQ(said.status, 0) << verb;
    EXPECT_EQ(said.err, "") << verb;
    const auto examples = said.out.find("Examples:");
    ASSERT_NE(examples, std::string::npos) << verb;
    EXPECT_NE(said.out.find("parley " + verb, examples), std::string::npos) << verb << " has no example of its own";
    EXPECT_EQ(parley({verb, "-h"}).out, said.out) << verb;
  }
}

TEST(Usage, WithoutAVerb) {
  const Said said = parley({});
  EXPECT_EQ(said.status, 2);
  expect_in(said.out, "usage: parley VERB");
  EXPECT_EQ(parley({"--help"}).status, 0);
  EXPECT_EQ(parley({"--version"}).status, 0);
}

TEST(Usage, AnUnknownVerbIsAnsweredWithTheNearest) {
  for (const auto& [slip, verb] : {std::pair{"rum", "run"}, std::pair{"reply", "replay"}, std::pair{"insepct", "inspect"}, std::pair{"descibe", "describe"}}) {
    const Said said = parley({slip});
    EXPECT_EQ(said.status, 2);
    expect_in(said.err, std::string("Did you mean ") + verb + "?");
    EXPECT_EQ(said.out, "");
  }
}

TEST(Usage, MistakesOfUseExitWith2) {
  const Folder folder;
  for (const Arguments& wrong : {Arguments{"run"}, Arguments{"run", "a.toml", "b.toml"}, Arguments{"run", start_values(), "--rans", "5"}, Arguments{"run", start_values(), "--runs"},
                                 Arguments{"run", start_values(), "--runs", "ten"}, Arguments{"run", start_values(), "--runs", "0"}, Arguments{"run", start_values(), "--runs", "-5"},
                                 Arguments{"run", start_values(), "--runs", "1e9"}, Arguments{"run", start_values(), "--threads", "9999"}, Arguments{"run", start_values(), "--shard", "0/3"},
                                 Arguments{"run", start_values(), "--shard", "4/3"}, Arguments{"run", start_values(), "--shard", "1"}, Arguments{"run", start_values(), "--store", "all"},
                                 Arguments{"run", start_values(), "--until", "2"}, Arguments{"run", start_values(), "--until", "0.1", "--shard", "1/2"},
                                 Arguments{"run", start_values(), "--compress", "zip"}, Arguments{"replay", start_values(), "--run", "x"}, Arguments{"describe", "a.toml", "b.toml"},
                                 Arguments{"inspect"}}) {
    const Said said = parley(wrong);
    EXPECT_EQ(said.status, 2) << wrong.back() << said.err;
    EXPECT_NE(said.err, "") << wrong.back();
    EXPECT_EQ(said.out, "") << wrong.back();
  }
}

TEST(Usage, MistakesOfInputExitWith1) {
  const Folder folder;
  const std::string not_a_result = folder.write("a.h5", "this is no HDF5"), broken = folder.write("c.toml", "x = [1,\n");
  for (const Arguments& wrong : {Arguments{"run", folder / "missing.toml"}, Arguments{"run", broken}, Arguments{"run", start_values(), "--set", "actors.ukraine.mod=1"},
                                 Arguments{"run", start_values(), "--set", "actors.ukrane.mood=1"}, Arguments{"run", start_values(), "--set", "nothing"},
                                 Arguments{"run", start_values(), "--kernel", "gpu"}, Arguments{"run", start_values(), "--runs", "10", "--out", folder / "no/such/folder/a.h5"},
                                 Arguments{"replay", start_values(), "--runs", "10", "--run", "10"}, Arguments{"replay", folder / "missing.h5"}, Arguments{"replay", not_a_result},
                                 Arguments{"inspect", not_a_result}, Arguments{"inspect", folder / "missing.h5"}, Arguments{"describe", folder / "missing.toml"}}) {
    const Said said = parley(wrong);
    EXPECT_EQ(said.status, 1) << wrong.back() << said.err;
    EXPECT_EQ(said.out, "") << wrong.back();
    EXPECT_EQ(std::count(said.err.begin(), said.err.end(), '\n'), 1) << said.err;
    EXPECT_EQ(said.err.find("should not"), std::string::npos) << said.err;
  }
  expect_in(parley({"run", broken}).err, broken + ":");
}

TEST(Usage, QuietIsQuietAndResultsGoToStandardOutput) {
  const Said quiet = parley({"run", start_values(), "--runs", "500", "--quiet"});
  EXPECT_EQ(quiet.err, "");
  for (const char* words : {"stalemate", "partial deal", "full settlement", "bits "}) expect_in(quiet.out, words);
  const Said loud = parley({"run", start_values(), "--runs", "500"});
  EXPECT_EQ(loud.err.find('\r'), std::string::npos) << "no bar where nobody watches a terminal";
}

TEST(Usage, DescribeListsEveryPathAndItsValue) {
  const Json page = parley({"describe", start_values(), "--json"}).json();
  const Json& parameters = page["models"][0]["parameters"];
  EXPECT_GT(parameters.size(), 200u);
  bool mood = false;
  for (const Json& p : parameters) {
    for (const char* key : {"path", "shape", "default", "bounds", "unit", "meaning", "source", "off"}) EXPECT_TRUE(p.contains(key)) << key;
    if (p["path"] != "actors.ukraine.mood") continue;
    mood = true;
    EXPECT_EQ(p["value"], -0.42);
  }
  EXPECT_TRUE(mood);
  const Said general = parley({"describe"});
  EXPECT_EQ(general.status, 0);
  for (const char* path : {"actors.*.mood", "war.drift", "mechanisms.", "issues.*.anchors"}) expect_in(general.out, path);
}

TEST(Usage, ReplayTellsARunInWords) {
  const Said said = parley({"replay", start_values(), "--run", "1", "--seed", "7"});
  EXPECT_EQ(said.status, 0);
  for (const char* words : {"Start values of the reference model", "run 1 (cell 0, replicate 1), seed 7", "Round 0 (day 0)", "on the table:", "refused:", "The run ended in"})
    expect_in(said.out, words);
}

TEST(Usage, InspectShowsWhatMadeAFileAndWhetherItIsWhole) {
  const Folder folder;
  const std::string path = folder / "a.h5";
  const Json made = result({start_values(), "--runs", "500", "--seed", "5", "--set", "actors.ukraine.mood=0.1", "--out", path});
  const Said said = parley({"inspect", path, "--json"});
  EXPECT_EQ(said.status, 0);
  const Json json = said.json();
  EXPECT_EQ(json["intact"], true);
  EXPECT_EQ(json["bits"], made["bits"]);
  EXPECT_EQ(parley({"inspect", path, "--configuration"}).out, text_of(start_values()));
  expect_in(parley({"inspect", path}).out, "actors.ukraine.mood=0.1");
  // The text in the file is enough to make it again.
  const std::string again = folder.write("again.toml", parley({"inspect", path, "--configuration"}).out);
  EXPECT_EQ(result({again, "--runs", "500", "--seed", "5", "--set", "actors.ukraine.mood=0.1"})["bits"], made["bits"]);
}

}  // namespace
}  // namespace parley::cli
