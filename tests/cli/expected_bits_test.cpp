// Fingerprints of results, kept in one list: a change of any bit of any run, by any kernel, for any number of threads and
// in any transcript, is noticed here.
#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/store/memory_sinks.hpp"
#include "engine/sweep/columns.hpp"
#include "engine/sweep/single_run.hpp"
#include "models/catalog.hpp"
#include "tests/cli/golden.hpp"
#include "tests/support/expected_bits.hpp"

namespace parley::cli {
namespace {

TEST(ExpectedBits, AreFoundAgain) {
  std::string now;
  for (const ExpectedLine& line : expected_lines()) {
    if (line.bits.empty()) now += line.text + "\n";
    else now += result(line.arguments)["bits"].get<std::string>() + line.text.substr(line.bits.size()) + "\n";
  }
  expect_golden(expected_bits_list, now);
}

TEST(ExpectedBits, EveryShippedConfigurationIsInTheList) {
  const std::string list = text_of(std::string(PARLEY_SOURCE_DIR) + "/" + expected_bits_list);
  int shipped = 0;
  for (const std::string folder : {"configs", "configs/classroom"})
    for (const auto& entry : std::filesystem::directory_iterator(std::string(PARLEY_SOURCE_DIR) + "/" + folder)) {
      if (entry.path().extension() != ".toml") continue;
      const std::string name = folder + "/" + entry.path().filename().string();
      EXPECT_NE(list.find(" " + name + " "), std::string::npos) << "add a line `- " << name << " --runs 300 --seed 7` to " << expected_bits_list << ", and write the list anew";
      ++shipped;
    }
  EXPECT_GE(shipped, 11);
}

/// Which kernels this processor has: the others are refused.
std::vector<std::string> kernels_here() {
  std::vector<std::string> kernels;
  for (const std::string kernel : {"one", "portable", "avx2", "avx512"})
    if (parley({"run", start_values(), "--runs", "1", "--kernel", kernel, "--quiet", "--json"}).status == 0) kernels.push_back(kernel);
  return kernels;
}

TEST(ExpectedBits, AreTheSameForEveryKernelAndSomeNumberOfThreads) {
  const std::vector<std::string> kernels = kernels_here();
  ASSERT_GE(kernels.size(), 2u);
  int turn = 0;
  for (const ExpectedLine& line : expected_lines()) {
    if (line.bits.empty()) continue;
    for (const std::string& kernel : kernels) {
      const std::string threads = std::to_string(1 + turn++ % 7);
      EXPECT_EQ(result(line.arguments + Arguments{"--kernel", kernel, "--threads", threads})["bits"], line.bits) << line.text << ", kernel " << kernel << ", threads " << threads;
    }
  }
}

TEST(ExpectedBits, AreTheSameForOneToSevenThreads) {
  // The longest line of the list: more blocks of 8192 runs than threads.
  int found = 0;
  for (const ExpectedLine& line : expected_lines()) {
    if (line.text.find("--runs 60000 ") == std::string::npos) continue;
    ++found;
    for (int threads = 1; threads <= 7; ++threads)
      EXPECT_EQ(result(line.arguments + Arguments{"--threads", std::to_string(threads)})["bits"], line.bits) << threads << " threads";
  }
  EXPECT_EQ(found, 1);
}

/// The fingerprint of a plan's rows, each told as a transcript.
std::string bits_of_transcripts(const Plan& plan) {
  BitsSink sink({.layout = {.columns = run_columns(plan.negotiation()), .block_rows = 8192, .compression = Compression::none}});
  std::vector<RunRow> rows;
  for (std::uint64_t run = 0; run < plan.runs(); ++run) rows.push_back(tell_run(plan, run).row);
  sink.write(sink.pack(to_block(plan.negotiation(), rows, 0, plan.replicates())));
  return sink.finish({}).bits.value();
}

TEST(ExpectedBits, AreThoseOfTheTranscripts) {
  int told = 0;
  for (const ExpectedLine& line : expected_lines()) {
    if (line.bits.empty() || line.runs > 300 || !line.assignments.empty()) continue;
    const Config c = load_configuration(line.arguments.front(), {});
    EXPECT_EQ(bits_of_transcripts(Plan(c, line.runs, line.seed)), line.bits) << line.text;
    ++told;
  }
  EXPECT_GE(told, 10);
}

}  // namespace
}  // namespace parley::cli
