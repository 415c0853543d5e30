// Any bytes as a table of actors: refused in words, or played without a number that is not finite.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/core/check.hpp"
#include "engine/drivers/cli/actors_csv.hpp"
#include "models/eum/monte_carlo.hpp"
#include "models/eum/trace.hpp"
#ifdef PARLEY_FUZZERS
#include "tests/fuzz/line_mutator.hpp"
#endif

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  try {
    const auto cases = parse_actors({reinterpret_cast<const char*>(data), size}, "fuzz");
    for (const eum::Case& issue : cases) {
      if (issue.size() > 12) continue;
      const auto rounds = eum::trace(issue, {.rounds = 3, .q = 0.5});
      const auto forecasts = eum::simulate(issue, {.rounds = 2}, {.runs = 5});
      for (const double position : rounds.back().positions)
        if (!(position >= issue.scale().low - 1e-9 * issue.range() &&
              position <= issue.scale().high + 1e-9 * issue.range()))
          std::abort();
      for (const double median : forecasts.median)
        if (!std::isfinite(median)) std::abort();
    }
  } catch (const InputError&) {
  }
  return 0;
}
