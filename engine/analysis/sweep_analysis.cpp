#include "engine/analysis/sweep_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace parley {

namespace {

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f %%", 100 * share);
  return text;
}

/// Why a design does not bear a method, and how to get one that does.
[[noreturn]] void refuse(DesignKind design, AnalysisMethod method) {
  const std::string is = std::string("this sweep is a ") + name_of(design) + " design";
  const std::string again = " Run it again with design = ";
  const std::string random = "\"latin_hypercube\", \"sobol\" or \"saltelli\"";
  std::string allowed;
  for (const AnalysisMethod m : methods_of(design)) allowed += (allowed.empty() ? ", or ask for --method " : " or ") + std::string(name_of(m));
  switch (method) {
    case AnalysisMethod::sobol:
      throw InputError("Sobol indices need a Saltelli design (" + is + ", which does not change one parameter at a time between two samples)." + again +
                       "\"saltelli\", samples = 1024 or more and luck = \"own\" in [sweep]" + allowed + ".");
    case AnalysisMethod::morris:
      throw InputError("Elementary effects need a Morris design (" + is + ", which has no trajectories that move one parameter a step)." + again + "\"morris\" and samples = 100 or so in [sweep]" + allowed + ".");
    case AnalysisMethod::pawn:
      throw InputError("PAWN needs a random sample (" + is + ", whose values stand on few levels)." + again + random + " in [sweep]" + allowed + ".");
    case AnalysisMethod::boxes:
      throw InputError("Boxes need cells that fill the space evenly (" + is + ")." + again + random + " or \"grid\" in [sweep]" + allowed + ".");
  }
  throw InputError("There is no such method. Use sobol, morris, pawn or boxes.");
}

/// Cells that go together: a base row, a trajectory, or one.
std::size_t block_of(DesignKind design, std::size_t inputs) {
  return design == DesignKind::saltelli ? inputs + 2 : design == DesignKind::morris ? inputs + 1 : 1;
}

class Analyst {
 public:
  Analyst(const Plan& plan, const CellOutput& output, const CellOutput& boxed, const AnalysisOptions& options)
      : plan_(plan), output_(output), boxed_(boxed), options_(options), inputs_(plan.config().sweep.swept().size()) {}

  SweepAnalysis analyse() {
    set_up();
    look_at_luck();
    for (const AnalysisMethod method : options_.methods.empty() ? methods_of(r_.design) : options_.methods) {
      const auto allowed = methods_of(r_.design);
      if (std::find(allowed.begin(), allowed.end(), method) == allowed.end()) refuse(r_.design, method);
      if (method == AnalysisMethod::sobol) sobol();
      if (method == AnalysisMethod::morris) morris();
      if (method == AnalysisMethod::pawn) pawn();
      if (method == AnalysisMethod::boxes) boxes();
    }
    return std::move(r_);
  }

 private:
  void set_up() {
    const SweepSpec& sweep = plan_.config().sweep;
    r_.design = sweep.design;
    if (r_.design == DesignKind::none)
      throw InputError("Nothing varies in this result (it has a single cell), so nothing can matter. Add a [sweep], for example design = \"saltelli\", samples = 1024, luck = \"own\" and the paths to vary in [sweep.sample].");
    r_.sharing = sweep.luck;
    r_.replicates = plan_.replicates();
    r_.confidence = options_.bootstrap.confidence;
    r_.output = output_.name;
    r_.output_meaning = output_.meaning;
    r_.output_unit = output_.unit;
    r_.box_output = boxed_.name;
    for (const SweptPath& swept : sweep.swept()) {
      const Entry* entry = plan_.negotiation().catalog.find(swept.path);
      r_.paths.push_back(swept.path);
      r_.units.push_back(entry == nullptr ? "switch" : entry->described->parameter.unit);
    }
    r_.cells = plan_.cells();
    const std::size_t block = block_of(r_.design, inputs_);
    const std::uint64_t asked = std::min<std::uint64_t>(options_.cells.value_or(r_.cells), r_.cells);
    r_.cells_used = asked / block * block;
    if (r_.cells_used == 0) throw InputError("--cells " + std::to_string(asked) + " holds no whole row of the design (a row has " + std::to_string(block) + " cells). Give at least that many.");
    for (std::uint64_t c = 0; c < r_.cells_used; ++c)
      if (!std::isfinite(output_.mean[c])) ++r_.cells_failed;
    if (r_.cells_failed == r_.cells_used) throw InputError("No cell has a result for " + output_.name + ". Is this one shard of several? Merge them first.");
    if (r_.cells_failed > 0) warn(std::to_string(r_.cells_failed) + " of " + std::to_string(r_.cells_used) + " cells have no result; their rows are left out, so the rest may not stand for the whole.");
  }

