// One run of a plan by itself: to tell it round by round, to sit in it, to appraise packages at its start.
#pragma once

#include "engine/bargain/transcript.hpp"
#include "engine/sweep/plan.hpp"

namespace parley {

/// A task of one job, with all that it points to. The plan has to outlive it.
class SingleRun {
 public:
  /// run = cell · replicates + replicate. Throws InputError where there is no such run, or its cell cannot be played.
  SingleRun(const Plan& plan, std::uint64_t run);
  SingleRun(const SingleRun&) = delete;
  SingleRun& operator=(const SingleRun&) = delete;

  const Task& task() const { return task_; }

 private:
  Cell cell_;
  Job job_;
  Task task_;
};

/// Plays one run of a plan again and tells it round by round.
Transcript tell_run(const Plan& plan, std::uint64_t run);

}  // namespace parley
