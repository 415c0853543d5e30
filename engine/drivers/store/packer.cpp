#include "engine/drivers/store/packer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <span>
#include <utility>

#include "engine/drivers/store/deflate.hpp"
#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

using Bytes = std::vector<std::byte>;

/// The shuffle for values of a fixed size: fixed, so that the compiler can unroll it.
template <std::size_t size>
void shuffle_values(const std::byte* from, std::byte* to, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t plane = 0; plane < size; ++plane) to[plane * count + i] = from[i * size + plane];
  }
}

template <std::size_t size>
void unshuffle_values(const std::byte* from, std::byte* to, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t plane = 0; plane < size; ++plane) to[i * size + plane] = from[plane * count + i];
  }
}

void shuffle(const Bytes& from, Bytes& to, std::size_t size) {
  to.resize(from.size());
  const std::size_t count = from.size() / size;
  switch (size) {
    case 2:
      return shuffle_values<2>(from.data(), to.data(), count);
    case 4:
      return shuffle_values<4>(from.data(), to.data(), count);
    default:
      return shuffle_values<8>(from.data(), to.data(), count);
  }
}

void unshuffle(const Bytes& from, Bytes& to, std::size_t size) {
  to.resize(from.size());
  const std::size_t count = from.size() / size;
  switch (size) {
    case 2:
      return unshuffle_values<2>(from.data(), to.data(), count);
    case 4:
      return unshuffle_values<4>(from.data(), to.data(), count);
    default:
      return unshuffle_values<8>(from.data(), to.data(), count);
  }
}

/// Bytes spread over a byte plane, enough to see whether it is noise.
constexpr std::size_t plane_sample = 1024;

/// Bits a byte that an ideal code of single bytes would need, by a sample, which shows about a tenth too few.
double entropy(std::span<const std::byte> bytes) {
  const std::size_t stride = std::max<std::size_t>(1, bytes.size() / plane_sample);
  std::array<std::uint16_t, 256> seen{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < bytes.size() && count < plane_sample; i += stride, ++count) {
    ++seen[std::to_integer<std::size_t>(bytes[i])];
  }
  double sum = 0;
  for (const double n : seen) sum += n > 0 ? n * std::log2(n) : 0;
  const double total = static_cast<double>(count);
  return count == 0 ? 0.0 : std::log2(total) - sum / total;
}

/// Above this a code saves little, which is not worth its time.
bool is_noise(std::span<const std::byte> plane) { return entropy(plane) > 6.9; }

/// A zlib stream that grows piece by piece in memory that is used again and again.
class ZlibStream {
 public:
  void start(std::size_t raw_bytes) {
    out_.resize(packed_bound(raw_bytes));
    at_ = 0;
    put({0x78, 0x01});  // deflate with a window of 32 KB, fast
    checksum_ = 1;
  }

  void add_coded(std::span<const std::byte> bytes) {
    checksum_ = adler32_of(checksum_, bytes);
    at_ += deflater_.add(bytes, std::span(out_).subspan(at_));
  }

  /// Stored blocks hold the bytes as they are.
  void add_plain(std::span<const std::byte> bytes) {
    checksum_ = adler32_of(checksum_, bytes);
    for (std::size_t done = 0; done < bytes.size();) {
      const std::size_t count = std::min<std::size_t>(bytes.size() - done, 65535);
      put_block_head(false, static_cast<std::uint16_t>(count));
      std::memcpy(out_.data() + at_, bytes.data() + done, count);
      at_ += count;
      done += count;
    }
  }

  Bytes finish() {
    put_block_head(true, 0);
    for (int shift = 24; shift >= 0; shift -= 8) put({static_cast<std::uint8_t>(checksum_ >> shift)});
    return {out_.begin(), out_.begin() + static_cast<std::ptrdiff_t>(at_)};
  }

 private:
  void put(std::initializer_list<std::uint8_t> values) {
    for (const std::uint8_t value : values) out_[at_++] = std::byte{value};
  }
  void put_block_head(bool last, std::uint16_t count) {
    const auto low = static_cast<std::uint8_t>(count), high = static_cast<std::uint8_t>(count >> 8);
    put({static_cast<std::uint8_t>(last), low, high, static_cast<std::uint8_t>(~low), static_cast<std::uint8_t>(~high)});
  }

