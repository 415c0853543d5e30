#include "engine/sweep/batch.hpp"

#include <algorithm>

namespace parley {

namespace {

RunRow failed_row() {
  RunRow row;
  row.scenario = Scenario::failed;
  const float missing = __builtin_nanf("");
  std::fill(std::begin(row.package), std::end(row.package), missing);
  std::fill(std::begin(row.utility), std::end(row.utility), missing);
  std::fill(std::begin(row.approval), std::end(row.approval), missing);
  row.hazard = row.survival = row.front = row.energy = missing;
  return row;
}

/// Collects runs and hands them to the kernel together. The runs of a cell share a row of values; where runs draw some of
/// theirs each has its own, and they are played some at a time.
class Bundle {
 public:
  Bundle(const Plan& plan, Kernel kernel, Batch& batch, std::uint64_t cells) : plan_(plan), kernel_(kernel), batch_(batch), most_(plan.draws_values() ? most_drawn : batch.rows.size()) {
    values_.reserve((plan.draws_values() ? std::min(most_, batch.rows.size()) : cells) * plan.negotiation().values.size());
    jobs_.reserve(std::min(most_, batch.rows.size()));
  }

  /// Runs [from, to) of a cell, in the order of their numbers.
  void add(const Cell& cell, std::uint64_t from, std::uint64_t to) {
    if (from != next_run_) play();  // a failed cell lies between
    for (std::uint64_t run = from; run < to; ++run) {
      if (jobs_.size() == most_) play();
      const std::uint32_t luck = plan_.luck_of_run(run);
      if (run == from || plan_.draws_values()) {
        values_.insert(values_.end(), cell.values.begin(), cell.values.end());
        if (plan_.draws_values()) plan_.draw(luck, values_.data() + values_.size() - cell.values.size());
      }
      jobs_.push_back({static_cast<std::uint32_t>(values_.size() / cell.values.size() - 1), luck});
      next_run_ = run + 1;
    }
  }

  void play() {
    if (jobs_.empty()) return;
    kernel_({.layout = &plan_.negotiation().structure.layout, .values = values_.data(), .stride = plan_.negotiation().values.size(), .seed = plan_.seed(),
             .jobs = jobs_.data(), .count = jobs_.size(), .rows = batch_.rows.data() + (next_run_ - batch_.first_run - jobs_.size())});
    values_.clear();
    jobs_.clear();
  }

 private:
  static constexpr std::size_t most_drawn = 1024;  ///< a few megabytes of values

  const Plan& plan_;
  Kernel kernel_;
  Batch& batch_;
  std::size_t most_;
  std::uint64_t next_run_ = 0;
  std::vector<double> values_;
  std::vector<Job> jobs_;
};

}  // namespace

Batch play_batch(const Plan& plan, Kernel kernel, std::uint64_t first_run, std::uint32_t count) {
  Batch batch{first_run, std::vector<RunRow>(count), {}};
  if (count == 0) return batch;
  const std::uint64_t replicates = plan.replicates(), end = first_run + count;
  Bundle bundle(plan, kernel, batch, (end - 1) / replicates - first_run / replicates + 1);
  for (std::uint64_t c = first_run / replicates; c * replicates < end; ++c) {
    const std::uint64_t from = std::max(first_run, c * replicates), to = std::min(end, (c + 1) * replicates);
    const Cell cell = plan.cell(c);
    if (!cell.fault.empty()) {
      batch.counts.faults.emplace(c, cell.fault);
      for (std::uint64_t run = from; run < to; ++run) batch.rows[run - first_run] = failed_row();
      continue;
    }
    bundle.add(cell, from, to);
  }
  bundle.play();
  count_rows(batch.counts, batch.rows, first_run, plan.replicates());
  return batch;
}

void count_rows(Counts& counts, std::span<const RunRow> rows, std::uint64_t first_run, std::uint32_t replicates) {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const std::uint64_t c = (first_run + r) / replicates;
    if (counts.tallies.empty() || counts.tallies.back().first != c) counts.tallies.emplace_back(c, Tally{});
    counts.tallies.back().second.add(rows[r]);
    counts.refusals.add(rows[r]);
    if (rows[r].scenario == Scenario::failed) counts.faults.emplace(c, fault_of_a_run);
  }
}

void Counts::add(Counts next) {
  for (const auto& [cell, tally] : next.tallies) {
    if (tallies.empty() || tallies.back().first != cell) tallies.emplace_back(cell, Tally{});
    tallies.back().second.add(tally);
  }
  refusals.add(next.refusals);
  faults.merge(next.faults);
}

ChosenKernel choose_kernel(const Kernels& kernels, const std::string& name) {
#ifdef __x86_64__
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2"), avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
  const bool avx2 = false, avx512 = false;
#endif
  const auto lacking = [&](const char* what) {
    return InputError("--kernel " + name + ": " + what + ". Use --kernel auto, or one of the others.");
  };
  if (name == "one") return {name, kernels.one};
  if (name == "portable") return {name, kernels.portable};
  if (name == "avx2" || name == "avx512") {
    const Kernel kernel = name == "avx2" ? kernels.avx2 : kernels.avx512;
    if (kernel == nullptr) throw lacking("this build has no such kernel (it is for x86-64 processors)");
    if (!(name == "avx2" ? avx2 : avx512)) throw lacking("this processor lacks those instructions");
    return {name, kernel};
  }
  if (name != "auto") throw lacking("there is no kernel of that name (auto, portable, avx2, avx512, one)");
  if (avx512 && kernels.avx512 != nullptr) return {"avx512", kernels.avx512};
  if (avx2 && kernels.avx2 != nullptr) return {"avx2", kernels.avx2};
  return {"portable", kernels.portable};
}

}  // namespace parley
