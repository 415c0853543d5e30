// Text that users wrote: reading it whole, within a limit, and quoting pieces of it in messages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley {

/// The whole of a file of at most `most_bytes`. Throws InputError if it cannot be read or is larger.
std::string read_text_file(const std::string& path, std::size_t most_bytes);

/// `text` for a message: cut when long, control characters replaced.
std::string in_quotes(std::string_view text);

}  // namespace parley
