// The facade of the page says what the command line says: the same runs, the same fingerprints, the same rounds.
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/drivers/web/facade.hpp"

namespace parley {
namespace {

using Json = nlohmann::ordered_json;

std::string file_text(const std::string& name) {
  std::ifstream file(std::string(PARLEY_SOURCE_DIR "/") + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Json request(const char* verb, const std::string& name, const Json& more = Json::object()) {
  Json r = {{"verb", verb}, {"configuration", file_text(name)}, {"name", name}, {"set", {"sweep.design=none"}}, {"runs", 1000}, {"seed", 7}};
  r.update(more);
  return r;
}

Json ask(const Json& request) {
  Facade facade;
  return Json::parse(facade.answer(request.dump()).text);
}

constexpr const char* reference = "configs/start-values.toml";

TEST(Facade, DescribesWhoPlaysAndEveryParameterWithItsValue) {
  const Json page = ask({{"verb", "describe"}, {"configuration", file_text("configs/classroom/ratification.toml")}, {"set", {"actors.south.mood=0.25"}}});
  EXPECT_EQ(page["structure"]["actors"][1]["title"], "South");
  EXPECT_EQ(page["sweep"].size(), 2u);
  bool found = false;
  for (const Json& p : page["model"]["parameters"])
    if (p["path"] == "actors.south.mood") {
      found = true;
      EXPECT_EQ(p["value"], 0.25);
      EXPECT_EQ(p["unit"], "logit");
    }
  EXPECT_TRUE(found);
}

TEST(Facade, PartsOfAPlanAddUpToTheWhole) {
  Facade facade;
  const auto counts = [&](int first, int count) { return Json::parse(facade.answer(request("run", reference, {{"first", first}, {"count", count}}).dump()).text)["counts"]; };
  const Json whole = counts(0, 1000), one = counts(0, 300), other = counts(300, 700);
  EXPECT_EQ(whole["runs"], 1000);
  for (int s = 0; s < 3; ++s) EXPECT_EQ(whole["scenarios"][s].get<int>(), one["scenarios"][s].get<int>() + other["scenarios"][s].get<int>());
}

TEST(Facade, ColumnsHoldTheRowsThatAreToldRunByRun) {
  Facade facade;
  const FacadeAnswer answer = facade.answer(request("run", reference, {{"columns", {"scenario", "package"}}, {"count", 50}}).dump());
  const Json json = Json::parse(answer.text);
  ASSERT_EQ(json["columns"].size(), 2u);
  for (const int run : {0, 7, 49}) {
    const Json told = ask(request("play", reference, {{"run", run}}));
    const auto scenario = static_cast<int>(answer.data[json["columns"][0]["at"].get<std::size_t>() + static_cast<std::size_t>(run)]);
    EXPECT_EQ(json["columns"][0]["labels"][static_cast<std::size_t>(scenario)][0], told["row"]["scenario"]);
    float territory = 0;
    std::memcpy(&territory, answer.data.data() + json["columns"][1]["at"].get<std::size_t>() + 4 * 6 * static_cast<std::size_t>(run), 4);
    const Json& package = told["row"]["package"]["territory"];
    if (package.is_null()) EXPECT_TRUE(territory != territory);
    else EXPECT_EQ(territory, package.get<float>());
  }
}

TEST(Facade, KernelsGiveTheSameBits) {
  const auto bits = [](const char* kernel) { return ask(request("run", reference, {{"bits", true}, {"kernel", kernel}}))["bits"]; };
  EXPECT_EQ(bits("one"), bits("portable"));
  EXPECT_EQ(bits("one").get<std::string>().size(), 16u);
}

TEST(Facade, WhatIsWrongIsSaidAndNeverThrown) {
  const auto error = [](const Json& r) { return ask(r)["error"].get<std::string>(); };
  EXPECT_NE(error(request("play", reference, {{"run", 1000}})).find("There is no run 1000"), std::string::npos);
  EXPECT_NE(error(request("run", reference, {{"set", {"actors.ukraine.moood=1"}}})).find("Did you mean"), std::string::npos);
  EXPECT_NE(error(request("dance", reference)).find("no verb"), std::string::npos);
  EXPECT_NE(error(request("run", reference, {{"first", -1}})).find("whole number"), std::string::npos);
  EXPECT_NE(error(request("sit", reference, {{"moves", {{{"reply", "propose"}, {"rung", 3}, {"text", {0.5, 2}}}}}})).find("proposal"), std::string::npos);
  Facade facade;
  for (const char* text : {"", "[]", "{}", "{\"verb\": 3}", "{\"verb\": \"run\"}", "\xff"})
    EXPECT_TRUE(Json::parse(facade.answer(text).text).contains("error")) << text;
}

/// Plays a seat to its end with one reply; returns the last answer and how often it was asked.
Json sit_out(const std::string& name, int actor, int run, const Json& move, int& asked) {
  Json moves = Json::array();
  for (;;) {
    const Json sitting = ask(request("sit", name, {{"actor", actor}, {"run", run}, {"moves", moves}}));
    if (sitting["over"]) {
      asked = static_cast<int>(moves.size());
      return sitting;
    }
    moves.push_back(move);
    if (moves.size() > 60) return Json();
  }
}

TEST(Seat, WhoAlwaysRefusesNeverGetsADeal) {
  int asked = 0;
  const Json end = sit_out("configs/classroom/mediator-leverage.toml", 0, 3, {{"reply", "refuse"}}, asked);
  EXPECT_EQ(asked, 26);
  EXPECT_EQ(end["row"]["scenario"], "stalemate");
  EXPECT_EQ(end["row"]["vetoes"]["north"], 26);
}

TEST(Seat, WhoAnswersAsTheModelWouldPlaysTheRunThatIsTold) {
  const std::string name = "configs/classroom/mediator-leverage.toml";
  const Json told = ask(request("play", name, {{"run", 5}}));
  Json moves = Json::array();
  for (const Json& round : told["rounds"])
    if (round["rung"] != "none") moves.push_back({{"reply", round["actors"]["south"]["leadership"].get<bool>() ? "accept" : "refuse"}});
  const Json sat = ask(request("sit", name, {{"actor", 1}, {"run", 5}, {"moves", moves}}));
  EXPECT_TRUE(sat["over"]);
  EXPECT_EQ(sat["rounds"], told["rounds"]);
  EXPECT_EQ(sat["row"], told["row"]);
}

TEST(Seat, AProposalIsWhatTheOthersAnswer) {
  const Json move = {{"reply", "propose"}, {"rung", 0}, {"text", {0.125}}};
  const Json sat = ask(request("sit", "configs/classroom/mediator-leverage.toml", {{"actor", 0}, {"run", 2}, {"moves", {move}}}));
  EXPECT_EQ(sat["rounds"][0]["package"]["border"], 0.125);
  EXPECT_EQ(sat["rounds"][0]["actors"]["north"]["leadership"], true);
}

TEST(Facade, SharesTheStalematesOutAmongTheMechanisms) {
  const Json why = ask(request("explain", "configs/classroom/optimism.toml", {{"count", 200}}));
  double sum = 0;
  for (const Json& m : why["mechanisms"]) sum += m["shapley"]["value"].get<double>();
  EXPECT_NEAR(sum, why["stalemate"]["value"].get<double>() - why["without_all"]["value"].get<double>(), 1e-12);
  EXPECT_EQ(why["mechanisms"][0]["name"], "optimism");
}

TEST(Appraise, BelligerentsGainTowardsTheirOwnEnd) {
  Facade facade;
  const FacadeAnswer answer = facade.answer(request("appraise", "configs/classroom/mediator-leverage.toml", {{"rung", 0}, {"packages", {0.2, 0.8}}}).dump());
  const Json json = Json::parse(answer.text);
  double gain[6];
  ASSERT_EQ(json["columns"][0]["bytes"], sizeof gain);
  std::memcpy(gain, answer.data.data() + json["columns"][0]["at"].get<std::size_t>(), sizeof gain);
  EXPECT_GT(gain[0], gain[3]);
  EXPECT_LT(gain[1], gain[4]);
}

}  // namespace
}  // namespace parley
