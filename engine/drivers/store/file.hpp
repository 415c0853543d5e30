// A file of the operating system that says what went wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace parley {

/// An open descriptor, closed at the end of its life. Everything throws StoreError.
class File {
 public:
  enum class Access { read, create, temporary };

  /// `create` makes the file where it is missing and keeps what it holds; `temporary` makes a file without a name in
  /// the folder `path`.
  File(const std::string& path, Access access);
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  const std::string& path() const { return path_; }
  std::uint64_t size() const;
  /// False where the file ends before the span is full.
  bool read_at(std::uint64_t offset, std::span<std::byte> bytes) const;
  void write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  void truncate(std::uint64_t size);
  void sync();

  /// Keeps other processes out for the life of this object; false where one holds the file already. Where the file
  /// system knows no locks there are none.
  bool lock();
  /// Does the file still stand at its path?
  bool in_place() const;

 private:
  std::string path_;
  int descriptor_ = -1;
};

bool exists(const std::string& path);
bool is_ordinary(const std::string& path);  ///< no folder, pipe or device
void remove_if_there(const std::string& path);
std::string folder_of(const std::string& path);

enum class Replace { no, yes };

/// Makes a finished file durable and gives it its name in one step; nothing stands at `to` half-written.
void publish(const std::string& from, const std::string& to, Replace replace);

/// Bytes that this process may still write in the folder.
std::uint64_t free_bytes(const std::string& folder);

}  // namespace parley
