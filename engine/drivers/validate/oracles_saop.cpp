// The oracle kinds of automated negotiation: tactics, MiCRO, acceptance conditions, opponent models.

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/bargain/play.hpp"
#include "engine/core/check.hpp"
#include "engine/drivers/validate/oracle_registry.hpp"
#include "models/saop/acceptance.hpp"
#include "models/saop/opponent_models.hpp"
#include "models/saop/stacked_offers.hpp"
#include "models/saop/tactics.hpp"

namespace parley {
namespace {

/// α for each pair of a β and a time; a flat list when there is only one of either.
nlohmann::json concessions(const OracleInputs& inputs, double (*concede)(const saop::Concession&, double),
                           Bounds start) {
  const double k = inputs.number("k", start), deadline = inputs.number("tmax", bounds::positive);
  const std::vector<double> betas = inputs.numbers("beta", bounds::positive),
                            times = inputs.numbers("t", bounds::not_negative);
  nlohmann::json rows = nlohmann::json::array();
  for (const double beta : betas) {
    nlohmann::json row = nlohmann::json::array();
    for (const double time : times)
      row.push_back(number_or_null(concede({.start = k, .beta = beta, .deadline = deadline}, time)));
    rows.push_back(times.size() == 1 ? row[0] : row);
  }
  nlohmann::json alpha = betas.size() == 1 && inputs.is_number("beta") ? rows[0] : rows;
  return {{"alpha", std::move(alpha)}};
}

nlohmann::json polynomial(const OracleInputs& inputs) {
  return concessions(inputs, saop::polynomial_concession, bounds::share);
}

nlohmann::json exponential(const OracleInputs& inputs) {
  return concessions(inputs, saop::exponential_concession, {std::numeric_limits<double>::min(), 1.0});
}

saop::Exchange exchange_of(const OracleInputs& inputs) {
  const saop::Exchange seen{.own_last = inputs.number("my_prev"),
                            .other_older = inputs.number("opp_offer_older"),
                            .other_newer = inputs.number("opp_offer_newer"),
                            .low = inputs.number("min"),
                            .high = inputs.number("max")};
  if (seen.low > seen.high) refuse_input("min", "is above max (nothing lies between). Exchange them.");
  return seen;
}

nlohmann::json relative(const OracleInputs& inputs) {
  const saop::Exchange seen = exchange_of(inputs);
  if (seen.other_newer == 0) refuse_input("opp_offer_newer", "is 0 (there is no ratio to answer). Give another offer.");
  return {{"next_offer", number_or_null(saop::relative_tit_for_tat(seen))}};
}

nlohmann::json absolute(const OracleInputs& inputs) {
  return {{"next_offer", number_or_null(saop::absolute_tit_for_tat(exchange_of(inputs)))}};
}

/// Which of both parties "A" or "B" (or 0 or 1) names.
std::size_t party_of(const OracleInputs& inputs, const std::string& key) {
  if (!inputs.has(key)) return 0;
  if (inputs.is_number(key)) return static_cast<std::size_t>(inputs.integer(key, 0, 1));
  return inputs.choice(key, {"A", "B"}) == "A" ? 0 : 1;
}

nlohmann::json micro(const OracleInputs& inputs) {
  using Agent = saop::Negotiator<saop::CountedSpace>;
  const std::vector<double> utilities_a = inputs.numbers("uA");
  const std::vector<double> utilities_b = inputs.numbers("uB", utilities_a.size());
  if (utilities_a.empty()) refuse_input("uA", "is empty (there is nothing to bid). Give each bid a utility.");
  const std::vector<double> reservations =
      inputs.has("reservation") ? inputs.numbers("reservation", 2) : std::vector<double>{0.0, 0.0};
  if (inputs.has("sent_le_received_rule") && !inputs.boolean("sent_le_received_rule"))
    refuse_input("sent_le_received_rule",
                 "is false (MiCRO concedes while it has sent no more than it has received). Set it to true.");
  const std::size_t bids = utilities_a.size(), first = party_of(inputs, "first_mover");
  if (bids > 10000) refuse_input("uA", "has more than 10000 bids. Give fewer.");

  std::vector<std::string> names;
  for (std::size_t i = 0; i < bids; ++i) names.push_back(std::to_string(i));
  const saop::Domain domain("bids", {saop::Issue::discrete("bid", names)});
  // Time enough to send every bid once and repeat every bid once.
  const std::size_t steps = 2 * bids + 2;
  saop::Strategy strategy;
  strategy.tactic = saop::Tactic::micro;
  std::vector<Agent> agents(2, Agent(strategy, steps));
  agents[0].begin(reservations[0], 2, domain, utilities_a);
  agents[1].begin(reservations[1], 2, domain, utilities_b);
  saop::StackedOffers<Agent> game(agents, steps, first);
  std::vector<saop::Turn<saop::Outcome>> turns;
  game.write_to(&turns);
  play(game);

  // Without a deal the talks have died when neither has anything new to say: what follows is repetition.
  const auto deal = game.deal();
  std::vector<std::vector<bool>> sent(2, std::vector<bool>(bids, false));
  nlohmann::json trace = nlohmann::json::array();
  std::size_t last_new = 0;
  for (const auto& turn : turns) {
    if (turn.answer.reply != saop::Reply::offer) continue;
    trace.push_back({turn.speaker, turn.answer.bid});
    if (!sent[turn.speaker][turn.answer.bid]) last_new = trace.size();
    sent[turn.speaker][turn.answer.bid] = true;
  }
  if (!deal) trace.erase(trace.begin() + static_cast<std::ptrdiff_t>(last_new), trace.end());
  return {{"agreement_index", deal ? nlohmann::json(*deal) : nlohmann::json(nullptr)},
          {"uA", deal ? nlohmann::json(utilities_a[*deal]) : nlohmann::json(nullptr)},
          {"uB", deal ? nlohmann::json(utilities_b[*deal]) : nlohmann::json(nullptr)},
          {"offers_before_acceptance", deal ? nlohmann::json(trace.size()) : nlohmann::json(nullptr)},
          {"offer_trace", trace}};
}

double case_number(const nlohmann::json& entry, const std::string& where, const std::string& key) {
  if (!entry.is_object() || !entry.contains(key)) refuse_input(where + "." + key, "is missing. Add it.");
  return checked_number(entry[key], where + "." + key);
}

nlohmann::json acceptance(const OracleInputs& inputs) {
  const saop::Acceptance rule{.factor = inputs.number_or("alpha", 1.0),
                              .bonus = inputs.number_or("beta", 0.0),
                              .late = inputs.number("T", bounds::share)};
  const nlohmann::json& cases = inputs.raw("cases");
  if (!cases.is_array() || cases.size() > OracleInputs::largest_list)
    refuse_input("cases", "is not a list of cases. Give one.");
  nlohmann::json next = nlohmann::json::array(), combi = nlohmann::json::array();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::string where = "cases[" + std::to_string(i) + "]";
    const saop::Consideration now{.offer = case_number(cases[i], where, "u_opp"),
                                  .next_bid = case_number(cases[i], where, "u_next"),
                                  .time = case_number(cases[i], where, "t"),
                                  .best_in_window = case_number(cases[i], where, "max_window")};
    next.push_back(saop::accepts_next(rule, now));
    combi.push_back(saop::accepts_combi(rule, now));
  }
  return {{"ac_next", next}, {"ac_combi_maxW", combi}};
}

std::string value_name(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Bids as value numbers, with the names of the values of each issue in the order in which they turn up.
struct NamedBids {
  std::vector<saop::Levels> bids;
  std::vector<std::vector<std::string>> names;
};

NamedBids named_bids(const OracleInputs& inputs) {
  const nlohmann::json& rows = inputs.raw("bids");
  if (!rows.is_array() || rows.empty() || rows.size() > OracleInputs::largest_list || !rows[0].is_array() ||
      rows[0].empty())
    refuse_input("bids", "is not a list of bids, each a list of values. Give one.");
  NamedBids named;
  const std::size_t issues = rows[0].size();
  std::vector<std::map<std::string, std::size_t>> numbers(issues);
  named.names.resize(issues);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].is_array() || rows[i].size() != issues)
      refuse_input("bids[" + std::to_string(i) + "]",
                   "has a different number of issues than the first bid. Give each issue a value.");
    saop::Levels bid;
    for (std::size_t k = 0; k < issues; ++k) {
      const std::string name = value_name(rows[i][k]);
      const auto [at, is_new] = numbers[k].emplace(name, named.names[k].size());
      if (is_new) named.names[k].push_back(name);
      bid.push_back(at->second);
    }
    named.bids.push_back(std::move(bid));
  }
  return named;
}

