#include "engine/drivers/store/result_reader.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <span>
#include <sstream>
#include <utility>

#include "engine/drivers/store/checksum.hpp"
#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/hdf5_reading.hpp"
#include "engine/drivers/store/journal_format.hpp"

namespace parley {
namespace {

constexpr std::uint64_t rows_at_a_time = 16384;

/// Does something with a file, and names the file where that fails.
template <typename Action>
auto naming(const std::string& path, Action action) {
  try {
    return action();
  } catch (const StoreError& error) {
    if (error.cause().find(path) != std::string::npos) throw;
    throw StoreError("Cannot read " + path, error.cause(), "Give a whole result that parley wrote.");
  }
}

}  // namespace

struct ResultReader::Open {
  Handle file;
  std::map<std::string, std::map<std::string, Handle>> datasets;  ///< by group and name
};

const Column* StoredTable::find(const std::string& column) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

ResultReader::ResultReader(const std::string& path) : open_((prepare_hdf5(), std::make_unique<Open>())), path_(path) {
  naming(path, [this] { load(); });
}

void ResultReader::load() {
  open_->file = open_to_read(path_);
  for (const std::string& group : names_in(open_->file.id())) {
    if (group == "about") {
      const Handle about(H5Gopen2(open_->file.id(), "about", H5P_DEFAULT), H5Gclose, "read /about of " + path_);
      about_ = read_attributes(about.id());
      continue;
    }
    OpenTable table = open_table(open_->file.id(), group);
    if (group == "runs") {
      auto& columns = table.description.columns;
      const Column* numbers = table.description.find("run");
      if (table.description.dimension != "run" || numbers == nullptr || numbers->type != ColumnType::u64) {
        throw StoreError("Cannot read " + path_, "its runs are not numbered", "Give a result that parley wrote.");
      }
      columns.erase(columns.begin() + (numbers - columns.data()));
    }
    open_->datasets[group] = std::move(table.datasets);
    tables_.push_back(std::move(table.description));
  }
  if (about_.empty()) {
    throw StoreError("Cannot read " + path_, "it has no group /about", "Give a result that parley wrote.");
  }
}

ResultReader::ResultReader(ResultReader&&) noexcept = default;
ResultReader::~ResultReader() = default;

std::optional<std::string> ResultReader::fact(const std::string& name) const {
  for (const Fact& each : about_) {
    if (each.name == name) return text_of(each);
  }
  return std::nullopt;
}

Facts ResultReader::identity() const {
  Facts facts;
  std::set<std::string> names;
  std::istringstream lines(fact("identity").value_or(""));
  for (std::string name; std::getline(lines, name);) names.insert(name);
  for (const Fact& each : about_) {
    if (names.count(each.name) != 0) facts.push_back(each);
  }
  return facts;
}

bool ResultReader::complete() const {
  if (fact("complete") != "1") return false;
  return !has("runs") || fact("rows") == std::to_string(table("runs").rows);
}

std::vector<std::string> ResultReader::groups() const {
  std::vector<std::string> names;
  for (const StoredTable& table : tables_) names.push_back(table.group);
  return names;
}

bool ResultReader::has(const std::string& group) const {
  return std::any_of(tables_.begin(), tables_.end(), [&](const StoredTable& table) { return table.group == group; });
}

const StoredTable& ResultReader::table(const std::string& group) const {
  for (const StoredTable& table : tables_) {
    if (table.group == group) return table;
  }
  throw StoreError("Cannot read /" + group + " of " + path_, "there is none", "Give a result that holds it.");
}

std::vector<std::byte> ResultReader::read(const std::string& group, const std::string& column,
                                          const RowRange& rows) const {
  const StoredTable& from = table(group);
  const Column* description = from.find(column);
  if (description == nullptr) {
    throw StoreError("Cannot read /" + group + "/" + column + " of " + path_, "there is none", "Name another column.");
  }
  if (rows.first > from.rows || rows.count > from.rows - rows.first) {
    throw StoreError("Cannot read /" + group + "/" + column + " of " + path_,
                     "it has " + std::to_string(from.rows) + " rows", "Ask for rows that it has.");
  }
  const hid_t dataset = open_->datasets.at(group).at(column).id();
  return naming(path_, [&] { return read_values(dataset, *description, rows); });
}

Block ResultReader::read_rows(const std::string& group, const RowRange& rows) const {
  if (rows.count > UINT32_MAX) {
    throw StoreError("Cannot read /" + group + " of " + path_, "that is too much at a time", "Ask for fewer rows.");
  }
  Block block{rows.first, static_cast<std::uint32_t>(rows.count), {}};
  for (const Column& column : table(group).columns) block.columns.push_back(read(group, column.name, rows));
  return block;
}

Table ResultReader::read_table(const std::string& group) const {
  const StoredTable& from = table(group);
  Table to{group, from.dimension, from.columns, read_rows(group, {0, from.rows}), {}};
  for (const TextColumn& text : from.texts) to.texts.push_back({text.name, text.meaning, read_texts(group, text.name)});
  return to;
}

std::vector<std::string> ResultReader::read_texts(const std::string& group, const std::string& column) const {
  const StoredTable& from = table(group);
  if (std::none_of(from.texts.begin(), from.texts.end(), [&](const TextColumn& t) { return t.name == column; })) {
    throw StoreError("Cannot read /" + group + "/" + column + " of " + path_, "it holds no texts",
                     "Name another column.");
  }
  return naming(path_, [&] { return read_strings(open_->datasets.at(group).at(column).id()); });
}

std::vector<std::uint64_t> ResultReader::run_numbers(const RowRange& rows) const {
  const StoredTable& runs = table("runs");
  if (rows.first > runs.rows || rows.count > runs.rows - rows.first) {
    throw StoreError("Cannot read /runs of " + path_, "it has " + std::to_string(runs.rows) + " rows",
                     "Ask for rows that it has.");
  }
  const hid_t dataset = open_->datasets.at("runs").at("run").id();
  const std::vector<std::byte> bytes = naming(path_, [&] { return read_values(dataset, run_column(), rows); });
  std::vector<std::uint64_t> numbers(rows.count);
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

std::optional<std::uint64_t> ResultReader::row_of(std::uint64_t run) const {
  // Runs rise down the file, with gaps in a shard and where a sweep stopped early.
  std::uint64_t low = 0;
  std::uint64_t high = table("runs").rows;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    const std::uint64_t there = run_numbers({middle, 1}).front();
    if (there == run) return middle;
    if (there < run) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

std::string ResultReader::computed_bits() const {
  const StoredTable& runs = table("runs");
  std::vector<NamedDigest> digests;
  for (const Column& column : runs.columns) {
    Hasher hasher;
    for (std::uint64_t first = 0; first < runs.rows; first += rows_at_a_time) {
      const RowRange rows{first, std::min(rows_at_a_time, runs.rows - first)};
      std::vector<std::byte> values = read("runs", column.name, rows);
      make_nans_canonical(column.type, values);
      hasher.add(values);
    }
    digests.push_back({column.name, hasher.digest()});
  }
  return combine_digests(std::move(digests));
}

std::string ResultReader::computed_checksum() const {
  std::vector<NamedDigest> digests = {digest_of_facts(about_)};
  for (const StoredTable& table : tables_) {
    if (table.group != "runs") {
      digests.push_back(digest_of_table(read_table(table.group)));
      continue;
    }
    Hasher numbers;
    for (std::uint64_t first = 0; first < table.rows; first += rows_at_a_time) {
      const std::vector<std::uint64_t> some = run_numbers({first, std::min(rows_at_a_time, table.rows - first)});
      numbers.add(std::as_bytes(std::span(some)));
    }
    digests.push_back(digest_of_runs(table.columns, numbers.digest()));
  }
  return combine_digests(std::move(digests));
}

bool ResultReader::intact() const {
  return complete() && stored_checksum() == computed_checksum() && (!has("runs") || stored_bits() == computed_bits());
}

std::string identity_differences(const Facts& there, const Facts& wanted) {
  const auto lines = [](const Facts& facts) {
    HeaderLines all;
    for (const Fact& fact : facts) all.emplace_back(fact.name, text_of(fact));
    return all;
  };
  return differences(lines(there), lines(wanted));
}

}  // namespace parley
