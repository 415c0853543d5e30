// Deflate by zlib, for systems without ISA-L.
#include <zlib.h>

#include <new>

#include "engine/drivers/store/deflate.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

Bytef* raw(const std::byte* bytes) { return reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes)); }

void point(z_stream& stream, std::span<const std::byte> in, std::span<std::byte> out) {
  stream.next_in = raw(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = raw(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
}

}  // namespace

struct Deflater::State {
  z_stream stream{};
  State() {
    constexpr int without_header = -15;
    if (deflateInit2(&stream, 1, Z_DEFLATED, without_header, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  }
  ~State() { deflateEnd(&stream); }
};

Deflater::Deflater() : state_(std::make_unique<State>()) {}
Deflater::~Deflater() = default;

std::size_t Deflater::add(std::span<const std::byte> bytes, std::span<std::byte> out) {
  z_stream& stream = state_->stream;
  deflateReset(&stream);
  point(stream, bytes, out);
  if (deflate(&stream, Z_FULL_FLUSH) != Z_OK || stream.avail_in != 0 || stream.avail_out == 0) {
    throw StoreError("Rows could not be compressed", "zlib refused them", "Store them with --compress none.");
  }
  return stream.total_out;
}

struct Inflater::State {
  z_stream stream{};
  State() {
    if (inflateInit(&stream) != Z_OK) throw std::bad_alloc();
  }
  ~State() { inflateEnd(&stream); }
};

Inflater::Inflater() : state_(std::make_unique<State>()) {}
Inflater::~Inflater() = default;

bool Inflater::expand(std::span<const std::byte> packed, std::span<std::byte> out) {
  z_stream& stream = state_->stream;
  inflateReset(&stream);
  point(stream, packed, out);
  return inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0 && stream.avail_in == 0;
}

std::uint32_t adler32_of(std::uint32_t before, std::span<const std::byte> bytes) {
  return static_cast<std::uint32_t>(adler32(before, raw(bytes.data()), static_cast<uInt>(bytes.size())));
}

}  // namespace parley
