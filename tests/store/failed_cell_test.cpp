// A cell whose numbers overflow while it is played: recorded with its reason, and the rest goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "engine/drivers/cli/run_report.hpp"
#include "engine/drivers/cli/run_tables.hpp"
#include "engine/drivers/runner/tbb_runner.hpp"
#include "engine/drivers/store/file_sink.hpp"
#include "engine/drivers/store/result_reader.hpp"
#include "engine/sweep/columns.hpp"
#include "models/catalog.hpp"
#include "tests/store/sample.hpp"

namespace parley {
namespace {

constexpr std::uint32_t replicates = 300;

const Plan& plan() {
  static const Plan made = [] {
    std::ifstream file(std::string(PARLEY_SOURCE_DIR) + "/configs/start-values.toml");
    std::ostringstream text;
    text << file.rdbuf() << "\n[sweep]\naxes = { \"actors.ukraine.mood\" = [-0.4, 0.125, 0.3] }\n";
    return Plan(read_config(text.str(), "three-cells.toml", {"rounds.horizon=6"}, &find_model), replicates, 7);
  }();
  return made;
}

/// The model's own kernel, with the second of the cells, known by its mood, driven over the top of the numbers.
void overflowing(const Task& task) {
  const auto slot = [](const char* path) { return plan().negotiation().catalog.find(path)->slot; };
  const std::size_t mood = slot("actors.ukraine.mood");
  static const double second = plan().cell(1).values[mood];
  std::size_t cells = 0;
  for (std::size_t j = 0; j < task.count; ++j) cells = std::max<std::size_t>(cells, task.jobs[j].cell + 1);
  std::vector<double> values(task.values, task.values + cells * task.stride);
  for (std::size_t c = 0; c < cells; ++c) {
    if (values[c * task.stride + mood] != second) continue;
    for (const char* path : {"actors.ukraine.stakes", "actors.ukraine.peace", "actors.ukraine.cost"}) values[c * task.stride + slot(path)] = 1e308;
  }
  Task changed = task;
  changed.values = values.data();
  choose_kernel(plan().negotiation().model->kernels, "auto").play(changed);
}

RunResult play_to(const std::string& path, KeepRows keep_rows) {
  const Summariser summariser(plan().negotiation());
  RunOptions options;
  options.threads = 2;
  options.kernel = &overflowing;
  options.block_rows = 128;
  if (keep_rows == KeepRows::no) options.summariser = &summariser;
  FileSinkOptions file = sample::options(path, options.block_rows);
  file.layout.columns = keep_rows == KeepRows::yes ? run_columns(plan().negotiation()) : summariser.block_columns();
  file.keep_rows = keep_rows;
  FileSink sink(file);
  RunResult result = run_plan(plan(), options, sink, nullptr);
  sink.finish({{}, result_tables(plan(), result, options.summariser)});
  return result;
}

TEST(FailedCell, IsRecordedWithItsReasonAndTheRestGoesOn) {
  const sample::Folder folder;
  for (const KeepRows keep_rows : {KeepRows::yes, KeepRows::no}) {
    const std::string path = folder / (keep_rows == KeepRows::yes ? "rows.h5" : "sums.h5");
    const RunResult result = play_to(path, keep_rows);
    EXPECT_EQ(result.runs_played, 3u * replicates);
    const ResultReader reader(path);
    EXPECT_TRUE(reader.intact());
    EXPECT_EQ(reader.read("cells", "failed", {0, 3}), (std::vector<std::byte>{std::byte{0}, std::byte{1}, std::byte{0}}));
    EXPECT_EQ(reader.read_texts("cells", "reason"), (std::vector<std::string>{"", fault_of_a_run, ""}));
    const std::vector<Tally> tallies = tallies_of(reader.read_table("summary"));
    EXPECT_EQ(tallies[0].failed, 0u);
    EXPECT_GT(tallies[1].failed, replicates / 2u) << "some end before their numbers do";
    EXPECT_EQ(tallies[2].counted(), replicates);
    if (keep_rows == KeepRows::yes) {
      const std::vector<std::byte> scenarios = reader.read("runs", "scenario", {0, 3 * replicates});
      const auto failed = [](std::byte scenario) { return scenario == std::byte{255}; };
      const auto cell = scenarios.begin() + replicates;
      EXPECT_EQ(std::count_if(cell, cell + replicates, failed), static_cast<std::ptrdiff_t>(tallies[1].failed));
      EXPECT_EQ(std::count_if(scenarios.begin(), scenarios.end(), failed), static_cast<std::ptrdiff_t>(tallies[1].failed));
    }
    const RunReport report{plan(), result, {}, {}, {}};
    EXPECT_EQ(report_json(report)["failed"], 1);
    EXPECT_NE(report_text(report).find(std::to_string(tallies[1].failed) + " runs failed and are not counted"), std::string::npos);
  }
}

}  // namespace
}  // namespace parley
