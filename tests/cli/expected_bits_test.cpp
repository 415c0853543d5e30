// Fingerprints of results, kept in one list: a change of any bit of any run, on any machine, is noticed here.
#include "tests/cli/golden.hpp"

namespace parley::cli {
namespace {

// A line of tests/contract/expected_bits.txt: the fingerprint, then the arguments of `parley run`, configurations by
// their path from the root. Lines that begin with # are remarks.
TEST(ExpectedBits, AreFoundAgain) {
  const std::string list = "tests/contract/expected_bits.txt";
  std::istringstream lines(text_of(std::string(PARLEY_SOURCE_DIR) + "/" + list));
  std::string now;
  int found = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') {
      now += line + "\n";
      continue;
    }
    std::istringstream words(line);
    std::string bits, word;
    Arguments arguments;
    words >> bits;
    while (words >> word) arguments.push_back(arguments.empty() ? std::string(PARLEY_SOURCE_DIR) + "/" + word : word);
    now += result(arguments)["bits"].get<std::string>() + line.substr(bits.size()) + "\n";
    ++found;
  }
  EXPECT_GE(found, 4);
  expect_golden(list, now);
}

}  // namespace
}  // namespace parley::cli