nlohmann::json frequency(const OracleInputs& inputs) {
  const NamedBids named = named_bids(inputs);
  if (inputs.has("renormalise")) inputs.choice("renormalise", {"after every bid"});
  std::vector<std::size_t> levels;
  for (const auto& names : named.names) levels.push_back(names.size());
  std::vector<double> weights(levels.size(), 1.0 / static_cast<double>(levels.size()));
  if (inputs.has("initial_weights")) {
    if (inputs.is_list("initial_weights"))
      weights = inputs.numbers("initial_weights", levels.size(), bounds::share);
    else
      inputs.choice("initial_weights", {"1/n"});
  }
  saop::FrequencyModel model(levels, inputs.number("eps", bounds::not_negative), weights);
  for (const saop::Levels& bid : named.bids) model.observe(bid);
  nlohmann::json scores = nlohmann::json::array();
  for (std::size_t k = 0; k < levels.size(); ++k) {
    nlohmann::json issue = nlohmann::json::object();
    for (std::size_t v = 0; v < levels[k]; ++v) issue[named.names[k][v]] = model.score(k, v);
    scores.push_back(std::move(issue));
  }
  return {{"weights", model.weights()}, {"value_scores", scores}};
}

nlohmann::json bayesian(const OracleInputs& inputs) {
  const auto utilities = inputs.matrix("u_under_hypothesis");
  if (utilities.empty()) refuse_input("u_under_hypothesis", "holds no hypotheses. Give one row each.");
  const std::vector<double> targets = inputs.numbers("target_utilities", utilities[0].size());
  const double sigma = inputs.number("sigma", bounds::positive);
  std::vector<double> belief(utilities.size(), 1.0 / static_cast<double>(utilities.size()));
  if (inputs.has("prior")) belief = inputs.numbers("prior", utilities.size(), bounds::share);
  double sum = 0;
  for (const double share : belief) sum += share;
  if (std::fabs(sum - 1) > 1e-6)
    refuse_input("prior", "adds up to " + std::to_string(sum) + " (it is a belief). Make it add up to 1.");
  for (std::size_t bid = 0; bid < targets.size(); ++bid) {
    std::vector<double> by_hypothesis;
    for (const auto& row : utilities) by_hypothesis.push_back(row[bid]);
    saop::update_belief(belief, by_hypothesis, targets[bid], sigma);
  }
  return {{"posterior", belief}};
}

}  // namespace

void add_saop_oracles(OracleRegistry& registry) {
  registry.add("time_concession_polynomial", polynomial);
  registry.add("time_concession_exponential", exponential);
  registry.add("tit_for_tat_relative", relative);
  registry.add("tit_for_tat_absolute", absolute);
  registry.add("micro_self_play", micro);
  registry.add("acceptance_conditions", acceptance);
  registry.add("frequency_opponent_model", frequency);
  registry.add("bayesian_opponent_model", bayesian);
}

}  // namespace parley
