// How a run ended: its scenario, and the row that is kept of it.
#pragma once

#include <cstdint>

#include "engine/core/ids.hpp"

namespace parley {

/// The class of a run's end. `failed`: its numbers turned out impossible; such runs are kept and not counted.
enum class Scenario : std::uint8_t { stalemate = 0, partial_deal = 1, full_settlement = 2, failed = 255 };
inline constexpr const char* scenario_names[] = {"stalemate", "partial_deal", "full_settlement"};

/// fighting: nothing was ever in force; truce: one is at the horizon; relapsed: something was, nothing is.
enum class StalemateKind : std::uint8_t { none = 0, fighting = 1, truce = 2, relapsed = 3 };
inline constexpr const char* stalemate_kind_names[] = {"none", "fighting", "truce", "relapsed"};

inline constexpr std::uint8_t nobody = 255;        ///< no rung, actor or term
inline constexpr std::uint16_t never = 65535;      ///< no round

/// What is kept of a run; positions refer to the configuration's order. Rung, package, hazard, survival and order index
/// describe what is in force at the horizon (else nobody, NaN, NaN, NaN, 1); utility and approval belong to the last text.
struct RunRow {
  Scenario scenario = Scenario::stalemate;
  StalemateKind stalemate_kind = StalemateKind::none;
  std::uint8_t rung = nobody, blocking_actor = nobody, blocking_term = nobody, relapses = 0;
  std::uint8_t military_end = 0;  ///< 0 none, 1 the front reached 0, 2 it reached 1
  std::uint16_t truce_round = never, ceasefire_round = never, deal_round = never, rounds_talked = 0;
  std::uint16_t vetoes[max_actors] = {};
  float package[max_issues] = {}, utility[max_actors] = {}, approval[max_actors] = {};
  float hazard = 0, survival = 0, order_index = 1, front = 0, energy = 0;
};

}  // namespace parley
