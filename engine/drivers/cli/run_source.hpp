// The runs of a result file, or of a configuration that is played when asked: the verbs that look at runs take either.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/sweep/plan.hpp"

namespace parley {

class RunSource {
 public:
  virtual ~RunSource() = default;

  virtual const Plan& plan() const = 0;
  virtual std::string name() const = 0;
  /// How many replicates of a cell there are: fewer than the plan has where a run ended at its precision.
  virtual std::uint64_t made(std::uint64_t cell) const = 0;
  /// Rows of replicates [first, first + count) of a cell, all of them made.
  virtual std::vector<RunRow> rows(std::uint64_t cell, std::uint64_t first, std::uint64_t count) const = 0;
};

/// What a configuration is played with where it does not say so itself.
struct PlayWith {
  std::optional<std::uint32_t> replicates;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> assignments = {};  ///< --set; refused for a result
  int threads = 0;
};

/// Adds --runs, --seed, --set and --threads, and what was given for them.
void add_play_arguments(VerbArguments& arguments);
PlayWith asked_play(const VerbArguments& arguments);

/// Opens RESULT.h5 or CONFIG.toml. Throws InputError for a result that keeps no runs, StoreError for one that is damaged.
std::unique_ptr<RunSource> open_runs(const std::string& path, const PlayWith& with);

}  // namespace parley
