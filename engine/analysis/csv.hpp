// Reads tables of comma-, tab- or semicolon-separated text, and says file, line and column of whatever is wrong in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/check.hpp"

namespace parley {

/// How large a table may be; checked before anything of that size is allocated.
struct CsvLimits {
  std::size_t bytes = std::size_t{64} << 20;
  std::size_t cells = 8000000;
  std::size_t columns = 4096;
  std::size_t field_bytes = 65536;
};

/// A header and rows of equally many fields. Quotes as in RFC 4180 (fields may hold separators, doubled quotes and line
/// ends); a byte-order mark, CRLF, empty lines and lines that start with # are passed over; spaces around a field that
/// is not quoted are cut. The separator is the one of tab, semicolon and comma that is found first in the header.
class CsvTable {
 public:
  /// `file` is only a name for messages. Throws InputError.
  static CsvTable parse(std::string_view text, const std::string& file, const CsvLimits& limits = {});
  static CsvTable read(const std::string& path, const CsvLimits& limits = {});

  std::size_t rows() const { return cells_.size() / header_.size() - 1; }
  std::size_t columns() const { return header_.size(); }
  const std::vector<std::string>& header() const { return header_; }
  const std::string& file() const { return file_; }

  /// The column of a name, letter case and surrounding spaces aside.
  std::optional<std::size_t> find(std::string_view name) const;
  /// The same, refused by name if it is not there.
  std::size_t require(std::string_view name) const;

  std::string_view text(std::size_t row, std::size_t column) const { return view(cell(row + 1, column)); }
  /// Nothing, NA, NaN, null or a lone dot.
  bool missing(std::size_t row, std::size_t column) const;
  /// A finite number; anything else is refused with its place.
  double number(std::size_t row, std::size_t column) const;
  std::optional<double> number_if_any(std::size_t row, std::size_t column) const;

  Place place(std::size_t row, std::size_t column) const;
  Place header_place(std::size_t column) const;

 private:
  struct Cell {
    std::uint32_t begin, size, line, column;
  };
  friend class CsvParser;
  CsvTable() = default;
  const Cell& cell(std::size_t line, std::size_t column) const { return cells_[line * header_.size() + column]; }
  std::string_view view(const Cell& cell) const { return std::string_view(text_).substr(cell.begin, cell.size); }

  std::string file_, text_;
  std::vector<std::string> header_;
  std::vector<Cell> cells_;  ///< row by row, the header first
};

}  // namespace parley
