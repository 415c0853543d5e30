#include "engine/drivers/store/file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

int open_unnamed(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return descriptor;
  const std::string pattern = folder + "/parley-XXXXXX";
  std::vector<char> name(pattern.c_str(), pattern.c_str() + pattern.size() + 1);
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.data());
  return named;
}

int open_file(const std::string& path, File::Access access) {
  switch (access) {
    case File::Access::read:
      return ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    case File::Access::create:
      return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    case File::Access::temporary:
      return open_unnamed(path);
  }
  return -1;
}

void sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw StoreError("Cannot open folder " + folder, errno);
  const int error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  // Some file systems cannot sync a folder and say EINVAL; their renames are as durable as they get.
  if (error != 0 && error != EINVAL) throw StoreError("Cannot write folder " + folder, error);
}

int rename_file(const std::string& from, const std::string& to, Replace replace) {
  if (replace == Replace::yes) return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // A file system without that call leaves a gap of microseconds between the look and the rename.
  if (exists(to)) return EEXIST;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

File::File(const std::string& path, Access access) : path_(path), descriptor_(open_file(path, access)) {
  if (descriptor_ < 0) throw StoreError("Cannot open " + path, errno);
  struct stat state {};
  if (::fstat(descriptor_, &state) != 0 || !S_ISREG(state.st_mode)) {
    ::close(std::exchange(descriptor_, -1));
    throw StoreError("Cannot open " + path, "it is not an ordinary file", "Name a file.");
  }
}

File::File(File&& other) noexcept : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t File::size() const {
  struct stat state {};
  if (::fstat(descriptor_, &state) != 0) throw StoreError("Cannot read " + path_, errno);
  return static_cast<std::uint64_t>(state.st_size);
}

bool File::read_at(std::uint64_t offset, std::span<std::byte> bytes) const {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count =
        ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (count == 0) return false;
    if (count < 0 && errno != EINTR) throw StoreError("Cannot read " + path_, errno);
    if (count > 0) done += static_cast<std::size_t>(count);
  }
  return true;
}

void File::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count =
        ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno != EINTR) throw StoreError("Cannot write " + path_, errno);
    if (count > 0) done += static_cast<std::size_t>(count);
  }
}

void File::truncate(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) throw StoreError("Cannot shorten " + path_, errno);
}

void File::sync() {
  if (::fdatasync(descriptor_) != 0) throw StoreError("Cannot write " + path_, errno);
}

bool File::lock() {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return true;
  if (errno == EWOULDBLOCK) return false;
  if (errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP || errno == EINVAL) return true;
  throw StoreError("Cannot lock " + path_, errno);
}

bool File::in_place() const {
  struct stat mine {};
  struct stat there {};
  return ::fstat(descriptor_, &mine) == 0 && ::stat(path_.c_str(), &there) == 0 && mine.st_dev == there.st_dev &&
         mine.st_ino == there.st_ino;
}

bool exists(const std::string& path) {
  struct stat state {};
  return ::lstat(path.c_str(), &state) == 0;
}

bool is_ordinary(const std::string& path) {
  struct stat state {};
  return ::stat(path.c_str(), &state) == 0 && S_ISREG(state.st_mode);
}

void remove_if_there(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw StoreError("Cannot remove " + path, errno);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

void publish(const std::string& from, const std::string& to, Replace replace) {
  {
    File file(from, File::Access::create);
    file.truncate(file.size());  // gives back what was reserved beyond the end
    file.sync();
  }
  const int error = rename_file(from, to, replace);
  if (error == EEXIST)
    throw StoreError("Cannot write " + to, "it exists", "Give --force to replace it, or another name.");
  if (error != 0) throw StoreError("Cannot write " + to, error);
  sync_folder(folder_of(to));
}

std::uint64_t free_bytes(const std::string& folder) {
  struct statvfs state {};
  if (::statvfs(folder.c_str(), &state) != 0) throw StoreError("Cannot look into " + folder, errno);
  return static_cast<std::uint64_t>(state.f_bavail) * state.f_frsize;
}

}  // namespace parley
