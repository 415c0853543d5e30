// Fingerprints of stored bytes: XXH3-64 of each column, and of all columns together.
//
// `bits` = XXH3-64 over the digests of the columns (each XXH3-64 of a column's bytes, rows in run order, little-endian,
// every NaN as 0x7fc00000), eight little-endian bytes each, column names in byte order; 16 lower-case hex digits.
// Algorithm: Y. Collet, xxHash, XXH3 64-bit with seed 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/sweep/sink.hpp"

struct XXH3_state_s;

namespace parley {

std::uint64_t digest_of(std::span<const std::byte> bytes);

/// XXH3-64 of a stream of bytes.
class Hasher {
 public:
  Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  ~Hasher();

  void add(std::span<const std::byte> bytes);
  std::uint64_t digest() const;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };
  std::unique_ptr<XXH3_state_s, Free> state_;
};

/// Gives every NaN of a floating-point column the one bit pattern that is stored and hashed.
void make_nans_canonical(ColumnType type, std::span<std::byte> values);

struct NamedDigest {
  std::string name;
  std::uint64_t digest = 0;
};

/// The fingerprint of columns whose digests are known.
std::string combine_digests(std::vector<NamedDigest> digests);

/// Hashes all columns of a result as its rows come by in run order.
class RunDigest {
 public:
  RunDigest(const std::vector<Column>& columns, std::uint64_t first_row);

  std::uint64_t next_row() const { return next_row_; }  ///< rows before this one are in, or do not exist
  /// Throws StoreError where rows come before `next_row()`: their turn is over.
  void check_turn(std::uint64_t first_row) const;
  /// Adds raw rows; there may be a gap before them.
  void add(const Block& block);
  void add(const PackedBlock& block);
  std::string bits() const;

 private:
  std::vector<std::string> names_;
  std::vector<Hasher> hashers_;
  std::uint64_t next_row_;
};

}  // namespace parley
