// How rows are laid out in a result: the columns, the rows of a whole block and the compression, checked once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/sweep/sink.hpp"

namespace parley {

enum class Compression : std::uint8_t {
  none,
  gzip,  ///< HDF5's shuffle and gzip filters, which every reader of HDF5 has
};

struct RunLayout {
  std::vector<Column> columns;
  std::uint32_t block_rows = 16384;  ///< rows of a whole block, and of an HDF5 chunk
  Compression compression = Compression::gzip;

  std::uint64_t row_bytes() const;
};

/// The column that numbers the runs: the first dimension of /runs, which the store makes itself.
Column run_column();

constexpr std::uint32_t max_block_rows = 1u << 20;
constexpr std::uint32_t max_columns = 4096;
constexpr std::uint32_t max_column_width = 1u << 16;
constexpr std::uint64_t max_block_bytes = std::uint64_t{1} << 30;

/// Throws StoreError where columns cannot become HDF5 datasets side by side, `scale` being the first dimension's name.
void check_columns(const std::vector<Column>& columns, const std::string& scale);

/// Throws StoreError for a layout that cannot be stored.
void check_layout(const RunLayout& layout);

/// Throws StoreError unless the block has every column with the bytes that its rows need.
void check_block(const std::vector<Column>& columns, const Block& block);

/// Do both describe the same datasets? Names along a dimension and of an enumeration count, units and meaning do not.
bool same_data(const Column& a, const Column& b);

}  // namespace parley
