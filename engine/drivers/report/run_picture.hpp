// What a report shows of runs: counts over time, over packages and over those who refused, gathered row by row.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "engine/bargain/negotiation.hpp"
#include "engine/sweep/tally.hpp"

namespace parley {

class RunPicture {
 public:
  /// `days`: length of a round; `horizon`: the last round's number and one.
  RunPicture(const Negotiation& negotiation, double days, std::uint64_t horizon);

  void add(std::span<const RunRow> rows);

  const Tally& tally() const { return tally_; }
  nlohmann::ordered_json json() const;

  static constexpr int bins = 40;  ///< of an issue's scale

 private:
  nlohmann::ordered_json timing() const;
  nlohmann::ordered_json packages() const;
  nlohmann::ordered_json refusals() const;

  struct IssueCounts {
    std::uint64_t settled = 0, bins[RunPicture::bins] = {};
    double sum = 0;
  };

  const Negotiation& negotiation_;
  double days_;
  Tally tally_;
  Refusals refusals_;
  std::vector<std::uint64_t> events_[3];    ///< first truce, ceasefire and deal, by the round in which they came
  std::vector<std::uint64_t> rungs_;        ///< in force at the horizon; the last place: none
  std::vector<IssueCounts> issues_;         ///< of the deals in force that settle the issue
  std::uint64_t deals_ = 0;
};

}  // namespace parley
