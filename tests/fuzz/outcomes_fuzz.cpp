// Any bytes as a table of outcomes or of base rates: refused in words, or hazards that stand in order.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/analysis/hindcast.hpp"
#include "engine/core/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto try_reading = [](std::string_view outcomes, std::string_view rates) {
    try {
      for (const KnownOutcome& known : read_outcomes(outcomes, "outcomes", rates, "rates"))
        if (!(0 <= known.base_rate.low && known.base_rate.low <= known.base_rate.value && known.base_rate.value <= known.base_rate.high)) std::abort();
    } catch (const InputError&) {
    }
  };
  try_reading(text, "id,value,low,high,unit\nwars,2,1,8,% per month\n");
  try_reading("event,happened,base_rate,times,evidence,source\ntruce,no,wars,1,,\n", text);
  return 0;
}
