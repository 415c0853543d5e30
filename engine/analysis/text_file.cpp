#include "engine/analysis/text_file.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "engine/core/check.hpp"

namespace parley {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text.substr(0, 60)) out += static_cast<unsigned char>(c) < 32 ? '?' : c;
  return out + (text.size() > 60 ? "…\"" : "\"");
}

std::string read_text_file(const std::string& path, std::size_t most_bytes) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    throw input_error({.file = path}, "is a folder (a file is expected). Give the file inside it.");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw input_error({.file = path}, "cannot be opened (no such file, or no permission). Check the path.");
  std::string text;
  std::vector<char> block(std::size_t{1} << 16);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
    if (text.size() > most_bytes)
      throw input_error({.file = path}, "is larger than " + std::to_string(most_bytes) +
                                            " bytes (the limit for this kind of file). Split it.");
  }
  if (file.bad()) throw input_error({.file = path}, "cannot be read to its end (input error). Check the disk.");
  return text;
}

}  // namespace parley
