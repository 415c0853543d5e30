// Oracles of spatial utility, contract curves, prospect theory and loss-averse bargaining.
#include <algorithm>
#include <cmath>
#include <string>

#include "engine/drivers/validate/oracle_registry.hpp"
#include "models/theory/prospect.hpp"
#include "models/theory/spatial.hpp"

namespace parley {

namespace {

using namespace theory;
using nlohmann::json;

SpatialTaste taste(const OracleInputs& in, const std::string& salience, const std::string& ideal) {
  return {in.square_matrix(salience), in.numbers(ideal)};
}

json spatial_utility(const OracleInputs& in) {
  const SpatialTaste mine = taste(in, "A", "ideal");
  const auto position = in.numbers("x");
  const double squared = squared_distance(mine, position);
  json result{{"dist2", squared}, {"U_quadratic", -squared}, {"U_euclid", -std::sqrt(squared)}};
  // query_xl: the ideal on every other issue, given that issue l stands there and the rest at x.
  for (std::size_t l = 0; l < position.size(); ++l) {
    const std::string given = "x" + std::to_string(l + 1);
    if (!in.has("query_" + given)) continue;
    for (const double value : in.numbers("query_" + given))
      for (std::size_t k = 0; k < position.size(); ++k) {
        if (k == l || mine.salience[k][k] <= 0.0) continue;
        auto moved = position;
        moved[l] = value;
        set_named(result, "conditional_ideal_x" + std::to_string(k + 1) + "_given_" + given + "_", value,
                  conditional_ideal(mine, k, moved));
      }
  }
  return result;
}

json contract_curve(const OracleInputs& in) {
  in.choice("utility", {"quadratic, not its root"});
  const SpatialTaste first = taste(in, "A1", "ideal1"), second = taste(in, "A2", "ideal2");
  json result{{"points", json::object()}};
  if (in.has("lambdas"))
    for (const double weight : in.numbers("lambdas", bounds::share))
      set_named(result["points"], "", weight, contract_point(first, second, weight));
  if (in.has("disagreement_utils")) {
    const auto d = in.numbers("disagreement_utils", 2);
    const SpatialBargain nash = spatial_nash_point(first, second, d[0], d[1]);
    result["nash_point"] = nash.position;
    result["nash_utils"] = {nash.utility1, nash.utility2};
  }
  return result;
}

json prospect(const OracleInputs& in) {
  ProspectValue value;
  value.gain_power = in.number_or("alpha", value.gain_power, bounds::positive);
  value.loss_power = in.number_or("beta", value.gain_power, bounds::positive);
  value.loss_aversion = in.number_or("lambda_", value.loss_aversion, bounds::not_negative);
  json result = json::object();
  if (in.has("query_outcomes"))
    for (const double outcome : in.numbers("query_outcomes"))
      set_named(result, "v_", outcome, number_or_null(value(outcome)));
  if (in.has("query_probabilities")) {
    const double gains = in.number_or("gamma_gain", 0.61, bounds::positive),
                 losses = in.number_or("gamma_loss", 0.69, bounds::positive);
    for (const double p : in.numbers("query_probabilities", bounds::share)) {
      set_named(result, "w_gain_", p, number_or_null(probability_weight(p, gains)));
      set_named(result, "w_loss_", p, number_or_null(probability_weight(p, losses)));
    }
  }
  return result;
}

json loss_averse(const OracleInputs& in) {
  LossAverseBargain bargain{
      .reference = in.number("reference_A"), .loss_aversion = 1.0, .pie = in.number_or("pie", 1.0, bounds::positive)};
  if (in.has("disagreement_shares")) {
    const auto d = in.numbers("disagreement_shares", 2);
    bargain.disagreement_a = d[0];
    bargain.disagreement_b = d[1];
  }
  json result = json::object();
  for (const double lambda : in.numbers("lambda_A", bounds::positive)) {
    bargain.loss_aversion = lambda;
    set_named(result, "", lambda, loss_averse_nash(bargain));
  }
  return result;
}

}  // namespace

void add_preference_oracles(OracleRegistry& registry) {
  registry.add("spatial_utility", spatial_utility);
  registry.add("contract_curve", contract_curve);
  registry.add("prospect_value", prospect);
  registry.add("loss_averse_nash", loss_averse);
}

}  // namespace parley
