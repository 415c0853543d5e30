// Counts of outcomes, cell by cell, and the shares that follow from them.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>

#include "engine/bargain/outcome.hpp"

namespace parley {

/// A proportion with its 95 % interval (Wilson 1927).
struct Share {
  std::uint64_t count = 0;
  double share = 0, low = 0, high = 1;
};

inline Share wilson_share(std::uint64_t count, std::uint64_t n) {
  if (n == 0) return {};
  const double z = 1.959963984540054, nn = static_cast<double>(n), p = static_cast<double>(count) / nn;
  const double centre = p + z * z / (2 * nn), spread = z * std::sqrt(p * (1 - p) / nn + z * z / (4 * nn * nn)), scale = 1 + z * z / nn;
  // At the ends of the scale the bound is exact; rounding must not push it across.
  return {count, p, count == 0 ? 0 : (centre - spread) / scale, count == n ? 1 : (centre + spread) / scale};
}

/// Counts only, so tallies merge in any order to the same result.
struct Tally {
  std::uint64_t runs = 0, failed = 0;
  std::uint64_t scenarios[3] = {}, kinds[4] = {};
  std::uint64_t truce = 0, ceasefire = 0, deal = 0;

  void add(Scenario scenario, StalemateKind kind, bool had_truce, bool had_ceasefire, bool had_deal) {
    ++runs;
    if (scenario == Scenario::failed) {
      ++failed;
      return;
    }
    ++scenarios[static_cast<int>(scenario)];
    ++kinds[static_cast<int>(kind)];
    truce += had_truce;
    ceasefire += had_ceasefire;
    deal += had_deal;
  }
  void add(const RunRow& row) {
    add(row.scenario, row.stalemate_kind, row.truce_round != never, row.ceasefire_round != never, row.deal_round != never);
  }
  void add(const Tally& other) {
    runs += other.runs;
    failed += other.failed;
    for (int s = 0; s < 3; ++s) scenarios[s] += other.scenarios[s];
    for (int k = 0; k < 4; ++k) kinds[k] += other.kinds[k];
    truce += other.truce;
    ceasefire += other.ceasefire;
    deal += other.deal;
  }

  std::uint64_t counted() const { return runs - failed; }
  Share scenario(Scenario s) const { return wilson_share(scenarios[static_cast<int>(s)], counted()); }
  /// A share of all counted runs; none where nothing was counted.
  std::optional<double> share(std::uint64_t count) const {
    if (counted() == 0) return {};
    return static_cast<double>(count) / static_cast<double>(counted());
  }
  /// −ln(1 − share) over the horizon in months: the monthly hazard at which that share of runs signs a deal; none at 1.
  static std::optional<double> hazard_of(double share, double months) {
    if (!(share < 1)) return {};
    return -std::log1p(-share) / months;
  }
  std::optional<double> deal_hazard(double months) const {
    if (counted() == 0) return {};
    return hazard_of(static_cast<double>(deal) / static_cast<double>(counted()), months);
  }
  double widest_interval() const {
    double widest = 0;
    for (const Scenario s : {Scenario::stalemate, Scenario::partial_deal, Scenario::full_settlement})
      widest = std::fmax(widest, scenario(s).high - scenario(s).low);
    return widest;
  }
};

/// Who stood in the way, summed over all runs.
struct Refusals {
  std::uint64_t rounds_talked = 0, vetoes[max_actors] = {};
  std::uint64_t blocked[max_actors][max_terms] = {};  ///< runs in which this actor's term bound most often

  void add(const RunRow& row) {
    if (row.scenario == Scenario::failed) return;
    rounds_talked += row.rounds_talked;
    for (int i = 0; i < max_actors; ++i) vetoes[i] += row.vetoes[i];
    if (row.blocking_actor < max_actors && row.blocking_term < max_terms) ++blocked[row.blocking_actor][row.blocking_term];
  }
  void add(const Refusals& other) {
    rounds_talked += other.rounds_talked;
    for (int i = 0; i < max_actors; ++i) {
      vetoes[i] += other.vetoes[i];
      for (int t = 0; t < max_terms; ++t) blocked[i][t] += other.blocked[i][t];
    }
  }
};

}  // namespace parley
