#include "engine/drivers/cli/analysis_text.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <fmt/format.h>

namespace parley {

namespace {

constexpr double bar_width = 30;

/// The order in which `weight` is largest first.
std::vector<std::size_t> largest_first(std::size_t inputs, const std::function<double(std::size_t)>& weight) {
  std::vector<std::size_t> order(inputs);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  return order;
}

std::size_t path_width(const SweepAnalysis& a) {
  std::size_t width = 12;
  for (const std::string& path : a.paths) width = std::max(width, path.size());
  return width;
}

std::string blocks(const char* block, double share) {
  std::string text;
  for (int i = 0; i < static_cast<int>(std::clamp(share, 0.0, 1.0) * bar_width + 0.5); ++i) text += block;
  return text;
}

std::string interval(const Estimate& e, int digits = 3) { return fmt::format("{:6.{}f} [{:6.{}f}, {:6.{}f}]", e.value, digits, e.low, digits, e.high, digits); }

std::string number(double x) { return fmt::format("{:.4g}", x); }

std::string sobol_text(const SweepAnalysis& a) {
  const SobolAnalysis& s = *a.sobol;
  if (s.inputs.empty()) return "";
  std::string out = fmt::format("\nSobol indices, {} base rows: the share of the variance of {} over the parameters (standard deviation {}) that a\n"
                                "parameter explains on its own (first order), and with all it does together with others (total).\n\n",
                                s.rows, a.output, number(std::sqrt(std::max(0.0, s.variance.value))));
  const std::size_t width = path_width(a);
  out += fmt::format("  {:<{}}  {:<23} {:<23}  █ first ░ rest of total\n", "parameter", width, "first order", "total");
  double most = 0;
  for (const SobolIndex& i : s.inputs) most = std::max(most, i.total.value);
  for (const std::size_t i : largest_first(s.inputs.size(), [&](std::size_t k) { return s.inputs[k].total.value; })) {
    const SobolIndex& index = s.inputs[i];
    const double first = std::clamp(index.first.value, 0.0, std::max(0.0, index.total.value));
    out += fmt::format("  {:<{}}  {} {}  {}{}\n", a.paths[i], width, interval(index.first), interval(index.total), blocks("█", first / most), blocks("░", (index.total.value - first) / most));
  }
  out += fmt::format("\n  Sum of first orders {}: {:.0f} % of the variance comes from parameters together.\n", interval(s.sum_first, 2), 100 * std::clamp(1 - s.sum_first.value, 0.0, 1.0));
  return out;
}

std::string morris_text(const SweepAnalysis& a) {
  const MorrisAnalysis& m = *a.morris;
  std::string out = fmt::format("\nElementary effects, {} trajectories: what moving a parameter through its whole range does to {} ({}).\n"
                                "mu*: mean size; mu: mean with its sign; sigma: how much it depends on the others; luck: the most that chance alone gives.\n\n",
                                m.trajectories, a.output, a.output_unit);
  const std::size_t width = path_width(a);
  out += fmt::format("  {:<{}}  {:<23} {:>7} {:>7} {:>7}\n", "parameter", width, "mu*", "mu", "sigma", "luck");
  double most = 0;
  for (const MorrisIndex& i : m.inputs) most = std::max(most, i.mean_size.value);
  for (const std::size_t i : largest_first(m.inputs.size(), [&](std::size_t k) { return m.inputs[k].mean_size.value; })) {
    const MorrisIndex& index = m.inputs[i];
    out += fmt::format("  {:<{}}  {} {:7.3f} {:7.3f} {:7.3f}  {}\n", a.paths[i], width, interval(index.mean_size), index.mean.value, index.deviation.value, index.luck, blocks("█", most > 0 ? index.mean_size.value / most : 0));
  }
  return out;
}

std::string pawn_text(const SweepAnalysis& a) {
  const PawnAnalysis& p = *a.pawn;
  std::string out = fmt::format("\nPAWN, {} cells, {} bins: how far the distribution of {} moves when a parameter is known (0 to 1).\n\n", p.rows, p.bins, a.output);
  const std::size_t width = path_width(a);
  out += fmt::format("  {:<{}}  {:<23} {:<23}\n", "parameter", width, "median over bins", "largest");
  double most = p.dummy.median.value;
  for (const PawnScore& i : p.inputs) most = std::max(most, i.median.value);
  std::size_t unseen = 0;
  for (const std::size_t i : largest_first(p.inputs.size(), [&](std::size_t k) { return p.inputs[k].median.value; })) {
    const PawnScore& score = p.inputs[i];
    const bool seen = score.median.low > p.dummy.median.value;
    unseen += !seen;
    out += fmt::format("  {:<{}}  {} {}  {}{}\n", a.paths[i], width, interval(score.median), interval(score.most), blocks("█", score.median.value / most), seen ? "" : " ·");
  }
  out += fmt::format("  {:<{}}  {} {}\n", "(a dummy)", width, interval(p.dummy.median), interval(p.dummy.most));
  if (unseen > 0) out += fmt::format("  · cannot be told from a dummy: {} parameter{}\n", unseen, unseen == 1 ? "" : "s");
  return out;
}

std::string boxes_text(const SweepAnalysis& a) {
  const BoxDiscovery& b = *a.boxes;
  std::string out = fmt::format("\nWhere {} happens (PRIM): {:.1f} % of everything; boxes found on {} cells and judged on {}{}.\n", a.box_output, 100 * b.density, b.rows_searched,
                                b.held_back ? "other " : "the same ", b.rows_judged);
  const std::size_t width = path_width(a);
  for (std::size_t k = 0; k < b.boxes.size(); ++k) {
    const DiscoveredBox& box = b.boxes[k];
    out += fmt::format("\n  Box {}: {:.1f} % [{:.1f}, {:.1f}] inside (density), {:.0f} % of all such cases (coverage), {:.0f} % of the space (support);\n  it needs {} parameter{}:\n", k + 1,
                       100 * box.density.value, 100 * box.density.low, 100 * box.density.high, 100 * box.coverage, 100 * box.support, box.limits.size(), box.limits.size() == 1 ? "" : "s");
    for (const BoxLimit& limit : box.limits) {
      const std::string range = limit.low && limit.high ? fmt::format("from {} to {}", number(*limit.low), number(*limit.high)) : limit.low ? "at least " + number(*limit.low) : "at most " + number(*limit.high);
      out += fmt::format("    {:<{}}  {:<28} (free: {:.1f} %)\n", a.paths[limit.input], width, range, 100 * limit.density_without);
    }
  }
  return out;
}

}  // namespace

std::string analysis_text(const SweepAnalysis& a) {
  std::string out = fmt::format("{} parameters, {} design, {} cells of {} run{}{}\n{}: {}; mean {}\n", a.paths.size(), name_of(a.design), a.cells_used, a.replicates, a.replicates == 1 ? "" : "s",
                                a.cells_used < a.cells ? fmt::format(" (of {})", a.cells) : "", a.output, a.output_meaning, number(a.mean));
  if (a.luck)
    out += fmt::format("Luck is {}{:.0f} % of the variance of a single run, {:.0f} % of that of a cell's mean{}.\n", a.luck->at_most ? "at most " : "", 100 * a.luck->of_run, 100 * a.luck->of_cell_mean,
                       a.sobol && a.sharing == Luck::own ? " and is taken off the Sobol indices" : "");
  if (a.sobol) out += sobol_text(a);
  if (a.morris) out += morris_text(a);
  if (a.pawn) out += pawn_text(a);
  if (a.boxes) out += boxes_text(a);
  out += fmt::format("\nIntervals: {:g} %, bootstrap.\n", 100 * a.confidence);
  for (const std::string& warning : a.warnings) out += "Warning: " + warning + "\n";
  return out;
}

}  // namespace parley
