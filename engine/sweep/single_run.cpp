#include "engine/sweep/single_run.hpp"

namespace parley {

namespace {

Cell playable(const Plan& plan, std::uint64_t run) {
  if (run >= plan.runs())
    throw InputError("There is no run " + std::to_string(run) + " (the plan has " + std::to_string(plan.runs()) + ", from 0). Choose one of those or raise --runs.");
  Cell cell = plan.cell_of_run(run);
  if (!cell.fault.empty())
    throw InputError("Run " + std::to_string(run) + " belongs to a cell that cannot be played (" + cell.fault + "). Choose another run.");
  return cell;
}

}  // namespace

SingleRun::SingleRun(const Plan& plan, std::uint64_t run)
    : cell_(playable(plan, run)),
      job_{0, plan.luck_of_run(run)},
      task_{.layout = &plan.negotiation().structure.layout, .values = cell_.values.data(), .stride = cell_.values.size(),
            .seed = plan.seed(), .jobs = &job_, .count = 1, .rows = nullptr} {}

Transcript tell_run(const Plan& plan, std::uint64_t run) {
  const SingleRun single(plan, run);
  return plan.negotiation().model->tell(single.task());
}

}  // namespace parley
