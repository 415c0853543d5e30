// The oracle kinds of the expected-utility (challenge) model.

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/check.hpp"
#include "engine/drivers/validate/oracle_registry.hpp"
#include "models/eum/trace.hpp"

namespace parley {
namespace {

struct Entry {
  eum::Case issue;
  eum::Options options;
};

/// Where name, capability, position and salience stand in a row, from the list that the entry gives.
std::vector<std::size_t> column_order(const OracleInputs& inputs) {
  std::vector<std::string> names;
  std::stringstream list(inputs.has("actors") ? inputs.text("actors") : "name,capability,position,salience");
  for (std::string name; std::getline(list, name, ',');) names.push_back(name);
  std::vector<std::size_t> order;
  for (const char* wanted : {"name", "capability", "position", "salience"}) {
    const auto at = std::find(names.begin(), names.end(), wanted);
    if (at == names.end() || names.size() != 4)
      refuse_input(
          "actors",
          "must name the four columns of data (name, capability, position, salience, in any order). List them.");
    order.push_back(static_cast<std::size_t>(at - names.begin()));
  }
  return order;
}

std::vector<eum::Actor> actors_of(const OracleInputs& inputs) {
  const std::vector<std::size_t> order = column_order(inputs);
  const nlohmann::json& data = inputs.raw("data");
  if (!data.is_array() || data.size() > eum::Case::max_actors)
    refuse_input(
        "data", "must be a list of at most " + std::to_string(eum::Case::max_actors) + " rows. Give one row an actor.");
  std::vector<eum::Actor> actors;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const std::string where = "data[" + std::to_string(i) + "]";
    const nlohmann::json& row = data[i];
    if (!row.is_array() || row.size() != 4 || !row[order[0]].is_string())
      refuse_input(where, "must be a row of a name and three numbers. Mend it.");
    actors.push_back(
        {.name = row[order[0]].get<std::string>(),
         .capability = {.value = checked_number(row[order[1]], where + " capability", bounds::not_negative)},
         .position = {.value = checked_number(row[order[2]], where + " position")},
         .salience = {.value = checked_number(row[order[3]], where + " salience", bounds::share)}});
  }
  return actors;
}

Entry read_entry(const OracleInputs& inputs, const std::vector<std::string>& compromises) {
  std::vector<eum::Actor> actors = actors_of(inputs);
  if (actors.empty()) refuse_input("data", "holds no actors. Give at least two.");
  const auto by_position = [](const eum::Actor& a, const eum::Actor& b) { return a.position.value < b.position.value; };
  const auto [lowest, highest] = std::minmax_element(actors.begin(), actors.end(), by_position);
  const double low = lowest->position.value, span = highest->position.value - low;
  const double range = inputs.number_or("position_range_fixed_at_initial", span, bounds::not_negative);
  if (range < span)
    refuse_input("position_range_fixed_at_initial", "is " + std::to_string(range) + ", less than the " +
                                                        std::to_string(span) +
                                                        " that the positions span. Give the range of the start.");
  const std::string compromise = inputs.choice("compromise", compromises);
  const double high = std::max(low + range, highest->position.value);  // the sum may round to less than the position
  return {
      .issue = eum::Case("oracle", std::move(actors), {.low = low, .high = high}),
      .options = {.variant = compromise == "least_move" ? eum::Variant::least_move : eum::Variant::scholz_compatible,
                  .rounds = static_cast<int>(inputs.integer("rounds", 0, 10000)),
                  .q = inputs.number_or("q", 1.0, bounds::share)}};
}

nlohmann::json by_round(const OracleInputs& inputs) {
  const Entry entry = read_entry(inputs, {"least_move", "scholz_key"});
  const std::vector<eum::Round> rounds = eum::trace(entry.issue, entry.options);
  nlohmann::json fields;
  for (std::size_t t = 0; t < rounds.size(); ++t) {
    const std::string number = std::to_string(t);
    fields["median_by_round"].push_back(rounds[t].median);
    fields["weighted_mean_by_round"].push_back(rounds[t].weighted_mean);
    fields["positions_round" + number] = rounds[t].positions;
    if (t == 0) continue;
    fields["risk_R_round" + number] = rounds[t].risks;
    fields["r_exponent_round" + number] = rounds[t].exponents;
  }
  return fields;
}

/// The same rounds as the published table names them: medians and means of rounds a to b.
nlohmann::json published(const OracleInputs& inputs) {
  const Entry entry = read_entry(inputs, {"scholz_key", "least_move"});
  const std::vector<eum::Round> rounds = eum::trace(entry.issue, entry.options);
  constexpr std::size_t most_named = 64;  // every pair of rounds has a name of its own
  nlohmann::json fields;
  for (std::size_t first = 0; first < std::min(rounds.size(), most_named); ++first) {
    nlohmann::json medians = nlohmann::json::array(), means = nlohmann::json::array();
    for (std::size_t last = first; last < std::min(rounds.size(), most_named); ++last) {
      medians.push_back(rounds[last].median);
      means.push_back(rounds[last].weighted_mean);
      const std::string name = "_rounds_" + std::to_string(first) + "_" + std::to_string(last);
      fields["median" + name] = medians;
      fields["mean" + name] = means;
    }
  }
  return fields;
}

}  // namespace

void add_eum_oracles(OracleRegistry& registry) {
  registry.add("expected_utility_model", by_round);
  registry.add("expected_utility_model_published", published);
}

}  // namespace parley
