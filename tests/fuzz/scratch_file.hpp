// A file in memory for readers that want a path.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>

namespace parley::fuzz {

inline std::string scratch_path(const std::string& name) {
  static const std::string folder = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp";
  return folder + "/parley-fuzz-" + std::to_string(getpid()) + "-" + name;
}

inline void write_scratch(const std::string& path, const void* bytes, std::size_t size) {
  if (std::FILE* file = std::fopen(path.c_str(), "wb")) {
    std::fwrite(bytes, 1, size, file);
    std::fclose(file);
  }
}

/// Takes choices from the bytes of an input, and zeros when these are used up.
class Choices {
 public:
  Choices(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool empty() const { return at_ >= size_; }
  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : 0; }
  std::uint64_t number(int bytes = 8) {
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) value |= static_cast<std::uint64_t>(byte()) << (8 * i);
    return value;
  }
  std::string text(std::size_t most) {
    const std::size_t length = std::min(most, at_ < size_ ? size_ - at_ : 0);
    std::string taken(reinterpret_cast<const char*>(data_) + (length == 0 ? 0 : at_), length);
    at_ += length;
    return taken;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

}  // namespace parley::fuzz
