// Oracles of alternating offers, axiomatic solutions, legislatures and ratification: inputs to models/theory and back.
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "engine/bargain/play.hpp"
#include "engine/drivers/validate/oracle_registry.hpp"
#include "models/theory/alternating_offers.hpp"
#include "models/theory/axiomatic.hpp"
#include "models/theory/legislative.hpp"
#include "models/theory/legislative_game.hpp"
#include "models/theory/ratification.hpp"

namespace parley {

namespace {

using namespace theory;
using nlohmann::json;

json shares(const OpeningShares& s) {
  return {{"share1_when_1_proposes", s.when_1_proposes},
          {"share2_when_1_proposes", 1.0 - s.when_1_proposes},
          {"share1_when_2_proposes", s.when_2_proposes},
          {"share2_when_2_proposes", 1.0 - s.when_2_proposes}};
}

json pair(UtilityPair u) { return json::array({u.a, u.b}); }

json alternating_offers(const OracleInputs& in) {
  return shares(rubinstein_shares(in.number("d1", bounds::share), in.number("d2", bounds::share)));
}

json alternating_offers_finite(const OracleInputs& in) {
  FiniteHorizon game{.discount1 = in.number("d1", bounds::share),
                     .discount2 = in.number("d2", bounds::share),
                     .rounds = in.integer("T", 1, 10'000'000),
                     .first_proposer = static_cast<int>(in.integer_or("first_proposer", 1, 1, 2))};
  if (in.has("disagreement")) {
    const auto worth = in.is_number("disagreement") ? std::vector<double>(2, in.number("disagreement"))
                                                    : in.numbers("disagreement", 2);
    game.disagreement1 = worth[0];
    game.disagreement2 = worth[1];
  }
  const double share1 = finite_horizon_share(game);
  return {{"share1", share1}, {"share2", 1.0 - share1}};
}

json alternating_offers_limit(const OracleInputs& in) {
  const double share1 =
      frequent_offers_share(in.number("rate1", bounds::not_negative), in.number("rate2", bounds::not_negative));
  return {{"share1", share1}, {"share2", 1.0 - share1}};
}

json outside_option(const OracleInputs& in) {
  in.choice("opt_out", {"responder only, after rejecting"});
  return shares(least_claim_shares({in.number("d1", bounds::share), in.number("d2", bounds::share),
                                    in.number("w1", bounds::share), in.number("w2", bounds::share)}));
}

json breakdown_risk(const OracleInputs& in) {
  return shares(breakdown_shares({.discount1 = in.number_or("d1", 1.0, bounds::share),
                                  .discount2 = in.number_or("d2", 1.0, bounds::share),
                                  .risk = in.number("q", bounds::share),
                                  .payoff1 = in.number("b1"),
                                  .payoff2 = in.number("b2")}));
}

json axiomatic(const OracleInputs& in) {
  AxiomaticProblem problem{.weights_a = in.numbers("weights_A", bounds::not_negative),
                           .weights_b = in.numbers("weights_B", bounds::not_negative)};
  if (in.has("disagreement")) {
    const auto d = in.numbers("disagreement", 2);
    problem.disagreement = {d[0], d[1]};
  }
  problem.alpha = in.number_or("alpha_A", 0.5, bounds::share);
  const AxiomaticSolutions s = axiomatic_solutions(problem);
  json corners = json::array();
  for (const UtilityPair corner : s.frontier) corners.push_back(pair(corner));
  return {{"frontier_vertices", corners},
          {"nash", pair(s.nash)},
          {"ideal", pair(s.ideal)},
          {"kalai_smorodinsky", pair(s.kalai_smorodinsky)},
          {"egalitarian", pair(s.egalitarian)},
          {"utilitarian", pair(s.utilitarian)},
          {"utilitarian_sum", s.utilitarian.a + s.utilitarian.b}};
}

bool equal_recognition(const OracleInputs& in, std::size_t players) {
  if (!in.is_list("recognition")) return in.choice("recognition", {"equal"}) == "equal";
  for (const double p : in.numbers("recognition", players, bounds::share))
    if (std::abs(p * static_cast<double>(players) - 1.0) > 1e-9) return false;
  return true;
}

/// Without a closed form the stationary equilibrium is learnt by playing.
json played_legislature(const OracleInputs& in, std::size_t players, std::size_t votes) {
  if (players > 64) refuse_input("n", "is above 64 (unequal players are played out, one by one). Lower it");
  const bool equal = !in.is_list("recognition");
  Legislature legislature{equal ? std::vector<double>(players, 1.0 / static_cast<double>(players))
                                : in.numbers("recognition", players, bounds::share),
                          in.is_number("delta") ? std::vector<double>(players, in.number("delta", bounds::share))
                                                : in.numbers("delta", players, bounds::share),
                          votes, std::vector<bool>(players, false)};
  LegislativeGame game(std::move(legislature), 1, 0);
  play(game);
  if (!game.at_rest())
    refuse_input("delta",
                 "leaves the players without a settled value (the game did not come to rest). Lower a discount");
  json keeps = json::array();
  for (std::size_t i = 0; i < players; ++i) keeps.push_back(game.proposer_keeps(i));
  return {
      {"proposer", keeps}, {"proposer_shares", keeps}, {"ex_ante", game.values()}, {"ex_ante_values", game.values()}};
}

json legislature(const OracleInputs& in) {
  const long players = in.integer("n", 1, 100'000), votes = in.integer("votes_needed", 1, players);
  if (!equal_recognition(in, static_cast<std::size_t>(players)) || in.is_list("delta"))
    return played_legislature(in, static_cast<std::size_t>(players), static_cast<std::size_t>(votes));
  const ClosedRule s = closed_rule_shares(players, votes, in.number("delta", bounds::share));
  return {{"proposer", s.proposer}, {"coalition_partner", s.partner}, {"ex_ante", s.ex_ante}};
}

json unanimity(const OracleInputs& in) {
  in.choice("rule", {"unanimity"});
  const std::vector<double> recognition = in.numbers("recognition", bounds::share);
  const bool common = in.is_number("delta");
  const UnanimityShares s =
      unanimity_shares(recognition, common ? std::vector<double>(recognition.size(), in.number("delta", bounds::share))
                                           : in.numbers("delta", bounds::share));
  json result{{"ex_ante_values", s.ex_ante}, {"proposer_shares", s.proposer}};
  double sum = 0.0;
  for (std::size_t i = 0; i < s.ex_ante.size(); ++i) {
    sum += s.ex_ante[i];
    result[fmt::format("proposer{}_share", i + 1)] = s.proposer[i];
  }
  result["sum"] = sum;
  return result;
}

json veto_legislature(const OracleInputs& in) {
  const long players = in.integer("n", 1, 100'000);
  if (!equal_recognition(in, static_cast<std::size_t>(players)))
    refuse_input("recognition", "is not equal (a veto is computed for equal recognition only). Give \"equal\"");
  const VetoShares s = veto_shares({.players = players,
                                    .votes = in.integer("votes_needed", 1, 1'000'000),
                                    .veto_players = in.integer_or("veto_players", 1, 0, 1'000'000),
                                    .discount = in.number("delta", bounds::share)});
  return {{"ex_ante_veto", s.ex_ante_veto},
          {"ex_ante_nonveto", s.ex_ante_other},
          {"veto_proposer_keeps", s.veto_proposer},
          {"nonveto_proposer_keeps", s.other_proposer}};
}

json two_level(const OracleInputs& in) {
  in.choice("rule", {"agreement valid only if share_i>=r_i"});
  const RatifierFloors game{in.number("d1", bounds::share), in.number("d2", bounds::share),
                            in.number("r1", bounds::not_negative), in.number("r2", bounds::not_negative)};
  json result{{"feasible", ratifier_gap(game.floor1, game.floor2) <= 0.0},
              {"ratifier_gap", ratifier_gap(game.floor1, game.floor2)}};
  if (result["feasible"].get<bool>())
    result.update(shares(ratified_shares(game)));
  else
    for (const char* name :
         {"share1_when_1_proposes", "share2_when_1_proposes", "share1_when_2_proposes", "share2_when_2_proposes"})
      result[name] = nullptr;
  return result;
}

json agenda_setter(const OracleInputs& in) {
  const double ratifier = in.number("ratifier"), status_quo = in.number("status_quo");
  const BargainingRange approved = win_set(ratifier, status_quo);
  return {{"policy", agenda_setter_policy(in.number("setter"), ratifier, status_quo)},
          {"win_set", {approved.low, approved.high}}};
}

json uncertain(const OracleInputs& in) {
  in.choice("ratifier_threshold", {"r~U[0,R]"});
  const UncertainRatification s =
      uncertain_ratification(in.number("R", bounds::not_negative), in.number_or("no_deal_payoff", 0.0, {-1.0, 1.0}));
  return {{"demand", s.demand}, {"prob_ratified", s.ratified}, {"EU", s.expected}};
}

json issue_linkage(const OracleInputs& in) {
  const LinkageGain g =
      linkage_gain(in.numbers("weights_A", bounds::not_negative), in.numbers("weights_B", bounds::not_negative));
  const double gain_a = g.package.a - g.issue_by_issue.a, gain_b = g.package.b - g.issue_by_issue.b;
  const bool alike = std::abs(gain_a - gain_b) <= 1e-9;
  return {{"issue_by_issue_nash", pair(g.issue_by_issue)},
          {"package_nash", pair(g.package)},
          {"gain_A", gain_a},
          {"gain_B", gain_b},
          {"gain_each", alike ? json(gain_a) : json::array({gain_a, gain_b})}};
}

}  // namespace

void add_bargaining_oracles(OracleRegistry& registry) {
  registry.add("alternating_offers", alternating_offers);
  registry.add("alternating_offers_finite", alternating_offers_finite);
  registry.add("alternating_offers_limit", alternating_offers_limit);
  registry.add("outside_option", outside_option);
  registry.add("breakdown_risk", breakdown_risk);
  registry.add("axiomatic_solutions", axiomatic);
  registry.add("issue_linkage", issue_linkage);
  registry.add("legislative_bargaining", legislature);
  registry.add("unanimity_bargaining", unanimity);
  registry.add("legislative_bargaining_veto", veto_legislature);
  registry.add("two_level_ratifier", two_level);
  registry.add("agenda_setter", agenda_setter);
  registry.add("uncertain_ratification", uncertain);
}

}  // namespace parley
