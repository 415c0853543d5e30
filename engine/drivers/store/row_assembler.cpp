#include "engine/drivers/store/row_assembler.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "engine/drivers/store/packer.hpp"

namespace parley {
namespace {

std::vector<std::uint64_t> numbers_from(std::uint64_t first, std::uint32_t count) {
  std::vector<std::uint64_t> numbers(count);
  for (std::uint32_t i = 0; i < count; ++i) numbers[i] = first + i;
  return numbers;
}

PackedColumn pack_numbers(const std::vector<std::uint64_t>& numbers, Compression compression) {
  const auto bytes = std::as_bytes(std::span(numbers));
  Block block{0, static_cast<std::uint32_t>(numbers.size()), {{bytes.begin(), bytes.end()}}};
  return std::move(pack_block({run_column()}, std::move(block), compression).columns.front());
}

}  // namespace

void RowAssembler::add(PackedBlock packed) {
  if (pending_.rows == 0 && packed.rows == file_.chunk_rows()) {
    file_.write_chunk(file_row_, pack_numbers(numbers_from(packed.first_row, packed.rows), layout_.compression),
                      packed);
    file_row_ += packed.rows;
    return;
  }
  if (!has_raw(packed, layout_.compression)) restore_raw(layout_.columns, packed, layout_.compression);
  add_rows(packed);
}

/// Room for a whole chunk at once: growing would take twice as much.
void RowAssembler::begin_pending() {
  pending_ = {};
  pending_.columns.resize(layout_.columns.size());
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    pending_.columns[i].reserve(layout_.columns[i].row_bytes() * file_.chunk_rows());
  }
  pending_runs_.clear();
  pending_runs_.reserve(file_.chunk_rows());
}

void RowAssembler::add_rows(const PackedBlock& block) {
  for (std::uint32_t done = 0; done < block.rows;) {
    if (pending_.rows == 0) begin_pending();
    const std::uint32_t count = std::min(block.rows - done, file_.chunk_rows() - pending_.rows);
    for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
      const std::size_t row_bytes = layout_.columns[i].row_bytes();
      const auto rows = std::span(block.columns[i].bytes()).subspan(done * row_bytes, count * row_bytes);
      pending_.columns[i].insert(pending_.columns[i].end(), rows.begin(), rows.end());
    }
    const std::vector<std::uint64_t> runs = numbers_from(block.first_row + done, count);
    pending_runs_.insert(pending_runs_.end(), runs.begin(), runs.end());
    pending_.rows += count;
    done += count;
    if (pending_.rows == file_.chunk_rows()) write_pending();
  }
}

void RowAssembler::write_pending() {
  // HDF5 keeps whole chunks: behind the last row stand zeros that no reader sees.
  const std::uint32_t rows = pending_.rows;
  pending_.rows = file_.chunk_rows();
  pending_runs_.resize(pending_.rows);
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    pending_.columns[i].resize(layout_.columns[i].row_bytes() * pending_.rows);
  }
  file_.write_chunk(file_row_, pack_numbers(pending_runs_, layout_.compression),
                    pack_block(layout_.columns, std::move(pending_), layout_.compression));
  file_row_ += rows;
  pending_ = {};
}

void RowAssembler::end() {
  if (pending_.rows != 0) write_pending();
}

}  // namespace parley
