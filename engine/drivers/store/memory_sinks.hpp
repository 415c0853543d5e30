// Sinks that leave no file: one that only fingerprints the rows, one that drops them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/journal.hpp"
#include "engine/drivers/store/layout.hpp"

namespace parley {

struct BitsSinkOptions {
  RunLayout layout;  ///< its compression is not used: rows stay only until their turn
  std::uint64_t first_row = 0;
  std::string folder = "/var/tmp";  ///< for rows that come out of order: an unnamed file holds them until their turn
};

/// Computes `bits`. In run order rows are hashed and forgotten; rows ahead of their turn wait in an unnamed file.
class BitsSink final : public RunSink {
 public:
  explicit BitsSink(BitsSinkOptions options);

  std::vector<RowRange> present() const override { return {}; }
  Block read(const RowRange& entry) const override;
  PackedBlock pack(Block block) const override;
  void write(PackedBlock block) override;
  void flush() override {}
  Finished finish(const Closing& closing) override;

 private:
  void hash_what_is_next(unsigned most);
  Block waiting_block(std::uint64_t first_row) const;

  BitsSinkOptions options_;
  RunDigest digest_;
  std::optional<Journal> waiting_;  ///< made when the first block comes ahead of its turn
  std::uint64_t rows_ = 0;
};

/// Counts rows and keeps nothing.
class DiscardingSink final : public RunSink {
 public:
  std::vector<RowRange> present() const override { return {}; }
  Block read(const RowRange& entry) const override;
  PackedBlock pack(Block block) const override { return {block.first_row, block.rows, {}}; }
  void write(PackedBlock block) override { rows_ += block.rows; }
  void flush() override {}
  Finished finish(const Closing&) override { return {rows_, std::nullopt, std::nullopt}; }

 private:
  std::uint64_t rows_ = 0;
};

}  // namespace parley
