// The one exception for bad input: it says what is wrong, why, and what to do, and where.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace parley {

/// Thrown for everything a user can mend, always before a run starts.
/// `what()` reads "file:line:column: problem (why). what to do"; the command line prints it and exits with 1.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Thrown for a command line that does not fit; the command line exits with 2.
class UsageError : public InputError {
 public:
  using InputError::InputError;
};

/// A place in a text that a user wrote; line and column count from 1, 0 where unknown.
struct Place {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;

  std::string text() const {
    std::string t = file;
    if (line != 0) t += ":" + std::to_string(line);
    if (line != 0 && column != 0) t += ":" + std::to_string(column);
    return t;
  }
};

inline InputError input_error(const Place& place, const std::string& message) {
  const std::string where = place.text();
  return InputError(where.empty() ? message : where + ": " + message);
}

}  // namespace parley
