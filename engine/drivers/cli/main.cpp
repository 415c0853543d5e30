#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "engine/drivers/cli/verbs.hpp"

namespace {

/// Blocks of runs come and go by the megabyte. Left to itself, the allocator hands each back to the system and gets its
/// pages anew, which takes as long as compressing them. Threads share one arena: each with its own, they hoard blocks that
/// others packed, and memory grows with the number of runs.
void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int megabyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 64 * megabyte);
  mallopt(M_TRIM_THRESHOLD, 64 * megabyte);
  mallopt(M_ARENA_MAX, 1);
#endif
}

/// Where a standard stream is closed, the next file that is opened would take its number, and words meant for the
/// terminal would end in a result.
void fill_closed_streams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream)
    if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY) < 0) _exit(1);
}

}  // namespace

int main(int count, char** arguments) {
  fill_closed_streams();
  keep_freed_memory();
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is then an error that can be told
  return parley::run_command_line(std::vector<std::string>(arguments + 1, arguments + count));
}