  Deflater deflater_;
  Bytes out_;
  std::size_t at_ = 0;
  std::uint32_t checksum_ = 1;
};

/// The stream of a shuffled column: planes of noise stored, what lies between them coded in one piece.
Bytes compress(ZlibStream& stream, std::span<const std::byte> shuffled, std::size_t size, bool whole_number) {
  stream.start(shuffled.size());
  const std::size_t length = shuffled.size() / size;
  std::size_t coded = 0;  // bytes before this are in the stream
  const auto code_up_to = [&](std::size_t end) {
    if (end > coded) stream.add_coded(shuffled.subspan(coded, end - coded));
    coded = end;
  };
  for (std::size_t plane = 0; plane < size && !whole_number; ++plane) {
    const auto bytes = shuffled.subspan(plane * length, length);
    if (!is_noise(bytes)) continue;
    code_up_to(plane * length);
    stream.add_plain(bytes);
    coded += length;
  }
  code_up_to(shuffled.size());
  return stream.finish();
}

bool is_whole_number(ColumnType type) { return type != ColumnType::f32 && type != ColumnType::f64; }

[[noreturn]] void refuse_damage(const Column& column) {
  throw StoreError("Column '" + column.name + "' of a stored block is damaged", "its checksum does not match",
                   "Run again without --resume.");
}

}  // namespace

std::uint64_t packed_bound(std::uint64_t raw_bytes) {
  // As much for each of up to eight planes as deflate may need, and what frames the stream.
  return deflate_bound(raw_bytes) + 8 * deflate_bound(0) + 64;
}

PackedBlock pack_block(const std::vector<Column>& columns, Block block, Compression compression) {
  check_block(columns, block);
  PackedBlock packed{block.first_row, block.rows, std::vector<PackedColumn>(columns.size())};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    make_nans_canonical(columns[i].type, block.columns[i]);
    packed.columns[i].digest = digest_of(block.columns[i]);
  }
  if (compression == Compression::none || block.rows == 0) {
    for (std::size_t i = 0; i < columns.size(); ++i) packed.columns[i].stored = std::move(block.columns[i]);
    return packed;
  }
  ZlibStream stream;
  Bytes shuffled;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::size_t size = bytes_of(columns[i].type);
    const Bytes& raw = block.columns[i];
    if (size > 1) shuffle(raw, shuffled, size);
    packed.columns[i].stored = compress(stream, size > 1 ? shuffled : raw, size, is_whole_number(columns[i].type));
    packed.columns[i].raw = std::move(block.columns[i]);
  }
  return packed;
}

Block unpack_block(const std::vector<Column>& columns, const PackedBlock& block, Compression compression) {
  if (block.columns.size() != columns.size()) {
    throw StoreError("A stored block is damaged", "it has too few columns", "Run again without --resume.");
  }
  Block raw{block.first_row, block.rows, std::vector<Bytes>(columns.size())};
  Inflater inflater;
  Bytes shuffled;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const PackedColumn& packed = block.columns[i];
    const std::size_t size = bytes_of(columns[i].type);
    Bytes& out = raw.columns[i];
    if (compression == Compression::none || block.rows == 0) {
      out = packed.stored;
    } else {
      out.resize(columns[i].row_bytes() * block.rows);
      if (size > 1) shuffled.resize(out.size());
      if (!inflater.expand(packed.stored, size > 1 ? shuffled : out)) refuse_damage(columns[i]);
      if (size > 1) unshuffle(shuffled, out, size);
    }
    if (digest_of(out) != packed.digest) refuse_damage(columns[i]);
  }
  check_block(columns, raw);
  return raw;
}

bool has_raw(const PackedBlock& block, Compression compression) {
  return compression == Compression::none || block.columns.empty() || !block.columns.front().raw.empty();
}

void restore_raw(const std::vector<Column>& columns, PackedBlock& block, Compression compression) {
  Block raw = unpack_block(columns, block, compression);
  if (compression == Compression::none) return;
  for (std::size_t i = 0; i < columns.size(); ++i) block.columns[i].raw = std::move(raw.columns[i]);
}

}  // namespace parley
