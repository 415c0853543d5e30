// Makes an input into another by whole lines and numbers, where single bytes would mostly break the format.
// Include it in one fuzzer: it defines LLVMFuzzerCustomMutator, which half of the time leaves the work to libFuzzer.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace parley::fuzz {

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
    lines.push_back(text.substr(at, end + 1 - at));
    at = end + 1;
  }
  return lines;
}

/// Puts another number where one stands.
inline void change_a_number(std::string& line, std::minstd_rand& chance) {
  static const char* const numbers[] = {"0", "1", "-1", "0.5", "2", "1e308", "-1e308", "5e-324", "nan", "inf", "-inf", "4294967296", "9223372036854775807", "1e-9", "16", "5000", "true", "\"\"", "[]", "[0, 1]"};
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (std::isdigit(static_cast<unsigned char>(line[i])) != 0 && (i == 0 || std::isalnum(static_cast<unsigned char>(line[i - 1])) == 0)) starts.push_back(i);
  if (starts.empty()) return;
  const std::size_t start = starts[chance() % starts.size()];
  const std::size_t end = std::min(line.find_first_not_of("0123456789.e+-", start), line.size());
  line.replace(start, end - start, numbers[chance() % std::size(numbers)]);
}

inline std::string mutate_lines(const std::string& text, std::minstd_rand& chance) {
  std::vector<std::string> lines = lines_of(text);
  for (unsigned change = 0; change <= chance() % 3 && !lines.empty(); ++change) {
    const auto a = static_cast<std::ptrdiff_t>(chance() % lines.size()), b = static_cast<std::ptrdiff_t>(chance() % lines.size());
    switch (chance() % 5) {
      case 0: lines.erase(lines.begin() + a); break;
      case 1: lines.insert(lines.begin() + a, std::string(lines[b])); break;
      case 2: std::swap(lines[a], lines[b]); break;
      default: change_a_number(lines[a], chance);
    }
  }
  std::string joined;
  for (const std::string& line : lines) joined += line;
  return joined;
}

}  // namespace parley::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  std::minstd_rand chance(seed);
  if (chance() % 2 == 0) return LLVMFuzzerMutate(data, size, most);
  const std::string made = parley::fuzz::mutate_lines(std::string(reinterpret_cast<const char*>(data), size), chance);
  const std::size_t length = std::min(made.size(), most);
  std::memcpy(data, made.data(), length);
  return length;
}
