// Cells in their order, what a design promises of its points, how runs are numbered, and counts with their intervals.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/core/normal.hpp"
#include "engine/sweep/batch.hpp"
#include "engine/sweep/runner.hpp"
#include "models/catalog.hpp"

namespace parley {
namespace {

const std::string game = R"(
[rounds]
horizon = 3
[issues.land]
moves_with_front = true
[rungs.deal]
settles = ["land"]
[actors.north]
fights = true
salience = [0.3]
cost = 0.05
[actors.south]
fights = true
salience = [0.3]
ideal = [1]
cost = 0.05
)";
Config configured(const std::string& more, const std::vector<std::string>& changes = {}) { return read_config(game + more, "c.toml", changes, &find_model); }

/// A sampled design over paths, each uniform on [0, 1], so that values are the points of the unit cube.
SweepSpec unit_cube(DesignKind kind, std::uint32_t samples, std::size_t dimensions) {
  SweepSpec spec;
  spec.design = kind;
  spec.samples = samples;
  for (std::size_t d = 0; d < dimensions; ++d) spec.sample.push_back({"p" + std::to_string(d), {}, {}, {}});
  return spec;
}
std::vector<std::vector<double>> points_of(const Design& design) {
  std::vector<std::vector<double>> points;
  for (std::uint64_t c = 0; c < design.cells(); ++c) points.push_back(design.row(c));
  return points;
}

TEST(Designs, AGridTurnsItsLastAxisFastest) {
  const Plan plan(configured("[sweep]\naxes = { \"war.drift\" = [0.01, 0.02], \"actors.north.cost\" = [0.1, 0.2, 0.3], \"mechanisms.fear\" = [true, false] }\n"), 10, 1);
  ASSERT_EQ(plan.cells(), 12u);
  EXPECT_EQ(plan.runs(), 120u);
  std::size_t c = 0;
  for (const double drift : {0.01, 0.02})
    for (const double cost : {0.1, 0.2, 0.3})
      for (const double fear : {1.0, 0.0}) EXPECT_EQ(plan.cell(c++).swept, (std::vector<double>{drift, cost, fear}));
  EXPECT_EQ(plan.stated_values(5)[plan.negotiation().catalog.find("actors.north.cost")->slot], 0.3);
  EXPECT_EQ(plan.stated_values(6)[plan.negotiation().catalog.find("war.drift")->slot], 0.02);
}

TEST(Designs, LatinHypercubesHaveOnePointInEveryStratum) {
  for (const std::uint32_t samples : {2u, 7u, 100u}) {
    const auto points = points_of(Design(unit_cube(DesignKind::latin_hypercube, samples, 3), 5));
    ASSERT_EQ(points.size(), samples);
    for (std::size_t d = 0; d < 3; ++d) {
      std::set<int> strata;
      for (const auto& p : points) {
        EXPECT_GT(p[d], 0);
        EXPECT_LT(p[d], 1);
        strata.insert(static_cast<int>(p[d] * samples));
      }
      EXPECT_EQ(strata.size(), samples);
    }
    if (samples == 100) {
      EXPECT_NE(points[0][0], points[0][1]);
    }
  }
  EXPECT_NE(points_of(Design(unit_cube(DesignKind::latin_hypercube, 50, 2), 5)), points_of(Design(unit_cube(DesignKind::latin_hypercube, 50, 2), 6)));
  EXPECT_EQ(points_of(Design(unit_cube(DesignKind::latin_hypercube, 50, 2), 5)), points_of(Design(unit_cube(DesignKind::latin_hypercube, 50, 2), 5)));
}

// The first points of the sequence after the origin, in any two dimensions with Joe and Kuo's directions.
TEST(Designs, SobolBeginsAsPublished) {
  const auto points = points_of(Design(unit_cube(DesignKind::sobol, 7, 2), 1));
  const std::vector<std::vector<double>> published = {{0.5, 0.5}, {0.75, 0.25}, {0.25, 0.75}, {0.375, 0.375}, {0.875, 0.875}, {0.625, 0.125}, {0.125, 0.625}};
  for (std::size_t i = 0; i < published.size(); ++i)
    for (std::size_t d = 0; d < 2; ++d) EXPECT_NEAR(points[i][d], published[i][d], 1e-15) << i;
}

/// Star discrepancy at the points' own corners: how far the share of points in a box from the origin is from its size.
double discrepancy(const std::vector<std::vector<double>>& points) {
  double worst = 0;
  for (const auto& a : points)
    for (const auto& b : points) {
      double inside = 0;
      for (const auto& p : points) inside += p[0] <= a[0] && p[1] <= b[1];
      worst = std::max(worst, std::fabs(inside / static_cast<double>(points.size()) - a[0] * b[1]));
    }
  return worst;
}
TEST(Designs, SobolFillsTheSquareEvenly) {
  const auto even = points_of(Design(unit_cube(DesignKind::sobol, 255, 2), 1));
  EXPECT_LT(discrepancy(even), 0.02);
  const auto in_ten = points_of(Design(unit_cube(DesignKind::sobol, 1023, 10), 1));
  for (std::size_t d = 0; d < 10; ++d) {
    double sum = 0;
    for (const auto& p : in_ten) sum += p[d];
    EXPECT_NEAR(sum / 1023, 0.5, 0.001);
  }
}

TEST(Designs, SaltelliRowsAreBlocksOfTwoMatricesAndTheirMixtures) {
  const std::size_t dimensions = 3;
  const auto points = points_of(Design(unit_cube(DesignKind::saltelli, 8, dimensions), 1));
  const auto base = points_of(Design(unit_cube(DesignKind::sobol, 8, 2 * dimensions), 1));
  ASSERT_EQ(points.size(), 8 * (dimensions + 2));
  for (std::size_t block = 0; block < 8; ++block) {
    const auto* rows = &points[block * (dimensions + 2)];
    const std::vector<double>&a = rows[0], &b = rows[dimensions + 1];
    for (std::size_t d = 0; d < dimensions; ++d) {
      EXPECT_EQ(a[d], base[block][d]);
      EXPECT_EQ(b[d], base[block][dimensions + d]);
      for (std::size_t m = 0; m < dimensions; ++m) EXPECT_EQ(rows[m + 1][d], m == d ? b[d] : a[d]);
    }
  }
}

TEST(Designs, MorrisMovesOneCoordinateAtATime) {
  const std::size_t dimensions = 4;
  const auto points = points_of(Design(unit_cube(DesignKind::morris, 50, dimensions), 3));
  ASSERT_EQ(points.size(), 50 * (dimensions + 1));
  std::set<std::vector<std::size_t>> orders;
  int up = 0, down = 0;
  for (std::size_t path = 0; path < 50; ++path) {
    std::vector<std::size_t> order;
    for (std::size_t step = 1; step <= dimensions; ++step) {
      const auto &from = points[path * (dimensions + 1) + step - 1], &to = points[path * (dimensions + 1) + step];
      for (std::size_t d = 0; d < dimensions; ++d) {
        if (from[d] == to[d]) continue;
        order.push_back(d);
        (to[d] > from[d] ? up : down)++;
        EXPECT_GT(std::fabs(to[d] - from[d]), 0.5);
      }
      EXPECT_EQ(order.size(), step) << "one coordinate a step";
    }
    EXPECT_EQ(std::set<std::size_t>(order.begin(), order.end()).size(), dimensions) << "each coordinate once";
    orders.insert(order);
  }
  EXPECT_GT(orders.size(), 10u);
  EXPECT_GT(up, 50);
  EXPECT_GT(down, 50);
}

TEST(Designs, DistributionsAreInvertedExactly) {
  using Kind = Distribution::Kind;
  EXPECT_DOUBLE_EQ((Distribution{Kind::uniform, 2, 4, 0}).quantile(0.25), 2.5);
  EXPECT_NEAR((Distribution{Kind::normal, 2, 4, 0}).quantile(0.975), 2 + 4 * 1.959963984540054, 1e-12);
  EXPECT_NEAR((Distribution{Kind::lognormal, 0, 1, 0}).quantile(0.5), 1, 1e-15);
  EXPECT_NEAR((Distribution{Kind::lognormal, 1, 0.5, 0}).quantile(0.025), std::exp(1 - 0.5 * 1.959963984540054), 1e-12);
  const Distribution triangle{Kind::triangular, 0, 1, 0.2};
  EXPECT_NEAR(triangle.quantile(0.2), 0.2, 1e-15) << "the mode is where the area to its left is its place";
  EXPECT_NEAR(triangle.quantile(0.05), 0.1, 1e-15);
  EXPECT_NEAR(triangle.quantile(0.8), 1 - std::sqrt(0.2 * 0.8), 1e-15);
}

TEST(Plans, RunsAreNumberedCellByCellAndCellsShareTheirLuck) {
  const std::string sweep = "[sweep]\naxes = { \"actors.north.cost\" = [0.05, 0.05, 0.2] }\n[war]\nvolatility = 0.02\n";
  const Plan plan(configured(sweep), 40, 9);
  const Kernel kernel = find_model("talks")->kernels.portable;
  const Batch all = play_batch(plan, kernel, 0, 120);
  for (std::size_t r = 0; r < 40; ++r) {
    EXPECT_EQ(all.rows[r].front, all.rows[40 + r].front) << "equal cells have equal runs";
    EXPECT_EQ(all.rows[r].vetoes[0], all.rows[40 + r].vetoes[0]);
  }
  ASSERT_EQ(all.counts.tallies.size(), 3u);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_EQ(all.counts.tallies[c].first, c);
    EXPECT_EQ(all.counts.tallies[c].second.runs, 40u);
  }
  // A cell plays as the same numbers do without a sweep, and another seed or replicate is other luck.
  const Batch alone = play_batch(Plan(configured("[war]\nvolatility = 0.02\n", {"actors.north.cost=0.2"}), 40, 9), kernel, 0, 40);
  const Batch other = play_batch(Plan(configured("[war]\nvolatility = 0.02\n", {"actors.north.cost=0.2"}), 40, 10), kernel, 0, 40);
  std::set<float> fronts;
  for (std::size_t r = 0; r < 40; ++r) {
    EXPECT_EQ(alone.rows[r].front, all.rows[80 + r].front);
    EXPECT_NE(alone.rows[r].front, other.rows[r].front);
    fronts.insert(alone.rows[r].front);
  }
  EXPECT_GT(fronts.size(), 30u);
}

