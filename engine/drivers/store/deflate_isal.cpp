// Deflate by Intel's ISA-L, whose level 1 codes some hundred megabytes a second on one core.
#include <isa-l/igzip_lib.h>

#include <array>
#include <new>

#include "engine/drivers/store/deflate.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

// The library asks for pointers to bytes that it does not change.
std::uint8_t* raw(const std::byte* bytes) { return reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(bytes)); }

}  // namespace

struct Deflater::State {
  isal_zstream stream;
  std::array<std::uint8_t, ISAL_DEF_LVL1_DEFAULT> work;
};

// Not value-initialised: the library sets up what it uses, and the rest is large.
Deflater::Deflater() : state_(new State) {}
Deflater::~Deflater() = default;

std::size_t Deflater::add(std::span<const std::byte> bytes, std::span<std::byte> out) {
  isal_zstream& stream = state_->stream;
  isal_deflate_stateless_init(&stream);
  stream.level = 1;
  stream.level_buf = state_->work.data();
  stream.level_buf_size = ISAL_DEF_LVL1_DEFAULT;
  stream.flush = FULL_FLUSH;
  stream.end_of_stream = 0;
  stream.next_in = raw(bytes.data());
  stream.avail_in = static_cast<std::uint32_t>(bytes.size());
  stream.next_out = raw(out.data());
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  if (isal_deflate_stateless(&stream) != COMP_OK || stream.avail_in != 0) {
    throw StoreError("Rows could not be compressed", "ISA-L refused them", "Store them with --compress none.");
  }
  return stream.total_out;
}

struct Inflater::State {
  inflate_state stream;
};

Inflater::Inflater() : state_(new State) {}
Inflater::~Inflater() = default;

bool Inflater::expand(std::span<const std::byte> packed, std::span<std::byte> out) {
  inflate_state& stream = state_->stream;
  isal_inflate_init(&stream);
  stream.crc_flag = ISAL_ZLIB;
  stream.next_in = raw(packed.data());
  stream.avail_in = static_cast<std::uint32_t>(packed.size());
  stream.next_out = raw(out.data());
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  return isal_inflate_stateless(&stream) == ISAL_DECOMP_OK && stream.block_state == ISAL_BLOCK_FINISH &&
         stream.avail_out == 0 && stream.avail_in == 0;
}

std::uint32_t adler32_of(std::uint32_t before, std::span<const std::byte> bytes) {
  return isal_adler32(before, raw(bytes.data()), bytes.size());
}

}  // namespace parley
