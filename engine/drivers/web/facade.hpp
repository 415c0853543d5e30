// The engine for a page in a browser: text in, columns of numbers out.
//
// A request is a JSON object. Every one names a `verb` and, but for the first, a plan: `configuration` (TOML text), `name` (of
// its file, for messages), `set` (a list of "path=value"), `runs` (replicates of a cell) and `seed`.
//   version                            of the engine, and its kernels
//   describe                           who plays, every parameter with its value, switches, sweep, seed and runs
//   run        first, count, columns   plays runs [first, first + count): counts of outcomes, and the named columns of /runs;
//              kernel, bits            `bits`: true adds their fingerprint
//   play       run                     one run told round by round
//   sit        run, actor, moves       the same with a human in the actor's seat: [{reply, rung, text}]
//   explain    count, most_exact       which mechanisms make the stalemates: Shapley values and what is left without each
//   appraise   rung, packages          what every actor makes of packages (K numbers each) at the start of the talks
// Nothing here knows a model's parts, so it does not grow with them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/sweep/plan.hpp"

namespace parley {

/// `text` is JSON. Its "columns" describe `data`: name, type, values a row, labels, and where their bytes begin.
struct Answer {
  std::string text;
  std::vector<std::byte> data;
};

/// Remembers the last plan, as a page asks many things of one.
class Facade {
 public:
  /// Never throws: what is wrong with a request stands in the answer as "error".
  Answer answer(const std::string& request);

 private:
  std::string planned_;
  std::unique_ptr<const Plan> plan_;
};

}  // namespace parley