// With luck of its own, run r has that of replicate r of a plan whose cells share theirs.
TEST(Plans, ASweepCanGiveEveryRunItsOwnLuck) {
  const std::string war = "[war]\nvolatility = 0.02\n", axes = "[sweep]\naxes = { \"actors.north.cost\" = [0.1, 0.1, 0.3] }\n";
  const Kernel kernel = find_model("talks")->kernels.portable;
  const Plan own_plan(configured(war + axes + "luck = \"own\"\n"), 4, 9), shared_plan(configured(war + axes), 12, 9);
  const Batch own = play_batch(own_plan, kernel, 0, 12), shared = play_batch(shared_plan, kernel, 0, 36);
  for (std::uint64_t run = 0; run < 12; ++run) {
    EXPECT_EQ(own_plan.luck_of_run(run), run);
    EXPECT_EQ(shared_plan.luck_of_run(run + 12), run);
    EXPECT_EQ(own.rows[run].front, shared.rows[run / 4 * 12 + run].front) << run;
  }
  EXPECT_NE(own.rows[0].front, own.rows[4].front) << "the same cell twice, other luck";
  EXPECT_NE(configured(war + axes).resolved(), configured(war + axes + "luck = \"own\"\n").resolved());
  EXPECT_THROW(configured(war + axes + "luck = \"good\"\n"), InputError);
  EXPECT_THROW(configured(war + axes + "luck = 1\n"), InputError);
}

