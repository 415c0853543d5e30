// Plays many runs W at a time: a run that ends hands its lane to the next one.
#pragma once

#include "engine/bargain/play.hpp"
#include "models/talks/talks.hpp"

namespace parley::talks {

/// A game of the engine's loop that is over when no job is left. The lanes of a packet may belong to different cells:
/// structure is uniform, numbers differ by lane.
template <class Real>
class Packets : public Talks<Real> {
 public:
  /// `block` has room for task.stride Reals; it holds the parameter values of the lanes.
  Packets(const Task& task, Real* block) : Talks<Real>(*task.layout, block, task.seed), task_(task), block_(block) {
    for (int l = 0; l < lanes<Real>; ++l) load(l);
    this->begin(fresh_, replicates_);
  }

  bool over() {
    const auto ended = this->finished();
    if (!any(ended)) return busy_ == 0;
    fresh_ = but_not(ended, ended);
    for (int l = 0; l < lanes<Real>; ++l) {
      if (!lane(ended, l) || !playing_[l]) continue;
      task_.rows[run_[l]] = this->row(l);
      --busy_;
      load(l);
    }
    if (busy_ == 0) return true;
    this->begin(fresh_, replicates_);
    return false;
  }

 private:
  /// Gives lane l the next job, if there is one. A lane that stays empty goes on computing numbers nobody reads.
  void load(int l) {
    playing_[l] = next_ < task_.count;
    if (!playing_[l]) {
      if (!loaded_[l]) fill(l, 0);  // a packet wider than the task: any valid numbers will do
      return;
    }
    const Job& job = task_.jobs[next_];
    if (!loaded_[l] || cell_[l] != job.cell) fill(l, job.cell);
    set_lane(replicates_, l, job.replicate);
    set_lane(fresh_, l, true);
    run_[l] = next_++;
    ++busy_;
  }
  void fill(int l, std::uint32_t cell) {
    const double* values = task_.values + cell * task_.stride;
    for (std::size_t v = 0; v < task_.stride; ++v) set_lane(block_[v], l, values[v]);
    cell_[l] = cell;
    loaded_[l] = true;
  }

  const Task task_;
  Real* block_;
  std::size_t next_ = 0, run_[lanes<Real>] = {};
  std::uint32_t cell_[lanes<Real>] = {};
  bool playing_[lanes<Real>] = {}, loaded_[lanes<Real>] = {};
  int busy_ = 0;
  Mask<Real> fresh_{};
  Word<Real> replicates_{};
};

template <class Real>
void play_task(const Task& task) {
  if (task.count == 0) return;
  alignas(64) Real block[max_parameters];
  Packets<Real> packets(task, block);
  play(packets);
}

}  // namespace parley::talks
