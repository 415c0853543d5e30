// parley bench: how many rounds a second this machine plays, by kernel, threads, size, cells and what is stored.

#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "engine/bargain/scaled.hpp"
#include "engine/drivers/cli/bench_report.hpp"
#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/run_tables.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/runner/tbb_runner.hpp"
#include "engine/drivers/store/file_sink.hpp"
#include "engine/drivers/store/memory_sinks.hpp"
#include "engine/sweep/columns.hpp"
#include "models/catalog.hpp"

namespace parley {

std::string start_values_text();  // configs/start-values.toml, embedded when the program is built

namespace {

constexpr std::uint32_t block_rows = 8192;
constexpr std::uint64_t seed = 7;

std::atomic<bool> interrupted{false};
extern "C" void note_bench_interrupt(int) { interrupted.store(true); }
struct Interrupted {};

/// A folder for files that are stored only to be measured, gone with it.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& inside) : path_(inside + "/parley-bench-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) throw InputError("--folder " + inside + " cannot be written to (files are stored there to be measured). Name a folder that can.");
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string file() const { return path_ + "/runs.h5"; }

 private:
  std::string path_;
};

VerbArguments bench_arguments() {
  VerbArguments a({.verb = "bench",
                   .files = "[CONFIG.toml]",
                   .purpose = "Measures how many rounds a second this machine plays: by kernel, threads, actors, issues, cells, and with storing.\n"
                              "Without a configuration it plays the reference model at its start values; other sizes are copies of the\n"
                              "configuration's actors and issues, made in memory. Each piece is played several times in turn with a reference,\n"
                              "the portable kernel on one core, and stands beside it as the median of their ratios. What pieces compute is\n"
                              "fingerprinted and compared. One core is measured in processor time, threads and storing in wall time.",
                   .examples = "  parley bench\n"
                               "  parley bench --quick --axes kernels,threads\n"
                               "  parley bench configs/ukraine-2026-01.toml --axes store --folder /data --json\n"
                               "  parley bench --axes actors --actors 2,4,8,16 --kernel avx2\n",
                   .least_files = 0});
  a.add_value("axes", "kernels,threads,actors,issues,links,cells,store", "what to vary, any of these; `links` is issues with every pair of them linked")
      .add_value("threads", "", "numbers of threads, such as 1,2,4 (where silent: up to all cores)")
      .add_value("actors", "2,3,4,6,8,12,16", "numbers of actors, 2 to 16")
      .add_value("issues", "1,2,3,4,5,6,7,8", "numbers of issues, 1 to 8")
      .add_value("cells", "1,100,10000", "numbers of cells that the same runs are spread over")
      .add_value("runs", "", "runs of a piece on one core (where silent: 20000, or 2000 with --quick); threads, cells and storing play ten times as many")
      .add_value("repetitions", "", "how often each piece is played (where silent: 7, or 3 with --quick)")
      .add_value("kernel", "auto", "what plays on the other axes: auto, portable, avx2, avx512 or one")
      .add_value("folder", "", "where files are stored to be measured (where silent: the system's folder for temporary files)")
      .add_switch("quick", "fewer and shorter repetitions: a first impression")
      .add_switch("json", "print one JSON object");
  return a;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  std::istringstream text(list);
  for (std::string part; std::getline(text, part, ',');) parts.push_back(part);
  return parts;
}

std::vector<int> sizes_of(const VerbArguments& a, const std::string& name, int low, int high) {
  std::vector<int> sizes;
  for (const std::string& part : split(a.text(name))) {
    int size = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), size);
    if (error != std::errc() || end != part.data() + part.size() || size < low || size > high)
      throw UsageError("--" + name + " " + a.text(name) + " is not a list of whole numbers from " + std::to_string(low) + " to " + std::to_string(high) +
                       ". Write for example --" + name + " " + std::to_string(low) + "," + std::to_string(std::min(2 * low, high)) + ".");
    sizes.push_back(size);
  }
  if (sizes.empty()) throw UsageError("--" + name + " is empty. Name at least one number.");
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

