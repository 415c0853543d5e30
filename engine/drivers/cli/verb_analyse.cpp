// parley analyse: which parameters of a sweep matter, how much is luck, and where in their space deals happen.

#include <algorithm>
#include <iostream>
#include <sstream>

#include "engine/drivers/cli/analysis_text.hpp"
#include "engine/drivers/cli/cell_outputs.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/store/rehearsal.hpp"

namespace parley {

namespace {

constexpr const char* boxes_look_for = "settlement";

VerbArguments analyse_arguments() {
  VerbArguments a({.verb = "analyse",
                   .files = "RESULT.h5",
                   .purpose = "Says which parameters of a sweep an output depends on, with bootstrap intervals, how much of its variance is luck, and\n"
                              "in which boxes of the parameters deals happen. What can be said depends on the design of the sweep: saltelli bears\n"
                              "Sobol indices, morris elementary effects, any random sample PAWN, any but morris boxes. Outputs are shares of runs\n"
                              "(stalemate, partial_deal, full_settlement, settlement, fighting, truce_at_end, relapsed, truce, ceasefire,\n"
                              "signed_deal) and, where every run was kept, means over runs (months_to_deal, months_to_ceasefire, order_index, front,\n"
                              "energy, relapses, vetoes.ACTOR).",
                   .examples = "  parley run configs/sensitivity.toml --out results/sensitivity.h5\n"
                               "  parley analyse results/sensitivity.h5\n"
                               "  parley analyse results/sensitivity.h5 --output signed_deal --method sobol --json\n"
                               "  parley analyse results/sensitivity.h5 --method boxes --output full_settlement\n"});
  a.add_value("output", "", "what to explain (where silent: stalemate, and for boxes settlement)")
      .add_list("method", "sobol, morris, pawn or boxes; may be repeated (where silent: all that the design bears)")
      .add_value("bootstrap", "1000", "resamples for the intervals; 0 for none (PAWN takes at most 200)")
      .add_value("confidence", "0.95", "of the intervals")
      .add_value("cells", "", "use only the first so many cells, in whole rows of the design: to see how numbers settle")
      .add_value("bins", "10", "bins of PAWN")
      .add_value("above", "", "boxes: count the cells whose mean is at least this, instead of the runs")
      .add_switch("json", "print one JSON object");
  return a;
}

AnalysisOptions options_of(const VerbArguments& a) {
  AnalysisOptions options;
  for (const std::string& given : a.list("method")) {
    bool known = false;
    for (const AnalysisMethod method : {AnalysisMethod::sobol, AnalysisMethod::morris, AnalysisMethod::pawn, AnalysisMethod::boxes})
      if (given == name_of(method)) {
        options.methods.push_back(method);
        known = true;
      }
    if (!known) throw UsageError("--method " + given + " is no method. Use sobol, morris, pawn or boxes.");
  }
  options.bootstrap.resamples = a.whole("bootstrap", 0, 100000);
  options.bootstrap.confidence = a.real("confidence", 0.5, 0.9999);
  options.bins = a.whole("bins", 2, 100);
  if (a.has("cells")) options.cells = a.whole("cells", 1, 1ull << 32);
  if (a.has("above")) options.above = a.real("above", -1e300, 1e300);
  return options;
}

Plan plan_in(const ResultReader& reader) {
  const auto number = [&](const char* name) { return std::strtoull(reader.fact(name).value_or("0").c_str(), nullptr, 10); };
  return Plan(config_in(reader), static_cast<std::uint32_t>(std::max<std::uint64_t>(1, number("runs"))), number("seed"));
}

}  // namespace

int verb_analyse(const std::vector<std::string>& arguments) {
  VerbArguments a = analyse_arguments();
  if (!a.parse(arguments)) return 0;
  const AnalysisOptions options = options_of(a);
  const std::string output = a.has("output") ? a.text("output") : "stalemate", boxed = a.has("output") ? output : boxes_look_for;
  const std::string& path = a.files()[0];
  rehearse(path, [&](const ResultReader& reader) {
    const Plan plan = plan_in(reader);
    for (const std::string& read : {output, boxed}) static_cast<void>(read_cell_output(reader, plan, read));
  });
  const ResultReader reader(path);
  const Plan plan = plan_in(reader);
  const CellOutput explained = read_cell_output(reader, plan, output);
  const SweepAnalysis analysis = analyse_sweep(plan, explained, boxed == output ? explained : read_cell_output(reader, plan, boxed), options);
  if (a.is_set("json")) {
    nlohmann::ordered_json json = {{"file", path}};
    json.update(analysis_json(analysis));
    std::cout << printed(json);
  } else {
    std::cout << path << "\n" << analysis_text(analysis);
  }
  return 0;
}

}  // namespace parley