TEST(Plans, ImpossibleCellsFailAndTheOthersPlay) {
  const std::string sweep = "[sweep]\ndesign = \"sobol\"\nsamples = 15\n[sweep.sample]\n\"actors.north.cost\" = { dist = \"uniform\", min = -0.5, max = 0.5 }\n";
  const Plan plan(configured(sweep), 10, 1);
  const Batch all = play_batch(plan, find_model("talks")->kernels.portable, 0, 150);
  std::size_t failed = 0;
  for (std::uint64_t c = 0; c < 15; ++c) {
    const bool impossible = plan.cell(c).swept[0] < 0;
    failed += impossible;
    EXPECT_EQ(!plan.cell(c).fault.empty(), impossible);
    EXPECT_EQ(all.counts.faults.count(c), impossible ? 1u : 0u);
    for (std::uint64_t r = 0; r < 10; ++r) EXPECT_EQ(all.rows[c * 10 + r].scenario == Scenario::failed, impossible);
    EXPECT_EQ(all.counts.tallies[c].second.counted(), impossible ? 0u : 10u);
    EXPECT_EQ(all.counts.tallies[c].second.failed, impossible ? 10u : 0u);
  }
  EXPECT_EQ(failed, 7u);
}

// Every path that `parley describe` lists can be set on the command line and swept, and so can every mechanism.
TEST(Plans, EveryPathCanBeSetAndSwept) {
  const Config config = configured("");
  std::vector<std::string> paths;
  for (const Entry& e : config.negotiation.catalog.entries()) {
    const Parameter& p = e.described->parameter;
    double value = std::floor((p.low + std::min(p.high, 2.0)) / 2);
    if (!(value >= p.low)) value = p.high;
    const std::string text = std::to_string(value);
    const Config set = configured("", {e.path + "=" + text});
    EXPECT_EQ(set.negotiation.values[e.slot], value) << e.path;
    const Plan swept(configured("[sweep]\naxes = { \"" + e.path + "\" = [" + text + "] }\n"), 1, 1);
    EXPECT_EQ(swept.stated_values(0)[e.slot], value) << e.path;
    EXPECT_EQ(swept.cell(0).fault, "") << e.path;
  }
  for (const Mechanism& m : find_model("talks")->mechanisms) {
    const std::string path = std::string("mechanisms.") + m.name;
    EXPECT_EQ(configured("", {path + "=false"}).mechanisms.at(m.name), false);
    EXPECT_EQ(Plan(configured("[sweep]\naxes = { \"" + path + "\" = [true, false] }\n"), 1, 1).cells(), 2u);
  }
}

