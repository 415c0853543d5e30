#include "engine/drivers/store/journal.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/journal_format.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

using Bytes = std::vector<std::byte>;

/// What a loss of power may cost, in time and in bytes; a killed process loses nothing that was appended.
constexpr auto flush_interval = std::chrono::seconds(10);
constexpr std::uint64_t flush_bytes = std::uint64_t{256} << 20;

/// Opens the file at the path and locks it. Between the two another process may have finished and removed it.
File open_locked(const std::string& path) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    File file(path, File::Access::create);
    if (!file.lock()) {
      throw StoreError("Cannot write " + path, "another process is writing it",
                       "Wait for it to end, or give another name with --out.");
    }
    if (file.in_place()) return file;
  }
  throw StoreError("Cannot write " + path, "other processes keep replacing it", "Give another name with --out.");
}

bool payload_is_whole(const File& file, std::uint64_t offset, std::uint64_t bytes) {
  Bytes piece;
  Hasher hasher;
  for (std::uint64_t done = 0; done < bytes; done += piece.size()) {
    piece.resize(std::min<std::uint64_t>(bytes - done, 1u << 20));
    if (!file.read_at(offset + done, piece)) return false;
    hasher.add(piece);
  }
  piece.resize(8);
  return file.read_at(offset + bytes, piece) && decode_u64(piece) == hasher.digest();
}

}  // namespace

Journal::Journal(const std::string& path, const RunLayout& layout, const Facts& identity, Partial partial)
    : file_(open_locked(path)), columns_(layout.columns) {
  const HeaderLines wanted = header_lines(layout, identity);
  const std::optional<ReadHeader> there = partial == Partial::discard ? std::nullopt : read_header(file_);
  const std::string different = there ? differences(there->lines, wanted) : "";
  if (there && different.empty()) {
    end_ = there->length;
    scan();
  }
  // Without a whole block there is nothing to lose, whoever began it.
  if (!there || (different.empty() ? records_.empty() : file_.size() == there->length)) {
    start(encode_header(wanted));
    return;
  }
  if (partial == Partial::refuse) {
    throw StoreError(path + " holds finished rows", "a run was interrupted",
                     "Give --resume to go on with it, or --force to start afresh.");
  }
  if (!different.empty()) {
    throw StoreError("Cannot resume " + path, different,
                     "Ask for the same again, give --force to start afresh, or another name with --out.");
  }
  // Where a quota is used up, some file systems refuse even this; the next block is written over a torn one.
  if (file_.size() != end_) drop_torn_tail();
}

Journal::Journal(const std::string& folder, const RunLayout& layout)
    : file_(folder, File::Access::temporary), columns_(layout.columns), durable_(false) {}

void Journal::start(const Bytes& header) {
  // Some file systems hurry to bring a file that was cut to nothing to the disk, even when it is about to be removed.
  if (file_.size() != 0) file_.truncate(0);
  file_.write_at(0, header);
  end_ = header.size();
}

void Journal::scan() {
  Bytes bytes(record_head_bytes(columns_.size()));
  while (file_.read_at(end_, bytes)) {
    const std::optional<RecordHead> head = decode_record_head(bytes, columns_);
    if (!head || overlaps(head->first_row, head->rows)) break;
    const Record record{head->first_row, head->rows, end_, bytes.size() + head->payload_bytes() + 8};
    if (!payload_is_whole(file_, end_ + bytes.size(), head->payload_bytes())) break;
    remember(record);
  }
  flushed_ = end_;
}

std::vector<Journal::Record>::const_iterator Journal::place_of(std::uint64_t first_row) const {
  return std::lower_bound(records_.begin(), records_.end(), first_row,
                          [](const Record& record, std::uint64_t row) { return record.first_row < row; });
}

const Journal::Record* Journal::find(std::uint64_t first_row) const {
  const auto at = place_of(first_row);
  return at != records_.end() && at->first_row == first_row ? &*at : nullptr;
}

bool Journal::overlaps(std::uint64_t first_row, std::uint32_t rows) const {
  const auto after = place_of(first_row);
  if (after != records_.end() && after->first_row - first_row < rows) return true;
  if (after == records_.begin()) return false;
  const Record& before = *std::prev(after);
  return first_row - before.first_row < before.rows;
}

void Journal::remember(const Record& record) {
  records_.insert(place_of(record.first_row), record);
  rows_ += record.rows;
  end_ = record.offset + record.bytes;
}

std::vector<RowRange> Journal::entries() const {
  std::vector<RowRange> ranges;
  ranges.reserve(records_.size());
  for (const Record& record : records_) ranges.push_back({record.first_row, record.rows});
  return ranges;
}

PackedBlock Journal::read(std::uint64_t first_row) const {
  const StoreError damaged("Block of row " + std::to_string(first_row) + " in " + file_.path() + " is damaged",
                           "its checksum does not match", "Check the disk, and run again with --resume.");
  const Record* found = find(first_row);
  if (found == nullptr) throw damaged;
  Bytes head_bytes(record_head_bytes(columns_.size()));
  if (!file_.read_at(found->offset, head_bytes)) throw damaged;
  const std::optional<RecordHead> head = decode_record_head(head_bytes, columns_);
  if (!head || head->first_row != first_row || head_bytes.size() + head->payload_bytes() + 8 != found->bytes) {
    throw damaged;
  }
  PackedBlock block{first_row, head->rows, std::vector<PackedColumn>(columns_.size())};
  std::uint64_t at = found->offset + head_bytes.size();
  Hasher hasher;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    PackedColumn& column = block.columns[i];
    column.digest = head->digests[i];
    column.stored.resize(head->stored_bytes[i]);
    if (!file_.read_at(at, column.stored)) throw damaged;
    hasher.add(column.stored);
    at += column.stored.size();
  }
  Bytes checksum(8);
  if (!file_.read_at(at, checksum) || decode_u64(checksum) != hasher.digest()) throw damaged;
  return block;
}

void Journal::append(const PackedBlock& block) {
  if (block.rows == 0) return;
  if (overlaps(block.first_row, block.rows)) {
    throw StoreError("Rows from " + std::to_string(block.first_row) + " cannot be stored", "they are stored already",
                     "This is a fault of parley: please report it.");
  }
  Bytes record = encode_record_head(block);
  std::size_t bytes = record.size() + 8;
  for (const PackedColumn& column : block.columns) bytes += column.stored.size();
  record.reserve(bytes);
  Hasher hasher;
  for (const PackedColumn& column : block.columns) {
    hasher.add(column.stored);
    record.insert(record.end(), column.stored.begin(), column.stored.end());
  }
  append_u64(record, hasher.digest());
  std::uint64_t at = end_ + record.size();
  try {
    file_.write_at(end_, record);
  } catch (const StoreError&) {
    drop_torn_tail();
    throw;
  }
  remember({block.first_row, block.rows, end_, at - end_});
  flush_now_and_then();
}

void Journal::drop_torn_tail() noexcept {
  try {
    file_.truncate(end_);
  } catch (const StoreError&) {
    // The next one to open the journal cuts it.
  }
}

void Journal::flush() {
  file_.sync();
  flushed_ = end_;
  flushed_at_ = std::chrono::steady_clock::now();
}

void Journal::flush_now_and_then() {
  if (!durable_) return;
  const auto age = std::chrono::steady_clock::now() - flushed_at_;
  if (age >= flush_interval || end_ - flushed_ >= flush_bytes) flush();
}

void Journal::remove() { remove_if_there(file_.path()); }

}  // namespace parley
