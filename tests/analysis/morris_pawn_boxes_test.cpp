// Elementary effects, PAWN and boxes on functions whose answers are known.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/analysis/box_discovery.hpp"
#include "engine/analysis/morris_analysis.hpp"
#include "engine/analysis/pawn_analysis.hpp"
#include "engine/analysis/sensitivity.hpp"
#include "engine/sweep/design.hpp"

namespace parley {
namespace {

Design design_of(DesignKind kind, std::uint32_t samples, std::size_t inputs) {
  SweepSpec spec;
  spec.design = kind;
  spec.samples = samples;
  for (std::size_t d = 0; d < inputs; ++d) spec.sample.push_back({"p" + std::to_string(d), {}, {}, {}});
  return Design(spec, 1);
}

template <class Function>
std::vector<double> played(const Design& design, Function f) {
  std::vector<double> out;
  for (std::uint64_t c = 0; c < design.cells(); ++c) out.push_back(f(design.unit_row(c)));
  return out;
}

std::vector<std::vector<double>> columns_of(const Design& design, std::size_t inputs) {
  std::vector<std::vector<double>> columns(inputs, std::vector<double>(design.cells()));
  for (std::uint64_t c = 0; c < design.cells(); ++c) {
    const auto row = design.unit_row(c);
    for (std::size_t i = 0; i < inputs; ++i) columns[i][c] = row[i];
  }
  return columns;
}

// 3 x1 − 2 x2: effects are exactly 3 and −2 wherever they are taken. x3 x4 has a mean effect of about ½, with a spread.
TEST(MorrisAnalysis, FindsSlopesExactlyAndInteractionsAsSpread) {
  const Design design = design_of(DesignKind::morris, 200, 5);
  const auto cells = played(design, [](const std::vector<double>& x) { return 3 * x[0] - 2 * x[1] + x[2] * x[3]; });
  const MorrisAnalysis m = analyse_morris({&design, 5, cells, {}});
  EXPECT_EQ(m.trajectories, 200u);
  EXPECT_NEAR(m.inputs[0].mean.value, 3, 1e-12);
  EXPECT_NEAR(m.inputs[1].mean.value, -2, 1e-12);
  EXPECT_NEAR(m.inputs[1].mean_size.value, 2, 1e-12);
  EXPECT_NEAR(m.inputs[1].deviation.value, 0, 1e-6);
  EXPECT_NEAR(m.inputs[2].mean.value, 0.5, 0.06);
  EXPECT_GT(m.inputs[2].deviation.value, 0.25);
  EXPECT_LT(m.inputs[2].mean.low, 0.5);
  EXPECT_GT(m.inputs[2].mean.high, 0.5);
  EXPECT_EQ(m.inputs[4].mean_size.value, 0);
  EXPECT_TRUE(m.converged);
}

TEST(MorrisAnalysis, SaysWhatLuckAloneWouldGiveAnEffect) {
  const Design design = design_of(DesignKind::morris, 50, 2);
  const std::vector<double> noise(design.cells(), 0.0002);
  const MorrisAnalysis m = analyse_morris({&design, 2, played(design, [](const std::vector<double>& x) { return x[0]; }), noise});
  // Steps are 2/3, or .604 where a level is kept off the edge: √(2 · .0002)/step.
  EXPECT_GE(m.inputs[0].luck, 0.02 / (2.0 / 3.0) - 1e-9);
  EXPECT_LE(m.inputs[0].luck, 0.02 / 0.6);
}

// Y = X1: given a bin of ten, the distance is at least .5 and at the ends .9; a dummy shows what a sample of this size gives.
TEST(PawnAnalysis, TellsAnInputFromADummy) {
  const Design design = design_of(DesignKind::sobol, 4096, 2);
  const auto columns = columns_of(design, 2);
  const auto output = played(design, [](const std::vector<double>& x) { return x[0]; });
  const PawnAnalysis p = analyse_pawn({{columns.begin(), columns.end()}, output, 10});
  EXPECT_NEAR(p.inputs[0].most.value, 0.9, 0.01);
  EXPECT_NEAR(p.inputs[0].median.value, 0.7, 0.02);
  EXPECT_LT(p.dummy.median.value, 0.08);
  EXPECT_LT(p.inputs[1].median.value, 0.1);
  EXPECT_GT(p.inputs[0].median.low, p.dummy.most.value);
  EXPECT_GT(p.inputs[0].median.high, 0.7 - 0.02);
}

// The walk through the ranks against sorting both samples anew, on an output with many equal values.
TEST(PawnAnalysis, AgreesWithPlainKolmogorovSmirnovDistances) {
  const Design design = design_of(DesignKind::latin_hypercube, 500, 2);
  const auto columns = columns_of(design, 2);
  const auto output = played(design, [](const std::vector<double>& x) { return std::floor(5 * (0.7 * x[0] + 0.3 * x[1])) / 5; });
  const PawnAnalysis p = analyse_pawn({{columns.begin(), columns.end()}, output, 8}, {.resamples = 0});
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<std::vector<double>> given(8);
    for (std::size_t k = 0; k < output.size(); ++k) given[static_cast<std::size_t>(columns[i][k] * 8)].push_back(output[k]);
    std::vector<double> distances;
    for (const auto& bin : given) distances.push_back(kolmogorov_smirnov(output, bin));
    const PawnIndex plain = pawn_index(distances);
    EXPECT_NEAR(p.inputs[i].most.value, plain.most, 1e-12);
    EXPECT_NEAR(p.inputs[i].median.value, plain.median, 1e-12);
  }
  EXPECT_THROW(analyse_pawn({{columns.begin(), columns.end()}, output, 100}), InputError);
}

// Deals where x1 > .6 and x3 < .5 (chance .9, elsewhere .1), four runs a cell: two of five parameters, density .9,
// coverage .9 · .2/(.9 · .2 + .1 · .8) = .69.
TEST(BoxDiscovery, FindsTheBoxAndNamesOnlyTheParametersItNeeds) {
  const Design design = design_of(DesignKind::sobol, 8192, 5);
  const auto columns = columns_of(design, 5);
  BoxSample sample{{columns.begin(), columns.end()}, {}, std::vector<double>(8192, 4.0), true};
  for (std::size_t c = 0; c < 8192; ++c) {
    const double chance = columns[0][c] > 0.6 && columns[2][c] < 0.5 ? 0.9 : 0.1;
    double deals = 0;
    for (std::uint8_t r = 0; r < 4; ++r) deals += Draws<double>(3, c, 0).uniform({Stream::Kind::world, 0}, r) < chance;
    sample.of_interest.push_back(deals);
  }
  const BoxDiscovery found = discover_boxes(sample);
  EXPECT_NEAR(found.density, 0.26, 0.02);
  ASSERT_FALSE(found.boxes.empty());
  const DiscoveredBox& box = found.boxes[found.boxes.size() > 1 ? 1 : 0];  // the one that covers at least half
  ASSERT_EQ(box.limits.size(), 2u);
  std::vector<std::size_t> inputs = {box.limits[0].input, box.limits[1].input};
  std::sort(inputs.begin(), inputs.end());
  EXPECT_EQ(inputs, (std::vector<std::size_t>{0, 2}));
  for (const BoxLimit& limit : box.limits) {
    EXPECT_NEAR(limit.input == 0 ? limit.low.value() : limit.high.value(), limit.input == 0 ? 0.6 : 0.5, 0.04);
    EXPECT_FALSE(limit.input == 0 ? limit.high.has_value() : limit.low.has_value());
    EXPECT_LT(limit.density_without, 0.7);
  }
  EXPECT_LE(box.density.low, 0.9);
  EXPECT_GE(box.density.high, 0.88);
  EXPECT_NEAR(box.coverage, 0.69, 0.06);
  EXPECT_TRUE(found.held_back);
}

TEST(BoxDiscovery, RefusesWhatHappensNowhere) {
  const Design design = design_of(DesignKind::sobol, 100, 1);
  const auto columns = columns_of(design, 1);
  EXPECT_THROW(discover_boxes({{columns.begin(), columns.end()}, std::vector<double>(100, 0.0), std::vector<double>(100, 1.0), true}), InputError);
}

}  // namespace
}  // namespace parley
