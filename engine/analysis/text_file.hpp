// Text that users wrote: reading it whole, within a limit, and quoting pieces of it in messages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley {

/// How large a file of text may be, in bytes; more is refused before it is read.
struct TextLimits {
  static constexpr std::size_t actors = std::size_t{4} << 20;
  static constexpr std::size_t decisions = std::size_t{32} << 20;
  static constexpr std::size_t domain = std::size_t{4} << 20;
};

/// The whole of a file of at most `most_bytes`. Throws InputError if it cannot be read or is larger.
std::string read_text_file(const std::string& path, std::size_t most_bytes);

/// `text` for a message: cut when long, control characters replaced.
std::string in_quotes(std::string_view text);

}  // namespace parley
