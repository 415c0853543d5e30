#include "engine/drivers/runner/play_rows.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>

namespace parley {

std::vector<RunRow> play_rows(const Plan& plan, Kernel kernel, std::uint64_t first_run, std::uint64_t count, int threads) {
  constexpr std::uint64_t block = 1024;
  std::vector<RunRow> rows(count);
  tbb::task_arena arena(threads > 0 ? threads : tbb::task_arena::automatic);
  arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::uint64_t>(0, (count + block - 1) / block, 1), [&](const tbb::blocked_range<std::uint64_t>& blocks) {
      for (std::uint64_t b = blocks.begin(); b != blocks.end(); ++b) {
        const std::uint64_t from = b * block;
        const Batch batch = play_batch(plan, kernel, first_run + from, static_cast<std::uint32_t>(std::min(block, count - from)));
        std::copy(batch.rows.begin(), batch.rows.end(), rows.begin() + static_cast<std::ptrdiff_t>(from));
      }
    });
  });
  return rows;
}

}  // namespace parley
