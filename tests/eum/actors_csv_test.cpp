// Tables of actors: what is read, and where a mistake is said to be.
#include <gtest/gtest.h>

#include <string>

#include "engine/core/check.hpp"
#include "engine/drivers/cli/actors_csv.hpp"

namespace parley {
namespace {

std::string complaint(const std::string& text, const ActorsOptions& options = {}) {
  try {
    parse_actors(text, "a.csv", options);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(ActorsCsv, ReadsIssuesInTheirOrderAndSpreads) {
  const auto cases = parse_actors(
      "\xef\xbb\xbf# a comment\n"
      "issue;name;capability;capability_sd;position;position_low;position_high;salience;note\r\n"
      "tax;A;1;.1;10;;;.5;x\r\n"
      "tax;B;2;;20;15;40;.6;\"a; b\"\r\n"
      "war;A;1;;0;;;.5;\r\nwar;B;1;;1;;;1;\r\n",
      "a.csv");
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].issue(), "tax");
  EXPECT_EQ(cases[0].scale().low, 10);
  EXPECT_EQ(cases[0].scale().high, 40);
  EXPECT_EQ(cases[0].actors()[0].capability.shape, eum::Shape::normal);
  EXPECT_EQ(cases[0].actors()[1].position.shape, eum::Shape::triangular);
  EXPECT_FALSE(cases[1].is_uncertain());
}

TEST(ActorsCsv, SaysFileLineAndColumn) {
  const std::string head = "name,capability,position,salience\n";
  const struct {
    std::string text, place, word;
  } mistakes[] = {
      {"", "a.csv: ", "empty"},
      {head, "a.csv: ", "no actors"},
      {"name,capability,position\nA,1,2\n", "a.csv:1:1", "salience"},
      {"name,capability,position,salience,colour\nA,1,2,1,red\n", "a.csv:1:35", "colour"},
      {head + "A,1,2,1\nB,one,2,1\n", "a.csv:3:3", "not a number"},
      {head + "A,1,2,1\nB,,2,1\n", "a.csv:3:3", "missing"},
      {head + "A,1,2,1\nB,1,2\n", "a.csv:3:1", "3 fields"},
      {head + "A,1,2,1\nB,1,2,1,1\n", "a.csv:3:9", "more fields"},
      {head + "A,1,2,1\nA,1,3,1\n", "a.csv:3:1", "twice"},
      {head + "A,1,2,80\nB,1,3,1\n", "a.csv:2:1", "salience"},
      {head + "A,-1,2,1\nB,1,3,1\n", "a.csv:2:1", "negative"},
      {head + "A,1,2,1\n", "a.csv:2:1", "two actors"},
      {head + "A,0,2,1\nB,0,3,1\n", "a.csv:2:1", "zero"},
      {head + "A,1,2,1\nB,1,-2e12,1\n", "a.csv:3:5", "more than 1e12"},
      {"name,capability,position,salience,capability_sd\nA,1,2,1,2e12\nB,1,3,1,0\n", "a.csv:2:9", "more than 1e12"},
      {head + "A,1,1e400,1\nB,1,3,1\n", "a.csv:2:5", "too large"},
      {head + "A,1,\"2\n", "a.csv:2:5", "never closed"},
      {"name,capability,position,salience,position_low\nA,1,2,1,0\n", "a.csv:1:35", "pair"},
      {"name,capability,position,salience,salience_sd\nA,1,2,1,-1\nB,1,2,1,0\n", "a.csv:2:9", "negative"},
      {"name,capability,position,salience,position_low,position_high\nA,1,2,1,3,4\nB,1,2,1,,\n", "a.csv:2:5",
       "outside its own bounds"},
      {"name,name,capability,position,salience\nA,A,1,2,1\n", "a.csv:1:6", "twice"},
  };
  for (const auto& mistake : mistakes) {
    const std::string said = complaint(mistake.text);
    EXPECT_EQ(said.rfind(mistake.place, 0), 0u) << said << "\n" << mistake.text;
    EXPECT_NE(said.find(mistake.word), std::string::npos) << said;
  }
}

TEST(ActorsCsv, AScaleFromOutsideMustHoldThePositions) {
  const std::string text = "name,capability,position,salience\nA,1,2,1\nB,1,8,1\n";
  EXPECT_EQ(complaint(text, {.scale = eum::Scale{0, 10}}), "");
  EXPECT_NE(complaint(text, {.scale = eum::Scale{0, 5}}).find("more than the scale"), std::string::npos);
}

TEST(ActorsCsv, FilesThatCannotBeReadAreNamed) {
  EXPECT_THROW(read_actors("/nowhere/actors.csv"), InputError);
  EXPECT_THROW(read_actors("/"), InputError);
}

}  // namespace
}  // namespace parley
