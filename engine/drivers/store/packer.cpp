#include "engine/drivers/store/packer.hpp"

#include <zlib.h>

#include <array>
#include <cmath>
#include <cstring>
#include <new>
#include <utility>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

using Bytes = std::vector<std::byte>;

Bytef* zlib_bytes(const std::byte* bytes) { return reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes)); }

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

/// Bits a byte that an ideal code of single bytes would need.
double entropy(const std::byte* bytes, std::size_t count) {
  // Four tables, so that equal neighbours do not wait for each other.
  std::array<std::array<std::uint32_t, 256>, 4> seen{};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) ++seen[lane][std::to_integer<std::size_t>(bytes[i + lane])];
  }
  for (; i < count; ++i) ++seen[0][std::to_integer<std::size_t>(bytes[i])];
  double sum = 0;
  for (std::size_t value = 0; value < 256; ++value) {
    const double n = seen[0][value] + seen[1][value] + seen[2][value] + seen[3][value];
    if (n > 0) sum += n * std::log2(n);
  }
  const double total = static_cast<double>(count);
  return count == 0 ? 0.0 : std::log2(total) - sum / total;
}

class Deflater {
 public:
  Deflater() {
    if (deflateInit2(&stream_, 1, Z_DEFLATED, 15, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { deflateEnd(&stream_); }

  Bytes compress(const Bytes& shuffled, std::size_t size, bool whole_number) {
    Bytes out(packed_bound(shuffled.size()));
    deflateReset(&stream_);
    stream_.next_out = zlib_bytes(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const std::size_t planes = whole_number && size >= 4 ? 1 : size;
    const std::size_t length = shuffled.size() / planes;
    for (std::size_t plane = 0; plane < planes; ++plane) {
      const std::byte* start = shuffled.data() + plane * length;
      if (planes != size) {
        add(start, length, {1, Z_DEFAULT_STRATEGY}, plane + 1 == planes);
      } else {
        add(start, length, coding(start, length), plane + 1 == planes);
      }
    }
    out.resize(stream_.total_out);
    out.shrink_to_fit();
    return out;
  }

 private:
  struct Coding {
    int level;
    int strategy;
  };

  static Coding coding(const std::byte* bytes, std::size_t count) {
    // Above this a code saves less than a twelfth, which is not worth its time.
    constexpr double noise = 7.4;
    return entropy(bytes, count) > noise ? Coding{0, Z_DEFAULT_STRATEGY} : Coding{1, Z_RLE};
  }

  void add(const std::byte* bytes, std::size_t count, Coding coding, bool last) {
    const bool switched = deflateParams(&stream_, coding.level, coding.strategy) == Z_OK;
    stream_.next_in = zlib_bytes(bytes);
    stream_.avail_in = static_cast<uInt>(count);
    const int code = deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
    if (!switched || stream_.avail_in != 0 || code != (last ? Z_STREAM_END : Z_OK)) {
      throw StoreError("Rows could not be compressed", "zlib refused them", "Store them uncompressed.");
    }
  }

  z_stream stream_{};
};

class Inflater {
 public:
  Inflater() {
    if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  /// Exactly `out.size()` bytes, or false.
  bool expand(const Bytes& packed, Bytes& out) {
    inflateReset(&stream_);
    stream_.next_in = zlib_bytes(packed.data());
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = zlib_bytes(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    return inflate(&stream_, Z_FINISH) == Z_STREAM_END && stream_.avail_out == 0 && stream_.avail_in == 0;
  }

 private:
  z_stream stream_{};
};

bool is_whole_number(ColumnType type) { return type != ColumnType::f32 && type != ColumnType::f64; }

[[noreturn]] void refuse_damage(const Column& column) {
  throw StoreError("Column '" + column.name + "' of a stored block is damaged", "its checksum does not match",
                   "Run again without --resume.");
}

}  // namespace

std::uint64_t packed_bound(std::uint64_t raw_bytes) {
  // zlib's own bound for the least favourable settings, and room for a change of coding before each byte plane.
  return raw_bytes + (raw_bytes >> 5) + (raw_bytes >> 7) + (raw_bytes >> 11) + 1024;
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
  Deflater deflater;
  Bytes shuffled;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::size_t size = bytes_of(columns[i].type);
    const Bytes& raw = block.columns[i];
    if (size > 1) shuffle(raw, shuffled, size);
    packed.columns[i].stored = deflater.compress(size > 1 ? shuffled : raw, size, is_whole_number(columns[i].type));
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

}  // namespace parley