TEST(Plans, ASwitchThatIsOffStaysOffInASweep) {
  const Plan plan(configured("[mechanisms]\nfear = false\n[sweep]\naxes = { \"actors.north.fear\" = [0.1, 0.9] }\n"), 1, 1);
  EXPECT_EQ(plan.stated_values(1)[plan.negotiation().catalog.find("actors.north.fear")->slot], 0);
}

// Cells are checked and paced only where they differ; that has to come to the same as looking at everything.
TEST(Plans, ACellIsWhatCheckingAllOfItGives) {
  std::string two_issues = game;
  for (const char* one : {"salience = [0.3", "salience = [0.3", "ideal = [1"})
    two_issues.insert(two_issues.find(std::string(one) + "]") + std::string(one).size(), ", 0.3");
  const Plan plan(read_config(two_issues + "[links]\na = [\"land\", \"army\"]\n[issues.army]\n[sweep]\ndesign = \"sobol\"\nsamples = 256\n[sweep.sample]\n"
                             "\"actors.north.linkage.a\" = { dist = \"uniform\", min = 0, max = 0.6 }\n"
                             "\"actors.south.salience.army\" = { dist = \"normal\", mean = 0.2, sd = 0.2 }\n"
                             "\"rounds.days\" = { dist = \"uniform\", min = 7, max = 28 }\n"
                             "\"mechanisms.fear\" = { dist = \"uniform\", min = 0, max = 1 }\n",
                              "c.toml", {"mechanisms.norm=false"}, &find_model),
                  1, 1);
  std::size_t out_of_bounds = 0, indefinite = 0;
  for (std::uint64_t c = 0; c < plan.cells(); ++c) {
    const std::vector<double> stated = plan.stated_values(c);
    const std::string fault = fault_in(plan.negotiation(), stated);
    const Cell cell = plan.cell(c);
    EXPECT_EQ(cell.fault, fault);
    EXPECT_EQ(cell.values, fault.empty() ? paced(plan.negotiation(), stated) : std::vector<double>{});
    out_of_bounds += fault.find("out of bounds") != std::string::npos;
    indefinite += fault.find("semidefinite") != std::string::npos;
    for (const char* path : {"rounds.days", "rounds.horizon", "actors.north.norm"}) {
      const std::size_t slot = plan.negotiation().catalog.find(path)->slot;
      EXPECT_EQ(plan.stated_value(c, slot), stated[slot]) << path;
    }
  }
  EXPECT_GT(out_of_bounds, 0u);
  EXPECT_GT(indefinite, 0u);
  EXPECT_LT(out_of_bounds + indefinite, plan.cells());
}

TEST(Plans, RatesFollowTheLengthOfARound) {
  const Config config = configured("", {"rounds.days=28", "war.drift=0.01", "war.volatility=0.02", "mediator.inertia=0.35", "actors.north.discount=0.9", "actors.north.look_ahead=10",
                                        "actors.north.rearmament=0.001", "actors.north.cost=0.05", "actors.north.cost_growth=0.001", "waiting.memory=1"});
  const std::vector<double> values = Plan(config, 1, 1).cell(0).values;
  const auto at = [&](const char* path) { return values[config.negotiation.catalog.find(path)->slot]; };
  EXPECT_DOUBLE_EQ(at("war.drift"), 0.02);
  EXPECT_DOUBLE_EQ(at("war.volatility"), 0.02 * std::sqrt(2));
  EXPECT_NEAR(at("mediator.inertia"), 1 - 0.65 * 0.65, 1e-15);
  EXPECT_EQ(at("waiting.memory"), 1);
  EXPECT_NEAR(at("actors.north.discount"), 0.81, 1e-15);
  EXPECT_DOUBLE_EQ(at("actors.north.look_ahead"), 5);
  EXPECT_DOUBLE_EQ(at("actors.north.rearmament"), 0.004);
  EXPECT_DOUBLE_EQ(at("actors.north.cost"), 0.05);
  EXPECT_DOUBLE_EQ(at("actors.north.cost_growth"), 0.002);
}

