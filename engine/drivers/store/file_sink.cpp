#include "engine/drivers/store/file_sink.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

#include "engine/drivers/store/checksum.hpp"
#include "engine/drivers/store/packer.hpp"
#include "engine/drivers/store/result_file.hpp"
#include "engine/drivers/store/row_assembler.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

/// Blocks that arrived before their turn are read back and hashed a few at a time, so that no call takes long.
constexpr unsigned blocks_to_catch_up = 4;

/// What HDF5 itself needs: a part that is always there, and some for each column and each chunk.
constexpr std::uint64_t file_overhead = 1u << 18;
constexpr std::uint64_t column_overhead = 1u << 12;
constexpr std::uint64_t chunk_overhead = 256;

/// A result, or a file that something cut short: what replacing results may take away. A configuration, a device or a
/// pipe is no such thing.
bool may_give_way(const std::string& path) {
  constexpr std::array<unsigned char, 8> signature = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  if (!is_ordinary(path)) return false;
  const File file(path, File::Access::read);
  std::array<std::byte, 8> start{};
  return file.size() == 0 || (file.read_at(0, start) && std::memcmp(start.data(), signature.data(), start.size()) == 0);
}

FileSinkOptions checked_options(FileSinkOptions options) {
  check_layout(options.layout);
  if (options.replace == Replace::yes && exists(options.path) && !may_give_way(options.path)) {
    throw StoreError("Cannot write " + options.path, "what stands there is no result", "Remove it yourself, or give another name with --out.");
  }
  if (options.replace == Replace::no && exists(options.path)) {
    throw StoreError("Cannot write " + options.path, "it exists", "Give --force to replace it, or another name.");
  }
  return options;
}

std::uint64_t bytes_of_table(const Table& table) {
  std::uint64_t bytes = column_overhead * (table.columns.size() + table.texts.size() + 1);
  for (const auto& column : table.values.columns) bytes += column.size() + column.size() / 16;
  for (const TextColumn& texts : table.texts) {
    for (const std::string& text : texts.values) bytes += text.size() + 64;
  }
  return bytes + 8 * std::uint64_t{table.values.rows};
}

}  // namespace

struct FileSink::Growing {
  explicit Growing(const FileSinkOptions& options) : file(options.path, options.replace), next_row(options.first_row) {}

  void begin(const RunLayout& layout, std::uint64_t expected_rows) {
    file.begin_runs(layout, expected_rows);
    rows = expected_rows;
    assembler.emplace(file, layout);
  }
  bool has_room_for(const PackedBlock& packed) const { return packed.rows <= rows - taken; }
  void add(PackedBlock packed) {
    add_numbers(numbers, packed.first_row, packed.rows);
    taken += packed.rows;
    next_row = packed.first_row + packed.rows;
    assembler->add(std::move(packed));
  }

  ResultFile file;
  std::uint64_t rows = 0;      ///< that /runs has room for
  std::uint64_t taken = 0;     ///< of these
  std::uint64_t next_row = 0;  ///< rows before this one are in, or do not exist
  Hasher numbers;
  std::optional<RowAssembler> assembler;
};

std::string journal_of(const std::string& path) { return path + ".partial"; }

FileSink::FileSink(FileSinkOptions options)
    : options_(checked_options(std::move(options))),
      journal_(journal_of(options_.path), options_.layout, options_.identity, options_.partial),
      digest_(options_.layout.columns, options_.first_row) {
  if (options_.keep_rows == KeepRows::yes && options_.expected == Expected::exactly && options_.expected_rows > 0) grow();
}

FileSink::~FileSink() {
  if (finished_ || journal_.rows() != 0) return;
  try {
    journal_.remove();
  } catch (const StoreError&) {
    // An empty journal is in nobody's way.
  }
}

void FileSink::discard() {
  finished_ = true;
  growing_.reset();
  journal_.remove();
}

std::vector<RowRange> FileSink::present() const { return journal_.entries(); }

Block FileSink::read(const RowRange& entry) const {
  return unpack_block(options_.layout.columns, journal_.read(entry.first), options_.layout.compression);
}

PackedBlock FileSink::pack(Block block) const {
  return pack_block(options_.layout.columns, std::move(block), options_.layout.compression);
}

/// Runs an action; where it fails for want of space, says how much was needed and that nothing is lost.
template <typename Action>
void FileSink::explained(Action action, std::uint64_t needed) const {
  try {
    action();
  } catch (const StoreError& error) {
    if (!error.out_of_space()) throw;
    const std::string amount = needed == 0 ? "More" : "About " + readable_bytes(needed);
    const std::string advice =
        (error.system_error() == EFBIG ? amount + " in one file are needed: raise the limit on file sizes (ulimit -f)"
                                       : amount + " of free space are needed (there are " +
                                             readable_bytes(free_bytes(folder_of(options_.path))) + "): make room") +
        " and run the same again with --resume; " +
        (options_.keep_rows == KeepRows::yes ? std::to_string(journal_.rows()) + " finished rows are" : "what is finished is") +
        " kept in " + journal_.path() + ".";
    throw StoreError("Cannot write " + options_.path, error.system_error(), advice);
  }
}

std::uint64_t FileSink::bytes_to_come() const {
  const std::uint64_t rows = journal_.rows();
  if (options_.expected_rows == 0) return 0;
  const double row_bytes = rows == 0 ? static_cast<double>(options_.layout.row_bytes())
                                     : static_cast<double>(journal_.size()) / static_cast<double>(rows);
  // The journal and the result stand beside each other for a moment.
  const double all = row_bytes * static_cast<double>(options_.expected_rows);
  return static_cast<std::uint64_t>(std::max(0.0, 2 * all - static_cast<double>(journal_.size())));
}

