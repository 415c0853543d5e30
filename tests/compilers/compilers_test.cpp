// The same bits from every compiler: the kernels are built anew, by each compiler at each level of optimisation, loaded into
// this program, and have to give the fingerprints of the list.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/runner/tbb_runner.hpp"
#include "engine/drivers/store/memory_sinks.hpp"
#include "engine/sweep/batch.hpp"
#include "engine/sweep/columns.hpp"
#include "models/catalog.hpp"
#include "tests/support/expected_bits.hpp"

namespace parley {
namespace {

struct Build {
  const char* compiler;
  const char* optimisation;
  const char* kernel;
};

/// Each compiler at both levels, and each kernel by both compilers; this program itself is one more combination.
constexpr Build builds[] = {{"g++", "-O2", "portable"}, {"g++", "-O2", "avx512"}, {"g++", "-O3", "avx2"}, {"clang++", "-O2", "portable"},
                            {"clang++", "-O3", "portable"}, {"clang++", "-O2", "avx2"}, {"clang++", "-O3", "avx512"}};

bool is_here(const std::string& compiler) { return std::system((compiler + " --version > /dev/null 2>&1").c_str()) == 0; }

const char* options_for(const std::string& kernel) {
  if (kernel == "avx2") return "-mavx2";
  return kernel == "avx512" ? "-mavx512f -mavx512dq -mavx512vl -mprefer-vector-width=512" : "";
}

/// A kernel built by another compiler: its one entry point, `parley::talks::play_KERNEL(const Task&)`.
class ForeignKernel {
 public:
  explicit ForeignKernel(const Build& build) {
    std::string pattern = testing::TempDir() + "parley-kernel-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    const std::string kernel = build.kernel, source = std::string(PARLEY_SOURCE_DIR) + "/models/talks/kernel_" + kernel + ".cpp";
    const std::string command = std::string(PARLEY_LAUNCHER) + " " + build.compiler + " -std=c++20 " + build.optimisation + " -DNDEBUG -fPIC " PARLEY_NUMERIC_FLAGS " -I" PARLEY_SOURCE_DIR " " +
                                options_for(kernel) + " -c " + source + " -o " + folder_ + "/kernel.o && " + build.compiler + " -shared " + folder_ + "/kernel.o -o " + folder_ + "/kernel.so";
    if (std::system(command.c_str()) != 0) {
      ADD_FAILURE() << "does not compile: " << command;
      return;
    }
    library_ = ::dlopen((folder_ + "/kernel.so").c_str(), RTLD_NOW | RTLD_LOCAL);
    const std::string symbol = "_ZN6parley5talks" + std::to_string(5 + kernel.size()) + "play_" + kernel + "ERKNS_4TaskE";
    if (library_ != nullptr) play_ = reinterpret_cast<Kernel>(::dlsym(library_, symbol.c_str()));
    if (play_ == nullptr) ADD_FAILURE() << ::dlerror();
  }
  ~ForeignKernel() {
    if (library_ != nullptr) ::dlclose(library_);
    std::filesystem::remove_all(folder_);
  }
  ForeignKernel(const ForeignKernel&) = delete;
  ForeignKernel& operator=(const ForeignKernel&) = delete;
  Kernel play() const { return play_; }

 private:
  std::string folder_;
  void* library_ = nullptr;
  Kernel play_ = nullptr;
};

std::string bits_of(const ExpectedLine& line, Kernel kernel) {
  const Plan plan(load_configuration(line.arguments.front(), line.assignments), line.runs, line.seed);
  BitsSink sink({.layout = {.columns = run_columns(plan.negotiation()), .block_rows = 8192, .compression = Compression::none}});
  RunOptions options;
  options.threads = 1;
  options.kernel = kernel;
  run_plan(plan, options, sink, nullptr);
  return sink.finish({}).bits.value();
}

class Compilers : public testing::TestWithParam<Build> {};

TEST_P(Compilers, GiveTheBitsOfTheList) {
  const Build& build = GetParam();
  if (!is_here(build.compiler)) GTEST_SKIP() << "no " << build.compiler << " here";
  const Kernels& built_in = find_model("talks")->kernels;
  try {
    choose_kernel(built_in, build.kernel);
  } catch (const InputError&) {
    GTEST_SKIP() << "this processor has no " << build.kernel;
  }
  const ForeignKernel kernel(build);
  if (kernel.play() == nullptr) return;
  EXPECT_NE(kernel.play(), choose_kernel(built_in, build.kernel).play) << "this is the kernel that was built in";
  int played = 0;
  for (const ExpectedLine& line : expected_lines()) {
    if (line.bits.empty()) continue;
    EXPECT_EQ(bits_of(line, kernel.play()), line.bits) << line.text;
    ++played;
  }
  EXPECT_GE(played, 10);
}

INSTANTIATE_TEST_SUITE_P(Each, Compilers, testing::ValuesIn(builds), [](const auto& each) {
  std::string name = std::string(each.param.compiler) + each.param.optimisation + each.param.kernel;
  std::string plain;
  for (const char c : name) plain += c == '+' ? 'p' : c == '-' ? '_' : c;
  return plain;
});

}  // namespace
}  // namespace parley
