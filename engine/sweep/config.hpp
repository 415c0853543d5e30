// A configuration read, checked and resolved: a negotiation, what varies in it, and what to keep.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/bargain/negotiation.hpp"
#include "engine/sweep/design.hpp"
#include "engine/sweep/opinion_posterior.hpp"
#include "engine/sweep/polls_spec.hpp"
#include "engine/sweep/settings.hpp"

namespace parley {

struct Config {
  std::string name;                      ///< of the file, for messages and reports
  std::string text;                      ///< as written
  std::vector<std::string> assignments;  ///< the --set of the command line, in order
  Negotiation negotiation;
  std::map<std::string, bool> mechanisms;  ///< switches that the configuration states
  PollsSpec polls;  ///< poll tables and how they are read; only a driver opens files
  std::vector<OpinionPosterior> posteriors;  ///< what they say: publics whose mood and response every run draws
  SweepSpec sweep;
  std::vector<std::uint64_t> traces;  ///< runs whose every round is kept
  std::uint64_t seed = 1;
  std::uint32_t runs = 10000;  ///< replicates of each cell where the command line says nothing

  /// Every setting in one canonical text: equal for configurations that mean the same.
  std::string resolved() const;
};

/// Reads TOML text. `find` looks up a model by name. Throws InputError with file, line and column.
using ModelFinder = const Model* (*)(const std::string&);
Config read_config(const std::string& text, const std::string& name, const std::vector<std::string>& assignments, ModelFinder find);

}  // namespace parley
