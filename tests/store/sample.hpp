// Columns of every kind and rows made up from their numbers, for the tests of the store.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/drivers/store/file_sink.hpp"
#include "engine/sweep/sink.hpp"

namespace parley::sample {

/// A folder that is gone when the test ends.
class Folder {
 public:
  explicit Folder(const std::string& parent = std::filesystem::temp_directory_path().string()) {
    std::string pattern = parent + "/parley-store-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
    path_ = pattern;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline Column column(const std::string& name, ColumnType type, const std::string& dimension = {},
                     std::vector<std::string> positions = {}) {
  Column made;
  made.name = name;
  made.type = type;
  made.width = positions.empty() ? 1 : static_cast<std::uint32_t>(positions.size());
  made.dimension = dimension;
  made.positions = std::move(positions);
  made.unit = std::string("1");
  made.meaning = "the " + name + " of the sample";
  return made;
}

inline std::vector<Column> columns() {
  const std::vector<std::string> issues = {"territory", "guarantees", "sanctions"};
  const std::vector<std::string> actors = {"russia", "ukraine"};
  std::vector<Column> all = {
      column("cell", ColumnType::u32),
      column("replicate", ColumnType::u32),
      column("scenario", ColumnType::u8),
      column("deal_round", ColumnType::u16),
      column("relapses", ColumnType::u8),
      column("package", ColumnType::f32, "issue", issues),
      column("utility", ColumnType::f32, "actor", actors),
      column("front", ColumnType::f32),
      column("vetoes", ColumnType::u16, "actor", actors),
      column("seed_word", ColumnType::u64),
      column("exact", ColumnType::f64),
  };
  all[2].labels = {{"stalemate", 0}, {"partial_deal", 1}, {"full_settlement", 2}, {"failed", 255}};
  all[3].missing = 65535;
  all[3].unit = "rounds";
  return all;
}

/// A value that looks random and is the same everywhere.
inline std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

inline double unit_value(std::uint64_t x) { return static_cast<double>(mix(x) >> 11) * 0x1p-53; }

inline std::uint64_t value_bits(const Column& column, std::uint64_t run, std::uint32_t position) {
  const std::uint64_t key = run * 1000 + position * 100 + column.name.size();
  const bool deal = mix(run) % 3 == 0;
  if (column.name == "cell") return run / 1000;
  if (column.name == "replicate") return run % 1000;
  if (column.name == "scenario") return run % 97 == 0 ? 255 : deal ? 1 + mix(key) % 2 : 0;
  if (column.name == "deal_round") return deal ? mix(key) % 52 : 65535;
  if (column.type == ColumnType::f32) {
    const float value = static_cast<float>(unit_value(key));
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    // NaNs of several patterns, which the store has to make one.
    return column.name == "package" && !deal ? 0x7f800001u + run % 1000 + (run % 2 << 31) : bits;
  }
  if (column.type == ColumnType::f64) {
    const double value = run % 5 == 0 ? -1.5e300 * unit_value(key) : unit_value(key);
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return run % 7 == 0 ? 0xfff8000000000123u : bits;
  }
  return mix(key);
}

inline Block block(std::uint64_t first_row, std::uint32_t rows, const std::vector<Column>& of = columns()) {
  Block made{first_row, rows, {}};
  for (const Column& each : of) {
    const std::size_t size = bytes_of(each.type);
    std::vector<std::byte> bytes(each.row_bytes() * rows);
    for (std::uint32_t row = 0; row < rows; ++row) {
      for (std::uint32_t position = 0; position < each.width; ++position) {
        const std::uint64_t value = value_bits(each, first_row + row, position);
        std::memcpy(bytes.data() + (std::size_t{row} * each.width + position) * size, &value, size);
      }
    }
    made.columns.push_back(std::move(bytes));
  }
  return made;
}

inline Facts identity(const std::string& seed = "7") {
  return {{"hash", std::string("0123456789abcdef")}, {"seed", seed}, {"shard", std::string("1/1")}};
}

inline FileSinkOptions options(const std::string& path, std::uint32_t block_rows = 1000) {
  FileSinkOptions made;
  made.path = path;
  made.layout = {columns(), block_rows, Compression::gzip};
  made.identity = identity();
  made.expected_rows = 10 * block_rows;
  return made;
}

inline Table cells(std::uint32_t count) {
  Column mood = column("actors.ukraine.mood", ColumnType::f64);
  Column failed = column("failed", ColumnType::u8);
  Column cell = column("cell", ColumnType::u32);
  Table table{"cells", "cell", {cell, mood, failed}, {0, count, {}}, {{"reason", "why it failed", {}}}};
  table.values.columns.resize(3);
  for (std::uint32_t i = 0; i < count; ++i) {
    const double value = i == 1 ? -0.25 : 0.5 * i;
    const auto add = [&](std::size_t at, const void* bytes, std::size_t size) {
      const auto* start = static_cast<const std::byte*>(bytes);
      table.values.columns[at].insert(table.values.columns[at].end(), start, start + size);
    };
    const std::uint8_t bad = i == 1;
    add(0, &i, 4);
    add(1, &value, 8);
    add(2, &bad, 1);
    table.texts[0].values.push_back(bad ? "Überlauf in round 3" : "");
  }
  return table;
}

inline Closing closing() {
  Closing made;
  made.about = {{"configuration", std::string("# a configuration\n[model]\nkind = \"sample\"\n")},
                {"version", std::string("0.1.0")},
                {"replicates", std::uint64_t{1000}},
                {"balance", std::int64_t{-3}},
                {"share", 0.25}};
  made.tables = {cells(3)};
  return made;
}

/// Writes rows [0, rows) in blocks through any sink.
inline void write_all(RunSink& sink, std::uint64_t rows, std::uint32_t block_rows) {
  for (std::uint64_t first = 0; first < rows; first += block_rows) {
    const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(block_rows, rows - first));
    sink.write(sink.pack(block(first, count)));
  }
}

inline std::string write_file(const std::string& path, std::uint64_t rows, std::uint32_t block_rows = 1000) {
  FileSink sink(options(path, block_rows));
  write_all(sink, rows, block_rows);
  return *sink.finish(closing()).bits;
}

}  // namespace parley::sample
