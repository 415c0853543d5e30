// Oracles of war bargaining, attrition, audience costs, mediation, guarantees and durability.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/drivers/validate/oracle_registry.hpp"
#include "models/theory/attrition.hpp"
#include "models/theory/audience_cost.hpp"
#include "models/theory/durability.hpp"
#include "models/theory/mediation.hpp"
#include "models/theory/ratification.hpp"
#include "models/theory/war_bargaining.hpp"
#include "models/theory/war_walk.hpp"

namespace parley {

namespace {

using namespace theory;
using nlohmann::json;

json pair(const BargainingRange& range) { return json::array({range.low, range.high}); }

json range(const OracleInputs& in) {
  const BargainingRange r = war_range(in.number("p", bounds::share), in.number("cA", bounds::not_negative),
                                      in.number("cB", bounds::not_negative));
  return {{"low", r.low}, {"high", r.high}, {"width", r.width()}, {"take_it_or_leave_it_by_A", r.high}};
}

PrivateCost private_cost(const OracleInputs& in) {
  const auto costs = in.numbers("cB_uniform", 2, bounds::not_negative);
  return {in.number("p", bounds::share), in.number("cA", bounds::not_negative), costs[0], costs[1]};
}

json risk_return_oracle(const OracleInputs& in) {
  const RiskReturn s = risk_return(private_cost(in));
  return {{"demand", s.demand}, {"prob_war", s.war_probability}, {"EU_A", s.expected_a}};
}

json two_types(const OracleInputs& in) {
  in.number_or("p", 0.5, bounds::share);
  return {{"pi_star", two_type_threshold(in.number("cA", bounds::not_negative), in.number("cL", bounds::not_negative),
                                         in.number("cH", bounds::not_negative))}};
}

json screening(const OracleInputs& in) {
  in.choice("rule", {"myopic"});
  const PrivateCost game = private_cost(in);
  const bool endless = game.cost_a == 0.0 && game.lowest == 0.0 && game.highest > 0.0;
  if (endless && !in.has("max_rounds"))
    refuse_input("cA", "is 0 and so is the lowest cost of B (demands then fall for ever). Give max_rounds too");
  json rounds = json::array();
  for (const ScreeningRound& r : screening_rounds(game, in.integer_or("max_rounds", 1000, 1, 1000)))
    rounds.push_back({{"demand", r.demand}, {"prob_reject_given_reached", r.refusal}, {"prob_reached", r.reached}});
  return {{"rounds", rounds}};
}

json commitment(const OracleInputs& in) {
  const double pressure = shift_pressure(in.number("p_now", bounds::share), in.number("p_next", bounds::share),
                                         in.number("delta", bounds::share));
  json result{{"lhs", pressure}, {"war_iff_d_below", commitment_threshold(pressure)}};
  if (in.has("query_d"))
    for (const double d : in.numbers("query_d", bounds::share))
      set_named(result, "war_at_d_", d, commitment_war(pressure, d));
  return result;
}

json preventive(const OracleInputs& in) {
  const double discount = in.number("delta", bounds::share);
  const double threshold = preventive_war_threshold(
      shift_pressure(in.number("p1", bounds::share), in.number("p2", bounds::share), discount), discount);
  json result{{"critical_cB", threshold}};
  if (in.has("query_cB"))
    for (const double cost : in.numbers("query_cB", bounds::not_negative))
      set_named(result, "war_at_", cost, cost < threshold);
  return result;
}

json random_walk(const OracleInputs& in) {
  const long forts = in.integer("N", 1, 1'000'000);
  const WarWalk war{forts, in.integer("k", 0, forts), in.number("p", bounds::share)};
  const auto values = fighting_values(forts, war.battle_win, in.number_or("delta_for_value", 1.0, bounds::share),
                                      in.number_or("cost_per_battle_for_value", 0.0));
  return {{"prob_A_victory", victory_probability(war)},
          {"expected_battles", expected_battles(war)},
          {"value_A", values[static_cast<std::size_t>(war.position)]}};
}

json battle_learning(const OracleInputs& in) {
  const BattleEvidence evidence{in.number("prior_strong", bounds::share), in.number("p_strong", bounds::share),
                                in.number("p_weak", bounds::share)};
  json posteriors = json::array();
  for (const auto& battles : in.matrix("cases", {0.0, 1e9}, 10000)) {
    if (battles.size() != 2 || battles[0] != std::floor(battles[0]) || battles[1] != std::floor(battles[1]))
      refuse_input("cases", "holds a case that is not two counts (battles won, battles lost). Give [won, lost]");
    posteriors.push_back(posterior_strong(evidence, static_cast<long>(battles[0]), static_cast<long>(battles[1])));
  }
  return {{"posteriors", posteriors}};
}

json learning_rate(const OracleInputs& in) {
  const double nats = nats_per_battle(in.number("p_true", bounds::share), in.number("p_alt", bounds::share));
  json result{{"nats_per_battle", number_or_null(nats)}};
  if (in.has("query_odds"))
    for (const double odds : in.numbers("query_odds", {1.0, 1e300}))
      set_named(result, "battles_for_", odds, number_or_null(std::log(odds) / nats), "_to_1_odds");
  return result;
}

json attrition_complete(const OracleInputs& in) {
  const AttritionOutcome s =
      attrition_outcome({in.number("c1", bounds::not_negative), in.number("v1", bounds::positive),
                         in.number("c2", bounds::not_negative), in.number("v2", bounds::positive)});
  return {{"hazard_concede_1", s.hazard1},
          {"hazard_concede_2", s.hazard2},
          {"expected_duration", number_or_null(s.expected_duration)},
          {"prob_1_concedes_first", s.first_concedes}};
}

json attrition_private(const OracleInputs& in) {
  const double cost = in.number("c", bounds::positive), prize = in.number("v", bounds::not_negative);
  json result{{"quit_time_uniform01", number_or_null(quit_time_uniform(prize, cost))}};
  if (in.has("query_exponential_rate"))
    for (const double rate : in.numbers("query_exponential_rate", bounds::positive))
      set_named(result, "quit_time_exponential_rate", rate, quit_time_exponential(prize, cost, rate));
  return result;
}

json audience_cost(const OracleInputs& in) {
  const AudienceCrisis crisis{in.number("v", bounds::positive),
                              {in.number("a1", bounds::not_negative), in.number("prob_committed_1", bounds::share)},
                              {in.number("a2", bounds::not_negative), in.number("prob_committed_2", bounds::share)}};
  const CrisisOutcome s = crisis_outcome(crisis);
  json result{{"horizon", number_or_null(s.horizon)},
              {"mass_concession_1_at_0", s.first_at_once},
              {"mass_concession_2_at_0", s.second_at_once}};
  if (in.has("query_time"))
    for (const double time : in.numbers("query_time", bounds::not_negative)) {
      set_named(result, "concession_hazard_1_at_t", time, concession_hazard(crisis, 1, time));
      set_named(result, "concession_hazard_2_at_t", time, concession_hazard(crisis, 2, time));
      // Without a side: the hazard that keeps side 1 indifferent; the same for both where their costs are.
      set_named(result, "concession_hazard_at_t", time, concession_hazard(crisis, 2, time));
    }
  return result;
}

json indivisible(const OracleInputs& in) {
  const IndivisibleIssue s = indivisible_issue(in.number("p", bounds::share), in.number("cA", bounds::not_negative),
                                               in.number("cB", bounds::not_negative));
  return {{"pure_deal_exists", s.pure_deal}, {"lottery_prob_A", pair(s.lotteries)}};
}

json biased_mediator(const OracleInputs& in) {
  const auto bias = least_mediator_bias({.accuracy = in.number("signal_accuracy", bounds::share),
                                         .cost_low = in.number("cB_low", bounds::not_negative),
                                         .cost_high = in.number("cB_high", bounds::not_negative),
                                         .war_cost = in.number("mediator_war_cost", bounds::not_negative)});
  return {{"min_bias_toward_proposer", bias ? json(*bias) : json()},
          {"unbiased_mediator_truthful", bias && *bias <= 0.0}};
}

json guarantee_shift(const OracleInputs& in) {
  return {
      {"min_share_of_shift_neutralised", least_neutralised_share({.strength_now = in.number("p_now", bounds::share),
                                                                  .strength_next = in.number("p_next", bounds::share),
                                                                  .discount = in.number("delta", bounds::share),
                                                                  .destroyed = in.number("d", bounds::below_one)})}};
}

json guarantee_deterrence(const OracleInputs& in) {
  return {{"min_intervention_prob", deterring_probability(in.number("gain_if_no_intervention", bounds::not_negative),
                                                          in.number("loss_if_intervention", bounds::not_negative))}};
}

json repeated_enforcement(const OracleInputs& in) {
  const auto discount = least_enforcing_discount({in.number("T"), in.number("R"), in.number("P")});
  return {{"min_delta", discount ? json(*discount) : json()}};
}

json leverage(const OracleInputs& in) {
  const BargainingRange plain = war_range(in.number("p", bounds::share), in.number("cA", bounds::not_negative),
                                          in.number("cB", bounds::not_negative));
  const auto on = [&](const std::string& side) {
    return Leverage{in.number_or("carrot_" + side, 0.0), in.number_or("stick_" + side, 0.0)};
  };
  const double gap = ratifier_gap(in.number_or("floor_A", 0.0), in.number_or("floor_B", 0.0));
  return {{"range", pair(levered_range(plain, on("A"), on("B")))},
          {"ratifier_gap", gap},
          {"min_total_side_payment", std::max(0.0, gap)}};
}

json survival(const OracleInputs& in) {
  const SettlementHazard plain{in.number("lambda_", bounds::not_negative), in.number("shape", bounds::positive)};
  SettlementHazard altered = plain;
  altered.hazard_ratio = in.number_or("hazard_ratio", 1.0, bounds::not_negative);
  json result{{"S", json::array()}, {"S_with_HR", json::array()}};
  for (const double t : in.numbers("t", bounds::not_negative)) {
    result["S"].push_back(plain.survival(t));
    result["S_with_HR"].push_back(altered.survival(t));
  }
  if (in.has("query_collapse_in_year")) {
    const double until = in.number("query_collapse_in_year", bounds::not_negative),
                 from = in.number("query_given_survived", {0.0, until});
    for (const auto& [ending, hazard] : {std::pair<std::string, SettlementHazard>{"", plain}, {"_with_HR", altered}}) {
      json names;
      set_named(names, "", from, hazard.collapse(from, until));
      for (const auto& [name, value] : names.items())
        set_named(result, "p_collapse_year", until, value, "_given_" + name + ending);
    }
  }
  return result;
}

}  // namespace

void add_war_oracles(OracleRegistry& registry) {
  registry.add("war_bargaining_range", range);
  registry.add("risk_return", risk_return_oracle);
  registry.add("risk_return_two_types", two_types);
  registry.add("screening_sequence", screening);
  registry.add("commitment_problem", commitment);
  registry.add("preventive_war", preventive);
  registry.add("war_random_walk", random_walk);
  registry.add("battle_learning", battle_learning);
  registry.add("battle_learning_rate", learning_rate);
  registry.add("attrition_complete", attrition_complete);
  registry.add("attrition_private", attrition_private);
  registry.add("audience_cost", audience_cost);
  registry.add("indivisible_issue", indivisible);
  registry.add("biased_mediator", biased_mediator);
  registry.add("guarantee_shift", guarantee_shift);
  registry.add("guarantee_deterrence", guarantee_deterrence);
  registry.add("repeated_enforcement", repeated_enforcement);
  registry.add("leverage_range", leverage);
  registry.add("settlement_survival", survival);
}

}  // namespace parley
