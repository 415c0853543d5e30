#include "engine/drivers/store/rehearsal.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>

#include "engine/drivers/store/store_error.hpp"

namespace parley {

namespace {

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

/// Address space in use now: the limit counts from there.
rlim_t in_use() {
  long pages = 0;
  if (std::FILE* statm = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(statm, "%ld", &pages) != 1) pages = 0;
    std::fclose(statm);
  }
  return static_cast<rlim_t>(pages) * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

[[noreturn]] void rehearse_in_child(const std::string& path, const std::function<void(const ResultReader&)>& reading) {
  if (const int nowhere = open("/dev/null", O_WRONLY); nowhere >= 0) {
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
  }
  limit(RLIMIT_CORE, 0);
  struct stat info {};
  const std::uint64_t bytes = stat(path.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
  limit(RLIMIT_CPU, RehearsalLimits::seconds + bytes / 20000000);
#ifndef PARLEY_SANITIZED  // sanitizers reserve more than any limit
  limit(RLIMIT_AS, in_use() + RehearsalLimits::memory);
#endif
  try {
    reading(ResultReader(path));
  } catch (const std::exception&) {
    // Reported in words: the caller will meet the same error.
  }
  _exit(0);
}

}  // namespace

void rehearse(const std::string& path, const std::function<void(const ResultReader&)>& reading) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) throw StoreError("Cannot read " + path, errno, "Free some memory or processes and try again.");
  if (child == 0) rehearse_in_child(path, reading);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  const bool slow = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
  throw StoreError("Cannot read " + path,
                   slow ? "reading it takes longer than any result of its size" : "it is damaged: reading it makes the HDF5 library fail",
                   "Make the result again, or get an undamaged copy.");
}

}  // namespace parley
