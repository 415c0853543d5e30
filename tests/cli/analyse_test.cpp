// `parley analyse` from a small sweep to its words and its JSON, and what it refuses.
#include "tests/cli/command.hpp"

namespace parley::cli {
namespace {

/// The start values with two parameters that matter and one that does nothing (energy is nobody's cost here).
std::string sampled(const Folder& folder, const std::string& design) {
  return folder.write(design + ".toml", text_of(start_values()) + "\n[sweep]\ndesign = \"" + design + "\"\nsamples = 256\nluck = \"own\"\n[sweep.sample]\n"
                                            "\"actors.ukraine.mood\" = { dist = \"uniform\", min = -1.5, max = 1.0 }\n"
                                            "\"actors.russia.cost\" = { dist = \"uniform\", min = 0.06, max = 0.12 }\n"
                                            "\"durability.threshold\" = { dist = \"uniform\", min = 0.5, max = 0.7 }\n");
}
std::string played(const Folder& folder, const std::string& design, const std::string& store = "summary", const std::string& runs = "8") {
  const std::string out = folder / (design + "-" + store + ".h5");
  EXPECT_EQ(parley({"run", sampled(folder, design), "--runs", runs, "--store", store, "--quiet", "--out", out}).status, 0);
  return out;
}

TEST(Analyse, FindsWhatMattersInASmallSweep) {
  const Folder folder;
  const std::string file = played(folder, "saltelli");
  const Said said = parley({"analyse", file, "--json", "--bootstrap", "200"});
  ASSERT_EQ(said.status, 0) << said.err;
  const Json json = said.json();
  EXPECT_EQ(json["file"], file);
  EXPECT_EQ(json["design"], "saltelli");
  EXPECT_EQ(json["luck"], "own");
  EXPECT_EQ(json["cells"], 256 * 5);
  EXPECT_EQ(json["output"]["name"], "stalemate");
  ASSERT_EQ(json["sobol"]["parameters"].size(), 3u);
  const Json& mood = json["sobol"]["parameters"][0];
  EXPECT_EQ(mood["path"], "actors.ukraine.mood");
  EXPECT_GT(mood["total"]["estimate"], 0.5);
  EXPECT_LE(mood["total"]["low"], mood["total"]["estimate"]);
  EXPECT_GE(mood["total"]["high"], mood["total"]["estimate"]);
  // The threshold tells partial from full; a stalemate it cannot touch.
  EXPECT_LE(json["sobol"]["parameters"][2]["total"]["low"], 0);
  EXPECT_GT(json["luck_share"]["of_run"], 0.2);
  EXPECT_EQ(json["boxes"]["output"], "settlement");
  EXPECT_EQ(json["boxes"]["boxes"][0]["limits"][0]["path"], "actors.ukraine.mood");
  EXPECT_GT(json["boxes"]["boxes"][0]["density"]["estimate"], json["boxes"]["density_of_everything"]);
  EXPECT_TRUE(json["morris"].is_null());
  EXPECT_FALSE(json["warnings"].empty()) << "256 base rows are too few";

  const Said words = parley({"analyse", file, "--bootstrap", "50"});
  EXPECT_EQ(words.status, 0);
  for (const char* part : {"Luck is", "Sobol indices, 256 base rows", "actors.ukraine.mood", "PAWN", "(a dummy)", "Box 1", "Warning: Sobol indices have not converged"}) expect_in(words.out, part);
}

TEST(Analyse, TheDesignDecidesWhatCanBeAsked) {
  const Folder folder;
  const std::string morris = played(folder, "morris"), random = played(folder, "latin_hypercube");
  const Json effects = parley({"analyse", morris, "--json", "--bootstrap", "100"}).json();
  EXPECT_EQ(effects["morris"]["parameters"].size(), 3u);
  EXPECT_LT(effects["morris"]["parameters"][0]["mu"]["estimate"], -0.2) << "a better mood means fewer stalemates";
  EXPECT_TRUE(effects["sobol"].is_null());
  const Said refused = parley({"analyse", random, "--method", "sobol"});
  EXPECT_EQ(refused.status, 1);
  expect_in(refused.err, "Sobol indices need a Saltelli design");
  expect_in(refused.err, "--method pawn or boxes");
  EXPECT_EQ(parley({"analyse", random, "--method", "pawn", "--bootstrap", "10"}).status, 0);
  EXPECT_EQ(parley({"analyse", morris, "--method", "boxes"}).status, 1);
}

TEST(Analyse, OutputsComeFromWhicheverTableHoldsThem) {
  const Folder folder;
  const std::string counts = played(folder, "saltelli", "summary", "2"), all = played(folder, "saltelli", "runs", "2");
  const auto asked = [&](const std::string& file, const std::string& output) { return parley({"analyse", file, "--json", "--method", "sobol", "--bootstrap", "20", "--output", output}); };
  Json from_counts = asked(counts, "signed_deal").json(), from_all = asked(all, "signed_deal").json();
  from_counts.erase("file");
  from_all.erase("file");
  EXPECT_EQ(from_counts, from_all);
  const Said missing = asked(counts, "months_to_deal");
  EXPECT_EQ(missing.status, 1);
  expect_in(missing.err, "--store runs");
  const Json months = asked(all, "months_to_deal").json();
  EXPECT_GT(months["output"]["mean"], 1);
  EXPECT_LT(months["output"]["mean"], 24);
  EXPECT_EQ(asked(all, "happiness").status, 2);
}

TEST(Analyse, RefusesWhatHasNothingToAnalyse) {
  const Folder folder;
  const std::string file = folder / "one.h5";
  ASSERT_EQ(parley({"run", start_values(), "--runs", "10", "--quiet", "--out", file}).status, 0);
  const Said one = parley({"analyse", file});
  EXPECT_EQ(one.status, 1);
  expect_in(one.err, "Nothing varies");
  EXPECT_EQ(parley({"analyse", folder / "none.h5"}).status, 1);
  EXPECT_EQ(parley({"analyse", file, "--method", "magic"}).status, 2);
  EXPECT_EQ(parley({"analyse"}).status, 2);
}

// configs/sensitivity.toml is the reference with a sweep: apart from what varies, how often it is played and which runs are
// traced, the two mean the same.
TEST(Analyse, TheShippedSensitivityConfigurationIsTheReference) {
  const auto settings = [](const std::string& name) {
    std::string kept;
    std::istringstream lines(text_of(config(name)));
    for (std::string line; std::getline(lines, line) && line != "[sweep]";)
      if (!line.empty() && line[0] != '#' && line.rfind("runs =", 0) != 0 && line.rfind("traces =", 0) != 0) kept += line + "\n";
    return kept;
  };
  EXPECT_EQ(settings("sensitivity.toml"), settings("ukraine-2026-01.toml")) << "write it again with scripts/screening";
}

}  // namespace
}  // namespace parley::cli