  /// Cells drawn independently of each other: all, but of a Saltelli row only its first and its last.
  std::vector<std::uint64_t> independent_cells(const CellOutput& output) const {
    const std::size_t block = block_of(r_.design, inputs_);
    std::vector<std::uint64_t> cells;
    for (std::uint64_t c = 0; c < r_.cells_used; ++c) {
      const bool drawn = r_.design != DesignKind::saltelli || c % block == 0 || c % block == block - 1;
      if (drawn && std::isfinite(output.mean[c])) cells.push_back(c);
    }
    return cells;
  }

  void look_at_luck() {
    const std::vector<std::uint64_t> cells = independent_cells(output_);
    const double n = static_cast<double>(cells.size());
    double sum = 0, squares = 0, within = 0, noise = 0;
    bool known = true;
    for (const std::uint64_t c : cells) {
      sum += output_.mean[c];
      within += output_.variance[c] / n;
      noise += output_.variance[c] / output_.runs[c] / n;
      known = known && std::isfinite(output_.variance[c]);
    }
    r_.mean = sum / n;
    for (const std::uint64_t c : cells) squares += std::pow(output_.mean[c] - r_.mean, 2) / n;
    if (!known) return warn("Every cell is a single run, so luck cannot be told from parameters: what is not explained by one parameter may be either. Run it with --runs 2 or more.");
    const double of_parameters = std::max(0.0, squares - noise);
    const double all = within + of_parameters;
    if (all > 0 && squares > 0) r_.luck = LuckShare{within / all, std::min(1.0, noise / squares), r_.sharing == Luck::shared};
    if (all > 0 && of_parameters == 0) warn("The cells differ by no more than luck alone makes them differ. Take more replicates (--runs) or vary more.");
  }

  /// The variance of each cell's mean that is luck; NaN where a cell is a single run.
  std::vector<double> noise() const {
    std::vector<double> noise(r_.cells_used);
    for (std::uint64_t c = 0; c < r_.cells_used; ++c) noise[c] = output_.runs[c] > 0 ? output_.variance[c] / output_.runs[c] : 0;
    return noise;
  }
  std::span<const double> means() const { return std::span(output_.mean).first(r_.cells_used); }

  void sobol() {
    const bool take_off = r_.luck && r_.sharing == Luck::own;
    const std::vector<double> luck = take_off ? noise() : std::vector<double>{};
    r_.sobol = analyse_sobol({inputs_, means(), luck}, options_.bootstrap);
    const SobolAnalysis& s = *r_.sobol;
    if (s.inputs.empty()) return warn("No Sobol index can be given: " + output_.name + " does not vary with the parameters beyond luck.");
    if (r_.luck && r_.sharing == Luck::shared && r_.luck->of_cell_mean > 0.05)
      warn("All cells share the luck of " + std::to_string(r_.replicates) + " replicates, and up to " + percent(r_.luck->of_cell_mean) +
           " of the variance between cells may come from these very draws. The indices hold for them, and their intervals do not cover others. Run it again with luck = \"own\" in [sweep].");
    if (!s.converged && options_.bootstrap.resamples > 0)
      warn("Sobol indices have not converged: the widest interval is " + std::to_string(s.widest).substr(0, 5) + " (0.05 counts as converged). About " + std::to_string(s.rows_needed) + " base rows would do.");
  }

