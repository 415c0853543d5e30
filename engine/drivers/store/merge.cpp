#include "engine/drivers/store/merge.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "engine/drivers/store/file_sink.hpp"
#include "engine/drivers/store/result_reader.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

constexpr std::uint32_t block_rows = 16384;

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  throw StoreError("Cannot merge " + file, why, "Give every part of one run once, each finished.");
}

struct Part {
  unsigned number = 0;
  unsigned of = 0;
};

std::optional<Part> parse_part(const std::string& text) {
  Part part;
  const char* end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, part.number);
  if (number.ec != std::errc() || number.ptr == end || *number.ptr != '/') return std::nullopt;
  const auto of = std::from_chars(number.ptr + 1, end, part.of);
  if (of.ec != std::errc() || of.ptr != end || part.number == 0 || part.number > part.of) return std::nullopt;
  return part;
}

Facts without_shard(Facts identity) {
  const auto is_shard = [](const Fact& fact) { return fact.name == shard_fact; };
  identity.erase(std::remove_if(identity.begin(), identity.end(), is_shard), identity.end());
  return identity;
}

/// What all shards of a run have in common, learned from the first.
struct Common {
  Facts identity;
  std::vector<Column> columns;  ///< of /runs
  bool rows = true;             ///< kept, or only sums of them
  unsigned parts = 0;
};

std::vector<Column> columns_of(const ResultReader& shard) {
  return shard.has("runs") ? shard.table("runs").columns : std::vector<Column>{};
}

void check_same(const ResultReader& shard, unsigned parts, const Common& common) {
  const std::string different = identity_differences(without_shard(shard.identity()), common.identity);
  if (!different.empty()) refuse(shard.path(), "it belongs to another run: " + different);
  if (parts != common.parts) {
    refuse(shard.path(),
           "it is one of " + std::to_string(parts) + " parts, the first of " + std::to_string(common.parts));
  }
  const std::vector<Column> columns = columns_of(shard);
  if (!std::equal(columns.begin(), columns.end(), common.columns.begin(), common.columns.end(), same_data)) {
    refuse(shard.path(), "its columns differ");
  }
}

class Shards {
 public:
  explicit Shards(const std::vector<std::string>& paths) {
    if (paths.empty()) throw StoreError("Cannot merge", "no file is given", "Name the files of all parts.");
    for (const std::string& path : paths) add(path);
    for (unsigned number = 1; number <= common_.parts; ++number) {
      if (paths_.count(number) == 0) {
        refuse("these files",
               "part " + std::to_string(number) + " of " + std::to_string(common_.parts) + " is missing");
      }
    }
  }

  const Common& common() const { return common_; }
  std::uint64_t rows() const { return rows_; }
  /// In the order of the parts.
  std::vector<std::string> paths() const {
    std::vector<std::string> all;
    for (const auto& part : paths_) all.push_back(part.second);
    return all;
  }

 private:
  void add(const std::string& path) {
    const ResultReader shard(path);
    if (!shard.complete()) refuse(path, "it is not complete");
    const std::optional<Part> part = parse_part(shard.fact(shard_fact).value_or(""));
    if (!part) refuse(path, "it does not say which part it is");
    if (common_.parts == 0) common_ = {without_shard(shard.identity()), columns_of(shard), shard.has("runs"), part->of};
    check_same(shard, part->of, common_);
    const auto [known, added] = paths_.emplace(part->number, path);
    if (!added) refuse(path, "part " + std::to_string(part->number) + " is in " + known->second + " already");
    if (!shard.intact()) refuse(path, "it is damaged: its content does not match its checksum");
    if (common_.rows) rows_ += shard.table("runs").rows;
  }

  Common common_;
  std::uint64_t rows_ = 0;
  std::map<unsigned, std::string> paths_;  ///< by part
};

/// Rows [from, to) of a block, as a block that starts with a run of its own.
Block slice(const Block& block, const std::vector<Column>& columns, const RowRange& rows, std::uint64_t first_run) {
  Block part{first_run, static_cast<std::uint32_t>(rows.count), {}};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto start = block.columns[i].begin() + static_cast<std::ptrdiff_t>(rows.first * columns[i].row_bytes());
    part.columns.emplace_back(start, start + static_cast<std::ptrdiff_t>(rows.count * columns[i].row_bytes()));
  }
  return part;
}

void copy_rows(const ResultReader& shard, RunSink& sink) {
  const StoredTable& runs = shard.table("runs");
  for (std::uint64_t at = 0; at < runs.rows; at += block_rows) {
    const RowRange rows{at, std::min<std::uint64_t>(block_rows, runs.rows - at)};
    const Block block = shard.read_rows("runs", rows);
    const std::vector<std::uint64_t> numbers = shard.run_numbers(rows);
    for (std::uint64_t start = 0; start < rows.count;) {
      std::uint64_t end = start + 1;
      while (end < rows.count && numbers[end] == numbers[end - 1] + 1) ++end;
      sink.write(sink.pack(slice(block, runs.columns, {start, end - start}, numbers[start])));
      start = end;
    }
  }
}

}  // namespace

Finished merge_results(const MergeOptions& options) {
  const Shards shards(options.inputs);
  FileSinkOptions out;
  out.path = options.out;
  out.layout = {shards.common().columns, block_rows, options.compression};
  out.identity = shards.common().identity;
  out.identity.push_back({shard_fact, std::string("1/1")});
  out.expected_rows = shards.rows();
  out.expected = Expected::exactly;
  out.keep_rows = shards.common().rows ? KeepRows::yes : KeepRows::no;
  out.replace = options.replace;
  FileSink sink(out);
  const std::vector<std::string> paths = shards.paths();
  try {
    if (shards.common().rows)
      for (const std::string& path : paths) copy_rows(ResultReader(path), sink);
    return sink.finish(options.close(paths));
  } catch (const std::exception&) {
    sink.discard();
    throw;
  }
}

}  // namespace parley
