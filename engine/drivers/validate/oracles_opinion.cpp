// Oracles of opinion: polls, their design effects, casualties, and people who listen to each other.
#include <cmath>
#include <string>

#include "engine/analysis/design_effect.hpp"
#include "engine/analysis/poll_filter.hpp"
#include "engine/drivers/validate/oracle_registry.hpp"
#include "models/theory/casualty_support.hpp"
#include "models/theory/opinion_dynamics.hpp"

namespace parley {

namespace {

using namespace theory;
using nlohmann::json;

json casualties(const OracleInputs& in) {
  const double slope = in.number("b_per_factor10"), from = in.number("from_casualties", bounds::positive);
  json drops = json::array();
  for (const double to : in.numbers("to_casualties", bounds::positive)) drops.push_back(support_drop(slope, from, to));
  return {{"drop_points", drops}, {"equivalent_b_per_ln", points_per_e_fold(slope)}};
}

std::vector<Poll> read_polls(const OracleInputs& in) {
  std::vector<Poll> polls;
  if (in.is_list("poll_list") && in.raw("poll_list").empty()) return polls;
  for (const auto& row : in.matrix("poll_list", bounds::any, 100000)) {
    const bool whole = row.size() == 4 && row[0] == std::floor(row[0]) && row[1] == std::floor(row[1]) &&
                       row[0] >= 0.0 && row[1] >= 0.0 && row[0] < 1e6 && row[1] < 256;
    if (!whole)
      refuse_input(
          "poll_list",
          "holds a poll that is not [day, house, share, variance] (days and houses count from 0). Give four numbers");
    polls.push_back({static_cast<std::size_t>(row[0]), static_cast<std::size_t>(row[1]), row[2], row[3]});
  }
  return polls;
}

json poll_filter(const OracleInputs& in) {
  const long days = in.integer("T", 1, 100000);
  const OpinionPath path = filter_polls({.days = static_cast<std::size_t>(days),
                                         .daily_sd = in.number("tau", bounds::not_negative),
                                         .start_mean = in.number("m0"),
                                         .start_variance = in.number("P0", bounds::not_negative),
                                         .house_sd = in.number_or("house_prior_sd", 0.0, bounds::not_negative)},
                                        read_polls(in));
  json result{{"house_effects", path.house_leans}};
  for (const auto& [name, opinions] : {std::pair{"filtered", &path.filtered}, std::pair{"smoothed", &path.smoothed}}) {
    json means = json::array(), sds = json::array();
    for (const DatedOpinion& o : *opinions) {
      means.push_back(o.mean);
      sds.push_back(o.sd);
    }
    const std::string last = "_day" + std::to_string(days);
    result[std::string(name) + last] = means.back();
    result[std::string(name) + "_sd" + last] = sds.back();
    result[std::string(name) + "_path"] = std::move(means);
    result[std::string(name) + "_sd"] = std::move(sds);
  }
  return result;
}

json steady_state(const OracleInputs& in) {
  const SteadyFilter s = steady_filter(in.number("tau2_over_sigma2", bounds::not_negative));
  return {{"predicted_var_over_sigma2", s.predicted_variance}, {"gain", number_or_null(s.gain)}};
}

json weights_effect(const OracleInputs& in) {
  const auto weights = in.numbers("weights", bounds::not_negative);
  const double effect = weighting_design_effect(weights);
  return {{"deff", effect}, {"n_eff", static_cast<double>(weights.size()) / effect}};
}

json cluster_effect(const OracleInputs& in) {
  return {{"deff", cluster_design_effect(in.number("m", {1.0, 1e12}), in.number("icc", {-1.0, 1.0}))}};
}

json degroot(const OracleInputs& in) {
  const auto w = in.square_matrix("W", bounds::share);
  const auto first = in.numbers("x0", w.size());
  const auto influence = social_influence(w);
  if (!influence) return {{"influence", nullptr}, {"consensus", nullptr}};
  double consensus = 0.0;
  for (std::size_t i = 0; i < first.size(); ++i) consensus += (*influence)[i] * first[i];
  return {{"influence", *influence}, {"consensus", consensus}};
}

json friedkin_johnsen(const OracleInputs& in) {
  const auto w = in.square_matrix("W", bounds::share);
  const auto susceptibility = in.is_number("susceptibility")
                                  ? std::vector<double>(w.size(), in.number("susceptibility", bounds::share))
                                  : in.numbers("susceptibility", w.size(), bounds::share);
  const auto limit = friedkin_johnsen_limit(w, in.numbers("x0", w.size()), susceptibility);
  return {{"limit", limit ? json(*limit) : json()}};
}

json hegselmann_krause(const OracleInputs& in) {
  in.choice("rule", {"synchronous mean of all |xj-xi|<=eps incl. self"});
  const auto first = in.numbers("x0");
  if (first.size() > 512)
    refuse_input("x0", "has more than 512 opinions (everybody is compared with everybody). Shorten it");
  const auto reaches = in.numbers("eps", bounds::not_negative);
  if (reaches.size() > 64) refuse_input("eps", "has more than 64 entries (each is followed to its end). Shorten it");
  json result{{"limits", json::object()}};
  for (const double eps : reaches) set_named(result["limits"], "", eps, hegselmann_krause_limit(first, eps, 10000));
  if (reaches.size() == 1) result["limit"] = hegselmann_krause_limit(first, reaches[0], 10000);
  if (in.has("query_first_step_eps"))
    for (const double eps : in.numbers("query_first_step_eps", bounds::not_negative))
      set_named(result, "step1_eps_", eps, hegselmann_krause_step(first, eps));
  return result;
}

json deffuant(const OracleInputs& in) {
  const auto [x, y] = deffuant_step(in.number("x"), in.number("y"), in.number("mu", bounds::share),
                                    in.number("eps", bounds::not_negative));
  return {{"x_new", x}, {"y_new", y}};
}

}  // namespace

void add_opinion_oracles(OracleRegistry& registry) {
  registry.add("casualty_support", casualties);
  registry.add("poll_filter", poll_filter);
  registry.add("poll_filter_steady_state", steady_state);
  registry.add("design_effect_weights", weights_effect);
  registry.add("design_effect_cluster", cluster_effect);
  registry.add("degroot", degroot);
  registry.add("friedkin_johnsen", friedkin_johnsen);
  registry.add("hegselmann_krause", hegselmann_krause);
  registry.add("deffuant", deffuant);
}

}  // namespace parley
