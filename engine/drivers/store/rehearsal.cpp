#include "engine/drivers/store/rehearsal.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#include "engine/core/check.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {

namespace {

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

/// Address space in use now: the limit counts from there.
[[maybe_unused]] rlim_t in_use() {
  long pages = 0;
  if (std::FILE* statm = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(statm, "%ld", &pages) != 1) pages = 0;
    std::fclose(statm);
  }
  return static_cast<rlim_t>(pages) * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

/// What the reading came to, in words for the parent: a letter for the kind of error and its parts, nothing where it went well.
std::string outcome_of(const std::string& path, const std::function<void(const ResultReader&)>& reading) {
  const std::string end(1, '\0');
  try {
    reading(ResultReader(path));
    return {};
  } catch (const StoreError& error) {
    return "S" + std::to_string(error.system_error()) + end + error.cause() + end + error.what();
  } catch (const UsageError& error) {
    return std::string("U") + error.what();
  } catch (const InputError& error) {
    return std::string("I") + error.what();
  } catch (const std::bad_alloc&) {
    return "M";
  } catch (const std::exception& error) {
    return std::string("E") + error.what();
  }
}

[[noreturn]] void rehearse_in_child(const std::string& path, const std::function<void(const ResultReader&)>& reading, const RehearsalLimits& limits,
                                    int parent) {
  if (const int nowhere = open("/dev/null", O_WRONLY); nowhere >= 0) {
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
  }
  limit(RLIMIT_CORE, 0);
  struct stat info {};
  const std::uint64_t bytes = stat(path.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
  const auto milliseconds = static_cast<std::uint64_t>(limits.time.count()) + bytes / 20000;
  const itimerval end{{}, {static_cast<time_t>(milliseconds / 1000), static_cast<suseconds_t>(milliseconds % 1000 * 1000)}};
  // What the timer sends ends the process, and so does a crash, whoever listens to them in this program.
  for (const int signal : {SIGPROF, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) std::signal(signal, SIG_DFL);
  setitimer(ITIMER_PROF, &end, nullptr);
#ifndef PARLEY_SANITIZED  // sanitizers reserve more than any limit
  limit(RLIMIT_AS, in_use() + limits.memory);
#endif
  const std::string outcome = outcome_of(path, reading);
  for (std::size_t at = 0; at < outcome.size();) {
    const ssize_t written = write(parent, outcome.data() + at, outcome.size() - at);
    if (written <= 0) std::abort();
    at += static_cast<std::size_t>(written);
  }
  _exit(0);
}

std::string all_from(int child) {
  std::string text;
  char some[4096];
  for (ssize_t count = 0; (count = read(child, some, sizeof some)) > 0 || (count < 0 && errno == EINTR);)
    if (count > 0) text.append(some, static_cast<std::size_t>(count));
  return text;
}

[[noreturn]] void throw_again(const std::string& path, const std::string& outcome) {
  const std::string text = outcome.substr(1);
  if (outcome[0] == 'U') throw UsageError(text);
  if (outcome[0] == 'I') throw InputError(text);
  if (outcome[0] == 'S') {
    const std::size_t cause = text.find('\0') + 1, what = text.find('\0', cause) + 1;
    throw StoreError::told(text.substr(what), text.substr(cause, what - 1 - cause), std::atoi(text.c_str()));
  }
  throw StoreError("Cannot read " + path, outcome[0] == 'M' ? "reading it takes more memory than any result of its size" : "it is damaged: " + text,
                   "Make the result again, or get an undamaged copy.");
}

}  // namespace

void rehearse(const std::string& path, const std::function<void(const ResultReader&)>& reading, const RehearsalLimits& limits) {
  std::fflush(nullptr);
  int ends[2];
  const pid_t child = pipe2(ends, O_CLOEXEC) != 0 ? -1 : fork();
  if (child < 0) throw StoreError("Cannot read " + path, errno, "Free some memory or processes and try again.");
  if (child == 0) rehearse_in_child(path, reading, limits, ends[1]);
  close(ends[1]);
  const std::string outcome = all_from(ends[0]);
  close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    if (!outcome.empty()) throw_again(path, outcome);
    return;
  }
  const bool slow = WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF;
  throw StoreError("Cannot read " + path,
                   slow ? "reading it takes longer than any result of its size" : "it is damaged: reading it makes the HDF5 library fail",
                   "Make the result again, or get an undamaged copy.");
}

}  // namespace parley
