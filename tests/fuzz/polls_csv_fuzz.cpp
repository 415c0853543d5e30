// Any bytes as a table of polls, or after a line "----" one of questions: refused in words, or read and estimated.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/analysis/csv.hpp"
#include "engine/analysis/poll_json.hpp"
#include "engine/sweep/config.hpp"
#include "models/catalog.hpp"

namespace {

constexpr const char* game = R"(
[issues.land]
moves_with_front = true
[issues.shield]
guarantee = "up"
[rungs.deal]
settles = ["land", "shield"]
[actors.north]
fights = true
salience = [0.3, 0.2]
response = [2.0, 1.0]
[actors.south]
fights = true
salience = [0.3, 0.2]
)";
constexpr const char* questions =
    "question_id,public,question,direction,measures,land,shield\nq_mood,north,Deal?,1,mood,0.2,\nq_land,north,Land?,-1,package,,0.7\nq_series,north,When?,0,,,\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find("\n----\n");
  const parley::CsvLimits limits{.bytes = 1 << 16, .cells = 4096, .columns = 64, .field_bytes = 4096};
  try {
    const bool own = cut != std::string_view::npos;
    const PollData polls = polls_in({CsvTable::parse(text.substr(0, cut), "polls.csv", limits), CsvTable::parse(own ? text.substr(cut + 6) : questions, "questions.csv", limits)});
    static const Negotiation negotiation = read_config(game, "game", {}, &find_model).negotiation;
    for (const Undecided undecided : {Undecided::against, Undecided::excluded, Undecided::half}) {
      PollsSpec spec;
      spec.undecided = undecided;
      const PollEstimates estimates = estimate_polls(polls, negotiation, spec);
      for (const PublicEstimate& p : estimates.publics)
        if (!std::isfinite(p.mood) || !std::isfinite(p.sd)) std::abort();
      if (polls_json(estimates).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace).empty()) std::abort();
    }
  } catch (const InputError&) {
  }
  return 0;
}
