#include "engine/drivers/cli/run_source.hpp"

#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/run_tables.hpp"
#include "engine/drivers/runner/play_rows.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/sweep/columns.hpp"

namespace parley {

namespace {

std::uint64_t whole_fact(const ResultReader& reader, const char* name) {
  const auto text = reader.fact(name);
  if (!text) throw InputError(reader.path() + ": This result does not say its " + name + " (it was not made by parley run). Use a file that parley run wrote.");
  return std::strtoull(text->c_str(), nullptr, 10);
}

class StoredRuns final : public RunSource {
 public:
  explicit StoredRuns(const std::string& path)
      : reader_(path), plan_(config_in(reader_), static_cast<std::uint32_t>(whole_fact(reader_, "runs")), whole_fact(reader_, "seed")) {
    if (!reader_.has("runs")) throw InputError(path + ": This result keeps no runs (it was stored with --store summary). Make it again with --store runs.");
    if (!reader_.complete()) throw InputError(path + ": This result is not finished. Finish it with the same command and --resume.");
    tallies_ = tallies_of(reader_.read_table("summary"));
    if (tallies_.size() != plan_.cells()) throw InputError(path + ": The summary of this result does not fit its configuration. Make the result again.");
  }

  const Plan& plan() const override { return plan_; }
  std::string name() const override { return reader_.path(); }
  std::uint64_t made(std::uint64_t cell) const override { return tallies_[cell].runs; }
  std::vector<RunRow> rows(std::uint64_t cell, std::uint64_t first, std::uint64_t count) const override {
    const auto at = reader_.row_of(cell * plan_.replicates() + first), end = reader_.row_of(cell * plan_.replicates() + first + count - 1);
    if (!at || !end || *end - *at != count - 1)
      throw InputError(reader_.path() + ": Runs of cell " + std::to_string(cell) + " are missing (the file is one shard of several). Join the shards with parley merge first.");
    return rows_of(plan_.negotiation(), reader_.table("runs").columns, reader_.read_rows("runs", {*at, count}));
  }

 private:
  ResultReader reader_;
  Plan plan_;
  std::vector<Tally> tallies_;
};

class PlayedRuns final : public RunSource {
 public:
  PlayedRuns(const std::string& path, const PlayWith& with)
      : plan_(planned(load_configuration(path, with.assignments), with)),
        kernel_(choose_kernel(plan_.negotiation().model->kernels, "auto").play), threads_(with.threads) {}

  const Plan& plan() const override { return plan_; }
  std::string name() const override { return plan_.config().name; }
  std::uint64_t made(std::uint64_t) const override { return plan_.replicates(); }
  std::vector<RunRow> rows(std::uint64_t cell, std::uint64_t first, std::uint64_t count) const override {
    return play_rows(plan_, kernel_, cell * plan_.replicates() + first, count, threads_);
  }

 private:
  static Plan planned(const Config& config, const PlayWith& with) { return Plan(config, with.replicates.value_or(config.runs), with.seed.value_or(config.seed)); }

  Plan plan_;
  Kernel kernel_;
  int threads_;
};

}  // namespace

void add_play_arguments(VerbArguments& arguments) {
  arguments.add_value("runs", "", "replicates of each cell of a configuration (where silent: what it says)")
      .add_value("seed", "", "seed of a configuration (where silent: what it says)")
      .add_list("set", "path=value: changes one setting of a configuration; may be repeated")
      .add_value("threads", "0", "threads; 0 takes all");
}

PlayWith asked_play(const VerbArguments& a) {
  PlayWith with{.replicates = {}, .seed = {}, .assignments = a.list("set"), .threads = static_cast<int>(a.whole("threads", 0, 4096))};
  if (a.has("runs")) with.replicates = static_cast<std::uint32_t>(a.whole("runs", 1, 4294967295u));
  if (a.has("seed")) with.seed = a.whole("seed", 0, ~std::uint64_t{0});
  return with;
}

std::unique_ptr<RunSource> open_runs(const std::string& path, const PlayWith& with) {
  if (!is_result_name(path)) return std::make_unique<PlayedRuns>(path, with);
  if (!with.assignments.empty()) throw UsageError(path + " is a result and says itself what it was made with. Leave --set out, or name the configuration.");
  rehearse(path, [&](const ResultReader& file) {
    for (const std::string& group : file.groups())
      if (group != "runs") static_cast<void>(file.read_table(group));
    if (file.has("runs")) static_cast<void>(file.computed_bits());
  });
  return std::make_unique<StoredRuns>(path);
}

}  // namespace parley
