// The one exception for results that cannot be written or read: it says what failed, why, and what to do.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace parley {

/// `what()` reads "problem (why). what to do". What was finished before stays where it was.
class StoreError : public std::runtime_error {
 public:
  StoreError(const std::string& problem, const std::string& why, const std::string& advice);
  /// For a system error: why, and what to do unless `advice` says it better, follow from the error number.
  StoreError(const std::string& problem, int system_error, const std::string& advice = {});

  /// The error with these words: one that another process met.
  static StoreError told(const std::string& what, const std::string& cause, int system_error);

  int system_error() const { return system_error_; }   ///< 0 where the system refused nothing
  const std::string& cause() const { return cause_; }  ///< problem and why, without the advice
  bool out_of_space() const;                           ///< a full disk, a quota, or a limit on file sizes

 private:
  explicit StoreError(const std::string& what) : std::runtime_error(what) {}

  std::string cause_;
  int system_error_ = 0;
};

/// "812 bytes", "1.3 MB".
std::string readable_bytes(std::uint64_t bytes);

}  // namespace parley
