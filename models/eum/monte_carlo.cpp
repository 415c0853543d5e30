#include "models/eum/monte_carlo.hpp"

#include <algorithm>
#include <string>

#include "engine/bargain/play.hpp"
#include "engine/core/check.hpp"
#include "models/eum/trace.hpp"

namespace parley::eum {

Forecasts simulate(const Case& issue, const Options& options, const MonteCarlo& plan) {
  using Real = Pack<isa::Portable, 2>;
  check(options);
  if (plan.runs < 1 || plan.runs > 100000000)
    throw InputError(std::to_string(plan.runs) + " runs (1 to 100000000 are taken). Choose a number between.");
  Forecasts forecasts{std::vector<double>(plan.runs), std::vector<double>(plan.runs)};
  for (std::uint64_t done = 0; done < plan.runs; done += lanes<Real>) {
    Challenge<Real> game(draw_standing<Real>(issue, plan.seed, plan.first_run + done), options);
    play(game);
    const Real median = game.median(), mean = game.weighted_mean();
    const auto count = static_cast<int>(std::min<std::uint64_t>(lanes<Real>, plan.runs - done));
    for (int l = 0; l < count; ++l) {
      forecasts.median[done + static_cast<std::uint64_t>(l)] = lane(median, l);
      forecasts.weighted_mean[done + static_cast<std::uint64_t>(l)] = lane(mean, l);
    }
  }
  return forecasts;
}

}  // namespace parley::eum
