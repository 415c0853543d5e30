#include "engine/drivers/store/file_sink.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "engine/drivers/store/memory_sinks.hpp"
#include "engine/drivers/store/result_reader.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/store/sample.hpp"

namespace parley {
namespace {

struct Answer {
  int code = 0;
  std::string text;
};

Answer run_command(const std::string& command) {
  Answer answer;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {1, "no shell"};
  std::array<char, 4096> piece{};
  while (std::fgets(piece.data(), piece.size(), pipe) != nullptr) answer.text += piece.data();
  answer.code = ::pclose(pipe);
  return answer;
}

bool python_can_read() {
  return run_command("/usr/bin/python3 -c 'import h5py, pandas, xarray, h5netcdf, xxhash'").code == 0;
}

Answer read_back(const std::string& path, std::uint64_t rows) {
  return run_command("/usr/bin/python3 " PARLEY_SOURCE_DIR "/tests/store/read_back.py " + path + " " +
                     std::to_string(rows) + " sample");
}

std::string bits_in_memory(std::uint64_t rows, std::uint32_t block_rows) {
  BitsSink sink({{sample::columns(), block_rows, Compression::none}, 0, "/tmp"});
  sample::write_all(sink, rows, block_rows);
  return *sink.finish({}).bits;
}

TEST(FileSink, PythonReadsAndRecomputesBits) {
  if (!python_can_read()) GTEST_SKIP() << "needs /usr/bin/python3 with h5py, pandas, xarray, h5netcdf and xxhash";
  const sample::Folder folder;
  for (const Compression compression : {Compression::gzip, Compression::none}) {
    for (const std::uint64_t rows : {1u, 999u, 1000u, 4321u}) {
      FileSinkOptions options = sample::options(folder / "a.h5");
      options.layout.compression = compression;
      options.replace = Replace::yes;
      FileSink sink(options);
      sample::write_all(sink, rows, 1000);
      const Finished finished = sink.finish(sample::closing());
      EXPECT_EQ(finished.rows, rows);
      const Answer answer = read_back(folder / "a.h5", rows);
      EXPECT_EQ(answer.code, 0) << answer.text;
      EXPECT_EQ(answer.text, *finished.bits + "\n");
    }
  }
}

TEST(FileSink, ReaderGivesBackEverything) {
  const sample::Folder folder;
  const std::string bits = sample::write_file(folder / "a.h5", 4321);
  const ResultReader reader(folder / "a.h5");
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(reader.stored_bits(), bits);
  EXPECT_EQ(reader.computed_bits(), bits);
  EXPECT_EQ(reader.fact("seed"), "7");
  EXPECT_EQ(reader.fact("replicates"), "1000");
  EXPECT_EQ(identity_differences(reader.identity(), sample::identity()), "");
  EXPECT_EQ(identity_differences(reader.identity(), sample::identity("8")), "seed: 7 there, 8 asked for");

  const StoredTable& runs = reader.table("runs");
  EXPECT_EQ(runs.rows, 4321u);
  const std::vector<Column> columns = sample::columns();
  ASSERT_EQ(runs.columns.size(), columns.size());
  const PackedBlock canonical = BitsSink({{columns, 5000, Compression::none}, 0, "/tmp"}).pack(sample::block(0, 4321));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column* stored = runs.find(columns[i].name);
    ASSERT_NE(stored, nullptr) << columns[i].name;
    EXPECT_TRUE(same_data(*stored, columns[i])) << columns[i].name;
    EXPECT_EQ(stored->unit, columns[i].unit);
    EXPECT_EQ(stored->meaning, columns[i].meaning);
    EXPECT_EQ(reader.read("runs", columns[i].name, {0, 4321}), canonical.columns[i].stored) << columns[i].name;
  }
  EXPECT_EQ(reader.row_of(4000), 4000u);
  EXPECT_EQ(reader.row_of(4321), std::nullopt);
  EXPECT_EQ(reader.read_texts("cells", "reason").at(1), "Überlauf in round 3");
  EXPECT_EQ(reader.table("cells").dimension, "cell");
  EXPECT_THROW(reader.read("runs", "front", {4000, 322}), StoreError);
  EXPECT_THROW(reader.read("runs", "nothing", {0, 1}), StoreError);
  EXPECT_THROW(reader.table("traces"), StoreError);
}

TEST(FileSink, BitsDoNotDependOnBlocksOrderOrCompression) {
  const sample::Folder folder;
  const std::string expected = bits_in_memory(4321, 1000);
  EXPECT_EQ(expected, bits_in_memory(4321, 17));
  EXPECT_EQ(expected, sample::write_file(folder / "a.h5", 4321, 1000));
  EXPECT_EQ(expected, sample::write_file(folder / "b.h5", 4321, 64));

  FileSink backwards(sample::options(folder / "c.h5"));
  BitsSink in_memory({{sample::columns(), 1000, Compression::gzip}, 0, folder.path()});
  for (int i = 4; i >= 0; --i) {
    for (RunSink* sink : {static_cast<RunSink*>(&backwards), static_cast<RunSink*>(&in_memory)}) {
      sink->write(sink->pack(sample::block(static_cast<std::uint64_t>(i) * 1000, i == 4 ? 321 : 1000)));
    }
  }
  EXPECT_EQ(expected, backwards.finish(sample::closing()).bits);
  EXPECT_EQ(expected, in_memory.finish({}).bits);
  EXPECT_EQ(expected, ResultReader(folder / "c.h5").computed_bits());
}

TEST(FileSink, AResultThatGrowsEqualsOneThatIsMadeAtTheEnd) {
  const sample::Folder folder;
  const std::string bits = sample::write_file(folder / "whole.h5", 4321);
  const std::string checksum = ResultReader(folder / "whole.h5").fact("checksum").value();
  struct Way {
    std::vector<std::uint64_t> blocks;  ///< in the order of their coming
    std::uint64_t expected_rows;
  };
  // In order; nearly; backwards; and with another number of rows than was said.
  for (const Way& way : {Way{{0, 1, 2, 3, 4}, 4321}, {{0, 2, 1, 4, 3}, 4321}, {{4, 3, 2, 1, 0}, 4321}, {{0, 1, 2, 3, 4}, 5000}, {{0, 1, 2, 3, 4}, 2000}}) {
    FileSinkOptions options = sample::options(folder / "a.h5");
    options.expected_rows = way.expected_rows;
    options.expected = Expected::exactly;
    options.replace = Replace::yes;
    FileSink sink(options);
    EXPECT_TRUE(exists(folder / "a.h5.tmp"));
    for (const std::uint64_t i : way.blocks) sink.write(sink.pack(sample::block(i * 1000, i == 4 ? 321 : 1000)));
    EXPECT_EQ(sink.finish(sample::closing()).bits, bits);
    const ResultReader reader(folder / "a.h5");
    EXPECT_EQ(reader.computed_bits(), bits);
    EXPECT_EQ(reader.fact("checksum"), checksum);
    EXPECT_EQ(reader.table("runs").rows, 4321u);
    EXPECT_FALSE(exists(folder / "a.h5.tmp"));
  }
}

TEST(FileSink, AResultThatGrewIsGivenUpAtAnyLength) {
  const sample::Folder folder;
  for (const std::uint64_t rows : {0, 1000, 5000, 40000}) {
    FileSinkOptions options = sample::options(folder / "a.h5", 100);
    options.expected_rows = 50000;
    options.expected = Expected::exactly;
    FileSink sink(options);
    sample::write_all(sink, rows, 100);
    sink.discard();
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << rows;
  }
}

TEST(FileSink, WavesWithGapsBecomeRowsInRunOrder) {
  // Three cells of at most 1000 replicates; two waves of 250 replicates are made, wave by wave.
  const sample::Folder folder;
  FileSink file(sample::options(folder / "a.h5", 400));
  BitsSink memory({{sample::columns(), 400, Compression::none}, 0, folder.path()});
  for (std::uint64_t wave = 0; wave < 2; ++wave) {
    for (std::uint64_t cell = 0; cell < 3; ++cell) {
      for (RunSink* sink : {static_cast<RunSink*>(&file), static_cast<RunSink*>(&memory)}) {
        sink->write(sink->pack(sample::block(cell * 1000 + wave * 250, 250)));
      }
    }
  }
  const Finished finished = file.finish(sample::closing());
  EXPECT_EQ(finished.rows, 1500u);
  EXPECT_EQ(finished.bits, memory.finish({}).bits);
  const ResultReader reader(folder / "a.h5");
  EXPECT_EQ(reader.computed_bits(), finished.bits);
  EXPECT_EQ(reader.row_of(1000), 500u);
  EXPECT_EQ(reader.row_of(700), std::nullopt);
  EXPECT_EQ(reader.run_numbers({499, 3}), (std::vector<std::uint64_t>{499, 1000, 1001}));
  const Block row = sample::block(2499, 1);
  EXPECT_EQ(reader.read("runs", "seed_word", {1499, 1}), row.columns[9]);
  if (python_can_read()) {
    const Answer answer = read_back(folder / "a.h5", 1500);
    EXPECT_EQ(answer.code, 0) << answer.text;
  }
}

TEST(FileSink, SummaryHasTablesAndNoRuns) {
  const sample::Folder folder;
  FileSinkOptions options = sample::options(folder / "a.h5");
  options.keep_rows = KeepRows::no;
  FileSink sink(options);
  sample::write_all(sink, 3000, 1000);
  const Finished finished = sink.finish(sample::closing());
  EXPECT_EQ(finished.bits, std::nullopt);
  const ResultReader reader(folder / "a.h5");
  EXPECT_TRUE(reader.complete());
  EXPECT_FALSE(reader.has("runs"));
  EXPECT_EQ(reader.stored_bits(), std::nullopt);
  EXPECT_EQ(reader.table("cells").rows, 3u);
}

TEST(FileSink, NoRowsAtAll) {
  const sample::Folder folder;
  FileSink sink(sample::options(folder / "a.h5"));
  sink.write(sink.pack(sample::block(0, 0)));
  EXPECT_EQ(sink.finish({}).rows, 0u);
  const ResultReader reader(folder / "a.h5");
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(reader.computed_bits(), reader.stored_bits());
}

TEST(FileSink, ManyFactsAndLongTexts) {
  const sample::Folder folder;
  Closing closing = sample::closing();
  const std::string text(300000, 'x');
  closing.about.push_back({"long", text});
  for (int i = 0; i < 300; ++i) closing.about.push_back({"fact " + std::to_string(i), std::string("value")});
  closing.about.push_back({"seed", std::string("not this")});
  FileSink sink(sample::options(folder / "a.h5"));
  sample::write_all(sink, 10, 10);
  sink.finish(closing);
  const ResultReader reader(folder / "a.h5");
  EXPECT_EQ(reader.fact("long"), text);
  EXPECT_EQ(reader.fact("fact 299"), "value");
  EXPECT_EQ(reader.fact("seed"), "7");
}

TEST(FileSink, LeavesNothingBesideTheResult) {
  const sample::Folder folder;
  sample::write_file(folder / "a.h5", 3000);
  for (const Expected way : {Expected::at_most, Expected::exactly}) {
    FileSinkOptions options = sample::options(folder / "b.h5");
    options.expected = way;
    const FileSink unused(options);
  }
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) names.push_back(entry.path().filename());
  EXPECT_EQ(names, std::vector<std::string>{"a.h5"});
}

