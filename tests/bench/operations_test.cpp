// What a round costs in arithmetic: counted, not estimated, by playing the model on a number that counts. CONTRIBUTING.md
// states these figures.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/sweep/batch.hpp"
#include "models/catalog.hpp"
#include "models/talks/packets.hpp"
#include "tests/bench/counted.hpp"

namespace parley {
namespace {

constexpr std::uint32_t runs = 100;

struct Counting {
  Operations operations;
  std::vector<RunRow> rows;
};

Counting play_counted(const Plan& plan) {
  const Cell cell = plan.cell(0);
  std::vector<Job> jobs;
  for (std::uint32_t r = 0; r < plan.replicates(); ++r) jobs.push_back({0, r});
  Counting counting{{}, std::vector<RunRow>(jobs.size())};
  counted_operations() = {};
  talks::play_task<Counted>({.layout = &plan.negotiation().structure.layout, .values = cell.values.data(), .stride = cell.values.size(), .seed = plan.seed(),
                             .jobs = jobs.data(), .count = jobs.size(), .rows = counting.rows.data()});
  counting.operations = counted_operations();
  return counting;
}

Plan start_values_for(int horizon) {
  return Plan(load_configuration(std::string(PARLEY_SOURCE_DIR) + "/configs/start-values.toml", {"rounds.horizon=" + std::to_string(horizon)}), runs, 7);
}

/// Operations a round, by what 26 rounds more add, so that the start of a run is not in them.
double a_round(std::uint64_t few, std::uint64_t many) { return static_cast<double>(many - few) / (26.0 * runs); }

TEST(Operations, CountingDoesNotChangeARun) {
  const Plan plan = start_values_for(52);
  const std::vector<RunRow> rows = play_counted(plan).rows;
  const Batch batch = play_batch(plan, choose_kernel(plan.negotiation().model->kernels, "one").play, 0, runs);
  for (std::uint32_t r = 0; r < runs; ++r) {
    EXPECT_EQ(rows[r].scenario, batch.rows[r].scenario);
    EXPECT_EQ(std::memcmp(rows[r].utility, batch.rows[r].utility, 4 * sizeof(float)), 0) << r;
    EXPECT_EQ(rows[r].front, batch.rows[r].front);
  }
}

TEST(Operations, OfARoundAreThoseThatAreWrittenDown) {
  const Operations few = play_counted(start_values_for(26)).operations, many = play_counted(start_values_for(52)).operations;
  char now[400];
  std::snprintf(now, sizeof now, "%.0f additions, %.0f multiplications, %.0f divisions and %.0f square roots, %.0f comparisons, %.0f choices (maxima, minima, selections), "
                                 "%.0f operations on words and %.0f random draws",
                a_round(few.additions, many.additions), a_round(few.multiplications, many.multiplications), a_round(few.divisions, many.divisions),
                a_round(few.roots, many.roots), a_round(few.comparisons, many.comparisons), a_round(few.choices, many.choices), a_round(few.words, many.words),
                a_round(few.draws, many.draws));
  std::ifstream file(std::string(PARLEY_SOURCE_DIR) + "/CONTRIBUTING.md");
  std::string stated, word;
  while (file >> word) stated += word + " ";
  EXPECT_NE(stated.find(now), std::string::npos) << "CONTRIBUTING.md, \"What a round costs\", should now say: " << now;
}

}  // namespace
}  // namespace parley