/// 1, 2, 4 … and the number of cores.
std::vector<int> thread_numbers(int cores) {
  std::vector<int> numbers;
  for (int t = 1; t < cores; t *= 2) numbers.push_back(t);
  numbers.push_back(cores);
  return numbers;
}

std::uint64_t rounds_of(const Plan& plan) { return plan.runs() * horizon_of(plan, 0); }

RunLayout layout_of(const Plan& plan, Compression compression = Compression::none) {
  return {.columns = run_columns(plan.negotiation()), .block_rows = block_rows, .compression = compression};
}

/// Plays on one core what a worker thread plays; the rows are fingerprinted while the clock stands still.
Played play_on_one_core(const Plan& plan, Kernel kernel) {
  Played played;
  BitsSink sink({.layout = layout_of(plan)});
  for (std::uint64_t first = 0; first < plan.runs(); first += block_rows) {
    Batch batch;
    {
      const Stopwatch watch(played.timing);
      batch = play_batch(plan, kernel, first, static_cast<std::uint32_t>(std::min<std::uint64_t>(block_rows, plan.runs() - first)));
    }
    if (!batch.counts.faults.empty()) throw InputError("A piece of the measurement cannot be played (" + batch.counts.faults.begin()->second + "). Choose another configuration.");
    sink.write(sink.pack(to_block(plan.negotiation(), batch.rows, first, plan.replicates())));
  }
  played.fingerprint = sink.finish({}).bits.value();
  return played;
}

/// The counts of every cell in one text: what is left of runs that are not stored.
std::string counts_of(const RunResult& result) {
  std::string counts;
  const auto add = [&](std::uint64_t n) { counts.append(reinterpret_cast<const char*>(&n), sizeof n); };
  for (const Tally& t : result.tallies)
    for (const std::uint64_t n : {t.runs, t.failed, t.scenarios[0], t.scenarios[1], t.scenarios[2], t.truce, t.ceasefire, t.deal}) add(n);
  add(result.refusals.rounds_talked);
  for (const std::uint64_t vetoes : result.refusals.vetoes) add(vetoes);
  return combine_digests({{"counts", digest_of(std::as_bytes(std::span(counts)))}});
}

struct Storing {
  const char* name;
  const char* kind;  ///< of `parley run --store`
  Compression compression;
};
constexpr Storing storings[] = {{"nothing", "none", Compression::none},
                                {"summary", "summary", Compression::none},
                                {"runs, uncompressed", "runs", Compression::none},
                                {"runs, gzip", "runs", Compression::gzip}};

/// Plays a plan as `parley run` does, and takes its file away again.
Played play_whole(const Plan& plan, Kernel kernel, int threads, const Storing& storing, const std::string& path) {
  Played played;
  const std::string kind = storing.kind;
  RunOptions options{.threads = threads, .kernel = kernel, .shard = {}, .block_rows = block_rows, .make_rows = kind == "runs", .until = {}, .stop = &interrupted};
  RunResult result;
  Finished finished;
  {
    const Stopwatch watch(played.timing);
    std::unique_ptr<RunSink> sink = std::make_unique<DiscardingSink>();
    if (kind != "none")
      sink = std::make_unique<FileSink>(FileSinkOptions{.path = path, .layout = layout_of(plan, storing.compression), .identity = identity_of(plan, kind, "1/1", {}),
                                                        .first_row = 0, .expected_rows = plan.runs(), .expected = Expected::exactly, .keep_rows = kind == "runs" ? KeepRows::yes : KeepRows::no,
                                                        .partial = Partial::discard, .replace = Replace::yes});
    result = run_plan(plan, options, *sink, nullptr);
    if (result.interrupted) throw Interrupted{};
    Closing closing;
    if (kind != "none") closing.tables = result_tables(plan, result);
    finished = sink->finish(closing);
  }
  if (finished.path) std::filesystem::remove(*finished.path);
  played.fingerprint = finished.bits ? *finished.bits : counts_of(result);
  return played;
}