  void morris() {
    const std::vector<double> luck = r_.luck ? noise() : std::vector<double>{};
    r_.morris = analyse_morris({&plan_.design(), inputs_, means(), luck}, options_.bootstrap);
    if (!r_.morris->converged && options_.bootstrap.resamples > 0)
      warn("Elementary effects have not converged: the widest interval of a mean size is " + percent(r_.morris->widest) + " of the largest (20 % counts as converged). About " +
           std::to_string(r_.morris->trajectories_needed) + " trajectories would do.");
  }

  void pawn() {
    const std::vector<std::uint64_t> cells = independent_cells(output_);
    std::vector<std::vector<double>> inputs(inputs_, std::vector<double>(cells.size()));
    std::vector<double> output(cells.size());
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const std::vector<double> row = plan_.design().unit_row(cells[k]);
      for (std::size_t i = 0; i < inputs_; ++i) inputs[i][k] = row[i];
      output[k] = output_.mean[cells[k]];
    }
    r_.pawn = analyse_pawn({{inputs.begin(), inputs.end()}, output, options_.bins}, options_.bootstrap);
    if (!r_.pawn->converged && options_.bootstrap.resamples > 0)
      warn("PAWN indices have not converged: the widest interval of a median is " + std::to_string(r_.pawn->widest).substr(0, 5) + " (0.05 counts as converged). Take more samples.");
  }

  void boxes() {
    const std::vector<std::uint64_t> cells = independent_cells(boxed_);
    if (!boxed_.is_share && !options_.above)
      throw InputError("Boxes of " + boxed_.name + " need a threshold (it is no share of runs, so it has to be said what counts). Add for example --above " + std::to_string(r_.mean) + ".");
    std::vector<std::vector<double>> inputs(inputs_, std::vector<double>(cells.size()));
    BoxSample sample;
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const std::vector<double> row = plan_.swept_values(cells[k]);
      for (std::size_t i = 0; i < inputs_; ++i) inputs[i][k] = row[i];
      const double mean = boxed_.mean[cells[k]], runs = boxed_.runs[cells[k]];
      sample.of_interest.push_back(options_.above ? static_cast<double>(mean >= *options_.above) : mean * runs);
      sample.cases.push_back(options_.above ? 1.0 : runs);
    }
    sample.inputs = {inputs.begin(), inputs.end()};
    sample.random_order = r_.design != DesignKind::grid;
    r_.boxes = discover_boxes(sample, r_.confidence);
    if (r_.boxes->boxes.empty()) warn("No box is denser in " + boxed_.name + " than the whole.");
    if (!r_.boxes->held_back) warn("The boxes are judged on the cells they were found on (a grid holds none back), so their densities are flattering.");
  }

  void warn(std::string text) { r_.warnings.push_back(std::move(text)); }

  const Plan& plan_;
  const CellOutput& output_;
  const CellOutput& boxed_;
  const AnalysisOptions& options_;
  std::size_t inputs_;
  SweepAnalysis r_;
};

}  // namespace

const char* name_of(AnalysisMethod method) {
  switch (method) {
    case AnalysisMethod::sobol: return "sobol";
    case AnalysisMethod::morris: return "morris";
    case AnalysisMethod::pawn: return "pawn";
    case AnalysisMethod::boxes: return "boxes";
  }
  return "sobol";
}

std::vector<AnalysisMethod> methods_of(DesignKind design) {
  switch (design) {
    case DesignKind::none: return {};
    case DesignKind::grid: return {AnalysisMethod::boxes};
    case DesignKind::latin_hypercube:
    case DesignKind::sobol: return {AnalysisMethod::pawn, AnalysisMethod::boxes};
    case DesignKind::saltelli: return {AnalysisMethod::sobol, AnalysisMethod::pawn, AnalysisMethod::boxes};
    case DesignKind::morris: return {AnalysisMethod::morris};
  }
  return {};
}

SweepAnalysis analyse_sweep(const Plan& plan, const CellOutput& output, const CellOutput& boxed, const AnalysisOptions& options) {
  return Analyst(plan, output, boxed, options).analyse();
}

}  // namespace parley
