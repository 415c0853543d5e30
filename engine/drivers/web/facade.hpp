// The engine for a page in a browser: text in, columns of numbers out.
//
// A request is a JSON object. Every one names a `verb` and, but for the first, a plan: `configuration` (TOML text), `name` (of
// its file, for messages), `set` (a list of "path=value"), `runs` (replicates of a cell) and `seed`; and `files`, the texts of
// the poll tables that [polls] names.
//   version                            of the engine, and its kernels
//   describe                           who plays, every parameter with its value, switches, sweep, seed and runs
//   run        first, count, columns   plays runs [first, first + count): counts of outcomes, and the named columns of /runs;
//              kernel, bits            `bits`: true adds their fingerprint
//   play       run                     one run told round by round
//   sit        run, actor, moves       the same with a human in the actor's seat: [{reply, rung, text}]
//   explain    count, most_exact       which mechanisms make the stalemates: Shapley values and what is left without each
//   polls      tables [{name, text}]   mood of each public from polls, as `parley polls` estimates it
//   appraise   rung, packages          what every actor makes of packages (K numbers each) at the start of the talks
// Nothing here knows a model's parts, so it does not grow with them.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/sweep/plan.hpp"

namespace parley {

/// Texts of poll tables by the name that a configuration gives them.
using PollTexts = std::map<std::string, std::string>;

/// `text` is JSON. Its "columns" describe `data`: name, type, values a row, labels, and where their bytes begin.
struct FacadeAnswer {
  std::string text;
  std::vector<std::byte> data;
};

/// Remembers the last configuration and plan, as a page asks many things of one, and what the polls said. The files that come
/// with a configuration are taken to stay what they were.
class Facade {
 public:
  /// Never throws: what is wrong with a request stands in the answer as "error".
  FacadeAnswer answer(const std::string& request);

 private:
  Config config_of(const std::string& text, const std::string& name, const std::vector<std::string>& sets, const PollTexts& files);

  std::string polled_, posterior_;
  std::string configured_, planned_;
  std::optional<Config> config_;
  std::unique_ptr<const Plan> plan_;
};

}  // namespace parley
