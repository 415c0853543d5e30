// Scores worked out by hand, concepts against their general search, and the worked examples whose winners are known.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/analysis/backtest.hpp"
#include "engine/analysis/one_issue_concepts.hpp"
#include "engine/analysis/solution_concepts.hpp"
#include "engine/core/rng.hpp"

namespace parley {
namespace {

TEST(Crps, OfAPointIsItsErrorAndOfACoinIsKnown) {
  EXPECT_DOUBLE_EQ(crps({.point = 3, .values = {3}}, 10), 7);
  // Half 0 and half 10 at outcome 5: 5 − ½ · (½ · 10) = 2.5.
  EXPECT_DOUBLE_EQ(crps({.point = 5, .values = {0, 10}}, 5), 2.5);
  EXPECT_DOUBLE_EQ(crps({.point = 5, .values = {10, 0}, .weights = {3, 1}}, 10), 2.5 - 0.25 * 0.75 * 10);
}

Decision decision(const std::vector<double>& positions, double outcome, std::optional<double> reference = {}) {
  Decision made{.issue = "i", .stands = {}, .outcome = outcome, .reference = reference};
  for (const double position : positions)
    made.stands.push_back({.actor = std::to_string(made.stands.size()), .position = position});
  return made;
}

TEST(Backtest, ScoresAreThoseOfTheErrors) {
  const std::vector<Decision> decisions = {decision({0, 100}, 50), decision({0, 20}, 20), decision({40, 60}, 44)};
  const Predictor mean = concept_predictors(false)[1];
  ASSERT_EQ(mean.name, "mean");
  const Predictor known{
      "known", "knows two of three", [](const Decision& d) -> std::optional<Prediction> {
        if (d.stands[0].position == 40) return std::nullopt;
        return Prediction{.point = d.stands[0].position == 0 && d.stands[1].position == 20 ? 20.0 : 50.0};
      }};
  const auto scores = backtest(decisions, {mean, known}, "mean", {.samples = 500});
  EXPECT_EQ(scores[0].n, 3u);  // errors 0, 10, 6
  EXPECT_NEAR(scores[0].mae, 16 / 3.0, 1e-12);
  EXPECT_NEAR(scores[0].rmse, std::sqrt(136 / 3.0), 1e-12);
  EXPECT_NEAR(scores[0].median_error, 6, 1e-12);
  EXPECT_NEAR(scores[0].within_5, 1 / 3.0, 1e-12);
  EXPECT_FALSE(scores[0].crps);
  EXPECT_EQ(scores[1].n, 2u);
  EXPECT_NEAR(scores[1].difference, -5, 1e-12);
  EXPECT_LE(scores[1].difference_interval.low, -5);
  EXPECT_GE(scores[1].difference_interval.high, -5);
}

TEST(Backtest, TheBootstrapIntervalIsThatOfTheMean) {
  std::vector<Decision> decisions;
  for (std::uint64_t i = 0; i < 400; ++i)
    decisions.push_back(decision({50, 50}, 50 + 20 * Draws<double>(9, i, 0).uniform({Stream::Kind::world, 0}, 0)));
  const auto score = backtest(decisions, concept_predictors(false), compromise_baseline, {.samples = 4000})[0];
  // Uniform errors of spread 20: standard error 20/√12/√400 = .2887; ± 1.96 of it.
  EXPECT_NEAR(score.mae_interval.high - score.mae_interval.low, 2 * 1.96 * 0.2887, 0.08);
  EXPECT_NEAR(0.5 * (score.mae_interval.high + score.mae_interval.low), score.mae, 0.05);
  EXPECT_EQ(score.difference_interval.low, 0);
}

TEST(Concepts, NashAndKalaiSmorodinskyAgreeWithTheGeneralSearch) {
  for (const auto& [positions, reference] :
       {std::pair{std::vector<double>{60, 80}, 20.0}, {{30, 35, 10}, 100.0}, {{55, 90, 100}, 40.0}}) {
    const Decision made = decision(positions, 0, reference);
    BargainingProblem problem{.issues = 1, .utilities = {}, .disagreement = {}};
    for (const double ideal : positions) {
      problem.utilities.push_back([ideal](std::span<const double> x) { return -std::fabs(100 * x[0] - ideal); });
      problem.disagreement.push_back(-std::fabs(reference - ideal));
    }
    const SolutionConcepts general(problem);
    EXPECT_NEAR(*nash_on_one_issue(made, std::vector<double>(positions.size(), 1)), 100 * general.nash()->package[0],
                1e-3);
    EXPECT_NEAR(*kalai_smorodinsky_on_one_issue(made), 100 * general.kalai_smorodinsky()->package[0], 1e-3);
  }
}

TEST(Concepts, WithoutRoomForAllTheReferenceStays) {
  EXPECT_EQ(nash_on_one_issue(decision({20, 80}, 0, 50.0), {1, 1}), 50);
  EXPECT_EQ(kalai_smorodinsky_on_one_issue(decision({20, 80}, 0, 50.0)), 50);
  EXPECT_FALSE(nash_on_one_issue(decision({20, 80}, 0), {1, 1}));
}

/// What `parley backtest` prints for a file of configs/backtest.
nlohmann::json run(const std::string& file, const std::string& more = "") {
  const std::string command =
      std::string(PARLEY_BINARY) + " backtest " + PARLEY_SOURCE_DIR + "/configs/backtest/" + file + " --json " + more;
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> block;
  for (std::size_t got; (got = fread(block.data(), 1, block.size(), pipe)) > 0;) text.append(block.data(), got);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return nlohmann::json::parse(text);
}

std::string winner(const nlohmann::json& report) {
  const auto& models = report["models"];
  return std::min_element(models.begin(), models.end(),
                          [](const auto& a, const auto& b) { return a["mae"] < b["mae"]; })
      ->at("name");
}

nlohmann::json model(const nlohmann::json& report, const std::string& name) {
  for (const auto& each : report["models"])
    if (each["name"] == name) return each;
  ADD_FAILURE() << name;
  return {};
}

TEST(WorkedExamples, TheWeightedMeanWinsWhereItMadeTheOutcomes) {
  const auto report = run("compromise.csv");
  EXPECT_EQ(report["decisions"], 60);
  EXPECT_EQ(winner(report), "power_weighted_mean");
  // A normal error of standard deviation 3 has a mean size of 2.39; 60 of them err by .23.
  EXPECT_NEAR(model(report, "power_weighted_mean")["mae"].get<double>(), 2.39, 0.7);
  EXPECT_LT(model(report, "power_weighted_mean")["difference_high"].get<double>(), 0);
  EXPECT_EQ(model(report, "nash")["n"], 40);
}

TEST(WorkedExamples, TheCondorcetMedianWinsWhereItMadeTheOutcomes) {
  const auto report = run("majority_wide.csv");
  EXPECT_EQ(report["decisions"], 60);
  EXPECT_EQ(winner(report), "condorcet_median");
  EXPECT_NEAR(model(report, "condorcet_median")["mae"].get<double>(), 0.8, 1e-9);
  EXPECT_EQ(model(report, "condorcet_median")["within_5"], 1.0);
  EXPECT_TRUE(model(report, "mean")["crps"].is_null());
  EXPECT_GT(model(report, "challenge_monte_carlo")["crps"].get<double>(), 0);
}

TEST(WorkedExamples, ReportsRepeat) {
  EXPECT_EQ(run("compromise.csv", "--seed 5 --bootstrap 100 --runs 20"),
            run("compromise.csv", "--seed 5 --bootstrap 100 --runs 20"));
}

}  // namespace
}  // namespace parley
