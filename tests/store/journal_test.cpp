#include "engine/drivers/store/journal.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "engine/drivers/store/packer.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/store/sample.hpp"

namespace parley {
namespace {

const RunLayout layout{sample::columns(), 100, Compression::gzip};

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

void append(Journal& journal, std::uint64_t first_row, std::uint32_t rows = 100) {
  journal.append(pack_block(layout.columns, sample::block(first_row, rows), Compression::gzip));
}

/// A journal of blocks at rows 0, 200 and 100, and the sizes of the file before, between and after them.
std::vector<std::uint64_t> write_three(const std::string& path) {
  Journal journal(path, layout, sample::identity(), Partial::refuse);
  std::vector<std::uint64_t> sizes = {journal.size()};
  for (const std::uint64_t first : {0u, 200u, 100u}) {
    append(journal, first);
    sizes.push_back(journal.size());
  }
  return sizes;
}

std::vector<RowRange> entries_after_opening(const std::string& path) {
  return Journal(path, layout, sample::identity(), Partial::resume).entries();
}

std::vector<RowRange> expected_entries(std::size_t blocks) {
  switch (blocks) {
    case 0:
      return {};
    case 1:
      return {{0, 100}};
    case 2:
      return {{0, 100}, {200, 100}};
    default:
      return {{0, 100}, {100, 100}, {200, 100}};
  }
}

TEST(Journal, GivesBackBlocks) {
  const sample::Folder folder;
  write_three(folder / "j");
  const Journal journal(folder / "j", layout, sample::identity(), Partial::resume);
  EXPECT_EQ(journal.entries(), expected_entries(3));
  EXPECT_EQ(journal.rows(), 300u);
  for (const RowRange& entry : journal.entries()) {
    const Block there = unpack_block(layout.columns, journal.read(entry.first), Compression::gzip);
    const PackedBlock expected = pack_block(layout.columns, sample::block(entry.first, 100), Compression::none);
    for (std::size_t i = 0; i < there.columns.size(); ++i) EXPECT_EQ(there.columns[i], expected.columns[i].stored);
  }
  EXPECT_THROW(journal.read(50), StoreError);
}

TEST(Journal, TornAtAnyPointKeepsWholeBlocks) {
  const sample::Folder folder;
  const std::vector<std::uint64_t> sizes = write_three(folder / "j");
  const std::string whole = content(folder / "j");
  ASSERT_EQ(whole.size(), sizes.back());
  std::vector<std::uint64_t> cuts;
  for (std::uint64_t cut = 0; cut < whole.size(); cut += 61) cuts.push_back(cut);
  for (const std::uint64_t size : sizes) {
    for (int step = -9; step <= 9; ++step) cuts.push_back(size + static_cast<std::uint64_t>(step));
  }
  for (const std::uint64_t cut : cuts) {
    if (cut > whole.size()) continue;
    put(folder / "j", whole.substr(0, cut));
    const auto blocks = static_cast<std::size_t>(
        std::count_if(sizes.begin() + 1, sizes.end(), [&](std::uint64_t size) { return size <= cut; }));
    ASSERT_EQ(entries_after_opening(folder / "j"), expected_entries(blocks)) << "cut at " << cut;
    // What was torn is gone, and the journal can go on from there.
    Journal journal(folder / "j", layout, sample::identity(), Partial::resume);
    append(journal, 1000);
    ASSERT_EQ(journal.entries().size(), blocks + 1);
  }
}

TEST(Journal, FlippedBytesEndItBeforeTheDamage) {
  const sample::Folder folder;
  const std::vector<std::uint64_t> sizes = write_three(folder / "j");
  const std::string whole = content(folder / "j");
  for (std::uint64_t at = sizes[0]; at < whole.size(); at += 13) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
    put(folder / "j", damaged);
    const auto blocks = static_cast<std::size_t>(
        std::count_if(sizes.begin() + 1, sizes.end(), [&](std::uint64_t size) { return size <= at; }));
    ASSERT_EQ(entries_after_opening(folder / "j"), expected_entries(blocks)) << "flipped at " << at;
  }
  for (std::uint64_t at = 0; at < sizes[0]; at += 3) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    put(folder / "j", damaged);
    // A damaged header vouches for nothing: refused, or taken for torn where it claims more than the file has.
    try {
      EXPECT_TRUE(entries_after_opening(folder / "j").empty());
      EXPECT_GE(at, 8u);
      EXPECT_LT(at, 16u);
    } catch (const StoreError&) {
    }
  }
}

TEST(Journal, ZerosBehindTheEndAreCut) {
  const sample::Folder folder;
  const std::vector<std::uint64_t> sizes = write_three(folder / "j");
  put(folder / "j", content(folder / "j") + std::string(5000, '\0'));
  EXPECT_EQ(entries_after_opening(folder / "j"), expected_entries(3));
  EXPECT_EQ(std::filesystem::file_size(folder / "j"), sizes.back());
}

TEST(Journal, RefusesAnotherRunByName) {
  const sample::Folder folder;
  write_three(folder / "j");
  try {
    Journal(folder / "j", layout, sample::identity("8"), Partial::resume);
    FAIL() << "resumed with another seed";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("seed: 7 there, 8 asked for"), std::string::npos) << error.what();
  }
  RunLayout other = layout;
  other.columns.pop_back();
  other.block_rows = 50;
  try {
    Journal(folder / "j", other, sample::identity(), Partial::resume);
    FAIL() << "resumed with other columns";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("column exact"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("rows of a block: 100 there, 50"), std::string::npos) << error.what();
  }
  EXPECT_EQ(entries_after_opening(folder / "j"), expected_entries(3));
  EXPECT_THROW(Journal(folder / "j", layout, sample::identity(), Partial::refuse), StoreError);
  EXPECT_EQ(entries_after_opening(folder / "j"), expected_entries(3));
  EXPECT_TRUE(Journal(folder / "j", layout, sample::identity("8"), Partial::discard).entries().empty());
}

TEST(Journal, RefusesWhatIsNone) {
  const sample::Folder folder;
  put(folder / "j", "a shopping list that nobody wants to lose");
  EXPECT_THROW(Journal(folder / "j", layout, sample::identity(), Partial::resume), StoreError);
  EXPECT_THROW(Journal(folder / "j", layout, sample::identity(), Partial::refuse), StoreError);
  EXPECT_EQ(content(folder / "j"), "a shopping list that nobody wants to lose");
}

TEST(Journal, TakesOneWriterOnly) {
  const sample::Folder folder;
  Journal first(folder / "j", layout, sample::identity(), Partial::refuse);
  for (const Partial partial : {Partial::refuse, Partial::resume, Partial::discard}) {
    try {
      Journal(folder / "j", layout, sample::identity(), partial);
      FAIL() << "two writers";
    } catch (const StoreError& error) {
      EXPECT_NE(std::string(error.what()).find("another process"), std::string::npos) << error.what();
    }
  }
  append(first, 0);
  EXPECT_EQ(first.entries().size(), 1u);
}

}  // namespace
}  // namespace parley
