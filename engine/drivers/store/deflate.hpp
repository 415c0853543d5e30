// Zlib streams (RFC 1950), as a gzip chunk of HDF5 holds them, put together from pieces that are coded one by one.
//
// Two libraries stand behind this: Intel's ISA-L (deflate_isal.cpp), five times as fast, and zlib (deflate_zlib.cpp)
// where a system has no ISA-L. Either reads what the other wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace parley {

/// The most bytes that `add` needs for a piece, coded in the least favourable way.
constexpr std::size_t deflate_bound(std::size_t raw_bytes) { return raw_bytes + raw_bytes / 8 + raw_bytes / 64 + 256; }

/// Codes bytes with deflate (RFC 1951): fast, moderately small.
class Deflater {
 public:
  Deflater();
  ~Deflater();
  /// Writes whole blocks, none of them the stream's last, that end on a whole byte and refer to nothing before them.
  /// `out` has room for deflate_bound(bytes.size()); gives how much of it was taken.
  std::size_t add(std::span<const std::byte> bytes, std::span<std::byte> out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Expands zlib streams.
class Inflater {
 public:
  Inflater();
  ~Inflater();
  /// Is `packed` one whole stream that gives exactly `out.size()` bytes? If so, `out` holds them.
  bool expand(std::span<const std::byte> packed, std::span<std::byte> out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Adler-32 of the bytes before and these; 1 before the first.
std::uint32_t adler32_of(std::uint32_t before, std::span<const std::byte> bytes);

}  // namespace parley
