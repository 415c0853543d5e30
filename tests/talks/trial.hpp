// Plays and tells configurations for the tests of the talks model: text or file, --set style changes, rows, transcripts.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/sweep/batch.hpp"
#include "engine/sweep/columns.hpp"
#include "models/catalog.hpp"

namespace parley::trial {

using Changes = std::vector<std::string>;

inline std::string text_of(const std::string& path) {
  std::ifstream file(std::string(PARLEY_SOURCE_DIR) + "/" + path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The text with one phrase changed, which has to be there.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

inline Config configured(const std::string& text, const Changes& changes = {}) {
  return read_config(text, "test.toml", changes, &find_model);
}
/// A configuration of the repository, by its path from the root.
inline Config configured_file(const std::string& path, const Changes& changes = {}) {
  return read_config(text_of(path), path, changes, &find_model);
}
inline Config start_values(const Changes& changes = {}) { return configured_file("configs/start-values.toml", changes); }
inline Config everything(const Changes& changes = {}) { return configured_file("tests/talks/everything.toml", changes); }

inline const Kernels& kernels() { return find_model("talks")->kernels; }
inline Kernel fastest() { return choose_kernel(kernels(), "auto").play; }

inline std::vector<RunRow> play(const Config& config, std::uint32_t runs, std::uint64_t seed = 7, Kernel kernel = fastest()) {
  const Plan plan(config, runs, seed);
  return play_batch(plan, kernel, 0, static_cast<std::uint32_t>(plan.runs())).rows;
}
inline Tally tally_of(const std::vector<RunRow>& rows) {
  Tally tally;
  for (const RunRow& row : rows) tally.add(row);
  return tally;
}
inline Tally tally_of(const Config& config, std::uint32_t runs, std::uint64_t seed = 7) { return tally_of(play(config, runs, seed)); }

/// Runs that end with a partial deal or a full settlement.
inline std::uint64_t deals(const Tally& tally) { return tally.scenarios[1] + tally.scenarios[2]; }

/// One run of the first cell, told.
inline Transcript told(const Config& config, std::uint32_t replicate, std::uint64_t seed = 7) {
  const Plan plan(config, replicate + 1, seed);
  const Cell cell = plan.cell(0);
  EXPECT_EQ(cell.fault, "");
  const Job job{0, replicate};
  const Task task{.layout = &config.negotiation.structure.layout, .values = cell.values.data(), .stride = cell.values.size(),
                  .seed = seed, .jobs = &job, .count = 1, .rows = nullptr};
  return config.negotiation.model->tell(task);
}
/// The same with values of the test's own, already paced.
inline Transcript told_with(const Config& config, const std::vector<double>& values, std::uint32_t replicate, std::uint64_t seed = 7) {
  const Job job{0, replicate};
  const Task task{.layout = &config.negotiation.structure.layout, .values = values.data(), .stride = values.size(),
                  .seed = seed, .jobs = &job, .count = 1, .rows = nullptr};
  return config.negotiation.model->tell(task);
}

inline double value_of(const Config& config, const std::string& path) {
  const Entry* entry = config.negotiation.catalog.find(path);
  if (entry == nullptr) {
    ADD_FAILURE() << "no parameter " << path;
    return 0;
  }
  return Plan(config, 1, 1).stated_values(0)[entry->slot];
}

/// Rows as a result file stores them: equal bytes mean equal runs.
inline std::vector<std::vector<std::byte>> stored(const Config& config, const std::vector<RunRow>& rows) {
  return to_block(config.negotiation, rows, 0, static_cast<std::uint32_t>(rows.size())).columns;
}

/// The name of the first column in which rows differ, or nothing.
inline std::string first_difference(const Config& config, const std::vector<RunRow>& a, const std::vector<RunRow>& b) {
  const auto x = stored(config, a), y = stored(config, b);
  const std::vector<Column> columns = run_columns(config.negotiation);
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (x[c] != y[c]) return columns[c].name;
  return "";
}

}  // namespace parley::trial
