// Sums by cell: what they say of rows, that parts add up to the same bits, and that they survive blocks and tables.
#include "engine/sweep/summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/sweep/batch.hpp"
#include "engine/sweep/columns.hpp"

namespace parley {
namespace {

constexpr std::uint32_t replicates = 700;

const Plan& plan() {
  static const Plan made(load_configuration(std::string(PARLEY_SOURCE_DIR) + "/configs/start-values.toml", {}), replicates, 7);
  return made;
}
const Summariser& summariser() {
  static const Summariser made(plan().negotiation());
  return made;
}
const std::vector<RunRow>& rows() {
  static const std::vector<RunRow> played = play_batch(plan(), choose_kernel(plan().negotiation().model->kernels, "auto").play, 0, replicates).rows;
  return played;
}
CellSummary summary_of(const std::vector<RunRow>& of) { return summariser().summarise(of, 0, replicates).at(0).second; }

const Measure& measure(const std::string& name, const std::string& position = "") {
  const auto& all = summariser().measures();
  return *std::find_if(all.begin(), all.end(), [&](const Measure& m) { return m.name == name && m.position == position; });
}
bool same(const CellSummary& a, const CellSummary& b) {
  return a.sums == b.sums && a.counts == b.counts && a.tally.runs == b.tally.runs && a.tally.deal == b.tally.deal && a.tally.failed == b.tally.failed;
}

/// The values themselves, as the sums should describe them.
void expect_described(const Measure& m, std::vector<double> values, double tolerance, double bin) {
  const CellSummary cell = summary_of(rows());
  ASSERT_EQ(m.runs(cell), values.size());
  ASSERT_GT(values.size(), 50u);
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values) squares += (v - mean) * (v - mean);
  EXPECT_NEAR(m.mean(cell), mean, tolerance);
  EXPECT_NEAR(m.deviation(cell), std::sqrt(squares / static_cast<double>(values.size() - 1)), tolerance);
  std::sort(values.begin(), values.end());
  for (const double share : {0.05, 0.5, 0.95})
    EXPECT_NEAR(m.quantile(cell, share), values[static_cast<std::size_t>(share * static_cast<double>(values.size()))], bin) << m.name << " at " << share;
}

TEST(Summary, MeansDeviationsAndQuantilesAreThoseOfTheRows) {
  std::vector<double> front, deal_round, package, vetoes;
  for (const RunRow& row : rows()) {
    front.push_back(row.front);
    vetoes.push_back(row.vetoes[1]);
    if (row.deal_round != never) deal_round.push_back(row.deal_round);
    if (!std::isnan(row.package[0])) package.push_back(row.package[0]);
  }
  expect_described(measure("front"), front, 2e-6, 0.02);
  expect_described(measure("package", plan().negotiation().structure.issues[0].name), package, 2e-6, 0.02);
  expect_described(measure("deal_round"), deal_round, 1e-9, 2);
  expect_described(measure("vetoes", plan().negotiation().structure.actors[1].name), vetoes, 1e-9, 2);
}

TEST(Summary, PartsAddUpToTheSameBitsInAnyOrder) {
  const CellSummary whole = summary_of(rows());
  for (const std::size_t size : {1u, 7u, 333u}) {
    CellSummary forwards = summariser().nothing(), backwards = summariser().nothing();
    std::vector<CellSummary> parts;
    for (std::size_t at = 0; at < rows().size(); at += size) {
      const auto part = std::span<const RunRow>(rows()).subspan(at, std::min(size, rows().size() - at));
      parts.push_back(summariser().summarise(part, at, replicates).at(0).second);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      forwards.add(parts[i]);
      backwards.add(parts[parts.size() - 1 - i]);
    }
    EXPECT_TRUE(same(forwards, whole)) << size;
    EXPECT_TRUE(same(backwards, whole)) << size;
  }
}

TEST(Summary, RunsOfACellAreKeptApartFromTheNext) {
  // 700 rows as 3 cells of 300 replicates, the first of them half over.
  const CellSummaries cells = summariser().summarise(rows(), 150, 300);
  ASSERT_EQ(cells.size(), 3u);
  EXPECT_EQ(cells[0].first, 0u);
  EXPECT_EQ(cells[0].second.tally.runs, 150u);
  EXPECT_EQ(cells[1].second.tally.runs, 300u);
  EXPECT_EQ(cells[2].second.tally.runs, 250u);
  CellSummary all = summariser().nothing();
  for (const auto& [number, cell] : cells) all.add(cell);
  EXPECT_TRUE(same(all, summary_of(rows())));
}

TEST(Summary, FailedRunsAreCountedAsSuchOnly) {
  std::vector<RunRow> some = rows();
  for (std::size_t r = 0; r < some.size(); r += 10) some[r].scenario = Scenario::failed;
  std::vector<RunRow> left;
  for (std::size_t r = 0; r < some.size(); ++r)
    if (r % 10 != 0) left.push_back(some[r]);
  const CellSummary with = summary_of(some), without = summary_of(left);
  EXPECT_EQ(with.tally.failed, 70u);
  EXPECT_EQ(with.sums, without.sums);
  EXPECT_EQ(with.counts, without.counts);
}

TEST(Summary, ValuesBeyondTheRangeStandBesideIt) {
  std::vector<RunRow> three(3);
  three[0].front = -0.5f;
  three[1].front = 1.0f;
  three[2].front = 7.0f;
  const CellSummary cell = summary_of(three);
  const Measure& front = measure("front");
  EXPECT_EQ(cell.counts[front.histogram], 1u);
  EXPECT_EQ(cell.counts[front.histogram + front.bins], 1u);
  EXPECT_EQ(cell.counts[front.histogram + front.bins + 1], 1u);
  EXPECT_EQ(cell.sums[front.sum], 2u * 65536);
  EXPECT_EQ(front.quantile(cell, 0.1), 0);
  EXPECT_EQ(front.quantile(cell, 0.9), 1);
  EXPECT_TRUE(std::isnan(measure("deal_round").mean(cell)));
}

TEST(Summary, SurvivesBlocksAndTables) {
  const CellSummaries cells = summariser().summarise(rows(), 300, 350);
  const CellSummaries back = summariser().from_block(summariser().to_block(cells, 300), 350);
  ASSERT_EQ(back.size(), cells.size());
  std::vector<CellSummary> of_table;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_EQ(back[i].first, cells[i].first);
    EXPECT_TRUE(same(back[i].second, cells[i].second));
    of_table.push_back(cells[i].second);
  }
  Table table{"summary", "cell", {}, {0, static_cast<std::uint32_t>(cells.size()), {}}, {}};
  summariser().add_columns(of_table, table);
  const std::vector<CellSummary> read = summariser().read_columns(table);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_EQ(read[i].sums, of_table[i].sums);
    EXPECT_EQ(read[i].counts, of_table[i].counts);
  }
  table.columns[0].name = "something_else";
  EXPECT_THROW(summariser().read_columns(table), InputError);
}

TEST(Summary, TellsWhoStoodInTheWayAsTheRowsDo) {
  Refusals expected;
  for (const RunRow& row : rows()) expected.add(row);
  const Refusals found = summariser().refusals(summary_of(rows()));
  EXPECT_EQ(found.rounds_talked, expected.rounds_talked);
  EXPECT_TRUE(std::equal(std::begin(found.vetoes), std::end(found.vetoes), std::begin(expected.vetoes)));
  for (int i = 0; i < max_actors; ++i)
    EXPECT_TRUE(std::equal(std::begin(found.blocked[i]), std::end(found.blocked[i]), std::begin(expected.blocked[i])));
}

}  // namespace
}  // namespace parley
