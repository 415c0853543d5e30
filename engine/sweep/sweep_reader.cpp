#include "engine/sweep/sweep_reader.hpp"

#include <cmath>

namespace parley {

namespace {

std::string joined(const std::vector<std::string>& keys, std::size_t from, std::size_t to) {
  std::string path;
  for (std::size_t k = from; k < to; ++k) path += (path.empty() ? "" : ".") + keys[k];
  return path;
}

SweptPath& swept_path(std::vector<SweptPath>& paths, const std::string& path, const Place& place) {
  for (SweptPath& p : paths)
    if (p.path == path) return p;
  paths.push_back({path, {}, {}, place});
  return paths.back();
}

double number_in(const SettingValue& value, const Setting& s) {
  if (const auto* number = std::get_if<double>(&value.value)) return *number;
  if (const auto* truth = std::get_if<bool>(&value.value)) return *truth ? 1 : 0;
  throw input_error(s.place, s.path() + " holds something that is not a number. Write numbers.");
}

DesignKind design_of(const Setting& s) {
  if (const auto* text = std::get_if<std::string>(&s.value.value))
    for (const DesignKind kind : {DesignKind::none, DesignKind::grid, DesignKind::latin_hypercube, DesignKind::sobol, DesignKind::saltelli, DesignKind::morris})
      if (*text == name_of(kind)) return kind;
  throw input_error(s.place, "sweep.design is no design. Write \"grid\", \"latin_hypercube\", \"sobol\", \"saltelli\" or \"morris\", or \"none\" to leave the sweep out.");
}

void read_axis(const Setting& s, SweepSpec& sweep) {
  const auto* list = std::get_if<SettingList>(&s.value.value);
  if (list == nullptr || list->empty()) throw input_error(s.place, s.path() + " is not a list of values to vary over. Write for example [-0.8, -0.4, 0.0].");
  SweptPath& axis = swept_path(sweep.axes, joined(s.keys, 2, s.keys.size()), s.place);
  axis.values.clear();
  for (const SettingValue& item : *list) axis.values.push_back(number_in(item, s));
}

/// sweep.sample."path".dist, .mean, .sd, .min, .max, .mode
void read_sample(const Setting& s, SweepSpec& sweep) {
  if (s.keys.size() < 4) throw input_error(s.place, s.path() + " is not a distribution. Write for example { dist = \"normal\", mean = 0, sd = 1 }.");
  SweptPath& swept = swept_path(sweep.sample, joined(s.keys, 2, s.keys.size() - 1), s.place);
  Distribution& d = swept.distribution;
  const std::string& key = s.keys.back();
  if (key == "dist") {
    const auto* text = std::get_if<std::string>(&s.value.value);
    if (text != nullptr && *text == "uniform") d.kind = Distribution::Kind::uniform;
    else if (text != nullptr && *text == "normal") d.kind = Distribution::Kind::normal;
    else if (text != nullptr && *text == "lognormal") d.kind = Distribution::Kind::lognormal;
    else if (text != nullptr && *text == "triangular") d.kind = Distribution::Kind::triangular;
    else throw input_error(s.place, s.path() + " is no distribution. Write \"uniform\" (min, max), \"normal\" (mean, sd), \"lognormal\" (mean, sd of the log) or \"triangular\" (min, mode, max).");
  } else if (key == "mean" || key == "min") d.a = number_in(s.value, s);
  else if (key == "sd" || key == "max") d.b = number_in(s.value, s);
  else if (key == "mode") d.c = number_in(s.value, s);
  else throw input_error(s.place, "Unknown key " + s.path() + " of a distribution. Use dist, min, max, mean, sd or mode.");
}

}  // namespace

void read_sweep_setting(const Setting& s, SweepSpec& sweep) {
  if (sweep.place.line == 0) sweep.place = s.place;
  const std::string key = s.keys.size() > 1 ? s.keys[1] : "";
  if (key == "design" && s.keys.size() == 2) sweep.left_out = (sweep.design = design_of(s)) == DesignKind::none;
  else if (key == "samples" && s.keys.size() == 2) {
    const double n = number_in(s.value, s);
    if (!(n >= 2 && n <= 1e7) || n != std::floor(n)) throw input_error(s.place, "sweep.samples is not a whole number from 2 to 10000000. Write one.");
    sweep.samples = static_cast<std::uint32_t>(n);
  } else if (key == "luck" && s.keys.size() == 2) {
    const auto* text = std::get_if<std::string>(&s.value.value);
    if (text == nullptr || (*text != "shared" && *text != "own"))
      throw input_error(s.place, "sweep.luck says nothing about whose luck a run has. Write \"shared\" (replicate k of every cell has the same) or \"own\" (every run has its own).");
    sweep.luck = *text == "own" ? Luck::own : Luck::shared;
  } else if (key == "axes" && s.keys.size() > 2) read_axis(s, sweep);
  else if (key == "sample" && s.keys.size() > 2) read_sample(s, sweep);
  else throw input_error(s.place, "Unknown key " + s.path() + " of a sweep. Use design, samples, luck, axes or sample.");
}

void finish_sweep(SweepSpec& sweep) {
  if (sweep.left_out) {
    sweep = {};
    return;
  }
  if (sweep.design == DesignKind::none) {
    if (sweep.axes.empty() && sweep.sample.empty()) return;
    if (!sweep.sample.empty()) throw input_error(sweep.place, "The sweep draws samples but names no design. Write design = \"latin_hypercube\", \"sobol\", \"saltelli\" or \"morris\".");
    sweep.design = DesignKind::grid;
  }
  const bool grid = sweep.design == DesignKind::grid;
  if (grid && sweep.axes.empty()) throw input_error(sweep.place, "The grid has no axes, so it would vary nothing. Add for example axes = { \"actors.ukraine.mood\" = [-0.4, 0.0] }.");
  if (!grid && sweep.sample.empty()) throw input_error(sweep.place, std::string("The design ") + name_of(sweep.design) + " draws nothing (no [sweep.sample]). Add for example \"war.drift\" = { dist = \"uniform\", min = -0.01, max = 0 }.");
  if (grid && !sweep.sample.empty()) throw input_error(sweep.sample[0].place, "A grid does not read [sweep.sample]. Choose a sampled design or move the path to axes.");
  if (!grid && !sweep.axes.empty()) throw input_error(sweep.axes[0].place, std::string("The design ") + name_of(sweep.design) + " does not read axes. Choose design = \"grid\" or move the path to [sweep.sample].");
  for (const SweptPath& p : sweep.sample) {
    const Distribution& d = p.distribution;
    const bool spread = d.kind == Distribution::Kind::normal || d.kind == Distribution::Kind::lognormal ? d.b >= 0 : d.b > d.a;
    const bool mode = d.kind != Distribution::Kind::triangular || (d.c >= d.a && d.c <= d.b);
    if (!spread || !mode || !std::isfinite(d.a) || !std::isfinite(d.b))
      throw input_error(p.place, "The distribution of " + p.path + " is empty (max is not above min, mode lies outside, or sd is negative). Correct it.");
  }
}

}  // namespace parley
