// Any bytes as a result file: read in a child process first, so that whatever HDF5 does with them ends in a message here.
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/core/check.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/fuzz/hdf5_memory.hpp"
#include "tests/fuzz/scratch_file.hpp"

extern "C" void __sanitizer_set_death_callback(void (*)()) __attribute__((weak));

namespace {

using namespace parley;

constexpr int time_limit_milliseconds = 50;

void read_all(const ResultReader& result) {
  for (const std::string& group : result.groups())
    if (group != "runs") static_cast<void>(result.read_table(group));
  if (result.has("runs")) static_cast<void>(result.computed_bits());
}

/// Rehearses as the program does, in a child that lives on until a file kills it: a process for each takes ten times as long.
class Rehearsals {
 public:
  explicit Rehearsals(std::string path) : path_(std::move(path)) {}

  /// Whether it was read to its end.
  bool succeed() {
    if (child_ == 0) start();
    char sign = 0;
    const auto again = [](auto call) {  // libFuzzer's clock interrupts what waits
      auto result = call();
      while (result < 0 && errno == EINTR) result = call();
      return result;
    };
    if (again([&] { return write(orders_[1], &sign, 1); }) == 1 && again([&] { return read(answers_[0], &sign, 1); }) == 1) return sign == 'r';
    again([&] { return waitpid(child_, nullptr, 0); });
    for (const int end : {orders_[1], answers_[0]}) close(end);
    child_ = 0;
    return false;
  }

 private:
  void start() {
    if (pipe(orders_) != 0 || pipe(answers_) != 0 || (child_ = fork()) < 0) std::abort();
    if (child_ == 0) serve();
    for (const int end : {orders_[0], answers_[1]}) close(end);
  }

  [[noreturn]] void serve() {
    for (const int end : {orders_[1], answers_[0], STDOUT_FILENO, STDERR_FILENO}) close(end);
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPROF}) std::signal(signal, SIG_DFL);
    if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(nullptr);
    for (char sign = 0; read(orders_[0], &sign, 1) == 1;) {
      itimerval end{{}, {0, time_limit_milliseconds * 1000}};
      setitimer(ITIMER_PROF, &end, nullptr);
      try {
        read_all(ResultReader(path_));
        sign = 'r';
      } catch (const std::exception&) {
        sign = 'e';
      }
      end.it_value = {};
      setitimer(ITIMER_PROF, &end, nullptr);
      if (write(answers_[1], &sign, 1) != 1) break;
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
  static Rehearsals rehearsals(path);
  static std::uint64_t count = 0;
  fuzz::keep_hdf5_memory();
  fuzz::write_scratch(path, data, size);
  try {
    if (count++ % 64 == 0) rehearse(path, read_all, {.time = std::chrono::milliseconds(time_limit_milliseconds)});
    if (rehearsals.succeed()) read_all(ResultReader(path));
  } catch (const StoreError&) {
  } catch (const InputError&) {
  }
  std::remove(path.c_str());
  return 0;
}
