// parley run: plays a plan and says how often the talks end in stalemate, partial deal and full settlement.

#include <sys/resource.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>

#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/progress.hpp"
#include "engine/drivers/cli/provenance.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/run_report.hpp"
#include "engine/drivers/cli/run_tables.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/runner/tbb_runner.hpp"
#include "engine/drivers/store/file_sink.hpp"
#include "engine/drivers/store/memory_sinks.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/drivers/store/result_reader.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "engine/sweep/columns.hpp"

namespace parley {

namespace {

std::atomic<bool> interrupted{false};
extern "C" void note_interrupt(int) { interrupted.store(true); }

VerbArguments run_arguments() {
  VerbArguments a({.verb = "run",
                   .files = "CONFIG.toml",
                   .purpose = "Plays every cell of a configuration many times and prints how often the talks end in stalemate, partial deal and\n"
                              "full settlement, with 95 % intervals. With --out every run goes to an HDF5 file. The result does not depend on\n"
                              "the number of threads, the kernel or the machine.",
                   .examples = "  parley run configs/ukraine-2026-01.toml\n"
                               "  parley run configs/start-values.toml --runs 200000 --seed 7 --out results/start.h5\n"
                               "  parley run configs/start-values.toml --set actors.ukraine.mood=0.2 --set mechanisms.norm=false --json\n"
                               "  parley run configs/start-values.toml --runs 1000000 --until 0.01\n"
                               "  parley run configs/start-values.toml --shard 2/8 --out results/part-2.h5\n"});
  a.add_value("runs", "", "replicates of each cell (where silent: what the configuration says)")
      .add_value("seed", "", "seed of all luck (where silent: what the configuration says)")
      .add_value("threads", "0", "threads; 0 takes all")
      .add_list("set", "path=value: changes one setting of the configuration; may be repeated")
      .add_value("out", "", "result file (HDF5) to write")
      .add_switch("force", "replace an existing result of another run")
      .add_value("store", "runs", "what to keep: runs, summary (by cell: counts, exact sums and histograms) or none")
      .add_value("compress", "gzip", "filter of the stored runs: gzip, which every reader of HDF5 has, or none")
      .add_switch("resume", "go on with what an interrupted run left")
      .add_value("shard", "1/1", "i/n: play part i of n of the runs, i from 1")
      .add_value("until", "", "stop when every cell's widest 95 % interval is narrower than this; --runs is then the most")
      .add_value("kernel", "auto", "auto, portable, avx2, avx512, or one (a run at a time); all give the same bits")
      .add_switch("json", "print one JSON object")
      .add_switch("quiet", "show no progress");
  return a;
}

Shard shard_of(const std::string& text) {
  Shard shard;
  const char* end = text.data() + text.size();
  const auto [slash, first] = std::from_chars(text.data(), end, shard.index);
  const bool divided = first == std::errc() && slash != end && *slash == '/';
  const auto [last, second] = divided ? std::from_chars(slash + 1, end, shard.count) : std::from_chars_result{end, std::errc::invalid_argument};
  if (second != std::errc() || last != end || shard.index < 1 || shard.index > shard.count || shard.count > 1000000)
    throw UsageError("--shard " + text + " is not i/n with i from 1 to n (n at most 1000000). Write for example --shard 2/8.");
  return shard;
}

/// The sums of all cells are in memory at the end.
void check_summary_fits(const Plan& plan, const Summariser& summariser) {
  constexpr std::uint64_t most = std::uint64_t{4} << 30;
  const std::uint64_t bytes = plan.cells() * summariser.bytes_of_a_cell();
  if (bytes > most)
    throw InputError("--store summary: The sums of " + std::to_string(plan.cells()) + " cells would take " + readable_bytes(bytes) + " of memory (at most " +
                     readable_bytes(most) + "). Store the runs, or ask for fewer cells at a time.");
}

std::uint64_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

/// The result at that name; none where something else stands there, which the sink then refuses to replace.
std::optional<ResultReader> result_at(const std::string& path, const Facts& identity) {
  try {
    rehearse(path, [&](const ResultReader& file) {
      static_cast<void>(file.read_table("summary"));
      if (file.has("runs") && file.complete() && identity_differences(file.identity(), identity).empty()) static_cast<void>(file.computed_bits());
    });
    return ResultReader(path);
  } catch (const StoreError&) {
    return {};
  }
}

/// A finished file of the very same run: it is reported, not recomputed.
bool report_finished(const Plan& plan, const Facts& identity, const ResultReader& reader, bool json) {
  if (!reader.complete() || !identity_differences(reader.identity(), identity).empty()) return false;
  RunResult result;
  result.tallies = tallies_of(reader.read_table("summary"));
  if (result.tallies.size() != plan.cells()) return false;
  for (std::uint64_t c = 0; c < plan.cells(); ++c)
    if (result.tallies[c].failed > 0) {
      const std::string fault = plan.cell(c).fault;
      result.faults[c] = fault.empty() ? fault_of_a_run : fault;
    }
  result.refusals = refusals_in(reader, plan.negotiation());
  const RunReport report{plan, result, costs_of(reader), reader.path(), reader.stored_bits()};
  if (json) std::cout << printed(report_json(report));
  else std::cout << report_text(report) << "(this result was finished before; nothing was computed)\n";
  return true;
}

}  // namespace

int verb_run(const std::vector<std::string>& arguments) {
  VerbArguments a = run_arguments();
  if (!a.parse(arguments)) return 0;
  const std::string store = a.choice("store", {"runs", "summary", "none"});
  const std::string compress = a.choice("compress", {"gzip", "none"});
  RunOptions options;
  options.threads = static_cast<int>(a.whole("threads", 0, 4096));
  options.shard = shard_of(a.text("shard"));
  if (a.has("until")) options.until = a.real("until", 1e-6, 1);
  if (options.until && options.shard.count > 1) throw UsageError("--until and --shard do not go together (a shard cannot know the others' widths). Leave one out.");
  if (a.has("out") && a.text("out").empty()) throw UsageError("--out is given without a name. Name a file, or leave it out.");
  const std::string out = a.has("out") && store != "none" ? a.text("out") : "";

  const Config config = load_configuration(a.files()[0], a.list("set"));
  const auto replicates = static_cast<std::uint32_t>(a.has("runs") ? a.whole("runs", 1, 4294967295u) : config.runs);
  const std::uint64_t seed = a.has("seed") ? a.whole("seed", 0, ~std::uint64_t{0}) : config.seed;
  const Plan plan(config, replicates, seed);
  const ChosenKernel kernel = choose_kernel(config.negotiation.model->kernels, a.text("kernel"));
  options.kernel = kernel.play;
  options.make_rows = store == "runs";
  options.stop = &interrupted;

  const Facts identity = identity_of(plan, store, a.text("shard"), options.until);
  if (!out.empty() && exists(out) && !a.is_set("force")) {
    const std::optional<ResultReader> finished = result_at(out, identity);
    if (finished && report_finished(plan, identity, *finished, a.is_set("json"))) return 0;
  }

  const Summariser summariser(plan.negotiation());
  if (store == "summary" && !out.empty()) {
    check_summary_fits(plan, summariser);
    options.summariser = &summariser;
  }
  const RunLayout layout{.columns = options.summariser != nullptr ? summariser.block_columns() : run_columns(plan.negotiation()),
                         .block_rows = options.block_rows,
                         .compression = compress == "gzip" ? Compression::gzip : Compression::none};
  const RowRange rows = options.shard.rows(plan.runs());
  const std::uint64_t first_row = rows.first;
  const std::uint64_t sums = rows.count / options.block_rows + rows.count / plan.replicates() + 2;
  std::unique_ptr<RunSink> sink;
  if (!out.empty())
    sink = std::make_unique<FileSink>(FileSinkOptions{.path = out, .layout = layout, .identity = identity, .first_row = first_row,
                                                      .expected_rows = options.make_rows ? rows.count : sums,
                                                      .expected = options.until ? Expected::at_most : Expected::exactly,
                                                      .keep_rows = options.make_rows ? KeepRows::yes : KeepRows::no,
                                                      .partial = a.is_set("resume") ? Partial::resume : a.is_set("force") ? Partial::discard : Partial::refuse,
                                                      .replace = a.is_set("force") ? Replace::yes : Replace::no});
  else if (options.make_rows) sink = std::make_unique<BitsSink>(BitsSinkOptions{.layout = layout, .first_row = first_row});
  else sink = std::make_unique<DiscardingSink>();

  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
  const auto started = std::chrono::steady_clock::now();
  RunResult result;
  {
    Progress progress(Progress::voice_for(a.is_set("quiet")));
    result = run_plan(plan, options, *sink, &progress);
  }
  if (result.interrupted) {
    sink->flush();
    sink.reset();
    std::cerr << "parley run: interrupted after " << result.runs_found + result.runs_played << " runs.";
    std::cerr << (out.empty() ? " Nothing was kept.\n" : " They are kept; the same command with --resume goes on from there.\n");
    return 130;
  }

  RunCosts costs{.threads = options.threads > 0 ? options.threads : default_threads()};
  for (std::uint64_t c = 0; c < plan.cells(); ++c)
    if (result.tallies[c].runs > 0) costs.rounds += result.tallies[c].runs * horizon_of(plan, c);
  const auto seconds_now = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count(); };
  costs.seconds = seconds_now();
  costs.peak_memory_bytes = peak_memory();
  Closing closing;
  if (!out.empty()) closing = {about_of(plan, costs, kernel.name, arguments), result_tables(plan, result, options.summariser)};
  const Finished finished = sink->finish(closing);
  costs.seconds = seconds_now();  // the file is part of the work
  costs.peak_memory_bytes = peak_memory();
  const RunReport report{plan, result, costs, finished.path, finished.bits};
  std::cout << (a.is_set("json") ? printed(report_json(report)) : report_text(report));
  const bool all_failed = result.runs_found + result.runs_played > 0 &&
                          std::all_of(result.tallies.begin(), result.tallies.end(), [](const Tally& t) { return t.counted() == 0; });
  if (all_failed) throw InputError("Every cell failed: " + result.faults.begin()->second);
  return 0;
}

}  // namespace parley
