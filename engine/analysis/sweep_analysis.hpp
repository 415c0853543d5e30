// What a sweep says about its parameters: which of them an output depends on, how much is luck, and where deals happen.
//
// Every method asks for a design: Sobol indices for Saltelli's, elementary effects for Morris's, PAWN for any random
// sample, boxes for any but Morris's. A method that the design does not bear is refused with the way to get it.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/bootstrap.hpp"
#include "engine/analysis/box_discovery.hpp"
#include "engine/analysis/morris_analysis.hpp"
#include "engine/analysis/pawn_analysis.hpp"
#include "engine/analysis/sobol_analysis.hpp"
#include "engine/sweep/plan.hpp"

namespace parley {

/// One number for each run, summed up by cell.
struct CellOutput {
  std::string name, meaning, unit;
  bool is_share = false;             ///< 0 or 1 for a run
  std::vector<double> mean;          ///< by cell; NaN where no run counts
  std::vector<double> variance;      ///< within the cell, unbiased; NaN for a single run
  std::vector<std::uint32_t> runs;   ///< that count
};

enum class AnalysisMethod { sobol, morris, pawn, boxes };
const char* name_of(AnalysisMethod method);

/// What a design bears.
std::vector<AnalysisMethod> methods_of(DesignKind design);

struct AnalysisOptions {
  std::vector<AnalysisMethod> methods;  ///< empty: all that the design bears
  Bootstrap bootstrap;
  std::size_t bins = 10;              ///< of PAWN
  std::optional<std::uint64_t> cells;  ///< use only the first so many (whole base rows): to see how results settle
  std::optional<double> above;        ///< boxes: a cell counts if its mean is at least this; else its runs count, of a share
};

/// How much of the variance is luck: of one run's result, and of a cell's mean.
struct LuckShare {
  double of_run = 0, of_cell_mean = 0;
  bool at_most = false;  ///< cells share their luck, which the variance between cells then partly hides
};

struct SweepAnalysis {
  DesignKind design = DesignKind::none;
  Luck sharing = Luck::shared;
  std::uint64_t cells = 0, cells_used = 0, cells_failed = 0;
  std::uint32_t replicates = 0;
  double confidence = 0.95;
  std::string output, output_meaning, output_unit, box_output;
  double mean = 0;
  std::vector<std::string> paths, units;  ///< of the inputs
  std::optional<LuckShare> luck;          ///< none where every cell is a single run
  std::optional<SobolAnalysis> sobol;
  std::optional<MorrisAnalysis> morris;
  std::optional<PawnAnalysis> pawn;
  std::optional<BoxDiscovery> boxes;
  std::vector<std::string> warnings;  ///< what a reader has to know before believing a number
};

/// `boxed` is what boxes look for, `output` what everything else does. Throws InputError for a design that does not bear
/// what is asked.
SweepAnalysis analyse_sweep(const Plan& plan, const CellOutput& output, const CellOutput& boxed, const AnalysisOptions& options = {});

/// One object; methods that were not used are null.
nlohmann::ordered_json analysis_json(const SweepAnalysis& analysis);

}  // namespace parley
