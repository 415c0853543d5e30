#include "engine/drivers/store/memory_sinks.hpp"

#include <utility>

#include "engine/drivers/store/packer.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

constexpr unsigned blocks_to_catch_up = 4;

[[noreturn]] void refuse_reading() {
  throw StoreError("Rows cannot be read back", "they are not kept", "Give --out a file name.");
}

BitsSinkOptions checked_options(BitsSinkOptions options) {
  check_layout(options.layout);
  options.layout.compression = Compression::none;
  return options;
}

}  // namespace

BitsSink::BitsSink(BitsSinkOptions options)
    : options_(checked_options(std::move(options))), digest_(options_.layout.columns, options_.first_row) {}

Block BitsSink::read(const RowRange&) const { refuse_reading(); }
Block DiscardingSink::read(const RowRange&) const { refuse_reading(); }

PackedBlock BitsSink::pack(Block block) const {
  return pack_block(options_.layout.columns, std::move(block), options_.layout.compression);
}

void BitsSink::write(PackedBlock block) {
  if (block.rows == 0) return;
  digest_.check_turn(block.first_row);
  rows_ += block.rows;
  if (block.first_row == digest_.next_row()) {
    digest_.add(block);
  } else {
    if (!waiting_) waiting_.emplace(options_.folder, options_.layout);
    waiting_->append(block);
  }
  hash_what_is_next(blocks_to_catch_up);
}

Block BitsSink::waiting_block(std::uint64_t first_row) const {
  return unpack_block(options_.layout.columns, waiting_->read(first_row), options_.layout.compression);
}

void BitsSink::hash_what_is_next(unsigned most) {
  for (unsigned i = 0; i < most && waiting_ && waiting_->has(digest_.next_row()); ++i) {
    digest_.add(waiting_block(digest_.next_row()));
  }
}

Finished BitsSink::finish(const Closing&) {
  if (waiting_) {
    for (const RowRange& entry : waiting_->entries()) {
      if (entry.first >= digest_.next_row()) digest_.add(waiting_block(entry.first));
    }
  }
  return {rows_, digest_.bits(), std::nullopt};
}

}  // namespace parley
