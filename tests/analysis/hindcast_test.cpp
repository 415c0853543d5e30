// Scores by hand, and tables of outcomes that are refused by place.
#include "engine/analysis/hindcast.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/check.hpp"

namespace parley {
namespace {

constexpr const char* rates = "id,value,low,high,unit\nwars,2,1,8,% per month\nsettled,40,,,%\n";

std::vector<KnownOutcome> read(const std::string& rows) {
  return read_outcomes("event,happened,base_rate,times,evidence,source\n" + rows, "outcomes.csv", rates, "rates.csv");
}

std::string refusal(const std::string& rows) {
  try {
    read(rows);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Hindcast, ScoresAreThoseOfTheirDefinitions) {
  EXPECT_NEAR(log_score(0.25, true), std::log(4.0), 1e-15);
  EXPECT_NEAR(log_score(0.25, false), -std::log(0.75), 1e-15);
  EXPECT_NEAR(brier_score(0.25, true), 0.5625, 1e-15);
  EXPECT_NEAR(brier_score(0.25, false), 0.0625, 1e-15);
  EXPECT_EQ(log_score(0, false), 0);
  EXPECT_TRUE(std::isinf(log_score(0, true)));
}

TEST(Hindcast, BothScoresAreProper) {  // expected score over the truth is least at the truth
  for (const double truth : {0.1, 0.5, 0.8})
    for (const double said : {0.05, 0.3, 0.6, 0.95}) {
      const auto expected = [&](auto score, double p) { return truth * score(p, true) + (1 - truth) * score(p, false); };
      EXPECT_LT(expected(log_score, truth), expected(log_score, said));
      EXPECT_LT(expected(brier_score, truth), expected(brier_score, said));
    }
}

TEST(Hindcast, AConstantHazardIsAnExponential) {
  EXPECT_NEAR(chance_within(0.02, 12), 1 - std::exp(-0.24), 1e-15);
  EXPECT_EQ(chance_within(0, 12), 0);
}

TEST(Hindcast, ReadsOutcomesWithTheirBaseRates) {
  const auto known = read("signed_deal,no,wars,0.5,seen,where\nceasefire_30_days,yes,wars,1,,\n");
  ASSERT_EQ(known.size(), 2u);
  EXPECT_FALSE(known[0].happened);
  EXPECT_TRUE(known[1].happened);
  EXPECT_NEAR(known[0].base_rate.value, 0.01, 1e-15);
  EXPECT_NEAR(known[0].base_rate.high, 0.04, 1e-15);
  EXPECT_EQ(known[0].evidence, "seen");
}

TEST(Hindcast, RefusesWhatDoesNotFitByPlace) {
  EXPECT_NE(refusal("peace,no,wars,1,,\n").find("outcomes.csv:2:1"), std::string::npos);
  EXPECT_NE(refusal("truce,perhaps,wars,1,,\n").find("outcomes.csv:2:7"), std::string::npos);
  EXPECT_NE(refusal("truce,no,battles,1,,\n").find("there is no base rate \"battles\""), std::string::npos) << refusal("truce,no,battles,1,,\n");
  EXPECT_NE(refusal("truce,no,settled,1,,\n").find("rates.csv:3"), std::string::npos);
  EXPECT_NE(refusal("truce,no,wars,0,,\n").find("outcomes.csv:2:15"), std::string::npos);
  EXPECT_NE(refusal("truce,no,wars,1,,\ntruce,no,wars,1,,\n").find("outcomes.csv:3:1"), std::string::npos);
  EXPECT_NE(refusal("").find("no outcome"), std::string::npos);
}

}  // namespace
}  // namespace parley
