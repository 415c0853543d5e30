#include "engine/drivers/store/store_error.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace parley {
namespace {

std::string advice_for(int error) {
  switch (error) {
    case ENOSPC:
      return "Make room there, or choose another folder with --out.";
    case EDQUOT:
      return "Make room within the quota, or choose another folder with --out.";
    case EFBIG:
      return "Raise the limit on file sizes (ulimit -f), or use --store summary.";
    case EROFS:
    case EACCES:
    case EPERM:
      return "Choose a folder that can be written with --out.";
    case ENOENT:
    case ENOTDIR:
      return "Make the folder first, or choose another one with --out.";
    case EISDIR:
      return "Name a file, not a folder, with --out.";
    case ENAMETOOLONG:
      return "Choose a shorter name with --out.";
    case EMFILE:
    case ENFILE:
      return "Close other programs, or raise the limit on open files (ulimit -n).";
    default:
      return "Check the disk and the folder, or choose another one with --out.";
  }
}

std::string sentence(const std::string& problem, const std::string& why, const std::string& advice) {
  return problem + " (" + why + "). " + advice;
}

}  // namespace

StoreError::StoreError(const std::string& problem, const std::string& why, const std::string& advice)
    : std::runtime_error(sentence(problem, why, advice)), cause_(problem + ": " + why) {}

StoreError::StoreError(const std::string& problem, int system_error, const std::string& advice)
    : std::runtime_error(sentence(problem, std::generic_category().message(system_error),
                                  advice.empty() ? advice_for(system_error) : advice)),
      cause_(problem + ": " + std::generic_category().message(system_error)),
      system_error_(system_error) {}

StoreError StoreError::told(const std::string& what, const std::string& cause, int system_error) {
  StoreError error(what);
  error.cause_ = cause;
  error.system_error_ = system_error;
  return error;
}

bool StoreError::out_of_space() const {
  return system_error_ == ENOSPC || system_error_ == EDQUOT || system_error_ == EFBIG;
}

std::string readable_bytes(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " bytes";
  const std::array<const char*, 5> units = {"kB", "MB", "GB", "TB", "PB"};
  double amount = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; amount >= 999.5 && unit + 1 < units.size(); ++unit) amount /= 1000;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), amount < 10 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
  return text.data();
}

}  // namespace parley