TEST(Plans, ConfigurationsThatMeanTheSameResolveToTheSame) {
  const auto resolved = [](const std::string& more, const std::vector<std::string>& changes = {}) { return configured(more, changes).resolved(); };
  EXPECT_EQ(resolved("[war]\ndrift = 0.01\n"), resolved("", {"war.drift=0.01"}));
  EXPECT_EQ(resolved("[war]\ndrift = 0.01 # a comment\n"), resolved("[war]\n\ndrift = 1e-2\n"));
  EXPECT_EQ(resolved("[mechanisms]\nfear = true\n"), resolved(""));
  EXPECT_NE(resolved("[war]\ndrift = 0.01\n"), resolved(""));
  EXPECT_NE(resolved("[war]\ndrift = 0.01\n"), resolved("[war]\ndrift = 0.010000000000000002\n"));
  EXPECT_NE(resolved("[sweep]\naxes = { \"war.drift\" = [0.01] }\n"), resolved("[sweep]\naxes = { \"war.drift\" = [0.02] }\n"));
  const std::string sampled = "[sweep]\ndesign = \"sobol\"\n[sweep.sample]\n\"actors.north.fear\" = { dist = \"uniform\", min = 0, max = 1 }\n";
  EXPECT_NE(resolved(sampled), resolved(sampled + "[mechanisms]\nfear = false\n")) << "a switch matters to what a sweep varies";
}

TEST(Tallies, WilsonIntervals) {
  // Newcombe 1998, table I, method 3 (score): 81/263, 15/148, 0/20, 1/29.
  const auto expect = [](std::uint64_t count, std::uint64_t n, double low, double high) {
    const Share share = wilson_share(count, n);
    EXPECT_NEAR(share.low, low, 5e-5);
    EXPECT_NEAR(share.high, high, 5e-5);
    EXPECT_DOUBLE_EQ(share.share, static_cast<double>(count) / static_cast<double>(n));
  };
  expect(81, 263, 0.2553, 0.3662);
  expect(15, 148, 0.0624, 0.1605);
  expect(0, 20, 0.0000, 0.1611);
  expect(1, 29, 0.0061, 0.1718);
  EXPECT_EQ(wilson_share(0, 20).low, 0);
  EXPECT_EQ(wilson_share(20, 20).high, 1);
}

TEST(Tallies, CountsAndHazards) {
  Tally tally;
  EXPECT_FALSE(tally.deal_hazard(24).has_value());
  EXPECT_FALSE(tally.share(0).has_value());
  RunRow row;
  row.stalemate_kind = StalemateKind::fighting;
  for (int i = 0; i < 60; ++i) tally.add(row);
  row = RunRow{.scenario = Scenario::partial_deal, .deal_round = 3};
  for (int i = 0; i < 30; ++i) tally.add(row);
  row = RunRow{.scenario = Scenario::full_settlement, .truce_round = 1, .ceasefire_round = 1, .deal_round = 5};
  for (int i = 0; i < 10; ++i) tally.add(row);
  row = RunRow{.scenario = Scenario::failed};
  for (int i = 0; i < 50; ++i) tally.add(row);
  EXPECT_EQ(tally.counted(), 100u);
  EXPECT_EQ(tally.failed, 50u);
  EXPECT_DOUBLE_EQ(tally.scenario(Scenario::partial_deal).share, 0.3);
  EXPECT_DOUBLE_EQ(*tally.share(tally.truce), 0.1);
  EXPECT_DOUBLE_EQ(*tally.deal_hazard(24), -std::log(0.6) / 24);
  EXPECT_DOUBLE_EQ(tally.widest_interval(), tally.scenario(Scenario::stalemate).high - tally.scenario(Scenario::stalemate).low);
  Tally twice = tally;
  twice.add(tally);
  EXPECT_EQ(twice.counted(), 200u);
  EXPECT_EQ(twice.deal, 80u);
}

TEST(Shards, CoverEveryRunOnce) {
  for (const std::uint64_t runs : {0ull, 1ull, 10ull, 100003ull, 1ull << 47})
    for (const std::uint64_t count : {1ull, 3ull, 7ull, 64ull}) {
      std::uint64_t at = 0;
      for (std::uint64_t i = 1; i <= count; ++i) {
        const RowRange range = Shard{i, count}.rows(runs);
        EXPECT_EQ(range.first, at);
        EXPECT_LE(range.count, runs / count + 1);
        at = range.end();
      }
      EXPECT_EQ(at, runs);
    }
}

}  // namespace
}  // namespace parley
