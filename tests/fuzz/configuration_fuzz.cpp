// Any bytes as a configuration: refused in words, or played to an end.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/sweep/batch.hpp"
#include "models/catalog.hpp"
#ifdef PARLEY_FUZZERS
#include "tests/fuzz/line_mutator.hpp"
#endif

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  try {
    const Config config = read_config(std::string(reinterpret_cast<const char*>(data), size), "fuzz", {}, &find_model);
    if (config.sweep.samples > 4096) return 0;  // large designs are allowed, and slow
    const Plan plan(config, 2, 1);
    const Cell cell = plan.cell(plan.cells() - 1);
    if (!cell.fault.empty()) return 0;
    const Entry* horizon = config.negotiation.catalog.find("rounds.horizon");
    if (cell.values[horizon->slot] > 60) return 0;
    const Batch batch = play_batch(plan, config.negotiation.model->kernels.portable, plan.runs() - 2, 2);
    const Batch alone = play_batch(plan, config.negotiation.model->kernels.one, plan.runs() - 2, 2);
    for (int r = 0; r < 2; ++r)
      if (batch.rows[r].scenario != alone.rows[r].scenario || batch.rows[r].deal_round != alone.rows[r].deal_round) std::abort();
  } catch (const InputError&) {
  }
  return 0;
}
