// Whole sessions: one among given profiles, or many with utilities drawn afresh for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/saop/negotiator.hpp"
#include "models/saop/profile.hpp"
#include "models/saop/stacked_offers.hpp"

namespace parley::saop {

/// How a session ended. Places of the agreement are its values from 0 to 1, one an issue; utilities without an
/// agreement are the reservations.
struct SessionResult {
  Ending ending = Ending::deadline;
  std::size_t step = 0;
  std::size_t turns = 0;
  std::size_t last_speaker = 0;
  std::optional<Point> agreement;
  std::vector<double> utilities;
};

/// A turn as it is shown: places of what was offered or accepted, and what each party thinks of it.
struct ShownTurn {
  std::size_t step = 0;
  std::size_t speaker = 0;
  Reply reply = Reply::offer;
  Point bid;
  std::vector<double> utilities;
};

inline constexpr std::size_t max_parties = 64;

struct Setting {
  std::size_t steps = 100;
  std::size_t first_speaker = 0;
};

/// Two to max_parties parties, with one strategy each. Throws InputError for numbers that do not fit together.
SessionResult play_session(const Domain& domain, const std::vector<Profile>& profiles,
                           const std::vector<Strategy>& strategies, const Setting& setting,
                           std::vector<ShownTurn>* transcript = nullptr);

struct BatchPlan {
  std::uint64_t sessions = 1000;
  std::uint64_t seed = 1;
};

struct BatchResult {
  std::uint64_t deals = 0;
  std::uint64_t turns = 0;
  std::uint64_t steps_to_deal = 0;     ///< summed over the deals
  std::vector<double> mean_utilities;  ///< over all sessions, 0 without a deal
};

/// Sessions over a counted domain, each with fresh additive utilities: weights uniform and rescaled to sum 1, values
/// uniform and rescaled so that the best of each issue is 1; no reservations. Session s draws from (seed, s) alone.
BatchResult play_sessions(const Domain& domain, const std::vector<Strategy>& strategies, const Setting& setting,
                          const BatchPlan& plan);

/// The outcome of a counted domain with the largest product of gains over the reservations, the first of several;
/// none if no outcome is worth everybody's reservation.
std::optional<Outcome> nash_outcome(const Domain& domain, const std::vector<Profile>& profiles);

}  // namespace parley::saop
