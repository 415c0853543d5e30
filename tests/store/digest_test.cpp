#include "engine/drivers/store/digest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "engine/drivers/store/store_error.hpp"
#include "tests/store/sample.hpp"

namespace parley {
namespace {

std::span<const std::byte> bytes_of_text(const char* text) {
  return {reinterpret_cast<const std::byte*>(text), std::strlen(text)};
}

TEST(Digest, IsXxh3WithSeedZero) {
  // Values of the reference implementation: the empty text, and "abc".
  EXPECT_EQ(digest_of({}), 0x2d06800538d394c2u);
  EXPECT_EQ(digest_of(bytes_of_text("abc")), 0x78af5f94892f3950u);
  Hasher hasher;
  hasher.add(bytes_of_text("a"));
  hasher.add({});
  hasher.add(bytes_of_text("bc"));
  EXPECT_EQ(hasher.digest(), 0x78af5f94892f3950u);
}

TEST(Digest, EveryNanBecomesTheSame) {
  std::array<std::uint32_t, 7> words = {0x7f800001u, 0xffffffffu, 0x7fc00000u, 0x7f800000u,
                                        0xff800000u, 0u,          0xbf800000u};
  make_nans_canonical(ColumnType::f32, std::as_writable_bytes(std::span(words)));
  EXPECT_EQ(words, (std::array<std::uint32_t, 7>{0x7fc00000u, 0x7fc00000u, 0x7fc00000u, 0x7f800000u, 0xff800000u, 0u,
                                                 0xbf800000u}));
  std::array<std::uint64_t, 2> wide = {0xfff0000000000001u, 0xfff0000000000000u};
  make_nans_canonical(ColumnType::f64, std::as_writable_bytes(std::span(wide)));
  EXPECT_EQ(wide, (std::array<std::uint64_t, 2>{0x7ff8000000000000u, 0xfff0000000000000u}));
  std::array<std::uint32_t, 1> integer = {0xffffffffu};
  make_nans_canonical(ColumnType::u32, std::as_writable_bytes(std::span(integer)));
  EXPECT_EQ(integer[0], 0xffffffffu);
}

TEST(Digest, CombinesInByteOrderOfNames) {
  const std::string combined = combine_digests({{"b", 2}, {"a", 1}, {"Z", 3}});
  EXPECT_EQ(combined, combine_digests({{"Z", 3}, {"b", 2}, {"a", 1}}));
  EXPECT_NE(combined, combine_digests({{"a", 3}, {"b", 2}, {"Z", 1}}));
  EXPECT_EQ(combined.size(), 16u);
  std::array<std::uint64_t, 3> words = {3, 1, 2};
  char text[17];
  std::snprintf(text, sizeof text, "%016llx",
                static_cast<unsigned long long>(digest_of(std::as_bytes(std::span(words)))));
  EXPECT_EQ(combined, text);
}

TEST(Digest, OneBitOfOneRowChangesAll) {
  Block block = sample::block(0, 500);
  RunDigest before(sample::columns(), 0);
  before.add(block);
  block.columns[7][1999] ^= std::byte{0x40};
  RunDigest after(sample::columns(), 0);
  after.add(block);
  EXPECT_NE(before.bits(), after.bits());
  EXPECT_THROW(after.check_turn(499), StoreError);
  EXPECT_NO_THROW(after.check_turn(500));
}

}  // namespace
}  // namespace parley
