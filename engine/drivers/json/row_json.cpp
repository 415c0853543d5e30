#include "engine/drivers/json/row_json.hpp"

#include <cmath>

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
Json round_of(std::uint16_t x) { return x == never ? Json(nullptr) : Json(x); }

template <class Info, class Value>
Json named(const std::vector<Info>& names, const Value& values) {
  Json json = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto v = values[i];
    if constexpr (std::is_floating_point_v<decltype(v)>) json[names[i].name] = number(v);
    else json[names[i].name] = v;
  }
  return json;
}

}  // namespace

Json row_json(const Negotiation& n, const RunRow& r) {
  const Structure& s = n.structure;
  return {{"scenario", r.scenario == Scenario::failed ? "failed" : scenario_names[static_cast<int>(r.scenario)]},
          {"stalemate_kind", stalemate_kind_names[static_cast<int>(r.stalemate_kind)]},
          {"truce_round", round_of(r.truce_round)},
          {"ceasefire_round", round_of(r.ceasefire_round)},
          {"deal_round", round_of(r.deal_round)},
          {"relapses", r.relapses},
          {"rung", r.rung == nobody ? "none" : s.rungs[r.rung].name},
          {"package", named(s.issues, r.package)},
          {"utility", named(s.actors, r.utility)},
          {"approval", named(s.actors, r.approval)},
          {"hazard", number(r.hazard)},
          {"survival", number(r.survival)},
          {"order_index", number(r.order_index)},
          {"front", number(r.front)},
          {"energy", number(r.energy)},
          {"vetoes", named(s.actors, r.vetoes)},
          {"rounds_talked", r.rounds_talked},
          {"blocking_actor", r.blocking_actor == nobody ? "none" : s.actors[r.blocking_actor].name},
          {"blocking_term", r.blocking_term == nobody ? "none" : n.model->terms[r.blocking_term].name},
          {"military_end", r.military_end}};
}

Json round_json(const Negotiation& n, const RoundRecord& r) {
  const Structure& s = n.structure;
  Json actors = Json::object();
  for (std::size_t i = 0; i < r.actors.size(); ++i) {
    const ActorRound& a = r.actors[i];
    Json terms = Json::object();
    for (std::size_t t = 0; t < a.terms.size(); ++t) terms[n.model->terms[t].name] = number(a.terms[t]);
    actors[s.actors[i].name] = {{"seated", a.seated}, {"agrees", a.agrees}, {"leadership", a.leadership}, {"ratifies", a.ratifies},
                                {"mood", number(a.mood)}, {"support", number(a.support)}, {"ratification", number(a.ratification)},
                                {"utility", number(a.utility)}, {"fighting_on", number(a.fighting_on)}, {"gain", number(a.gain)},
                                {"weight", number(a.weight)}, {"terms", terms}, {"worst_term", n.model->terms[a.worst_term].name}};
  }
  return {{"round", r.round}, {"front", number(r.front)}, {"energy", number(r.energy)}, {"fighting", r.fighting},
          {"rung", r.rung < 0 ? "none" : s.rungs[r.rung].name}, {"text", named(s.issues, r.text)}, {"package", named(s.issues, r.package)},
          {"hazard", number(r.hazard)}, {"survival", number(r.survival)}, {"actors", actors},
          {"signed", r.signed_now}, {"collapsed", r.collapsed}, {"decided", r.decided}};
}

}  // namespace parley
