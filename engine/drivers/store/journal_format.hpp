// The bytes of a journal: its header and the heads of its records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/drivers/store/file.hpp"
#include "engine/drivers/store/layout.hpp"

namespace parley {

/// What a header says, as names and texts that can be compared and shown.
using HeaderLines = std::vector<std::pair<std::string, std::string>>;

HeaderLines header_lines(const RunLayout& layout, const Facts& identity);
std::vector<std::byte> encode_header(const HeaderLines& lines);

struct ReadHeader {
  HeaderLines lines;
  std::uint64_t length = 0;  ///< of the encoded header
};

/// The header of a journal; absent where the file is empty or ends within its header, as after a kill at the very
/// start. Throws StoreError where the file is something else.
std::optional<ReadHeader> read_header(const File& file);

/// "seed: 7 there, 8 asked for; …", empty where nothing differs.
std::string differences(const HeaderLines& there, const HeaderLines& wanted);

std::string text_of(const Fact& fact);

struct RecordHead {
  std::uint64_t first_row = 0;
  std::uint32_t rows = 0;
  std::vector<std::uint64_t> stored_bytes;
  std::vector<std::uint64_t> digests;

  std::uint64_t payload_bytes() const;
};

std::size_t record_head_bytes(std::size_t columns);
std::vector<std::byte> encode_record_head(const PackedBlock& block);
/// Absent where the bytes are no whole head of a record of these columns.
std::optional<RecordHead> decode_record_head(std::span<const std::byte> bytes, const std::vector<Column>& columns);

std::uint64_t decode_u64(std::span<const std::byte> bytes);
void append_u64(std::vector<std::byte>& bytes, std::uint64_t value);

}  // namespace parley
