// parley polls, and configurations with [polls]: what is printed, and that a result file replays without the poll files.
#include "tests/cli/command.hpp"

namespace parley::cli {
namespace {

std::string polls_folder() { return config("polls"); }
Arguments shipped() { return {polls_folder() + "/ukraine.csv", polls_folder() + "/russia.csv", polls_folder() + "/united_states.csv", polls_folder() + "/europe.csv", "--config", config("ukraine-2026-01.toml")}; }
Json polls(const Arguments& more = {}) {
  const Said said = parley(Arguments{"polls"} + shipped() + more + Arguments{"--json"});
  EXPECT_EQ(said.status, 0) << said.err;
  return said.json();
}
const Json& of(const Json& json, const std::string& actor) {
  for (const Json& p : json["publics"])
    if (p["public"] == actor) return p;
  ADD_FAILURE() << actor << " is not there";
  return json;
}

TEST(Polls, BytesThatAreNoUtf8AreReplacedInJson) {
  const Folder folder;
  std::string table = text_of(config("polls/ukraine.csv"));
  for (std::size_t at = 0; (at = table.find("KIIS", at)) != std::string::npos; ++at) table[at] = '\xe9';
  const std::string latin = folder.write("latin.csv", table);
  Arguments given = shipped();
  given[0] = latin;
  given = given + Arguments{config("polls/questions.csv")};
  const Said said = parley(Arguments{"polls"} + given + Arguments{"--json"});
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.json()["publics"].size(), 4u);
  expect_in(said.out, "\xef\xbf\xbd" "IIS");
}

TEST(Polls, JsonHoldsWhatIsPromised) {
  const Json json = polls({"--as-of", "2026-01-31", "--scores"});
  EXPECT_EQ(json["as_of"], "2026-01-31");
  ASSERT_EQ(json["publics"].size(), 4u);
  for (const Json& p : json["publics"]) {
    EXPECT_GT(p["sd"], 0.0);
    EXPECT_EQ(p["response"].size(), 6u);
    for (const Json& r : p["response"])
      for (const char* key : {"issue", "prior", "prior_sd", "estimate", "sd", "informed"}) EXPECT_TRUE(r.contains(key)) << key;
    EXPECT_TRUE(p["response"][0]["informed"].is_boolean());
    EXPECT_GE(p["series"].size(), 1u);
    for (const Json& s : p["series"]) {
      EXPECT_LE(s["next_wave"]["low80"], s["next_wave"]["median"]);
      EXPECT_GE(s["next_wave"]["high80"], s["next_wave"]["median"]);
      EXPECT_GE(s["polls"].size(), 1u);
      EXPECT_GT(s["sd"], 0.0);
    }
  }
  EXPECT_GE(json["scores"]["coverage80"], 0.65);
  EXPECT_LE(json["scores"]["coverage80"], 0.95);
  EXPECT_NEAR(of(json, "ukraine")["mood"].get<double>(), -0.42, 0.1) << "39 of 601 and 40 of 1003";
}

TEST(Polls, OptionsChangeWhatTheySay) {
  const double plain = of(polls(), "ukraine")["mood"];
  EXPECT_NEAR(of(polls({"--undecided", "excluded"}), "ukraine")["mood"].get<double>(), -0.28, 0.1) << "40 of the 92 who decided";
  EXPECT_EQ(polls({"--as-of", "2025-12-31"})["as_of"], "2025-12-31");
  EXPECT_FALSE(of(polls({"--as-of", "2025-12-31"}), "ukraine")["from_polls"].get<bool>()) << "the question came in January 2026";
  const Json without = polls({"--without", "Levada"});
  EXPECT_GT(of(without, "russia")["sd"], of(polls(), "russia")["sd"]);
  EXPECT_NE(of(polls({"--split-samples", "whole"}), "ukraine")["series"], of(polls(), "ukraine")["series"]);
  EXPECT_EQ(of(polls({"--set", "polls.design_effect=1.5"}), "ukraine")["mood"], plain);
}

TEST(Polls, TextSaysWhatIsAssumedAndDrawsIt) {
  const Said said = parley(Arguments{"polls"} + shipped());
  EXPECT_EQ(said.status, 0) << said.err;
  for (const char* part : {"Ukraine", "Mood", "ASSUMED", "two sd: ○ prior, ● refit", "next wave", "Undecided respondents: no support", "read at the reference package"}) expect_in(said.out, part);
}

TEST(Polls, MistakesAreTold) {
  const Folder folder;
  const std::string questions = polls_folder() + "/questions.csv", reference = config("ukraine-2026-01.toml");
  const auto fails = [&](const std::string& rows, const std::string& part) {
    const std::string file = folder.write("p.csv", "organisation,start,end,n,question_id,share_support\n" + rows);
    const Said said = parley({"polls", file, questions, "--config", reference});
    EXPECT_EQ(said.status, 1);
    expect_in(said.err, "p.csv:2:");
    expect_in(said.err, part);
  };
  fails("A,2026-01-01,2026-01-05,500,ua_freeze,101\n", "between 0 and 100");
  fails("A,2026-01-05,2026-01-01,500,ua_freeze,40\n", "ends before it starts");
  fails("A,2026-01-01,2026-01-05,500,ua_freze,40\n", "Did you mean ua_freeze?");
  const std::string file = folder.write("p.csv", "organisation,start,end,n,question_id,share_support\nA,2026-01-01,2026-01-05,,ua_freeze,40\n");
  Said said = parley({"polls", file, questions, "--config", reference, "--default-n", "0"});
  EXPECT_EQ(said.status, 1);
  expect_in(said.err, "p.csv:2:25: The row has no n");
  said = parley({"polls", file, questions, "--config", reference, "--without", "B"});
  EXPECT_EQ(said.status, 1);
  expect_in(said.err, "No poll is by that organisation");
  said = parley({"polls", start_values()});
  EXPECT_EQ(said.status, 1);
  expect_in(said.err, "names no polls");
  said = parley({"polls", file, "--undecided", "maybe"});
  EXPECT_EQ(said.status, 2);
}

/// The start values with a poll of their own, in a folder of its own.
std::string with_own_poll(const Folder& folder, int support) {
  folder.write("mine.csv", "organisation,start,n,question_id,share_support\nMine,2026-01-20,1200,mine," + std::to_string(support) + "\n");
  folder.write("mine_questions.csv", "question_id,public,question,direction,measures,territory,guarantees\nmine,ukraine,Donbas for guarantees?,1,mood,0.2,0.7\n");
  return folder.write("c.toml", text_of(start_values()) + "\n[polls]\nfiles = [\"mine.csv\", \"mine_questions.csv\"]\n");
}

TEST(PollsInConfigurations, APollOfOnesOwnMovesTheShares) {
  const Folder folder;
  const double low = result({with_own_poll(folder, 20), "--runs", "2000"})["scenarios"]["stalemate"]["share"];
  const double high = result({with_own_poll(folder, 60), "--runs", "2000"})["scenarios"]["stalemate"]["share"];
  EXPECT_GT(low, high + 0.1);
}

TEST(PollsInConfigurations, AResultFileReplaysWithoutThePollFiles) {
  const Folder folder;
  const std::string configuration = with_own_poll(folder, 45), out = folder / "r.h5";
  const Json json = result({configuration, "--runs", "300", "--out", out});
  std::filesystem::remove(folder / "mine.csv");
  std::filesystem::remove(configuration);
  const Said told = parley({"replay", out, "--run", "7"});
  EXPECT_EQ(told.status, 0) << told.err;
  const Said held = parley({"inspect", out});
  EXPECT_EQ(held.status, 0) << held.err;
  expect_in(held.out, json["bits"].get<std::string>());
}

TEST(PollsInConfigurations, TheTomlThatPollsPrintsStandsForThePolls) {
  const Folder folder;
  const std::string configuration = with_own_poll(folder, 45);
  const Said toml = parley({"polls", configuration, "--toml"});
  EXPECT_EQ(toml.status, 0) << toml.err;
  expect_in(toml.out, "[polls.posterior.ukraine]");
  const std::string pasted = folder.write("pasted.toml", text_of(start_values()) + toml.out);
  EXPECT_EQ(result({pasted, "--runs", "200"})["bits"], result({configuration, "--runs", "200"})["bits"]);
  const Said again = parley({"run", folder.write("both.toml", text_of(configuration) + toml.out), "--runs", "10", "--set", "polls.as_of=\"2026-01-31\""});
  EXPECT_EQ(again.status, 1);
  expect_in(again.err, "would change nothing");
}

TEST(PollsInConfigurations, ASetStandsAboveThePolls) {
  const Folder folder;
  const std::string configuration = with_own_poll(folder, 45);
  const Json set = result({configuration, "--runs", "500", "--set", "actors.ukraine.mood=-3"}), plain = result({configuration, "--runs", "500"});
  EXPECT_GT(set["scenarios"]["stalemate"]["share"], plain["scenarios"]["stalemate"]["share"].get<double>() + 0.1);
  EXPECT_NE(result({configuration, "--runs", "500", "--set", "polls.house_sd=0.5"})["bits"], plain["bits"]);
  const Said wrong = parley({"run", configuration, "--runs", "10", "--set", "polls.undecided=perhaps"});
  EXPECT_EQ(wrong.status, 1);
  expect_in(wrong.err, "Did you mean");
}

TEST(PollsInConfigurations, OtherPollsAreAnotherResult) {
  const Folder folder;
  const std::string out = folder / "r.h5";
  result({with_own_poll(folder, 45), "--runs", "100", "--out", out});
  const Said refused = parley({"run", with_own_poll(folder, 46), "--runs", "100", "--out", out, "--quiet"});
  EXPECT_NE(refused.status, 0) << "the polls are part of what a result is";
}

}  // namespace
}  // namespace parley::cli
