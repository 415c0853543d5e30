// What is kept of a run: columns of fixed type and width, filled block by block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace parley {

enum class ColumnType : std::uint8_t { u8, u16, u32, u64, f32, f64 };

constexpr std::size_t bytes_of(ColumnType type) {
  switch (type) {
    case ColumnType::u8: return 1;
    case ColumnType::u16: return 2;
    case ColumnType::u32: return 4;
    case ColumnType::f32: return 4;
    case ColumnType::u64: return 8;
    case ColumnType::f64: return 8;
  }
  return 0;
}

/// One dataset: a value, or a row of `width` values, for each run (or cell).
struct Column {
  std::string name;
  ColumnType type = ColumnType::f64;
  std::uint32_t width = 1;                             ///< values a row
  std::string dimension = {};                           ///< name of the second dimension ("issue", "actor"); empty for a scalar
  std::vector<std::string> positions = {};               ///< names along the second dimension, `width` of them
  std::string unit = {};                               ///< "1" for a pure number
  std::string meaning = {};
  std::vector<std::pair<std::string, std::uint8_t>> labels = {};  ///< of an enumeration (type u8); else empty
  std::optional<std::uint64_t> missing = std::nullopt;       ///< of an integer: the value that stands for "never happened"
  std::optional<std::pair<double, double>> range = std::nullopt;  ///< where values are expected; what a summary divides into bins
  std::vector<std::pair<std::string, double>> numbers = {};  ///< written beside unit and meaning, under their names

  std::size_t row_bytes() const { return bytes_of(type) * width; }
};

/// Rows [first_row, first_row + rows) of every column, each column contiguous, in native (little-endian) order.
struct Block {
  std::uint64_t first_row = 0;
  std::uint32_t rows = 0;
  std::vector<std::vector<std::byte>> columns;
};

}  // namespace parley
