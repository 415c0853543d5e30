#include "engine/drivers/cli/bench_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/drivers/cli/provenance.hpp"
#include "engine/drivers/cli/report_text.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

const char* name_of(Clock clock) { return clock == Clock::wall ? "wall" : "processor"; }

double median_of(const Measured& m, double Timing::*seconds) {
  std::vector<double> all;
  for (const Timing& t : m.timings) all.push_back(t.*seconds);
  return median(all);
}

/// What share of a core this process got where it wanted one.
double share_of_a_core(const BenchReport& r) {
  Timing sum;
  const auto add = [&](const Measured& m) {
    for (const Timing& t : m.timings) sum += t;
  };
  for (const Axis& axis : r.axes) {
    add(axis.reference);
    if (axis.clock == Clock::processor) std::for_each(axis.measured.begin(), axis.measured.end(), add);
  }
  return sum.wall > 0 ? sum.processor / sum.wall : 1;
}

/// What makes the figures doubtful.
std::vector<std::string> warnings_of(const BenchReport& r) {
  std::vector<std::string> warnings;
  const double share = share_of_a_core(r);
  if (share < 0.95 || r.load > 0.5)
    warnings.push_back(fmt::format("The machine is busy (load average {:.1f} at the start; one core was ours for {:.0f} % of the time). Wall times, and so "
                                   "threads and storing, say little: measure again when it is quiet.", r.load, 100 * share));
#ifndef NDEBUG
  warnings.push_back("This is not an optimised build (its checks are on). Build with CMAKE_BUILD_TYPE=Release.");
#endif
  return warnings;
}

Json law_json(const PowerLaw& law) {
  return {{"exponent", law.exponent}, {"standard_error", law.standard_error ? Json(*law.standard_error) : Json(nullptr)}};
}

Json piece_json(const Axis& axis, const Measured& m) {
  return {{"name", m.name},
          {"rounds", m.rounds},
          {"rounds_per_second", m.median_rate()},
          {"best_rounds_per_second", m.best_rate()},
          {"times_reference", relative_rate(axis.reference, m)},
          {"times_first", relative_rate(axis.measured.front(), m)},
          {"wall_seconds", median_of(m, &Timing::wall)},
          {"processor_seconds", median_of(m, &Timing::processor)},
          {"fingerprint", m.fingerprint}};
}

Json axis_json(const Axis& axis) {
  Json pieces = Json::array();
  for (const Measured& m : axis.measured) pieces.push_back(piece_json(axis, m));
  Json json = {{"clock", name_of(axis.clock)},
               {"reference_rounds_per_second", axis.reference.median_rate()},
               {"pieces", pieces}};
  if (const auto growth = growth_of(axis))
    json["growth"] = {{"all", law_json(growth->all)}, {"upper_half", law_json(growth->upper)}, {"bound", growth->bound}};
  return json;
}

struct Heading {
  const char* axis;
  const char* title;
  const char* unit;
};
constexpr Heading headings[] = {{"kernels", "Kernels, on one core", ""},
                                {"threads", "Threads, storing nothing", "threads"},
                                {"actors", "Actors", "actors"},
                                {"issues", "Issues", "issues"},
                                {"links", "Issues, every pair of them linked", "issues"},
                                {"cells", "Cells that as many runs are spread over, on one core", "cells"},
                                {"store", "Storing, on all cores", ""}};

std::string axis_text(const Axis& axis) {
  const auto& heading = *std::find_if(std::begin(headings), std::end(headings), [&](const Heading& h) { return h.axis == axis.name; });
  std::string out = fmt::format("\n{} ({} time)\n  {:20} million rounds/s    best  ns a round  × reference  × first\n", heading.title, name_of(axis.clock), heading.unit);
  double most = 0;
  for (const Measured& m : axis.measured) most = std::max(most, m.median_rate());
  for (const Measured& m : axis.measured)
    out += fmt::format("  {:20} {:16.2f}  {:6.2f}  {:10.1f}  {:11.2f}  {:7.2f}  {}\n", m.name, m.median_rate() / 1e6, m.best_rate() / 1e6, 1e9 / m.median_rate(),
                       relative_rate(axis.reference, m), relative_rate(axis.measured.front(), m), bar(m.median_rate() / most / 2));
  if (const auto growth = growth_of(axis))
    out += fmt::format("  A round costs ∝ {}^{:.2f}; ∝ {}^{:.2f} from {} to {} (bound: {:g}{}).\n", heading.unit, growth->all.exponent, heading.unit,
                       growth->upper.exponent, growth->upper_from, growth->upper_to, growth->bound, growth->bound == 2 ? ", beside one solve of issues³" : "");
  return out;
}

}  // namespace

std::optional<Growth> growth_of(const Axis& axis) {
  if (axis.sizes.size() < 2) return {};
  const int most = axis.sizes.back();
  std::vector<double> sizes, costs, large_sizes, large_costs;
  for (std::size_t p = 0; p < axis.sizes.size(); ++p) {
    sizes.push_back(axis.sizes[p]);
    costs.push_back(1 / axis.measured[p].median_rate());
    if (2 * axis.sizes[p] < most) continue;
    large_sizes.push_back(sizes.back());
    large_costs.push_back(costs.back());
  }
  Growth growth{.all = fit_power_law(sizes, costs), .upper = {}, .upper_from = large_sizes.size() > 1 ? static_cast<int>(large_sizes.front()) : axis.sizes.front(), .upper_to = most, .bound = axis.name == "actors" ? 1.0 : 2.0};
  growth.upper = large_sizes.size() > 1 ? fit_power_law(large_sizes, large_costs) : growth.all;
  return growth;
}

Json bench_json(const BenchReport& r) {
  Json axes = Json::object();
  for (const Axis& axis : r.axes) axes[axis.name] = axis_json(axis);
  return {{"machine", {{"processor", r.machine.processor}, {"cores", r.machine.cores}, {"system", r.machine.system}}},
          {"program", {{"version", program_version()}, {"commit", program_commit()}, {"compiler", program_compiler()}, {"flags", program_flags()}}},
          {"load", {{"average_at_start", r.load}, {"share_of_a_core", share_of_a_core(r)}}},
          {"warnings", warnings_of(r)},
          {"config", r.config},
          {"actors", r.size.actors},
          {"issues", r.size.issues},
          {"kernel", r.kernel},
          {"runs", r.runs},
          {"repetitions", r.repetitions},
          {"axes", axes}};
}

std::string bench_text(const BenchReport& r) {
  std::string out = fmt::format("{}: {} actors, {} issues\n{}, {} core{}, {}; parley {} ({}), kernel {}\n", r.config, r.size.actors, r.size.issues, r.machine.processor,
                                r.machine.cores, r.machine.cores == 1 ? "" : "s", r.machine.system, program_version(), program_compiler(), r.kernel);
  out += fmt::format("Medians of {} repetitions in turn; the reference is the portable kernel on one core, played beside every piece.\n", r.repetitions);
  for (const Axis& axis : r.axes) out += axis_text(axis);
  for (const std::string& warning : warnings_of(r)) out += "\nWarning: " + warning + "\n";
  return out;
}

}  // namespace parley