/// Everything that the pieces of an axis share.
class Bench {
 public:
  Bench(const VerbArguments& a, Config config, const Machine& machine)
      : config_(std::move(config)), scratch_(a.has("folder") ? a.text("folder") : std::filesystem::temp_directory_path().string()), kernel_(choose_kernel(config_.negotiation.model->kernels, a.text("kernel"))), machine_(machine) {
    const bool quick = a.is_set("quick");
    runs_ = static_cast<std::uint32_t>(a.has("runs") ? a.whole("runs", 8, 100000000) : quick ? 2000 : 20000);
    repetitions_ = static_cast<int>(a.has("repetitions") ? a.whole("repetitions", 1, 1000) : quick ? 3 : 7);
    actors_ = sizes_of(a, "actors", 2, max_actors);
    issues_ = sizes_of(a, "issues", 1, max_issues);
    cells_ = sizes_of(a, "cells", 1, 1000000);
    threads_ = a.has("threads") ? sizes_of(a, "threads", 1, 4096) : thread_numbers(machine.cores);
  }

  const ChosenKernel& kernel() const { return kernel_; }
  std::uint32_t runs() const { return runs_; }
  int repetitions() const { return repetitions_; }

  Axis axis(const std::string& name) {
    pieces_ = {reference()};
    sizes_.clear();
    Clock clock = Clock::processor;
    bool same_results = false;
    if (name == "kernels") {
      same_results = true;
      for (const char* kernel : {"portable", "one", "avx2", "avx512"}) add_kernel(kernel);
    } else if (name == "threads") {
      clock = Clock::wall;
      same_results = true;
      for (const int t : threads_) add_whole(std::to_string(t), whole_plan(), t, storings[0]);
    } else if (name == "actors") {
      for (const int n : actors_) add_scaled(n, {n, dimensions().issues, Linkage::as_given});
    } else if (name == "issues") {
      for (const int n : issues_) add_scaled(n, {dimensions().actors, n, Linkage::as_given});
    } else if (name == "links") {
      for (const int n : issues_) add_scaled(n, {dimensions().actors, n, Linkage::every_pair});
    } else if (name == "cells") {
      for (const int n : cells_) add_whole(std::to_string(n), cells_plan(n), 1, storings[0]);
    } else {
      clock = Clock::wall;
      for (const Storing& storing : storings) add_whole(storing.name, whole_plan(), machine_.cores, storing);
    }
    Axis axis{.name = name, .clock = clock, .sizes = sizes_, .measured = measure(pieces_, repetitions_, clock, [] { if (interrupted) throw Interrupted{}; })};
    axis.reference = std::move(axis.measured.front());
    axis.reference.clock = Clock::processor;
    axis.measured.erase(axis.measured.begin());
    if (same_results) expect_same_results(axis.measured);
    return axis;
  }

 private:
  const Dimensions& dimensions() const { return config_.negotiation.structure.layout.n; }

  std::shared_ptr<const Plan> whole_plan() const { return std::make_shared<const Plan>(config_, 10 * runs_, seed); }

  /// The configuration's own values in every cell but for the first actor's mood, which differs from cell to cell.
  std::shared_ptr<const Plan> cells_plan(int cells) const {
    Config c = config_;
    const std::vector<Entry>& entries = c.negotiation.catalog.entries();
    const auto varied = std::find_if(entries.begin(), entries.end(), [](const Entry& e) { return e.described->parameter.path == std::string("actors.*.mood"); });
    const Parameter& p = varied->described->parameter;
    SweptPath path{.path = varied->path, .values = {}, .distribution = {}, .place = {}};
    for (int n = 0; n < cells; ++n) path.values.push_back(std::clamp(c.negotiation.values[varied->slot] + 0.1 * n / cells, p.low, p.high));
    if (cells > 1) {
      c.sweep.design = DesignKind::grid;
      c.sweep.axes = {path};
    }
    return std::make_shared<const Plan>(c, std::max<std::uint32_t>(1, 10 * runs_ / static_cast<std::uint32_t>(cells)), seed);
  }

