// `parley validate`: the shipped oracles pass, a wrong one is caught, and no file makes it crash.
#include "engine/drivers/validate/validate.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "engine/core/check.hpp"

namespace parley {
namespace {

using nlohmann::json;

json entry(const std::string& kind, json inputs, json expected, double tolerance = 1e-9) {
  return {{"name", "own"},          {"model", kind},   {"inputs", std::move(inputs)}, {"expected", std::move(expected)},
          {"tolerance", tolerance}, {"source", "test"}};
}

OracleReport run(const json& entries) { return validate(read_oracles(entries.dump(), "own.json"), shipped_oracles()); }

OracleResult run_one(const std::string& kind, json inputs, json expected, double tolerance = 1e-9) {
  return run(json::array({entry(kind, std::move(inputs), std::move(expected), tolerance)})).results.at(0);
}

std::string refusal(const std::string& text) {
  try {
    read_oracles(text, "bad.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Validate, EveryShippedOraclePasses) {
  const OracleReport report = validate(read_oracles(shipped_oracles_text(), "shipped"), shipped_oracles());
  EXPECT_EQ(report.results.size(), 85u);
  for (const OracleResult& r : report.results)
    EXPECT_EQ(r.status, OracleStatus::passed) << r.entry.name << ": " << r.error;
  EXPECT_TRUE(report.all_passed());
}

TEST(Validate, ShipsTheFileOfTheTests) {
  std::ifstream file(std::string(PARLEY_SOURCE_DIR) + "/tests/oracles/oracles.json", std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(shipped_oracles_text(), text.str());
}

/// Moves every number of an expected value by more than the tolerance, every truth to its opposite.
void spoil(json& value, double by) {
  if (value.is_number())
    value = value.get<double>() + by;
  else if (value.is_boolean())
    value = !value.get<bool>();
  else if (value.is_structured())
    for (auto& part : value) spoil(part, by);
}

TEST(Validate, EverySpoiltFieldFails) {
  const json shipped = json::parse(shipped_oracles_text());
  const OracleRegistry registry = shipped_oracles();
  int spoilt = 0;
  for (const json& original : shipped)
    for (const auto& [field, value] : original["expected"].items()) {
      json changed = original;
      spoil(changed["expected"][field], 2.0 * original["tolerance"].get<double>() + 1e-7);
      const OracleReport report = validate(read_oracles(json::array({changed}).dump(), "spoilt"), registry);
      EXPECT_EQ(report.count(OracleStatus::failed), 1u) << original["name"] << ' ' << field;
      ++spoilt;
    }
  EXPECT_GT(spoilt, 180);
}

TEST(Validate, NothingIsLookedUp) {
  // The same entries under other names, with the expected values taken away, compute the same.
  json shipped = json::parse(shipped_oracles_text());
  for (json& e : shipped) e["name"] = "renamed";
  EXPECT_TRUE(run(shipped).all_passed());
}

TEST(Validate, UnknownKindsAreNamed) {
  const OracleReport report = run(json::array(
      {entry("alternating_offer", {{"d1", 0.9}}, {{"x", 1.0}}),
       entry("alternating_offers", {{"d1", 0.9}, {"d2", 0.8}}, {{"share1_when_1_proposes", 0.7142857143}})}));
  EXPECT_EQ(report.count(OracleStatus::unknown), 1u);
  EXPECT_EQ(report.count(OracleStatus::passed), 1u);
  EXPECT_FALSE(report.all_passed());
  EXPECT_NE(
      report.results[0].error.find("'alternating_offer' is not known (the nearest known is 'alternating_offers')"),
      std::string::npos);
}

TEST(Validate, ComparesFieldByField) {
  const json inputs{{"d1", 0.9}, {"d2", 0.8}};
  EXPECT_EQ(run_one("alternating_offers", inputs, {{"share1_when_1_proposes", nullptr}}).status, OracleStatus::passed)
      << "null is not compared";
  EXPECT_EQ(run_one("alternating_offers", inputs, {{"no_such_field", 0.5}}).status, OracleStatus::failed);
  EXPECT_EQ(run_one("alternating_offers", inputs, {{"share1_when_1_proposes", "0.714"}}).status, OracleStatus::failed);
  EXPECT_EQ(run_one("alternating_offers", inputs, {{"share1_when_1_proposes", {0.714}}}).status, OracleStatus::failed);
  const OracleResult list =
      run_one("agenda_setter", {{"setter", 0}, {"ratifier", 0.4}, {"status_quo", 0.6}}, {{"win_set", {0.2, 0.6, 0.7}}});
  EXPECT_EQ(list.status, OracleStatus::failed) << "a list of another length";
  EXPECT_EQ(
      run_one("agenda_setter", {{"setter", 0}, {"ratifier", 0.4}, {"status_quo", 0.6}}, {{"win_set", {nullptr, 0.6}}})
          .status,
      OracleStatus::passed);
}

TEST(Validate, BadInputsFailTheEntryAndNameTheKey) {
  const OracleResult missing = run_one("alternating_offers", {{"d1", 0.9}}, {{"share1_when_1_proposes", 0.5}});
  EXPECT_EQ(missing.status, OracleStatus::failed);
  EXPECT_NE(missing.error.find("'d2' is missing"), std::string::npos) << missing.error;
  EXPECT_NE(run_one("alternating_offers", {{"d1", "x"}, {"d2", 0.5}}, {{"a", 1}}).error.find("'d1'"),
            std::string::npos);
  EXPECT_NE(run_one("alternating_offers", {{"d1", 1.5}, {"d2", 0.5}}, {{"a", 1}}).error.find("between 0 and 1"),
            std::string::npos);
  EXPECT_NE(run_one("outside_option", {{"d1", 0.9}, {"d2", 0.9}, {"w1", 0}, {"w2", 0.3}, {"opt_out", "either side"}},
                    {{"a", 1}})
                .error.find("'opt_out'"),
            std::string::npos);
  EXPECT_NE(run_one("screening_sequence", {{"p", 0.5}, {"cA", 0.1}, {"cB_uniform", {0, 0.4}}, {"rule", "far-sighted"}},
                    {{"a", 1}})
                .error.find("\"myopic\""),
            std::string::npos);
  const OracleResult extra = run_one("alternating_offers", {{"d1", 0.9}, {"d2", 0.8}, {"pie", 2}, {"comment", "words"}},
                                     {{"share1_when_1_proposes", 0.7142857143}});
  EXPECT_EQ(extra.unread, std::vector<std::string>{"pie"});
}

TEST(Validate, JsonAndTableHoldWhatTheyPromise) {
  const OracleReport report = run(
      json::array({entry("alternating_offers", {{"d1", 0.9}, {"d2", 0.8}}, {{"share1_when_1_proposes", 0.7142857143}}),
                   entry("nothing", json::object(), {{"x", 1}}),
                   entry("deffuant", {{"x", 0.3}, {"y", 0.5}, {"mu", 0.3}, {"eps", 0.25}}, {{"x_new", 0.5}})}));
  const json out = report_json(report);
  EXPECT_EQ(out["passed"], 1);
  EXPECT_EQ(out["failed"], 1);
  EXPECT_EQ(out["unknown"], 1);
  EXPECT_EQ(out["results"][0]["name"], "own");
  EXPECT_EQ(out["results"][0]["model"], "alternating_offers");
  EXPECT_EQ(out["results"][0]["pass"], true);
  EXPECT_EQ(out["results"][2]["fields"][0]["field"], "x_new");
  EXPECT_EQ(out["results"][2]["fields"][0]["expected"], 0.5);
  EXPECT_NEAR(out["results"][2]["fields"][0]["computed"].get<double>(), 0.36, 1e-12);
  const std::string table = report_table(report);
  for (const char* word : {"name", "computed", "expected", "difference", "tolerance", "source", "pass", "FAIL",
                           "UNKNOWN", "1 passed, 1 failed, 1 unknown"})
    EXPECT_NE(table.find(word), std::string::npos) << word;
}

TEST(Validate, MalformedFilesAreRefusedWithTheirPlace) {
  EXPECT_NE(refusal("[\n {\"name\": }\n]").find("bad.json:2:11"), std::string::npos) << refusal("[\n {\"name\": }\n]");
  EXPECT_NE(refusal("").find("not JSON"), std::string::npos);
  EXPECT_NE(refusal("{}").find("not a list"), std::string::npos);
  EXPECT_NE(refusal("[1]").find("entry 1 is not an object"), std::string::npos);
  EXPECT_NE(refusal("[\n\n  {\"name\": \"a\"}]").find("bad.json:3:3: entry 1 (a) has no 'model'"), std::string::npos)
      << refusal("[\n\n  {\"name\": \"a\"}]");
  json good = entry("alternating_offers", {{"d1", 0.9}, {"d2", 0.8}}, {{"x", 1}});
  for (const char* key : {"name", "model", "inputs", "expected", "tolerance"}) {
    json bad = good;
    bad.erase(key);
    EXPECT_NE(refusal(json::array({bad}).dump()).find(std::string("'") + key + "'"), std::string::npos) << key;
    bad[key] = json::array({1});
    EXPECT_NE(refusal(json::array({bad}).dump()).find(std::string("'") + key + "'"), std::string::npos) << key;
  }
  good["tolerance"] = -1.0;
  EXPECT_FALSE(refusal(json::array({good}).dump()).empty());
  good["tolerance"] = 0.1;
  good["tolerance_is"] = "relative";
  EXPECT_FALSE(refusal(json::array({good}).dump()).empty());
  EXPECT_NE(refusal("[{\"name\": \"a\", \"name\": \"b\"}]").find("stands twice"), std::string::npos);
  EXPECT_NE(refusal(std::string(100000, '[')).find("nested too deeply"), std::string::npos);
  EXPECT_NE(refusal("[{\"a\": 1e999}]").find("kept"), std::string::npos) << refusal("[{\"a\": 1e999}]");
  EXPECT_FALSE(refusal("[{\"name\": \"\xff\"}]").empty());
  EXPECT_FALSE(refusal("[{\"name\": NaN}]").empty());
  EXPECT_NE(refusal(std::string((std::size_t{16} << 20) + 1, ' ')).find("too large"), std::string::npos);
}

/// Every input of every shipped entry replaced by things it was not meant to be.
TEST(Validate, NoInputCrashesAKind) {
  const json shipped = json::parse(shipped_oracles_text());
  const OracleRegistry registry = shipped_oracles();
  const std::vector<json> oddities{nullptr,
                                   true,
                                   "",
                                   "words",
                                   -1,
                                   0,
                                   1,
                                   2,
                                   1e300,
                                   -1e300,
                                   1e-300,
                                   0.5,
                                   json::array(),
                                   json::object(),
                                   json::array({0}),
                                   json::array({-1, 2}),
                                   json::array({0, 0}),
                                   json::array({json::array()}),
                                   json::array({json::array({1, 2, 3}), 4}),
                                   json::array({json::array({0.5, 0.5}), json::array({0.5, 0.5})}),
                                   json{{"x1", {0.5, 0.1}}},
                                   json{{"x9", 1}},
                                   json::array({"a", 1}),
                                   1e15,
                                   4294967296.0};
  std::size_t tried = 0;
  for (const json& original : shipped)
    for (const auto& [key, value] : original["inputs"].items()) {
      std::vector<json> variants;
      for (const json& odd : oddities) {
        variants.push_back(original);
        variants.back()["inputs"][key] = odd;
      }
      variants.push_back(original);
      variants.back()["inputs"].erase(key);
      if (value.is_array() && !value.empty()) {
        variants.push_back(original);
        variants.back()["inputs"][key].push_back(value[0]);
        variants.push_back(original);
        variants.back()["inputs"][key].erase(0);
      }
      const OracleReport report = validate(read_oracles(json(variants).dump(), "odd"), registry);
      EXPECT_FALSE(report_json(report).dump().empty());
      EXPECT_FALSE(report_table(report).empty());
      tried += variants.size();
    }
  EXPECT_GT(tried, 5000u);
}

TEST(Validate, OtherNumbersOfTheSameKinds) {
  struct Case {
    const char* kind;
    json inputs, expected;
  };
  const std::vector<Case> cases{
      {"alternating_offers_finite",
       {{"d1", 0.9}, {"d2", 0.8}, {"T", 3}, {"first_proposer", 2}, {"disagreement", 0}},
       {{"share1", 0.09 * 2}}},
      {"outside_option",
       {{"d1", 0.9}, {"d2", 0.9}, {"w1", 0.6}, {"w2", 0}},
       {{"share1_when_1_proposes", 0.64}, {"share2_when_2_proposes", 0.4}}},
      {"two_level_ratifier",
       {{"d1", 0.9}, {"d2", 0.9}, {"r1", 0.7}, {"r2", 0.4}},
       {{"feasible", false}, {"share1_when_1_proposes", nullptr}}},
      {"legislative_bargaining",
       {{"n", 5}, {"votes_needed", 3}, {"delta", 0.8}, {"recognition", "equal"}},
       {{"proposer", 0.68}, {"coalition_partner", 0.16}, {"ex_ante", 0.2}}},
      {"legislative_bargaining",
       {{"n", 3}, {"votes_needed", 3}, {"delta", {0.9, 0.8, 0.95}}, {"recognition", {0.5, 0.3, 0.2}}},
       {{"ex_ante", {10.0 / 21.0, 1.0 / 7.0, 8.0 / 21.0}}}},
      {"war_random_walk",
       {{"N", 10}, {"k", 3}, {"p", 0.5}, {"delta_for_value", 1.0}, {"cost_per_battle_for_value", 0.01}},
       {{"prob_A_victory", 0.3}, {"expected_battles", 21.0}, {"value_A", 0.09}}},
      {"risk_return",
       {{"p", 0.5}, {"cA", 0.3}, {"cB_uniform", {0.1, 0.4}}},
       {{"demand", 0.6}, {"prob_war", 0.0}, {"EU_A", 0.6}}},
      {"commitment_problem",
       {{"p_now", 0.3}, {"p_next", 0.6}, {"delta", 0.9}, {"query_d", {0.1, 0.3}}},
       {{"war_at_d_0_10", true}, {"war_at_d_0_3", false}}},
      {"attrition_private",
       {{"c", 0.5}, {"v", 0.5}, {"query_exponential_rate", 2}},
       {{"quit_time_exponential_rate2", 0.5}}},
      {"prospect_value",
       {{"alpha", 0.5},
        {"lambda_", 2},
        {"gamma_gain", 1},
        {"gamma_loss", 1},
        {"query_outcomes", {4, -9, 0.25}},
        {"query_probabilities", {0.25}}},
       {{"v_4", 2}, {"v_minus_9", -6}, {"v_0_25", 0.5}, {"w_gain_0_25", 0.25}, {"w_loss_0_25", 0.25}}},
      {"loss_averse_nash",
       {{"pie", 1}, {"reference_A", 0.4}, {"lambda_A", {1, 2.25}}, {"disagreement_shares", {0, 0}}},
       {{"1", 0.5}, {"2.25", 0.4}}},
      {"degroot", {{"W", {{0.0, 1.0}, {1.0, 0.0}}}, {"x0", {0.0, 1.0}}}, {{"consensus", nullptr}}},
      {"morris",
       {{"f", "bilinear"},
        {"coefficients", {{"x1", 1}, {"x2", 1}, {"x3", -2}, {"x2x3", 2}}},
        {"levels", 4},
        {"delta", 1.0 / 3.0},
        {"domain", "[0,1]^3"}},
       {{"mu", {1.0, 2.0, -1.0}}}},
      {"pawn",
       {{"f", "identity_x1_with_dummy_x2"}, {"conditioning_intervals", 4}},
       {{"max", 0.75}, {"median", 0.625}, {"mean", 0.625}, {"dummy_x2", 0.0}}},
      {"prim",
       {{"f", "box"},
        {"box", {{"x1", {0.0, 0.5}}, {"x3", {0.2, 0.6}}}},
        {"domain", "[0,1]^3"},
        {"alpha_peel", 0.2},
        {"query_worse_peel", "x1 from below"}},
       {{"base_density", 0.2}, {"first_peel_density", 0.25}, {"worse_peel_density_x1_low", 0.15}}},
      {"wilson_required_runs", {{"half_width", 0.02}, {"p", 0.1}, {"conf", 0.95}}, {{"n", 868}}},
      {"hegselmann_krause",
       {{"x0", {0.0, 0.3, 0.6}}, {"eps", 0.3}, {"query_first_step_eps", 0.3}},
       {{"step1_eps_0_3", {0.15, 0.3, 0.45}}, {"limits", {{"0.3", {0.3, 0.3, 0.3}}}}}},
  };
  for (const Case& c : cases) {
    const OracleResult r = run_one(c.kind, c.inputs, c.expected, 1e-9);
    EXPECT_EQ(r.status, OracleStatus::passed) << c.kind << ' ' << r.error << '\n' << report_table({{r}});
  }
}

}  // namespace
}  // namespace parley
