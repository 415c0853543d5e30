#include "engine/drivers/runner/tbb_runner.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>

#include "engine/sweep/columns.hpp"

namespace parley {

namespace {

/// A block of runs, counted and packed.
struct Done {
  RowRange runs;
  Counts counts;
  CellSummaries cells;
  PackedBlock packed;
};

/// A block is played in pieces, so that few of its rows are in memory before they are packed or summed up. A packet's lanes
/// run empty at the end of each; at this size that does not show in the time of a run.
constexpr std::uint32_t piece_runs = 2048;

/// Splits rows into blocks that start at multiples of the block size, so that a shard's blocks are the whole run's.
std::vector<RowRange> blocks_of(RowRange rows, std::uint32_t block_rows) {
  std::vector<RowRange> blocks;
  for (std::uint64_t at = rows.first; at < rows.end();) {
    const std::uint64_t next = std::min(rows.end(), (at / block_rows + 1) * block_rows);
    blocks.push_back({at, next - at});
    at = next;
  }
  return blocks;
}

class Runner {
 public:
  Runner(const Plan& plan, const RunOptions& options, RunSink& sink, ProgressWatcher* watcher)
      : plan_(plan), options_(options), sink_(sink), watcher_(watcher), columns_(run_columns(plan.negotiation())) {
    result_.tallies.resize(plan.cells());
    if (options.summariser != nullptr) result_.summaries.assign(plan.cells(), options.summariser->nothing());
    found_ = sink.present();
    std::sort(found_.begin(), found_.end(), [](const RowRange& a, const RowRange& b) { return a.first < b.first; });
  }

  RunResult run() {
    const int threads = options_.threads > 0 ? options_.threads : default_threads();
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(std::max(threads, 1)));
    tbb::task_arena arena(threads);
    arena.execute([&] {
      if (options_.until) play_waves(threads);
      else {
        total_ = options_.shard.rows(plan_.runs()).count;
        play(blocks_of(options_.shard.rows(plan_.runs()), options_.block_rows), threads);
      }
    });
    return std::move(result_);
  }

 private:
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }

  /// Waves of replicates of all cells, until every cell's widest interval is narrow enough.
  void play_waves(int threads) {
    total_ = plan_.runs();
    for (std::uint64_t done = 0; done < plan_.replicates() && !result_.interrupted; done += until_wave) {
      const std::uint64_t count = std::min<std::uint64_t>(until_wave, plan_.replicates() - done);
      std::vector<RowRange> blocks;
      for (std::uint64_t c = 0; c < plan_.cells(); ++c) blocks.push_back({c * plan_.replicates() + done, count});
      play(blocks, threads);
      const bool narrow = std::all_of(result_.tallies.begin(), result_.tallies.end(), [&](const Tally& t) {
        return t.counted() == 0 ? t.failed > 0 : t.widest_interval() < *options_.until;
      });
      if (narrow) return;
    }
  }

  void play(const std::vector<RowRange>& blocks, int threads) {
    std::size_t next = 0;
    tbb::parallel_pipeline(
        static_cast<std::size_t>(threads) + 1,
        tbb::make_filter<void, RowRange>(tbb::filter_mode::serial_in_order,
                                         [&](tbb::flow_control& control) -> RowRange {
                                           if (next == blocks.size() || stopped()) {
                                             result_.interrupted = result_.interrupted || next != blocks.size();
                                             control.stop();
                                             return {};
                                           }
                                           return blocks[next++];
                                         }) &
            tbb::make_filter<RowRange, Done>(tbb::filter_mode::parallel, [&](const RowRange& block) { return work(block); }) &
            tbb::make_filter<Done, void>(tbb::filter_mode::serial_in_order, [&](Done done) { keep(std::move(done)); }));
  }

  /// The entry of the sink that holds these runs: their rows, or a row for each cell that they touch.
  RowRange entry_of(const RowRange& runs) const {
    if (options_.summariser == nullptr) return runs;
    return {runs.first, (runs.end() - 1) / plan_.replicates() - runs.first / plan_.replicates() + 1};
  }

  bool is_found(const RowRange& runs) const {
    const RowRange entry = entry_of(runs);
    const auto at = std::lower_bound(found_.begin(), found_.end(), entry, [](const RowRange& a, const RowRange& b) { return a.first < b.first; });
    return at != found_.end() && *at == entry;
  }

  Done work(const RowRange& block) const {
    if (is_found(block)) return counted_again(block);
    Done done{block, {}, {}, {}};
    Block content;
    const bool makes_rows = options_.make_rows && options_.summariser == nullptr;
    if (makes_rows) content = numbered_block(plan_.negotiation(), block, plan_.replicates());
    for (const RowRange& piece : blocks_of(block, piece_runs)) {
      Batch batch = play_batch(plan_, options_.kernel, piece.first, static_cast<std::uint32_t>(piece.count));
      if (options_.summariser != nullptr) append(done.cells, options_.summariser->summarise(batch.rows, piece.first, plan_.replicates()));
      else if (makes_rows) put_rows(plan_.negotiation(), batch.rows, piece.first, content);
      done.counts.add(std::move(batch.counts));
    }
    if (options_.summariser != nullptr) content = options_.summariser->to_block(done.cells, block.first);
    if (content.rows > 0) done.packed = sink_.pack(std::move(content));
    return done;
  }

  /// A block that an earlier run left: only its counts are needed.
  Done counted_again(const RowRange& block) const {
    Done done{block, {}, {}, {}};
    for (std::uint64_t c = block.first / plan_.replicates(); c * plan_.replicates() < block.end(); ++c)
      if (std::string fault = plan_.cell(c).fault; !fault.empty()) done.counts.faults.emplace(c, std::move(fault));
    if (options_.summariser != nullptr) {
      done.cells = options_.summariser->from_block(sink_.read(entry_of(block)), plan_.replicates());
      count_cells(done.counts, done.cells);
    } else {
      count_rows(done.counts, rows_of(plan_.negotiation(), columns_, sink_.read(block)), block.first, plan_.replicates());
    }
    return done;
  }

  void count_cells(Counts& counts, const CellSummaries& cells) const {
    for (const auto& [number, cell] : cells) {
      counts.tallies.emplace_back(number, cell.tally);
      counts.refusals.add(options_.summariser->refusals(cell));
      if (cell.tally.failed > 0) counts.faults.emplace(number, fault_of_a_run);
    }
  }

  void keep(Done done) {
    for (const auto& [cell, tally] : done.counts.tallies) result_.tallies[cell].add(tally);
    for (const auto& [number, cell] : done.cells) result_.summaries[number].add(cell);
    result_.refusals.add(done.counts.refusals);
    result_.faults.merge(done.counts.faults);
    if (done.packed.rows > 0) sink_.write(std::move(done.packed));
    (is_found(done.runs) ? result_.runs_found : result_.runs_played) += done.runs.count;
    if (watcher_ != nullptr) watcher_->progress(result_.runs_found + result_.runs_played, total_);
  }

  const Plan& plan_;
  const RunOptions& options_;
  RunSink& sink_;
  ProgressWatcher* watcher_;
  std::vector<Column> columns_;
  std::vector<RowRange> found_;
  std::uint64_t total_ = 0;
  RunResult result_;
};

}  // namespace

int default_threads() { return tbb::info::default_concurrency(); }

RunResult run_plan(const Plan& plan, const RunOptions& options, RunSink& sink, ProgressWatcher* watcher) {
  return Runner(plan, options, sink, watcher).run();
}

}  // namespace parley
