#include "engine/drivers/runner/tbb_spread.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <mutex>

#include "engine/drivers/runner/tbb_runner.hpp"

namespace parley {

void spread_over_threads(std::size_t count, int threads, const std::function<void(std::size_t)>& work, ProgressWatcher* watcher,
                         std::uint64_t runs_a_piece) {
  const int wanted = std::max(1, threads > 0 ? threads : default_threads());
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(wanted));
  tbb::task_arena arena(wanted);
  std::mutex telling;
  std::size_t done = 0;
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t piece = range.begin(); piece != range.end(); ++piece) {
            work(piece);
            const std::lock_guard lock(telling);
            ++done;
            if (watcher != nullptr) watcher->progress(done * runs_a_piece, count * runs_a_piece);
          }
        },
        tbb::simple_partitioner());
  });
}

}  // namespace parley
