#include "engine/drivers/store/packer.hpp"

#include <gtest/gtest.h>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/store/sample.hpp"

namespace parley {
namespace {

/// One column of every type, its bytes drawn so that some planes are constant, some are runs and some are noise.
Block patterned(const std::vector<Column>& columns, std::uint32_t rows, unsigned pattern) {
  Block block{0, rows, {}};
  for (const Column& column : columns) {
    std::vector<std::byte> bytes(column.row_bytes() * rows);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const unsigned kind = (pattern >> (2 * (i % bytes_of(column.type)) % 16)) & 3;
      const std::uint64_t noise = sample::mix(i + 7919 * pattern);
      bytes[i] = static_cast<std::byte>(kind == 0 ? 0 : kind == 1 ? noise : kind == 2 ? noise % 3 : i / 100);
    }
    make_nans_canonical(column.type, bytes);
    block.columns.push_back(std::move(bytes));
  }
  return block;
}

TEST(Packer, UnpacksToTheSameBytes) {
  std::vector<Column> columns;
  for (const ColumnType type :
       {ColumnType::u8, ColumnType::u16, ColumnType::u32, ColumnType::u64, ColumnType::f32, ColumnType::f64}) {
    columns.push_back(sample::column(std::string(columns.size() + 1, 'c'), type, "d", {"a", "b", "c"}));
  }
  for (const Compression compression : {Compression::gzip, Compression::none}) {
    for (const std::uint32_t rows : {0u, 1u, 2u, 3u, 255u, 5000u, 40000u}) {
      for (unsigned pattern = 0; pattern < 65536; pattern += rows < 300 ? 641 : 6553) {
        const Block block = patterned(columns, rows, pattern);
        const PackedBlock packed = pack_block(columns, block, compression);
        for (std::size_t i = 0; i < columns.size(); ++i) {
          ASSERT_LE(packed.columns[i].stored.size(), packed_bound(block.columns[i].size()));
        }
        const Block back = unpack_block(columns, packed, compression);
        ASSERT_EQ(back.columns, block.columns) << rows << " rows, pattern " << pattern;
      }
    }
  }
}

TEST(Packer, CompressesWhatRepeats) {
  const std::vector<Column> columns = {sample::column("replicate", ColumnType::u32),
                                       sample::column("kind", ColumnType::u8)};
  Block block{0, 16384, {std::vector<std::byte>(65536), std::vector<std::byte>(16384, std::byte{3})}};
  for (std::uint32_t i = 0; i < 16384; ++i) std::memcpy(block.columns[0].data() + 4 * i, &i, 4);
  const PackedBlock packed = pack_block(columns, block, Compression::gzip);
  EXPECT_LT(packed.columns[0].stored.size(), 1000u);
  EXPECT_LT(packed.columns[1].stored.size(), 200u);
}

TEST(Packer, NoticesDamage) {
  const std::vector<Column> columns = sample::columns();
  for (const Compression compression : {Compression::gzip, Compression::none}) {
    const PackedBlock packed = pack_block(columns, sample::block(0, 300), compression);
    int noticed = 0, harmless = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (std::size_t at = 0; at < packed.columns[i].stored.size(); at += 37) {
        PackedBlock damaged = packed;
        damaged.columns[i].stored[at] ^= std::byte{0x10};
        // A stream has a few bits that mean nothing: in its head, and before the whole bytes of a stored block.
        try {
          EXPECT_EQ(unpack_block(columns, damaged, compression).columns[i], packed.columns[i].raw);
          ++harmless;
        } catch (const StoreError&) {
          ++noticed;
        }
      }
      PackedBlock shortened = packed;
      shortened.columns[i].stored.pop_back();
      EXPECT_THROW(unpack_block(columns, shortened, compression), StoreError);
    }
    EXPECT_GT(noticed, 10 * harmless);
  }
}

}  // namespace
}  // namespace parley