  /// A quarter of the runs is enough for what is played beside every piece.
  Piece reference() const {
    return one_core("reference", std::make_shared<const Plan>(config_, std::max<std::uint32_t>(8, runs_ / 4), seed), config_.negotiation.model->kernels.portable);
  }
  static Piece one_core(const std::string& name, std::shared_ptr<const Plan> plan, Kernel kernel) {
    return {name, rounds_of(*plan), [plan, kernel] { return play_on_one_core(*plan, kernel); }};
  }
  void add_kernel(const std::string& name) {
    try {
      pieces_.push_back(one_core(name, std::make_shared<const Plan>(config_, runs_, seed), choose_kernel(config_.negotiation.model->kernels, name).play));
    } catch (const InputError&) {
      return;  // this processor or build lacks it
    }
  }
  void add_scaled(int n, const ScaledSize& size) {
    Config c = config_;
    c.negotiation = scaled(config_.negotiation, size);
    c.polls = {};  // what polls say is of the configuration's own publics and issues; copies have the means of them
    c.posteriors.clear();
    pieces_.push_back(one_core(std::to_string(n), std::make_shared<const Plan>(c, runs_, seed), kernel_.play));
    sizes_.push_back(n);
  }
  void add_whole(const std::string& name, std::shared_ptr<const Plan> plan, int threads, const Storing& storing) {
    pieces_.push_back({name, rounds_of(*plan), [plan, threads, &storing, this] { return play_whole(*plan, kernel_.play, threads, storing, scratch_.file()); }});
  }

  static void expect_same_results(const std::vector<Measured>& measured) {
    for (const Measured& m : measured)
      if (m.fingerprint != measured.front().fingerprint) throw std::logic_error("the results of " + m.name + " differ from those of " + measured.front().name);
  }

  Config config_;
  ScratchFolder scratch_;
  ChosenKernel kernel_;
  const Machine& machine_;
  std::uint32_t runs_ = 0;
  int repetitions_ = 0;
  std::vector<int> actors_, issues_, cells_, threads_, sizes_;
  std::vector<Piece> pieces_;
};

}  // namespace

int verb_bench(const std::vector<std::string>& arguments) try {
  VerbArguments a = bench_arguments();
  if (!a.parse(arguments)) return 0;
  static const std::vector<std::string> known = {"kernels", "threads", "actors", "issues", "links", "cells", "store"};
  const std::vector<std::string> axes = split(a.text("axes"));
  for (const std::string& axis : axes)
    if (std::find(known.begin(), known.end(), axis) == known.end())
      throw UsageError("--axes " + a.text("axes") + " names \"" + axis + "\", which is no axis (kernels, threads, actors, issues, links, cells, store are). Choose among them.");
  if (axes.empty()) throw UsageError("--axes is empty, so nothing would be measured. Choose among kernels, threads, actors, issues, links, cells, store.");

  Config config = a.files().empty() ? read_config(start_values_text(), "configs/start-values.toml", {}, &find_model) : load_configuration(a.files()[0], {});
  config.sweep = {};
  config.traces.clear();
  BenchReport report{.machine = this_machine(), .load = load_average(), .config = config.name, .size = config.negotiation.structure.layout.n};
  std::signal(SIGINT, note_bench_interrupt);
  std::signal(SIGTERM, note_bench_interrupt);
  Bench bench(a, std::move(config), report.machine);
  report.kernel = bench.kernel().name;
  report.runs = bench.runs();
  report.repetitions = bench.repetitions();
  for (const std::string& axis : axes) {
    report.axes.push_back(bench.axis(axis));
    if (!a.is_set("json")) std::cerr << "measured: " << axis << "\n";
  }
  std::cout << (a.is_set("json") ? printed(bench_json(report)) : bench_text(report));
  return 0;
} catch (const Interrupted&) {
  std::cerr << "parley bench: interrupted. Nothing was kept.\n";
  return 130;
}

}  // namespace parley
