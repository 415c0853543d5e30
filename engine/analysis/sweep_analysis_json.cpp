// The analysis of a sweep as one JSON object.
#include "engine/analysis/sweep_analysis.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Estimate& e) { return {{"estimate", e.value}, {"low", e.low}, {"high", e.high}}; }

Json to_json(const SobolAnalysis& s, const std::vector<std::string>& paths) {
  Json parameters = Json::array();
  for (std::size_t i = 0; i < s.inputs.size(); ++i)
    parameters.push_back({{"path", paths[i]}, {"first", to_json(s.inputs[i].first)}, {"total", to_json(s.inputs[i].total)}, {"first_jansen", s.inputs[i].first_jansen}});
  return {{"rows", s.rows}, {"rows_left_out", s.rows_left_out}, {"variance", to_json(s.variance)}, {"sum_first", s.inputs.empty() ? Json(nullptr) : to_json(s.sum_first)},
          {"widest_interval", s.widest}, {"converged", s.converged}, {"rows_needed", s.rows_needed}, {"parameters", parameters}};
}

Json to_json(const MorrisAnalysis& m, const std::vector<std::string>& paths) {
  Json parameters = Json::array();
  for (std::size_t i = 0; i < m.inputs.size(); ++i)
    parameters.push_back({{"path", paths[i]}, {"mu", to_json(m.inputs[i].mean)}, {"mu_star", to_json(m.inputs[i].mean_size)}, {"sigma", to_json(m.inputs[i].deviation)}, {"luck", m.inputs[i].luck}});
  return {{"trajectories", m.trajectories}, {"trajectories_left_out", m.trajectories_left_out}, {"widest_interval", m.widest}, {"converged", m.converged},
          {"trajectories_needed", m.trajectories_needed}, {"parameters", parameters}};
}

Json to_json(const PawnAnalysis& p, const std::vector<std::string>& paths) {
  const auto score = [](const PawnScore& s) { return Json{{"median", to_json(s.median)}, {"max", to_json(s.most)}}; };
  Json parameters = Json::array();
  for (std::size_t i = 0; i < p.inputs.size(); ++i) {
    Json one = {{"path", paths[i]}};
    one.update(score(p.inputs[i]));
    parameters.push_back(one);
  }
  return {{"rows", p.rows}, {"bins", p.bins}, {"resamples", p.resamples}, {"dummy", score(p.dummy)}, {"widest_interval", p.widest}, {"converged", p.converged}, {"parameters", parameters}};
}

Json to_json(const BoxDiscovery& b, const SweepAnalysis& analysis) {
  Json boxes = Json::array();
  for (const DiscoveredBox& box : b.boxes) {
    Json limits = Json::array();
    for (const BoxLimit& limit : box.limits)
      limits.push_back({{"path", analysis.paths[limit.input]}, {"low", limit.low ? Json(*limit.low) : Json(nullptr)}, {"high", limit.high ? Json(*limit.high) : Json(nullptr)}, {"density_without", limit.density_without}});
    boxes.push_back({{"coverage", box.coverage}, {"density", to_json(box.density)}, {"support", box.support}, {"parameters_needed", box.limits.size()}, {"limits", limits}});
  }
  return {{"output", analysis.box_output}, {"rows_searched", b.rows_searched}, {"rows_judged", b.rows_judged}, {"held_back", b.held_back}, {"density_of_everything", b.density}, {"boxes", boxes}};
}

}  // namespace

Json analysis_json(const SweepAnalysis& a) {
  Json json = {{"design", name_of(a.design)}, {"luck", a.sharing == Luck::own ? "own" : "shared"}, {"cells", a.cells}, {"cells_used", a.cells_used}, {"cells_failed", a.cells_failed},
               {"replicates", a.replicates}, {"confidence", a.confidence}, {"output", {{"name", a.output}, {"meaning", a.output_meaning}, {"unit", a.output_unit}, {"mean", a.mean}}}};
  json["luck_share"] = a.luck ? Json{{"of_run", a.luck->of_run}, {"of_cell_mean", a.luck->of_cell_mean}, {"at_most", a.luck->at_most}} : Json(nullptr);
  json["parameters"] = a.paths;
  json["sobol"] = a.sobol ? to_json(*a.sobol, a.paths) : Json(nullptr);
  json["morris"] = a.morris ? to_json(*a.morris, a.paths) : Json(nullptr);
  json["pawn"] = a.pawn ? to_json(*a.pawn, a.paths) : Json(nullptr);
  json["boxes"] = a.boxes ? to_json(*a.boxes, a) : Json(nullptr);
  json["warnings"] = a.warnings;
  return json;
}

}  // namespace parley
