// parley_bench_pieces: times the small pieces of a round with Google Benchmark, for every kernel that this processor has.
// A piece's bytes or rounds a second stand beside its time; `parley_bench_pieces --help` lists filters and formats.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/sweep/batch.hpp"
#include "models/catalog.hpp"
#include "tests/bench/pieces/pieces.hpp"

namespace parley::bench {
namespace {

constexpr std::size_t numbers = 4096;

/// Everything that was computed, in one number that the compiler must make.
void consume(const std::vector<double>& out) {
  benchmark::DoNotOptimize(out.data());
  benchmark::ClobberMemory();
}

void over_numbers(const std::string& name, double low, double high, void (*piece)(const double*, double*, std::size_t)) {
  benchmark::RegisterBenchmark(name.c_str(), [low, high, piece](benchmark::State& state) {
    std::vector<double> in(numbers), out(numbers);
    for (std::size_t i = 0; i < numbers; ++i) in[i] = low + (high - low) * (static_cast<double>(i) + 0.5) / numbers;
    for (auto _ : state) {
      piece(in.data(), out.data(), numbers);
      consume(out);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(numbers) * state.iterations());
  });
}

void over_draws(const std::string& name, void (*piece)(std::uint64_t, double*, std::size_t)) {
  benchmark::RegisterBenchmark(name.c_str(), [piece](benchmark::State& state) {
    std::vector<double> out(numbers);
    std::uint64_t seed = 0;
    for (auto _ : state) {
      piece(++seed, out.data(), numbers);
      consume(out);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(numbers) * state.iterations());
  });
}

void over_texts(const std::string& name, const Plan& plan, int lanes, decltype(Pieces::redraft) piece) {
  benchmark::RegisterBenchmark(name.c_str(), [&plan, lanes, piece](benchmark::State& state) {
    const Cell cell = plan.cell(0);
    std::vector<double> out(16 * max_issues);
    constexpr std::size_t times = 1000;
    for (auto _ : state) {
      piece(plan.negotiation().structure.layout, cell.values.data(), cell.values.size(), times, out.data());
      consume(out);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(times) * lanes * state.iterations());
  });
}

void over_rounds(const std::string& name, const Plan& plan, Kernel kernel) {
  benchmark::RegisterBenchmark(name.c_str(), [&plan, kernel](benchmark::State& state) {
    constexpr std::uint32_t runs = 256;
    const Entry& horizon = *plan.negotiation().catalog.find("rounds.horizon");
    std::uint64_t first = 0;
    for (auto _ : state) {
      const Batch batch = play_batch(plan, kernel, first, runs);
      benchmark::DoNotOptimize(batch.rows.data());
      benchmark::ClobberMemory();
      first = (first + runs) % (plan.runs() - runs);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(runs * plan.stated_values(0)[horizon.slot]) * state.iterations());
  });
}

struct ForKernel {
  const char* name;
  Pieces (*pieces)();
  int lanes;
};
constexpr ForKernel every[] = {{"one", &pieces_one, 1},
                               {"portable", &pieces_portable, 4},
#ifdef PARLEY_X86
                               {"avx2", &pieces_avx2, 4},
                               {"avx512", &pieces_avx512, 8},
#endif
};

void add_all(const Plan& plan) {
  for (const ForKernel& each : every) {
    Kernel kernel = nullptr;
    try {
      kernel = choose_kernel(plan.negotiation().model->kernels, each.name).play;
    } catch (const InputError&) {
      continue;  // this processor lacks it
    }
    const Pieces pieces = each.pieces();
    const auto named = [&](const char* piece) { return std::string(piece) + "/" + each.name; };
    over_numbers(named("exp"), -20, 20, pieces.exp);
    over_numbers(named("log"), 0, 1, pieces.log);
    over_numbers(named("logistic"), -20, 20, pieces.logistic);
    over_draws(named("uniform draw"), pieces.uniforms);
    over_draws(named("normal draw"), pieces.normals);
    over_texts(named("redraft with its solve"), plan, each.lanes, pieces.redraft);
    over_rounds(named("round"), plan, kernel);
  }
}

}  // namespace
}  // namespace parley::bench

int main(int argc, char** argv) {
  const parley::Plan plan(parley::load_configuration(PARLEY_SOURCE_DIR "/configs/start-values.toml", {}), 1 << 20, 7);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  parley::bench::add_all(plan);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
