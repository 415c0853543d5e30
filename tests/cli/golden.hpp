// Texts and numbers that are kept as they were once found right, and written anew when a change means to change them.
#pragma once

#include <cstdlib>

#include "tests/cli/command.hpp"

namespace parley::cli {

/// Compares with a kept text; with PARLEY_REGENERATE=1 in the environment writes it instead.
inline void expect_golden(const std::string& path, const std::string& now) {
  const std::string full = std::string(PARLEY_SOURCE_DIR) + "/" + path;
  if (const char* regenerate = std::getenv("PARLEY_REGENERATE"); regenerate != nullptr && std::string(regenerate) == "1") {
    std::ofstream(full, std::ios::binary) << now;
    GTEST_SKIP() << path << " was written anew; read the difference before you keep it";
  }
  const std::string kept = text_of(full);
  if (kept == now) return;
  std::istringstream before(kept), after(now);
  std::string a, b;
  int line = 0;
  do {
    ++line;
    a.clear(), b.clear();
    std::getline(before, a), std::getline(after, b);
  } while (a == b && (before || after));
  ADD_FAILURE() << path << ":" << line << ": the first line that differs\n  kept: " << a << "\n  now:  " << b
                << "\nIf results were meant to change, say so in the change, and write the kept files anew with\n"
                   "  PARLEY_REGENERATE=1 ctest --test-dir build -R 'Transcripts|ExpectedBits.AreFoundAgain'";
}

}  // namespace parley::cli
