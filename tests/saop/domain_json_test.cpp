// Domains and profiles in JSON: what is read, and what is refused with the place that is wrong.
#include <gtest/gtest.h>

#include <string>

#include "engine/core/check.hpp"
#include "engine/drivers/cli/domain_json.hpp"

namespace parley {
namespace {

const std::string plain_domain =
    R"({"name":"d","issuesValues":{"colour":{"values":["red","green"]},"price":{"range":[0,9,3]}}})";

std::string profile_text(const std::string& utilities, const std::string& more = "") {
  return R"({"LinearAdditiveUtilitySpace":{"name":"p","issueWeights":{"colour":0.25,"price":0.75},"issueUtilities":)" +
         utilities + more + "}}";
}
const std::string plain_utilities =
    R"({"colour":{"discreteutils":{"valueUtilities":{"red":1,"green":0.2}}},"price":{"numberutils":{"lowValue":0,"lowUtility":1,"highValue":9,"highUtility":0}}})";

template <class Read>
std::string complaint(Read read) {
  try {
    read();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}
std::string domain_complaint(const std::string& text) {
  return complaint([&] { parse_domain(text, "d.json"); });
}
std::string profile_complaint(const std::string& text) {
  return complaint([&] { parse_profile(text, "p.json", parse_domain(plain_domain, "d.json")); });
}

TEST(DomainJson, ReadsValuesRangesAndOrder) {
  const saop::Domain domain = parse_domain(plain_domain, "d.json");
  EXPECT_EQ(domain.outcomes(), 8u);
  EXPECT_EQ(domain.issues()[0].name(), "colour");
  EXPECT_EQ(domain.issues()[1].levels(), 4u);
  const saop::Profile profile = parse_profile(profile_text(plain_utilities), "p.json", domain);
  EXPECT_NEAR(profile.utility(domain, domain.outcome_of({1, 1})), 0.25 * 0.2 + 0.75 * (1 - 3 / 9.0), 1e-12);
  const saop::Profile held =
      parse_profile(profile_text(plain_utilities, R"(,"reservationBid":{"issuevalues":{"colour":"green","price":9}})"),
                    "p.json", domain);
  EXPECT_NEAR(held.reservation(), 0.05, 1e-12);
}

TEST(DomainJson, LongNamesMeanTheSame) {
  const saop::Domain domain = parse_domain(plain_domain, "d.json");
  std::string longer = plain_utilities;
  longer.replace(longer.find("discreteutils"), 13, "DiscreteValueSetUtilities");
  longer.replace(longer.find("numberutils"), 11, "NumberValueSetUtilities");
  const saop::Profile a = parse_profile(profile_text(plain_utilities), "p.json", domain),
                      b = parse_profile(profile_text(longer), "p.json", domain);
  for (saop::Outcome o = 0; o < domain.outcomes(); ++o) EXPECT_EQ(a.utility(domain, o), b.utility(domain, o));
}

TEST(DomainJson, MixedDomainsAreCut) {
  const saop::Domain domain =
      parse_domain(R"({"name":"d","issuesValues":{"a":{"values":["x","y"]},"b":{"range":[0,1,0]}}})", "d.json");
  EXPECT_EQ(domain.outcomes(), 2 * (saop::Domain::cut_steps + 1));
}

TEST(DomainJson, MistakesAreNamed) {
  const struct {
    std::string text, word;
  } domains[] = {
      {"", "d.json:1:1: is not valid JSON"},
      {"{\n \"name\": ,}", "d.json:2:10: is not valid JSON"},
      {"[]", "not an object"},
      {"{}", "issuesValues"},
      {R"({"name":"d","issuesValues":{}})", "no issues"},
      {R"({"name":"d","issuesValues":{"a":{}}})", "issuesValues.a"},
      {R"({"name":"d","issuesValues":{"a":{"values":[]}}})", "has no values"},
      {R"({"name":"d","issuesValues":{"a":{"values":[1]}}})", "issuesValues.a.values[0]"},
      {R"({"name":"d","issuesValues":{"a":{"values":["x","x"]}}})", "twice"},
      {R"({"name":"d","issuesValues":{"a":{"values":["x"]},"a":{"values":["y"]}}})", "twice in one object"},
      {R"({"name":"d","issuesValues":{"a":{"range":[0,1]}}})", "[low, high, step]"},
      {R"({"name":"d","issuesValues":{"a":{"range":[5,1,1]}}})", "low end is above"},
      {R"({"name":"d","issuesValues":{"a":{"range":[0,1,-1]}}})", "negative step"},
      {R"({"name":"d","issuesValues":{"a":{"range":[0,1e300,1e-300]}}})", "more than"},
      {R"({"name":"d","issuesValues":{"a":{"range":[0,99999,1]},"b":{"range":[0,99999,1]}}})", "outcomes"},
      {R"({"name":"d","issuesValues":{"a":{"values":["x"],"colour":1}}})", "nothing reads"},
      {R"({"name":"d","issuesValues":{"a":{"range":[0,1e999,1]}}})", "cannot be read"},
      {std::string(100000, '['), "nested deeper"},
  };
  for (const auto& mistake : domains)
    EXPECT_NE(domain_complaint(mistake.text).find(mistake.word), std::string::npos) << domain_complaint(mistake.text);
  const struct {
    std::string text, word;
  } profiles[] = {
      {"{}", "LinearAdditiveUtilitySpace"},
      {R"({"SumOfGroupsUtilitySpace":{}})", "LinearAdditiveUtilitySpace or QuadraticUtilitySpace"},
      {profile_text("{}"), "issueUtilities has no \"colour\""},
      {profile_text(R"({"colour":{"discreteutils":{"valueUtilities":{"red":1}}},"price":{}})"), "has no \"green\""},
      {profile_text(R"({"colour":{"numberutils":{}},"price":{}})"), "is for a range"},
      {profile_text(
           R"({"colour":{"discreteutils":{"valueUtilities":{"red":2,"green":0}}},"price":{"numberutils":{"lowValue":0,"lowUtility":1,"highValue":9,"highUtility":0}}})"),
       "not between 0 and 1"},
      {profile_text(
           R"({"colour":{"discreteutils":{"valueUtilities":{"red":1,"green":0}}},"price":{"numberutils":{"lowValue":0,"lowUtility":1,"highValue":5,"highUtility":0}}})"),
       "span the range"},
      {R"({"LinearAdditiveUtilitySpace":{"name":"p","issueWeights":{"colour":0.5,"price":0.75},"issueUtilities":)" +
           plain_utilities + "}}",
       "add up"},
      {profile_text(plain_utilities, R"(,"reservationBid":{"issuevalues":{"colour":"blue","price":9}})"),
       "no value of issue"},
      {profile_text(plain_utilities, R"(,"domain":{"name":"d","issuesValues":{"price":{"range":[0,9,3]}}})"),
       "not the domain"},
      {R"({"QuadraticUtilitySpace":{"name":"p","ideal":{"colour":"red","price":3},"saliences":{"colour":0.1,"price":0.1},"linkages":[{"issues":["colour","price"],"value":0.2}]}})",
       "semidefinite"},
      {R"({"QuadraticUtilitySpace":{"name":"p","ideal":{"colour":"red","price":30},"saliences":{"colour":0.1,"price":0.1}}})",
       "outside the range"},
  };
  for (const auto& mistake : profiles)
    EXPECT_NE(profile_complaint(mistake.text).find(mistake.word), std::string::npos) << profile_complaint(mistake.text);
}

}  // namespace
}  // namespace parley
