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

}  // namespace

Batch play_batch(const Plan& plan, Kernel kernel, std::uint64_t first_run, std::uint32_t count) {
  Batch batch{first_run, std::vector<RunRow>(count), {}, {}, {}};
  if (count == 0) return batch;
  const std::uint64_t replicates = plan.replicates(), end = first_run + count;
  const std::size_t stride = plan.negotiation().values.size();
  std::vector<double> values;
  std::vector<Job> jobs;
  std::vector<std::uint32_t> places;  // where in the batch each job's row belongs
  values.reserve(((end - 1) / replicates - first_run / replicates + 1) * stride);
  jobs.reserve(count);
  places.reserve(count);
  for (std::uint64_t c = first_run / replicates; c * replicates < end; ++c) {
    const std::uint64_t from = std::max(first_run, c * replicates), to = std::min(end, (c + 1) * replicates);
    const Cell cell = plan.cell(c);
    if (!cell.fault.empty()) {
      batch.faults.emplace(c, cell.fault);
      for (std::uint64_t run = from; run < to; ++run) batch.rows[run - first_run] = failed_row();
      continue;
    }
    const auto index = static_cast<std::uint32_t>(values.size() / stride);
    values.insert(values.end(), cell.values.begin(), cell.values.end());
    for (std::uint64_t run = from; run < to; ++run) {
      jobs.push_back({index, plan.luck_of_run(run)});
      places.push_back(static_cast<std::uint32_t>(run - first_run));
    }
  }

  const bool all = jobs.size() == count;  // then every job's row is at its place
  std::vector<RunRow> played(all ? 0 : jobs.size());
  const Task task{.layout = &plan.negotiation().structure.layout, .values = values.data(), .stride = stride, .seed = plan.seed(),
                  .jobs = jobs.data(), .count = jobs.size(), .rows = all ? batch.rows.data() : played.data()};
  kernel(task);
  for (std::size_t j = 0; j < played.size(); ++j) batch.rows[places[j]] = played[j];

  count_rows(batch, plan.replicates());
  return batch;
}

void count_rows(Batch& batch, std::uint32_t replicates) {
  for (std::size_t r = 0; r < batch.rows.size(); ++r) {
    const std::uint64_t c = (batch.first_run + r) / replicates;
    if (batch.tallies.empty() || batch.tallies.back().first != c) batch.tallies.emplace_back(c, Tally{});
    batch.tallies.back().second.add(batch.rows[r]);
    batch.refusals.add(batch.rows[r]);
    if (batch.rows[r].scenario == Scenario::failed)
      batch.faults.emplace(c, "a number in a run became infinite or undefined");
  }
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
