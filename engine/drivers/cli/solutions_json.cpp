#include "engine/drivers/cli/solutions_json.hpp"

namespace parley {

using Json = nlohmann::ordered_json;

Json by_actor(const Structure& s, const std::vector<double>& values) {
  Json json = Json::object();
  for (std::size_t i = 0; i < values.size(); ++i) json[s.actors[i].name] = values[i];
  return json;
}

Json by_issue(const Structure& s, const std::vector<double>& values) {
  Json json = Json::object();
  for (std::size_t k = 0; k < values.size(); ++k) json[s.issues[k].name] = values[k];
  return json;
}

int widest_rung(const Structure& s) {
  int rung = 0;
  for (const Rung r : s.layout.rungs())
    if (s.layout.settled_count(r) > s.layout.settled_count(Rung{rung})) rung = r.value;
  return rung;
}

namespace {

Json solution_json(const Structure& s, const NamedSolution& solution) {
  if (solution.package.empty()) return {{"name", solution.name}, {"package", nullptr}};
  return {{"name", solution.name}, {"package", by_issue(s, solution.package)}, {"utilities", by_actor(s, solution.utilities)},
          {"gains", by_actor(s, solution.gains)}, {"ratification", by_actor(s, solution.ratification)}};
}

}  // namespace

Json solutions_json(const Structure& s, const NegotiationSolutions& r) {
  Json json, parties = Json::array(), win_sets = Json::object(), solutions = Json::array(), election = Json::object();
  for (const int i : r.parties) parties.push_back(s.actors[static_cast<std::size_t>(i)].name);
  for (std::size_t i = 0; i < r.win_sets.size(); ++i) win_sets[s.actors[i].name] = {{"leadership", r.win_sets[i].leadership}, {"ratified", r.win_sets[i].ratified}};
  for (const NamedSolution& solution : r.solutions) solutions.push_back(solution_json(s, solution));
  for (std::size_t k = 0; k < r.election.size(); ++k) election[s.issues[k].name] = by_actor(s, r.election[k]);
  return {{"rung", r.rung},
          {"parties", parties},
          {"fighting_on", by_actor(s, r.fighting_on)},
          {"win_sets", win_sets},
          {"zone_of_agreement", {{"exists", r.widest_gain >= 0}, {"leaderships", r.zone_leaderships}, {"ratified", r.zone_ratified},
                                 {"widest_gain", r.widest_gain}, {"witness", r.witness ? solution_json(s, *r.witness) : Json(nullptr)}}},
          {"solutions", solutions},
          {"frontier", r.frontier},
          {"condorcet_election", election}};
}

}  // namespace parley
