#include "engine/drivers/store/merge.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/drivers/store/file_sink.hpp"
#include "engine/drivers/store/result_reader.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/store/sample.hpp"

namespace parley {
namespace {

constexpr std::uint64_t rows = 8350;
constexpr std::uint32_t block_rows = 100;

enum class Deal { in_turn, in_stretches };

/// Writes part `part` of `parts`, counted from 1: blocks dealt in turn, or one stretch of blocks.
std::string write_shard(const std::string& path, unsigned part, unsigned parts, Deal deal,
                        const std::string& seed = "7", Compression compression = Compression::gzip) {
  FileSinkOptions options = sample::options(path, block_rows);
  options.layout.compression = compression;
  options.identity = sample::identity(seed);
  options.identity.back().value = std::to_string(part) + "/" + std::to_string(parts);
  const std::uint64_t blocks = (rows + block_rows - 1) / block_rows;
  std::vector<std::uint64_t> mine;
  for (std::uint64_t block = 0; block < blocks; ++block) {
    const std::uint64_t owner = deal == Deal::in_turn ? block % parts : block * parts / blocks;
    if (owner == part - 1) mine.push_back(block);
  }
  options.first_row = mine.empty() ? 0 : mine.front() * block_rows;
  FileSink sink(options);
  for (const std::uint64_t block : mine) {
    const std::uint64_t first = block * block_rows;
    sink.write(
        sink.pack(sample::block(first, static_cast<std::uint32_t>(std::min<std::uint64_t>(block_rows, rows - first)))));
  }
  return *sink.finish(sample::closing()).bits;
}

std::vector<std::string> write_shards(const sample::Folder& folder, unsigned parts, Deal deal) {
  std::vector<std::string> paths;
  for (unsigned part = 1; part <= parts; ++part) {
    paths.push_back(folder / ("part" + std::to_string(part) + ".h5"));
    write_shard(paths.back(), part, parts, deal);
  }
  return paths;
}

Closing close(const std::vector<std::string>& shards) {
  Closing closing = sample::closing();
  closing.tables = {ResultReader(shards.front()).read_table("cells")};
  return closing;
}

TEST(Merge, EqualsTheSingleRun) {
  const sample::Folder folder;
  const std::string expected = sample::write_file(folder / "whole.h5", rows, block_rows);
  for (const Deal deal : {Deal::in_turn, Deal::in_stretches}) {
    for (const unsigned parts : {1u, 3u, 7u, 100u}) {
      std::vector<std::string> paths = write_shards(folder, parts, deal);
      std::reverse(paths.begin(), paths.end());
      const Finished merged = merge_results({folder / "merged.h5", paths, Replace::yes, Compression::gzip, close});
      EXPECT_EQ(merged.bits, expected);
      EXPECT_EQ(merged.rows, rows);
      const ResultReader reader(folder / "merged.h5");
      EXPECT_EQ(reader.computed_bits(), expected);
      EXPECT_EQ(identity_differences(reader.identity(), sample::identity()), "");
      EXPECT_EQ(reader.run_numbers({0, rows}), ResultReader(folder / "whole.h5").run_numbers({0, rows}));
      const Table cells = reader.read_table("cells");
      EXPECT_EQ(cells.values.columns, ResultReader(folder / "whole.h5").read_table("cells").values.columns);
      EXPECT_EQ(cells.texts.at(0).meaning, "why it failed");
      EXPECT_EQ(cells.texts.at(0).values.at(1), "Überlauf in round 3");
      for (const std::string& path : paths) std::filesystem::remove(path);
    }
  }
}

class MergeRefusal : public testing::Test {
 protected:
  MergeRefusal() : paths_(write_shards(folder_, 3, Deal::in_turn)) {}

  void expect_refused(const std::vector<std::string>& paths, const std::vector<std::string>& parts_of_message) {
    try {
      merge_results({folder_ / "merged.h5", paths, Replace::no, Compression::gzip, close});
      ADD_FAILURE() << "merged";
    } catch (const StoreError& error) {
      for (const std::string& part : parts_of_message) {
        EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << part << " is not in: " << error.what();
      }
    }
    EXPECT_FALSE(exists(folder_ / "merged.h5"));
    EXPECT_FALSE(exists(folder_ / "merged.h5.partial"));
  }

  sample::Folder folder_;
  std::vector<std::string> paths_;
};

TEST_F(MergeRefusal, Missing) {
  expect_refused({paths_[0], paths_[2]}, {"part 2 of 3 is missing"});
  expect_refused({}, {"no file is given"});
  expect_refused({paths_[0], paths_[1], folder_ / "nothing.h5"}, {"nothing.h5"});
}

TEST_F(MergeRefusal, Doubled) {
  std::filesystem::copy(paths_[1], folder_ / "copy.h5");
  expect_refused({paths_[0], paths_[1], folder_ / "copy.h5", paths_[2]}, {"copy.h5", "part 2 is in", "part2.h5"});
}

TEST_F(MergeRefusal, Mixed) {
  write_shard(folder_ / "other.h5", 3, 3, Deal::in_turn, "8");
  expect_refused({paths_[0], paths_[1], folder_ / "other.h5"}, {"other.h5", "seed: 8 there, 7"});
  write_shard(folder_ / "four.h5", 3, 4, Deal::in_turn);
  expect_refused({paths_[0], paths_[1], folder_ / "four.h5"}, {"four.h5", "one of 4 parts"});
}

TEST_F(MergeRefusal, IncompleteOrDamaged) {
  std::ofstream(folder_ / "text.h5") << "not HDF5";
  expect_refused({paths_[0], paths_[1], folder_ / "text.h5"}, {"text.h5"});
  std::filesystem::resize_file(paths_[2], std::filesystem::file_size(paths_[2]) / 2);
  expect_refused(paths_, {"part3.h5"});
}

TEST_F(MergeRefusal, AlteredRows) {
  // Uncompressed rows carry no checksum that HDF5 knows: the fingerprint has to tell.
  std::filesystem::remove(paths_[1]);
  write_shard(paths_[1], 2, 3, Deal::in_turn, "7", Compression::none);
  EXPECT_EQ(merge_results({folder_ / "merged.h5", paths_, Replace::yes, Compression::gzip, close}).rows, rows);
  std::filesystem::remove(folder_ / "merged.h5");
  std::fstream file(paths_[1], std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(paths_[1]) / 2));
  file.write("\x5a\xa5\x5a", 3);
  file.close();
  expect_refused(paths_, {"part2.h5", "damaged"});
}

}  // namespace
}  // namespace parley
