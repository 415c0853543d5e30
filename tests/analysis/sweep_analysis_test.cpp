// What the analysis of a sweep says of luck, and which designs it refuses for what.
#include <gtest/gtest.h>

#include "engine/analysis/sweep_analysis.hpp"
#include "models/catalog.hpp"

namespace parley {
namespace {

const std::string game = R"(
[rounds]
horizon = 3
[issues.land]
[rungs.deal]
settles = ["land"]
[actors.north]
fights = true
salience = [0.3]
[actors.south]
fights = true
salience = [0.3]
ideal = [1]
)";

Plan plan_of(const std::string& design, const std::string& more = "samples = 512\n") {
  const std::string paths = "[sweep.sample]\n\"actors.north.cost\" = { dist = \"uniform\", min = 0, max = 1 }\n\"actors.south.cost\" = { dist = \"uniform\", min = 0, max = 1 }\n";
  const std::string sweep = design == "grid" ? "[sweep]\naxes = { \"actors.north.cost\" = [0, 0.5, 1] }\n" : "[sweep]\ndesign = \"" + design + "\"\n" + more + paths;
  return Plan(read_config(game + sweep, "c.toml", {}, &find_model), 4, 1);
}

/// Runs that are 1 with a chance of the north's cost: over the parameters their mean has variance 1/12, a run 1/4, of
/// which two thirds are luck; a mean of four runs has 1/12 + 1/24.
CellOutput output_of(const Plan& plan) {
  CellOutput out{"stalemate", "share of runs", "1", true, {}, {}, {}};
  for (std::uint64_t c = 0; c < plan.cells(); ++c) {
    double k = 0;
    for (std::uint8_t r = 0; r < 4; ++r) k += Draws<double>(9, c, 0).uniform({Stream::Kind::world, 0}, r) < plan.swept_values(c)[0];
    out.mean.push_back(k / 4);
    out.variance.push_back(k * (4 - k) / 12);
    out.runs.push_back(4);
  }
  return out;
}

AnalysisOptions only(std::vector<AnalysisMethod> methods, std::size_t resamples) {
  AnalysisOptions options;
  options.methods = std::move(methods);
  options.bootstrap.resamples = resamples;
  return options;
}

std::string refusal(const Plan& plan, AnalysisMethod method) {
  const CellOutput output = output_of(plan);
  try {
    analyse_sweep(plan, output, output, only({method}, 10));
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(SweepAnalysis, SaysHowMuchIsLuck) {
  const Plan plan = plan_of("saltelli", "samples = 16384\nluck = \"own\"\n");
  const CellOutput output = output_of(plan);
  const SweepAnalysis a = analyse_sweep(plan, output, output, only({AnalysisMethod::sobol}, 100));
  ASSERT_TRUE(a.luck);
  EXPECT_NEAR(a.luck->of_run, 2.0 / 3, 0.01);
  EXPECT_NEAR(a.luck->of_cell_mean, 1.0 / 3, 0.01);
  EXPECT_FALSE(a.luck->at_most);
  EXPECT_NEAR(a.sobol->inputs[0].total.value, 1, 0.02);
  EXPECT_NEAR(a.sobol->inputs[1].total.value, 0, 0.02);
  for (const std::string& warning : a.warnings) EXPECT_EQ(warning.find("luck"), std::string::npos) << warning;
}

TEST(SweepAnalysis, WarnsWhereAllCellsShareAFewDraws) {
  const Plan plan = plan_of("saltelli");
  const CellOutput output = output_of(plan);
  const SweepAnalysis a = analyse_sweep(plan, output, output, only({AnalysisMethod::sobol}, 50));
  EXPECT_TRUE(a.luck->at_most);
  ASSERT_FALSE(a.warnings.empty());
  EXPECT_NE(a.warnings[0].find("share the luck"), std::string::npos) << a.warnings[0];
}

TEST(SweepAnalysis, RefusesADesignThatDoesNotBearAMethodAndSaysHowToGetIt) {
  for (const char* design : {"latin_hypercube", "sobol", "morris", "grid"}) {
    const std::string said = refusal(plan_of(design), AnalysisMethod::sobol);
    EXPECT_NE(said.find("Saltelli"), std::string::npos) << design;
    EXPECT_NE(said.find(design), std::string::npos) << said;
    EXPECT_NE(said.find("\"saltelli\""), std::string::npos) << said;
  }
  EXPECT_NE(refusal(plan_of("saltelli"), AnalysisMethod::morris).find("\"morris\""), std::string::npos);
  EXPECT_NE(refusal(plan_of("morris"), AnalysisMethod::pawn).find("\"latin_hypercube\""), std::string::npos);
  EXPECT_NE(refusal(plan_of("grid"), AnalysisMethod::pawn).find("\"latin_hypercube\""), std::string::npos);
  EXPECT_NE(refusal(plan_of("morris"), AnalysisMethod::boxes).find("\"grid\""), std::string::npos);
  EXPECT_EQ(refusal(plan_of("latin_hypercube"), AnalysisMethod::pawn), "");
  EXPECT_EQ(refusal(plan_of("morris"), AnalysisMethod::morris), "");
}

TEST(SweepAnalysis, RefusesAResultThatVariesNothing) {
  const Plan plan(read_config(game, "c.toml", {}, &find_model), 4, 1);
  CellOutput output{"stalemate", "", "1", true, {0.5}, {0.1}, {4}};
  EXPECT_THROW(analyse_sweep(plan, output, output), InputError);
}

TEST(SweepAnalysis, UsesWholeRowsOfTheFirstCells) {
  const Plan plan = plan_of("saltelli");
  const CellOutput output = output_of(plan);
  AnalysisOptions options = only({}, 50);
  options.cells = 1001;
  const SweepAnalysis a = analyse_sweep(plan, output, output, options);
  EXPECT_EQ(a.cells_used, 1000u);
  EXPECT_EQ(a.sobol->rows, 250u);
  EXPECT_EQ(a.pawn->rows, 500u);
}

TEST(SweepAnalysis, ItsJsonHoldsEveryMethod) {
  const Plan plan = plan_of("saltelli");
  const CellOutput output = output_of(plan);
  const auto json = analysis_json(analyse_sweep(plan, output, output, only({}, 50)));
  EXPECT_EQ(json["sobol"]["parameters"].size(), 2u);
  EXPECT_EQ(json["sobol"]["parameters"][0]["path"], "actors.north.cost");
  EXPECT_GT(json["sobol"]["parameters"][0]["total"]["estimate"], json["sobol"]["parameters"][1]["total"]["estimate"]);
  EXPECT_TRUE(json["morris"].is_null());
  EXPECT_EQ(json["boxes"]["boxes"][0]["limits"][0]["path"], "actors.north.cost");
  EXPECT_GT(json["boxes"]["boxes"][0]["limits"][0]["low"], 0);
}

}  // namespace
}  // namespace parley
