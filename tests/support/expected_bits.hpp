// The list of expected fingerprints, read line by line.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace parley {

inline constexpr const char* expected_bits_list = "tests/contract/expected_bits.txt";

/// A fingerprint and the arguments of `parley run` that give it; a remark has none. In a new line "-" stands for the
/// fingerprint until the list is written anew.
struct ExpectedLine {
  std::string text, bits;
  std::vector<std::string> arguments;  ///< the configuration first, by its full path
  std::vector<std::string> assignments;
  std::uint32_t runs = 0;
  std::uint64_t seed = 0;
};

inline std::vector<ExpectedLine> expected_lines() {
  std::ifstream list(std::string(PARLEY_SOURCE_DIR) + "/" + expected_bits_list);
  std::vector<ExpectedLine> lines;
  for (std::string text; std::getline(list, text);) {
    ExpectedLine line;
    line.text = text;
    if (!text.empty() && text[0] != '#') {
      std::istringstream words(text);
      words >> line.bits;
      for (std::string word; words >> word;) line.arguments.push_back(line.arguments.empty() ? std::string(PARLEY_SOURCE_DIR) + "/" + word : word);
      for (std::size_t w = 0; w + 1 < line.arguments.size(); ++w) {
        if (line.arguments[w] == "--runs") line.runs = static_cast<std::uint32_t>(std::stoul(line.arguments[w + 1]));
        if (line.arguments[w] == "--seed") line.seed = std::stoull(line.arguments[w + 1]);
        if (line.arguments[w] == "--set") line.assignments.push_back(line.arguments[w + 1]);
      }
    }
    lines.push_back(std::move(line));
  }
  EXPECT_FALSE(lines.empty()) << expected_bits_list;
  return lines;
}

}  // namespace parley
