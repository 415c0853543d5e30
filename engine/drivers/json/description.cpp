#include "engine/drivers/json/description.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

const char* shape_of(Extent extent) {
  switch (extent) {
    case Extent::scalar: return "scalar";
    case Extent::actor: return "one an actor";
    case Extent::issue: return "one an issue";
    case Extent::rung: return "one a rung";
    case Extent::actor_issue: return "actor × issue";
    case Extent::actor_link: return "actor × link";
  }
  return "";
}

const char* scaling_of(Pace pace) {
  switch (pace) {
    case Pace::none: return "not rescaled";
    case Pace::rate: return "× s";
    case Pace::acceleration: return "× s²";
    case Pace::diffusion: return "× √s";
    case Pace::share: return "1 − (1 − v)^s";
    case Pace::rounds: return "÷ s";
    case Pace::discount: return "v^s";
  }
  return "";
}

Json parameter_json(const std::string& path, const DescribedParameter& d) {
  const Parameter& p = d.parameter;
  return {{"path", path}, {"shape", shape_of(d.extent)}, {"default", p.fallback}, {"bounds", {p.low, p.high}}, {"unit", p.unit}, {"meaning", p.meaning},
          {"source", p.source}, {"off", p.off ? Json(*p.off) : Json(nullptr)}, {"mechanism", p.mechanism == nullptr ? Json(nullptr) : Json(p.mechanism)},
          {"round_length", scaling_of(p.pace)}, {"inert", p.inert == nullptr ? Json(nullptr) : Json(p.inert)}};
}

Json parameters_json(const Model& model, const std::optional<Config>& config) {
  Json parameters = Json::array();
  if (!config) {
    for (const DescribedParameter& d : model.parameters) parameters.push_back(parameter_json(d.parameter.path, d));
    return parameters;
  }
  for (const Entry& e : config->negotiation.catalog.entries()) {
    Json json = parameter_json(e.path, *e.described);
    json["value"] = config->negotiation.values[e.slot];
    parameters.push_back(json);
  }
  return parameters;
}

}  // namespace

Json models_json(const std::vector<Model>& models, const std::optional<Config>& config) {
  Json all = Json::array();
  for (const Model& model : models) {
    if (config && config->negotiation.model->name != model.name) continue;
    Json mechanisms = Json::array(), terms = Json::array();
    for (const Mechanism& m : model.mechanisms) mechanisms.push_back({{"name", m.name}, {"path", std::string("mechanisms.") + m.name}, {"title", m.title}, {"meaning", m.meaning}, {"in_reference", m.in_reference}});
    for (const DecisionTerm& t : model.terms) terms.push_back({{"name", t.name}, {"meaning", t.sentence}});
    all.push_back({{"model", model.name}, {"meaning", model.meaning}, {"parameters", parameters_json(model, config)}, {"mechanisms", mechanisms}, {"terms", terms}});
  }
  return all;
}

Json structure_json(const Structure& s) {
  const Layout& layout = s.layout;
  Json issues = Json::array(), actors = Json::array(), rungs = Json::array(), links = Json::array();
  for (const Issue k : layout.issues()) {
    Json anchors = Json::array();
    for (const Anchor& a : s.issues[k.value].anchors) anchors.push_back({a.at, a.words});
    issues.push_back({{"name", s.issues[k.value].name}, {"title", s.issues[k.value].title}, {"anchors", anchors}, {"moves_with_front", layout.is_front(k)}});
  }
  for (const Actor i : layout.actors())
    actors.push_back({{"name", s.actors[i.value].name}, {"title", s.actors[i.value].title}, {"fights", layout.fights(i)}, {"mediates", layout.mediates(i)}});
  for (const Rung r : layout.rungs()) {
    Json settles = Json::array(), seats = Json::array();
    for (const Issue k : layout.issues()) if (layout.settles_issue(r, k)) settles.push_back(k.value);
    for (const Actor i : layout.actors()) if (layout.seats_actor(r, i)) seats.push_back(i.value);
    rungs.push_back({{"name", s.rungs[r.value].name}, {"title", s.rungs[r.value].title}, {"settles", settles}, {"seats", seats}});
  }
  for (const Link l : layout.links()) links.push_back({{"name", s.links[l.value].name}, {"issues", {layout.link_a(l).value, layout.link_b(l).value}}});
  return {{"title", s.title}, {"mediated", layout.protocol == ProtocolKind::mediator}, {"has_energy", layout.energy_actor >= 0},
          {"issues", issues}, {"actors", actors}, {"rungs", rungs}, {"links", links}};
}

}  // namespace parley
