// Any bytes as a result file, read in a child process, where HDF5 may do with them what it will.
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "engine/core/check.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/fuzz/hdf5_memory.hpp"
#include "tests/fuzz/scratch_file.hpp"

extern "C" void __sanitizer_set_death_callback(void (*)()) __attribute__((weak));
// How often each part of the program was reached, from the first counter to the last, where clang counts that. Its names for
// these are in assembly, because it drops its own where a program declares them.
__asm__(R"(
  .weak __start___sancov_cntrs
  .weak __stop___sancov_cntrs
  .pushsection .data.rel, "aw"
  .balign 8
parley_counters:
  .8byte __start___sancov_cntrs, __stop___sancov_cntrs
  .popsection
)");
extern "C" char* const parley_counters[2] __attribute__((visibility("hidden")));

namespace {

using namespace parley;

constexpr int time_limit_milliseconds = 50;

void read_all(const ResultReader& result) {
  for (const std::string& group : result.groups())
    if (group != "runs") static_cast<void>(result.read_table(group));
  if (result.has("runs")) static_cast<void>(result.computed_bits());
}

/// Reads files in a child that lives on until one of them kills it: a process for each takes ten times as long. What the child
/// reached counts as reached here.
class Readings {
 public:
  explicit Readings(std::string path) : path_(std::move(path)) {}

  void read_file() {
    if (child_ == 0) start();
    char sign = 0;
    std::vector<char> reached(counters().size());
    if (write_all(orders_[1], &sign, 1) && read_all_of(answers_[0], reached.data(), reached.size())) {
      for (std::size_t c = 0; c < reached.size(); ++c) counters()[c] |= reached[c];
      return;
    }
    while (waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
    }
    for (const int end : {orders_[1], answers_[0]}) close(end);
    child_ = 0;
  }

 private:
  /// One at least, so that there is an answer where nothing is counted.
  static std::span<char> counters() {
    static char nothing = 0;
    return parley_counters[0] == parley_counters[1] ? std::span(&nothing, 1) : std::span(parley_counters[0], parley_counters[1]);
  }

  // libFuzzer's clock interrupts what waits.
  template <typename Move>
  static bool all(Move move, std::size_t bytes) {
    for (std::size_t at = 0; at < bytes;) {
      const ssize_t moved = move(at);
      if (moved == 0 || (moved < 0 && errno != EINTR)) return false;
      if (moved > 0) at += static_cast<std::size_t>(moved);
    }
    return true;
  }
  static bool write_all(int to, const char* from, std::size_t bytes) {
    return all([=](std::size_t at) { return write(to, from + at, bytes - at); }, bytes);
  }
  static bool read_all_of(int from, char* to, std::size_t bytes) {
    return all([=](std::size_t at) { return read(from, to + at, bytes - at); }, bytes);
  }

  void start() {
    std::signal(SIGPIPE, SIG_IGN);  // a child may end unasked
    if (pipe(orders_) != 0 || pipe(answers_) != 0 || (child_ = fork()) < 0) std::abort();
    if (child_ == 0) serve();
    for (const int end : {orders_[0], answers_[1]}) close(end);
  }

  [[noreturn]] void serve() {
    for (const int end : {orders_[1], answers_[0], STDOUT_FILENO, STDERR_FILENO}) close(end);
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPROF}) std::signal(signal, SIG_DFL);
    if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(nullptr);
    const std::span<char> reached = counters();
    for (char sign = 0; read_all_of(orders_[0], &sign, 1);) {
      std::fill(reached.begin(), reached.end(), '\0');
      itimerval end{{}, {0, time_limit_milliseconds * 1000}};
      setitimer(ITIMER_PROF, &end, nullptr);
      try {
        read_all(ResultReader(path_));
      } catch (const std::exception&) {
      }
      end.it_value = {};
      setitimer(ITIMER_PROF, &end, nullptr);
      if (!write_all(answers_[1], reached.data(), reached.size())) break;
    }
    _exit(0);
  }

  std::string path_;
  pid_t child_ = 0;
  int orders_[2], answers_[2];
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string path = fuzz::scratch_path("result.h5");
  static Readings readings(path);
  static std::uint64_t count = 0;
  fuzz::keep_hdf5_memory();
  fuzz::write_scratch(path, data, size);
  if (count++ % 64 != 0) {
    readings.read_file();
  } else {
    try {  // as the program does
      rehearse(path, read_all, {.time = std::chrono::milliseconds(time_limit_milliseconds)});
      read_all(ResultReader(path));
    } catch (const StoreError&) {
    } catch (const InputError&) {
    }
  }
  std::remove(path.c_str());
  return 0;
}
