#include "engine/drivers/store/digest.hpp"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <new>
#include <utility>

#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

template <typename Word>
void replace_nans(std::span<std::byte> values, Word magnitude, Word infinity, Word canonical) {
  for (std::size_t at = 0; at + sizeof(Word) <= values.size(); at += sizeof(Word)) {
    Word word;
    std::memcpy(&word, values.data() + at, sizeof(Word));
    word = (word & magnitude) > infinity ? canonical : word;
    std::memcpy(values.data() + at, &word, sizeof(Word));
  }
}

}  // namespace

std::uint64_t digest_of(std::span<const std::byte> bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

void Hasher::Free::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

Hasher::Hasher() : state_(XXH3_createState()) {
  if (!state_ || XXH3_64bits_reset(state_.get()) != XXH_OK) throw std::bad_alloc();
}
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

void Hasher::add(std::span<const std::byte> bytes) { XXH3_64bits_update(state_.get(), bytes.data(), bytes.size()); }
std::uint64_t Hasher::digest() const { return XXH3_64bits_digest(state_.get()); }

void make_nans_canonical(ColumnType type, std::span<std::byte> values) {
  if (type == ColumnType::f32) {
    replace_nans<std::uint32_t>(values, 0x7fffffffu, 0x7f800000u, 0x7fc00000u);
  } else if (type == ColumnType::f64) {
    replace_nans<std::uint64_t>(values, 0x7fffffffffffffffu, 0x7ff0000000000000u, 0x7ff8000000000000u);
  }
}

std::string combine_digests(std::vector<NamedDigest> digests) {
  // std::string compares as unsigned bytes, which is the order of names that the definition asks for.
  std::sort(digests.begin(), digests.end(), [](const NamedDigest& a, const NamedDigest& b) { return a.name < b.name; });
  Hasher all;
  for (const NamedDigest& each : digests) {
    std::array<std::byte, 8> little_endian;
    for (std::size_t i = 0; i < 8; ++i) little_endian[i] = static_cast<std::byte>(each.digest >> (8 * i));
    all.add(little_endian);
  }
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(all.digest()));
  return text.data();
}

RunDigest::RunDigest(const std::vector<Column>& columns, std::uint64_t first_row)
    : hashers_(columns.size()), next_row_(first_row) {
  for (const Column& column : columns) names_.push_back(column.name);
}

void RunDigest::check_turn(std::uint64_t first_row) const {
  if (first_row >= next_row_) return;
  throw StoreError("Rows from " + std::to_string(first_row) + " cannot be stored",
                   "rows up to " + std::to_string(next_row_) + " are in already",
                   "This is a fault of parley: please report it.");
}

void RunDigest::add(const Block& block) {
  for (std::size_t i = 0; i < hashers_.size(); ++i) hashers_[i].add(block.columns[i]);
  next_row_ = block.first_row + block.rows;
}

void RunDigest::add(const PackedBlock& block) {
  for (std::size_t i = 0; i < hashers_.size(); ++i) hashers_[i].add(block.columns[i].bytes());
  next_row_ = block.first_row + block.rows;
}

std::string RunDigest::bits() const {
  std::vector<NamedDigest> digests;
  for (std::size_t i = 0; i < hashers_.size(); ++i) digests.push_back({names_[i], hashers_[i].digest()});
  return combine_digests(std::move(digests));
}

}  // namespace parley
