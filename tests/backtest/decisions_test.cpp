// Decisions in both forms, what is skipped, and what is refused.
#include <gtest/gtest.h>

#include <string>

#include "engine/analysis/decisions.hpp"
#include "engine/core/check.hpp"

namespace parley {
namespace {

std::string complaint(const std::string& text) {
  try {
    parse_decisions(text, "d.csv");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Decisions, LongForm) {
  const Decisions read = parse_decisions(
      "issue,actor,position,salience,outcome,reference\n"
      "a,X,0,50,25,\na,Y,100,,25,90\na,Z,,10,,\n"
      "b,X,1,10,,\nb,Y,2,10,,\n"
      "c,X,1,10,5,\n",
      "d.csv");
  ASSERT_EQ(read.decisions.size(), 1u);
  EXPECT_EQ(read.skipped, 2u);
  EXPECT_FALSE(read.capability_known);
  const Decision& a = read.decisions[0];
  ASSERT_EQ(a.stands.size(), 2u);
  EXPECT_EQ(a.stands[1].salience, 0.5);  // missing: the mean of the others
  EXPECT_EQ(a.reference, 90);
  EXPECT_EQ(a.outcome, 25);
}

TEST(Decisions, WideFormWithCapabilitiesInTheSecondLine) {
  const std::string text =
      "\"prnr\"\t\"type\"\t\"pat\"\t\"pbe\"\t\"pcy\"\t\"sat\"\t\"sbe\"\t\"scy\"\t\"rp\"\t\"out\"\n"
      "\t\t\"0.4\"\t\"2\"\t\"1\"\t\t\t\t\t\n"
      "1\tReg\t100\t40\t\t20\t80\t0\t\t50\n"
      "2\tReg\t0\t40\t100\t20\t80\t10\t100\t\n"
      "3\tDir\t0\t\t100\t20\t0\t10\t100\t0\n";
  const Decisions read = parse_decisions(text, "w.csv");
  EXPECT_TRUE(read.capability_known);
  EXPECT_EQ(read.skipped, 1u);
  ASSERT_EQ(read.decisions.size(), 2u);
  EXPECT_EQ(read.decisions[0].issue, "1");
  EXPECT_FALSE(read.decisions[0].reference);
  ASSERT_EQ(read.decisions[0].stands.size(), 2u);
  EXPECT_EQ(read.decisions[0].stands[0].capability, 0.4);
  EXPECT_EQ(read.decisions[0].stands[1].salience, 0.8);
  EXPECT_EQ(read.decisions[1].stands[1].actor, "cy");
  EXPECT_EQ(parse_decisions(text, "w.csv", 1).decisions.size(), 2u);
}

TEST(Decisions, WideFormWithoutCapabilitiesAndWithCommas) {
  const Decisions read = parse_decisions("issue,pA,pB,sA,sB,out\nx,0,100,1,.5,30\n", "w.csv");
  EXPECT_FALSE(read.capability_known);
  EXPECT_EQ(read.decisions[0].issue, "x");
  EXPECT_EQ(read.decisions[0].stands[1].salience, 0.5);  // no salience above 1: shares as they stand
}

TEST(Decisions, MistakesHaveTheirPlace) {
  const std::string head = "issue,actor,position,salience,outcome\n";
  EXPECT_EQ(complaint(head + "a,X,101,1,5\n").rfind("d.csv:2:5: \"101\"", 0), 0u);
  EXPECT_EQ(complaint(head + "a,X,1,-1,5\n").rfind("d.csv:2:7", 0), 0u);
  EXPECT_EQ(complaint(head + "a,X,1,1,5\na,Y,2,1,6\n").rfind("d.csv:3:9: the outcome differs", 0), 0u);
  EXPECT_EQ(complaint(head + "a,X,1,1,5\na,X,2,1,5\n").rfind("d.csv:3:3", 0), 0u);
  EXPECT_EQ(complaint("issue,actor,position,salience\n").rfind("d.csv:1:1: there is no column \"outcome\"", 0), 0u);
  EXPECT_NE(complaint(head + "a,X,1,1,\na,Y,2,1,\n").find("no decision with an outcome"), std::string::npos);
  EXPECT_NE(complaint("issue,out\nx,1\n").find("p<actor>"), std::string::npos);
}

}  // namespace
}  // namespace parley
