#include <malloc.h>

#include <csignal>
#include <string>
#include <vector>

#include "engine/drivers/cli/verbs.hpp"

namespace {

/// Blocks of runs come and go by the megabyte. Left to itself, the allocator hands each back to the system and gets its
/// pages anew, which takes as long as compressing them.
void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int megabyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 64 * megabyte);
  mallopt(M_TRIM_THRESHOLD, 64 * megabyte);
#endif
}

}  // namespace

int main(int count, char** arguments) {
  keep_freed_memory();
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is then an error that can be told
  return parley::run_command_line(std::vector<std::string>(arguments + 1, arguments + count));
}
