#include "engine/analysis/sweep_stalemates.hpp"

#include <algorithm>

#include "engine/sweep/batch.hpp"

namespace parley {

std::vector<SweptAlternative> swept_alternatives(const Plan& asked, std::uint64_t cell, const AttributionOptions& options) {
  const auto& swept = asked.config().sweep.swept();
  if (swept.empty() || asked.cells() > most_cells_compared) return {};
  const Plan plan(asked.config(), options.replicates, asked.seed());
  const std::vector<double> here = plan.swept_values(cell);
  std::vector<SweptAlternative> all;
  for (std::uint64_t c = 0; c < plan.cells(); ++c) {
    const std::vector<double> there = plan.swept_values(c);
    std::size_t differing = 0, last = 0;
    for (std::size_t d = 0; d < swept.size(); ++d)
      if (there[d] != here[d]) {
        ++differing;
        last = d;
      }
    if (differing == 1 && plan.cell(c).fault.empty()) all.push_back({c, swept[last].path, there[last], {}});
  }
  std::vector<Tally> tallies(all.size());
  const auto play = [&](std::size_t i) {
    constexpr std::uint32_t step = 8192;
    for (std::uint32_t done = 0; done < options.replicates; done += step) {
      const Batch batch = play_batch(plan, options.kernel, all[i].cell * options.replicates + done, std::min(step, options.replicates - done));
      for (const auto& [c, tally] : batch.counts.tallies) tallies[i].add(tally);
    }
  };
  if (options.spread) options.spread(all.size(), play);
  else for (std::size_t i = 0; i < all.size(); ++i) play(i);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Share share = tallies[i].scenario(Scenario::stalemate);
    all[i].stalemate = {share.share, share.low, share.high};
  }
  return all;
}

}  // namespace parley