void FileSink::write(PackedBlock block) {
  if (block.rows == 0) return;
  if (options_.keep_rows == KeepRows::yes) digest_.check_turn(block.first_row);
  explained([&] { append(block); }, bytes_to_come());
  if (options_.keep_rows == KeepRows::no) return;
  if (block.first_row == digest_.next_row()) take(std::move(block));
  take_what_is_next(blocks_to_catch_up);
}

/// The journal comes first: where space is short, the growing result gives its own back and is made when all is there.
void FileSink::append(const PackedBlock& block) {
  try {
    journal_.append(block);
  } catch (const StoreError& error) {
    if (!growing_ || !error.out_of_space()) throw;
    growing_.reset();
    journal_.append(block);
  }
}

void FileSink::grow() {
  try {
    growing_ = std::make_unique<Growing>(options_);
    growing_->begin(options_.layout, options_.expected_rows);
  } catch (const StoreError& error) {
    growing_.reset();
    if (!error.out_of_space()) throw;
  }
}

/// Takes the rows whose turn it is.
void FileSink::take(PackedBlock packed) {
  digest_.add(packed);
  if (growing_ && !growing_->has_room_for(packed)) growing_.reset();
  if (!growing_) return;
  try {
    growing_->add(std::move(packed));
  } catch (const StoreError& error) {
    growing_.reset();
    if (!error.out_of_space()) throw;
  }
}

void FileSink::take_what_is_next(unsigned most) {
  for (unsigned i = 0; i < most && journal_.has(digest_.next_row()); ++i) {
    PackedBlock packed = journal_.read(digest_.next_row());
    restore_raw(options_.layout.columns, packed, options_.layout.compression);
    take(std::move(packed));
  }
}

void FileSink::flush() {
  explained([&] { journal_.flush(); }, bytes_to_come());
}

std::uint64_t FileSink::result_bytes(const Closing& closing) const {
  std::uint64_t bytes = file_overhead;
  if (options_.keep_rows == KeepRows::yes) {
    const std::uint64_t columns = options_.layout.columns.size() + 4;
    const std::uint64_t chunks = journal_.rows() / options_.layout.block_rows + 1;
    bytes += column_overhead * columns + chunk_overhead * columns * chunks + journal_.size();
    bytes += journal_.rows() * (options_.layout.compression == Compression::gzip ? 1 : 8);
    // The last chunk is padded.
    if (options_.layout.compression == Compression::none)
      bytes += options_.layout.row_bytes() * options_.layout.block_rows;
  }
  for (const Table& table : closing.tables) bytes += bytes_of_table(table);
  for (const Facts* facts : {&options_.identity, &closing.about}) {
    for (const Fact& fact : *facts) {
      bytes += 256;
      if (const auto* text = std::get_if<std::string>(&fact.value)) bytes += 2 * text->size();
    }
  }
  return bytes;
}

Facts FileSink::facts_of(const Closing& closing) const {
  Facts facts = options_.identity;
  std::set<std::string> names = {"identity", "rows", "bits", "checksum", "complete"};
  std::string identity;
  for (const Fact& fact : facts) {
    names.insert(fact.name);
    identity += (identity.empty() ? "" : "\n") + fact.name;
  }
  facts.push_back({"identity", identity});
  for (const Fact& fact : closing.about) {
    if (names.insert(fact.name).second) facts.push_back(fact);
  }
  return facts;
}

void FileSink::assemble(const Closing& closing) {
  const bool keep_rows = options_.keep_rows == KeepRows::yes;
  if (growing_ && growing_->rows != journal_.rows()) growing_.reset();
  const bool grew = growing_ != nullptr;
  if (!grew) growing_ = std::make_unique<Growing>(options_);
  ResultFile& file = growing_->file;
  file.reserve(result_bytes(closing));
  if (!grew && keep_rows) growing_->begin(options_.layout, journal_.rows());
  Facts facts = facts_of(closing);
  std::vector<NamedDigest> digests;
  for (const Table& table : closing.tables) {
    file.write_table(table);
    digests.push_back(digest_of_table(table));
  }
  if (keep_rows) {
    digests.push_back(take_the_rest());
    facts.push_back({"bits", digest_.bits()});
    facts.push_back({"rows", journal_.rows()});
  }
  digests.push_back(digest_of_facts(facts));
  facts.push_back({"checksum", combine_digests(std::move(digests))});
  facts.push_back({"complete", std::int64_t{1}});
  file.write_facts(facts);
  file.commit();
}

NamedDigest FileSink::take_the_rest() {
  for (const RowRange& entry : journal_.entries()) {
    if (entry.first < growing_->next_row) continue;
    PackedBlock packed = journal_.read(entry.first);
    if (entry.first >= digest_.next_row()) {
      restore_raw(options_.layout.columns, packed, options_.layout.compression);
      digest_.add(packed);
    }
    growing_->add(std::move(packed));
  }
  growing_->assembler->end();
  return digest_of_runs(options_.layout.columns, growing_->numbers.digest());
}

Finished FileSink::finish(const Closing& closing) {
  try {
    explained([&] { assemble(closing); }, result_bytes(closing));
  } catch (const StoreError&) {
    growing_.reset();  // a file that is not whole is in nobody's way
    throw;
  }
  growing_.reset();
  finished_ = true;
  journal_.remove();
  Finished finished{journal_.rows(), std::nullopt, options_.path};
  if (options_.keep_rows == KeepRows::yes) finished.bits = digest_.bits();
  return finished;
}

}  // namespace parley
