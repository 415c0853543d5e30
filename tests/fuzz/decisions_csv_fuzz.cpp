// Any bytes as a table of decisions: refused in words, or predicted within the issue.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/analysis/backtest.hpp"
#include "engine/analysis/one_issue_concepts.hpp"
#include "engine/core/check.hpp"
#include "engine/drivers/cli/dynamic_predictors.hpp"
#ifdef PARLEY_FUZZERS
#include "tests/fuzz/line_mutator.hpp"
#endif

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  try {
    Decisions read = parse_decisions({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (read.decisions.size() > 20) read.decisions.resize(20);
    std::vector<Predictor> predictors = concept_predictors(read.capability_known);
    for (Predictor& predictor : dynamic_predictors({.runs = 4})) predictors.push_back(predictor);
    for (const Decision& decision : read.decisions) {
      if (decision.stands.size() > 12) continue;
      for (const Predictor& predictor : predictors) {
        const auto prediction = predictor.predict(decision);
        if (prediction && !(prediction->point >= -1e-6 && prediction->point <= 100 + 1e-6)) std::abort();
      }
    }
  } catch (const InputError&) {
  }
  return 0;
}
