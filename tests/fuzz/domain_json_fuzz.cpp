// Any bytes as a domain and, after a line of three dashes, a profile: refused in words, or negotiated with itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "engine/core/check.hpp"
#include "engine/drivers/cli/domain_json.hpp"
#include "models/saop/sessions.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view mark = "\n---\n";
  const std::size_t cut = text.find(mark);
  try {
    const saop::Domain domain = parse_domain(text.substr(0, cut), "domain");
    if (cut == std::string_view::npos) return 0;
    const saop::Profile profile = parse_profile(text.substr(cut + mark.size()), "profile", domain);
    if (domain.outcomes() > 10000) return 0;
    const auto result = saop::play_session(domain, {profile, profile}, std::vector<saop::Strategy>(2), {.steps = 5});
    // Two of one mind agree on what is best for both, unless no deal is better.
    if (result.ending == saop::Ending::deadline) std::abort();
  } catch (const InputError&) {
  }
  return 0;
}