TEST(FileSink, RefusesRowsTwiceAndOtherColumns) {
  const sample::Folder folder;
  FileSink sink(sample::options(folder / "a.h5"));
  sink.write(sink.pack(sample::block(0, 1000)));
  sink.write(sink.pack(sample::block(2000, 1000)));
  EXPECT_THROW(sink.write(sink.pack(sample::block(0, 1000))), StoreError);
  EXPECT_THROW(sink.write(sink.pack(sample::block(1999, 2))), StoreError);
  EXPECT_THROW(sink.write(sink.pack(sample::block(2999, 1))), StoreError);
  Block short_block = sample::block(1000, 10);
  short_block.columns.pop_back();
  EXPECT_THROW(sink.pack(short_block), StoreError);
  BitsSink memory({{sample::columns(), 1000, Compression::none}, 500, "/tmp"});
  EXPECT_THROW(memory.write(memory.pack(sample::block(0, 500))), StoreError);
}

TEST(FileSink, RefusesColumnsThatCannotStandSideBySide) {
  const sample::Folder folder;
  const auto refuses = [&](auto change) {
    FileSinkOptions options = sample::options(folder / "a.h5");
    change(options.layout);
    EXPECT_THROW(FileSink sink(options), StoreError);
  };
  refuses([](RunLayout& l) { l.columns[0].name = "run"; });
  refuses([](RunLayout& l) { l.columns[0].name = "a/b"; });
  refuses([](RunLayout& l) { l.columns[0].name = "issue"; });
  refuses([](RunLayout& l) { l.columns[0].name = "replicate"; });
  refuses([](RunLayout& l) { l.columns[0].width = 2; });
  refuses([](RunLayout& l) { l.columns[2].labels.push_back({"failed", 3}); });
  refuses([](RunLayout& l) { l.columns[6].positions[0] = "somebody"; });
  refuses([](RunLayout& l) { l.block_rows = 0; });
  EXPECT_FALSE(exists(folder / "a.h5.partial"));
}

}  // namespace
}  // namespace parley
