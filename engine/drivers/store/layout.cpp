#include "engine/drivers/store/layout.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& why) {
  throw StoreError(what + " cannot be stored", why, "Give it another name or shape.");
}

void check_name(const std::string& name, const std::string& what) {
  if (name.empty() || name == "." || name == ".." || name.size() > 255 || name.find('/') != std::string::npos ||
      name.find('\0') != std::string::npos) {
    refuse(what + " '" + name + "'", "a name has 1 to 255 bytes and no slash");
  }
}

void check_labels(const Column& column) {
  if (column.labels.empty()) return;
  if (column.type != ColumnType::u8) refuse("Column '" + column.name + "'", "an enumeration is of type u8");
  std::set<std::string> names;
  std::set<std::uint8_t> values;
  for (const auto& [name, value] : column.labels) {
    if (name.empty() || !names.insert(name).second || !values.insert(value).second) {
      refuse("Label '" + name + "' of column '" + column.name + "'", "labels and their values differ from each other");
    }
  }
}

void check_shape(const Column& column) {
  if (column.width == 0 || column.width > max_column_width) {
    refuse("Column '" + column.name + "'", "a row holds 1 to " + std::to_string(max_column_width) + " values");
  }
  if (column.dimension.empty()) {
    if (column.width != 1) refuse("Column '" + column.name + "'", "several values a row need a named dimension");
    return;
  }
  check_name(column.dimension, "Dimension");
  if (column.positions.size() != column.width) {
    refuse("Column '" + column.name + "'", "it names " + std::to_string(column.positions.size()) + " positions for " +
                                               std::to_string(column.width) + " values");
  }
}

}  // namespace

std::uint64_t RunLayout::row_bytes() const {
  std::uint64_t bytes = 0;
  for (const Column& column : columns) bytes += column.row_bytes();
  return bytes;
}

Column run_column() {
  Column column;
  column.name = std::string("run");
  column.type = ColumnType::u64;
  column.unit = std::string("1");
  column.meaning = std::string("number of the run: cell times replicates, plus replicate");
  return column;
}

void check_columns(const std::vector<Column>& columns, const std::string& scale) {
  if (columns.size() > max_columns) refuse("A table", "it has more than " + std::to_string(max_columns) + " columns");
  std::set<std::string> names;
  std::map<std::string, const std::vector<std::string>*> dimensions;
  for (const Column& column : columns) {
    check_name(column.name, "Column");
    if (!names.insert(column.name).second) refuse("Column '" + column.name + "'", "there are two of that name");
    check_shape(column);
    check_labels(column);
    if (column.dimension.empty()) continue;
    const auto [known, added] = dimensions.emplace(column.dimension, &column.positions);
    if (!added && *known->second != column.positions) {
      refuse("Dimension '" + column.dimension + "'", "its columns name its positions differently");
    }
  }
  for (const auto& dimension : dimensions) {
    if (names.count(dimension.first) != 0 || dimension.first == scale) {
      refuse("Dimension '" + dimension.first + "'", "a column bears the same name");
    }
  }
}

void check_layout(const RunLayout& layout) {
  check_name("run", "Dimension");
  check_columns(layout.columns, "run");
  for (const Column& column : layout.columns) {
    if (column.name == "run") refuse("Column 'run'", "the store numbers the runs itself");
  }
  if (layout.block_rows == 0 || layout.block_rows > max_block_rows ||
      layout.block_rows * layout.row_bytes() > max_block_bytes) {
    refuse("A block of " + std::to_string(layout.block_rows) + " rows",
           "a block holds 1 to " + std::to_string(max_block_rows) + " rows and at most " +
               readable_bytes(max_block_bytes));
  }
}

void check_block(const std::vector<Column>& columns, const Block& block) {
  bool fits = block.columns.size() == columns.size();
  for (std::size_t i = 0; fits && i < columns.size(); ++i) {
    fits = block.columns[i].size() == columns[i].row_bytes() * block.rows;
  }
  if (!fits) refuse("A block of rows", "its columns are not those that were announced");
}

bool same_data(const Column& a, const Column& b) {
  // The order in which an enumeration lists its labels carries nothing.
  auto sorted = [](auto labels) {
    std::sort(labels.begin(), labels.end(), [](const auto& x, const auto& y) { return x.second < y.second; });
    return labels;
  };
  return a.name == b.name && a.type == b.type && a.width == b.width && a.dimension == b.dimension &&
         a.positions == b.positions && sorted(a.labels) == sorted(b.labels) && a.missing == b.missing;
}

}  // namespace parley
