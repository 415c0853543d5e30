// What every model promises of its compiled forms and of its descriptions: the same bits in every lane and kernel, runs
// that replay alone, parameters that do something, switches that switch.
#include <algorithm>
#include <set>

#include "tests/talks/trial.hpp"

namespace parley::trial {
namespace {

/// Kernels that this machine can run: one run at a time first, then packets of different widths.
std::vector<ChosenKernel> usable_kernels() {
  std::vector<ChosenKernel> usable;
  for (const char* name : {"one", "portable", "avx2", "avx512"}) {
    try {
      usable.push_back(choose_kernel(kernels(), name));
    } catch (const InputError&) {
    }
  }
  return usable;
}

/// A plan of several cells whose numbers, horizons and switches differ, so that lanes have different lives.
Plan mixed_plan(std::uint32_t replicates) {
  const std::string sweep = R"(
[sweep]
axes = { "rounds.horizon" = [1, 7, 30], "actors.west.temperature" = [0, 0.05], "mechanisms.fear" = [true, false], "war.drift" = [-0.04, 0.01] }
)";
  return Plan(configured(text_of("tests/talks/everything.toml") + sweep), replicates, 11);
}

TEST(Contract, ThereAreTwoPacketWidths) {
  const std::vector<ChosenKernel> usable = usable_kernels();
  ASSERT_GE(usable.size(), 2u);
  EXPECT_EQ(usable[0].name, "one");
  EXPECT_EQ(usable[1].name, "portable");
}

TEST(Contract, EveryKernelGivesTheSameBits) {
  const Plan mixed = mixed_plan(37), start(start_values(), 1501, 3);
  for (const Plan* plan : {&mixed, &start}) {
    const auto runs = static_cast<std::uint32_t>(plan->runs());
    const std::vector<RunRow> scalar = play_batch(*plan, kernels().one, 0, runs).rows;
    for (const ChosenKernel& kernel : usable_kernels())
      EXPECT_EQ(first_difference(plan->config(), scalar, play_batch(*plan, kernel.play, 0, runs).rows), "") << kernel.name;
  }
}

TEST(Contract, ARunReplaysAloneFromItsNumber) {
  const Plan plan = mixed_plan(19);
  const auto runs = static_cast<std::uint32_t>(plan.runs());
  for (const ChosenKernel& kernel : usable_kernels()) {
    SCOPED_TRACE(kernel.name);
    const std::vector<RunRow> together = play_batch(plan, kernel.play, 0, runs).rows;
    std::vector<RunRow> alone, in_pieces;
    for (std::uint32_t run = 0; run < runs; ++run) alone.push_back(play_batch(plan, kernel.play, run, 1).rows[0]);
    EXPECT_EQ(first_difference(plan.config(), together, alone), "");
    for (std::uint32_t run = 0, size = 1; run < runs; run += size, size = size % 29 + 3)
      for (const RunRow& row : play_batch(plan, kernel.play, run, std::min(size, runs - run)).rows) in_pieces.push_back(row);
    EXPECT_EQ(first_difference(plan.config(), together, in_pieces), "");
  }
}

// Jobs in any order, cells next to each other in one packet: each row is the one that its job gives alone.
TEST(Contract, PermutedJobsGivePermutedRows) {
  const Plan plan = mixed_plan(1);
  std::vector<double> values;
  std::vector<Job> jobs;
  for (std::uint32_t c = 0; c < plan.cells(); ++c) {
    const Cell cell = plan.cell(c);
    values.insert(values.end(), cell.values.begin(), cell.values.end());
    for (std::uint32_t r = 0; r < 7; ++r) jobs.push_back({c, 1000003 * r});
  }
  Task task{.layout = &plan.negotiation().structure.layout, .values = values.data(), .stride = plan.negotiation().values.size(), .seed = 5};
  const auto rows_for = [&](Kernel kernel, const std::vector<Job>& these) {
    std::vector<RunRow> rows(these.size());
    task.jobs = these.data(), task.count = these.size(), task.rows = rows.data();
    kernel(task);
    return rows;
  };
  const std::vector<RunRow> in_order = rows_for(kernels().one, jobs);
  for (const ChosenKernel& kernel : usable_kernels())
    for (const std::size_t stride : {5u, 37u, 85u}) {  // coprime to the number of jobs, 168
      std::vector<Job> shuffled;
      std::vector<RunRow> expected;
      for (std::size_t j = 0; j < jobs.size(); ++j) shuffled.push_back(jobs[j * stride % jobs.size()]), expected.push_back(in_order[j * stride % jobs.size()]);
      EXPECT_EQ(first_difference(plan.config(), expected, rows_for(kernel.play, shuffled)), "") << kernel.name << ", stride " << stride;
    }
}

TEST(Contract, AnEmptyTaskIsNoTrouble) {
  const Plan plan(start_values(), 10, 1);
  for (const ChosenKernel& kernel : usable_kernels()) EXPECT_TRUE(play_batch(plan, kernel.play, 3, 0).rows.empty());
}

/// Rows of the first cell with one value changed, or nothing where the value is impossible.
std::vector<RunRow> rows_with(const Config& config, std::size_t slot, double value) {
  Config changed = config;
  changed.negotiation.values[slot] = value;
  if (!fault_in(changed.negotiation, changed.negotiation.values).empty()) return {};
  return play(changed, 96);
}

/// Does the parameter change a row somewhere: for some owner, at a bound or in the middle?
bool changes_something(const Config& config, const std::vector<RunRow>& before, const DescribedParameter& d) {
  const Parameter& p = d.parameter;
  const std::vector<Entry>& entries = config.negotiation.catalog.entries();
  for (const Entry& e : entries) {
    if (e.described != &d) continue;
    const double now = config.negotiation.values[e.slot], middle = std::floor((now + std::min(p.high, 40.0)) / 2);
    for (const double value : {p.low, p.high, (p.low + p.high) / 2, now / 2, now * 1.5, middle}) {
      if (value == now || value > 1000) continue;
      const std::vector<RunRow> after = rows_with(config, e.slot, value);
      if (!after.empty() && !first_difference(config, before, after).empty()) return true;
    }
  }
  return false;
}

TEST(Contract, EveryParameterChangesSomethingOrIsMarkedInert) {
  std::vector<Config> worlds = {everything(), everything({"protocol.kind=alternating"}), start_values()};
  std::vector<std::vector<RunRow>> before;
  for (const Config& config : worlds) before.push_back(play(config, 96));
  for (const DescribedParameter& d : find_model("talks")->parameters) {
    bool moved = false;
    for (std::size_t w = 0; w < worlds.size() && !moved; ++w) moved = changes_something(worlds[w], before[w], d);
    EXPECT_EQ(moved, d.parameter.inert == nullptr) << d.parameter.path << (moved ? " is marked inert and is not" : " changes nothing and is not marked inert");
  }
}

TEST(Contract, DescriptionsAreWhole) {
  std::set<std::string> paths;
  for (const DescribedParameter& d : find_model("talks")->parameters) {
    const Parameter& p = d.parameter;
    SCOPED_TRACE(p.path);
    EXPECT_TRUE(paths.insert(p.path).second) << "described twice";
    EXPECT_LT(p.low, p.high);
    EXPECT_GE(p.fallback, p.low);
    EXPECT_LE(p.fallback, p.high);
    for (const char* words : {p.unit, p.meaning, p.source}) EXPECT_TRUE(words != nullptr && *words != '\0');
    if (p.off) {
      EXPECT_GE(*p.off, p.low);
      EXPECT_LE(*p.off, p.high);
    }
  }
}

TEST(Contract, EveryMechanismHasParametersWithAnOffValue) {
  const Model& model = *find_model("talks");
  std::set<std::string> listed, named;
  for (const Mechanism& m : model.mechanisms) EXPECT_TRUE(listed.insert(m.name).second) << m.name;
  for (const DescribedParameter& d : model.parameters) {
    if (d.parameter.mechanism == nullptr) continue;
    named.insert(d.parameter.mechanism);
    EXPECT_TRUE(d.parameter.off.has_value()) << d.parameter.path;
  }
  EXPECT_EQ(listed, named);
}

TEST(Contract, EveryMechanismChangesSomethingWhenSwitchedOff) {
  const Config config = everything();
  const std::vector<RunRow> before = play(config, 300);
  for (const Mechanism& m : find_model("talks")->mechanisms) {
    const std::vector<RunRow> after = play(everything({std::string("mechanisms.") + m.name + "=false"}), 300);
    EXPECT_NE(first_difference(config, before, after), "") << m.name;
    EXPECT_EQ(first_difference(config, before, play(everything({std::string("mechanisms.") + m.name + "=true"}), 300)), "") << m.name;
  }
}

// The mechanisms of the reference model are those that its start values have at work.
TEST(Contract, TheStartValuesHaveTheReferenceMechanismsAtWork) {
  const Config config = start_values();
  const std::vector<RunRow> before = play(config, 2000);
  for (const Mechanism& m : find_model("talks")->mechanisms) {
    const std::vector<RunRow> after = play(start_values({std::string("mechanisms.") + m.name + "=false"}), 2000);
    EXPECT_EQ(!first_difference(config, before, after).empty(), m.in_reference) << m.name;
  }
}

TEST(Contract, TheMostThatAConfigurationCanHoldPlays) {
  std::string text = "[rounds]\nhorizon = 4\n[dispositions]\nleadership_days = 30\n", issues, zeros;
  const auto number = [](int k) { return std::to_string(k); };
  for (int k = 0; k < max_issues; ++k) {
    text += "[issues.i" + number(k) + "]\nconquest = \"up\"\n" + (k == 0 ? "moves_with_front = true\n" : k == 1 ? "guarantee = \"up\"\n" : "");
    issues += (k == 0 ? "\"i" : ", \"i") + number(k) + "\"";
    zeros += k == 0 ? "0.1" : ", 0.1";
  }
  text += "[links]\n";
  std::string linkage;
  for (int a = 0, l = 0; a < max_issues; ++a)
    for (int b = a + 1; b < max_issues; ++b, ++l) {
      text += "l" + number(l) + " = [\"i" + number(a) + "\", \"i" + number(b) + "\"]\n";
      linkage += l == 0 ? "0.01" : ", 0.01";
    }
  for (int r = 0; r < max_rungs; ++r) text += "[rungs.r" + number(r) + "]\nsettles = [" + (r == 0 ? "" : issues) + "]\n";
  for (int i = 0; i < max_actors; ++i)
    text += "[actors.a" + number(i) + "]\nfights = true\nsalience = [" + zeros + "]\nlinkage = [" + linkage + "]\ncost = 0.2\n";
  const Config config = configured(text);
  const std::vector<RunRow> scalar = play(config, 50, 1, kernels().one);
  for (const ChosenKernel& kernel : usable_kernels()) EXPECT_EQ(first_difference(config, scalar, play(config, 50, 1, kernel.play)), "") << kernel.name;
}

}  // namespace
}  // namespace parley::trial
