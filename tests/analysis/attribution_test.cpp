// Why talks stall: the shares of mechanisms against what single runs count, sampled orders against all coalitions.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "engine/analysis/attribution.hpp"
#include "engine/core/check.hpp"
#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/sweep/batch.hpp"
#include "models/catalog.hpp"

namespace parley {
namespace {

constexpr std::uint32_t replicates = 600;
constexpr std::uint64_t seed = 11;

Config from_file(const std::string& path, const std::vector<std::string>& set = {}) {
  return load_configuration(std::string(PARLEY_SOURCE_DIR "/") + path, set);
}

/// The start values with all mechanisms off but these.
std::vector<std::string> only(const std::vector<std::string>& kept) {
  const Config config = from_file("configs/start-values.toml");
  std::vector<std::string> set;
  for (const Mechanism& m : config.negotiation.model->mechanisms)
    if (std::find(kept.begin(), kept.end(), m.name) == kept.end()) set.push_back(std::string("mechanisms.") + m.name + "=false");
  return set;
}

AttributionOptions options_for(const Config& config, std::uint32_t runs = replicates) {
  return {.kernel = choose_kernel(config.negotiation.model->kernels, "auto").play, .replicates = runs};
}

Attribution attribution(const Config& config, AttributionOptions options) {
  const Plan plan(config, 1, seed);
  return attribute_stalemate(plan, 0, options);
}

/// The share of stalemates that playing the configuration counts.
double stalemates(const std::vector<std::string>& kept) {
  const Config config = from_file("configs/start-values.toml", only(kept));
  const Plan plan(config, replicates, seed);
  const Batch batch = play_batch(plan, options_for(config).kernel, 0, replicates);
  return batch.counts.tallies[0].second.scenario(Scenario::stalemate).share;
}

const MechanismShare& share_of(const Attribution& why, const std::string& name) {
  return *std::find_if(why.mechanisms.begin(), why.mechanisms.end(), [&](const MechanismShare& m) { return m.name == name; });
}

double sum_of_shares(const Attribution& why) {
  double sum = 0;
  for (const MechanismShare& m : why.mechanisms) sum += m.shapley.value;
  return sum;
}

TEST(Attribution, OfThreeMechanismsIsWhatEightRunsCount) {
  const std::string a = "fear", b = "loss_aversion", c = "ratification";
  const Config config = from_file("configs/start-values.toml", only({a, b, c}));
  const Attribution why = attribution(config, options_for(config));
  const double none = stalemates({}), of_a = stalemates({a}), of_b = stalemates({b}), of_c = stalemates({c}), of_ab = stalemates({a, b}),
               of_ac = stalemates({a, c}), of_bc = stalemates({b, c}), all = stalemates({a, b, c});
  EXPECT_EQ(why.coalitions, 8u);
  EXPECT_DOUBLE_EQ(why.stalemate.value, all);
  EXPECT_DOUBLE_EQ(why.without_all.value, none);
  EXPECT_DOUBLE_EQ(share_of(why, a).only_this.value, of_a);
  EXPECT_DOUBLE_EQ(share_of(why, b).lifted_alone.value, of_ac);
  EXPECT_NEAR(share_of(why, a).shapley.value, (of_a - none) / 3 + (of_ab - of_b + of_ac - of_c) / 6 + (all - of_bc) / 3, 1e-12);
  EXPECT_NEAR(share_of(why, b).shapley.value, (of_b - none) / 3 + (of_ab - of_a + of_bc - of_c) / 6 + (all - of_ac) / 3, 1e-12);
  const auto pair = std::find_if(why.pairs.begin(), why.pairs.end(), [&](const MechanismPair& p) {
    return why.mechanisms[p.first].name != c && why.mechanisms[p.second].name != c;
  });
  EXPECT_NEAR(pair->interaction.value, (of_ab - of_a - of_b + none) / 2 + (all - of_ac - of_bc + of_c) / 2, 1e-12);
  EXPECT_DOUBLE_EQ(pair->lifted_both, of_c);
  EXPECT_GT(all - none, 0.2) << "nothing to share out: the test shows nothing";
}

TEST(Attribution, SharesSumToTheDifferenceTheyExplain) {
  for (const char* path : {"configs/start-values.toml", "configs/classroom/ratification.toml", "tests/talks/everything.toml"}) {
    const Config config = from_file(path);
    const Attribution why = attribution(config, options_for(config, 16));
    EXPECT_NEAR(sum_of_shares(why), why.stalemate.value - why.without_all.value, 1e-12) << path;
    EXPECT_NEAR(why.difference.value, why.stalemate.value - why.without_all.value, 1e-12) << path;
  }
}

TEST(Attribution, WithMoreThanTwelveMechanismsOrdersAreSampled) {
  const Config config = from_file("tests/talks/everything.toml");
  const Attribution why = attribution(config, options_for(config, 50));
  EXPECT_EQ(why.mechanisms.size(), 13u);
  EXPECT_FALSE(why.exact);
  EXPECT_LT(why.coalitions, 100u);
  EXPECT_EQ(why.coalitions, coalitions_played(13, 12));
  EXPECT_TRUE(why.pairs.empty());
}

TEST(Attribution, SampledOrdersAgreeWithAllCoalitions) {
  const Config config = from_file("configs/start-values.toml", only({"fear", "loss_aversion", "ratification", "norm", "optimism", "leverage"}));
  AttributionOptions options = options_for(config, 2000);
  const Attribution exact = attribution(config, options);
  options.most_exact = 0;
  const Attribution sampled = attribution(config, options);
  EXPECT_TRUE(exact.exact);
  EXPECT_FALSE(sampled.exact);
  EXPECT_DOUBLE_EQ(sampled.stalemate.value, exact.stalemate.value);
  for (const MechanismShare& m : exact.mechanisms) {
    const Estimate& other = share_of(sampled, m.name).shapley;
    const double error = (other.high - other.low) / 2 / 1.96;  // of the sample of orders and of luck; they share the luck
    EXPECT_NEAR(other.value, m.shapley.value, 6.2 * error) << m.name;
    EXPECT_LT(error, 0.02) << m.name << ": too wide to show anything";
    EXPECT_DOUBLE_EQ(share_of(sampled, m.name).lifted_alone.value, m.lifted_alone.value) << m.name;
  }
}

TEST(Attribution, DoesNotDependOnHowTheWorkIsSpreadNorOnTheKernel) {
  const Config config = from_file("configs/start-values.toml", only({"fear", "loss_aversion", "ratification"}));
  AttributionOptions options = options_for(config, 5000);  // more than one piece of work
  const Attribution alone = attribution(config, options);
  options.spread = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    ASSERT_GT(count, 1u);
    std::atomic<std::size_t> next{count};
    const auto take = [&] {
      for (std::size_t piece = next--; piece > 0 && piece <= count; piece = next--) work(piece - 1);
    };
    std::thread other(take);
    take();
    other.join();
  };
  options.kernel = config.negotiation.model->kernels.portable;
  const Attribution spread = attribution(config, options);
  for (std::size_t i = 0; i < alone.mechanisms.size(); ++i) {
    EXPECT_EQ(alone.mechanisms[i].shapley.value, spread.mechanisms[i].shapley.value);
    EXPECT_EQ(alone.mechanisms[i].shapley.low, spread.mechanisms[i].shapley.low);
  }
}

TEST(Attribution, WhatIsOffAlreadyIsNoPlayer) {
  const Config config = from_file("configs/start-values.toml", {"mechanisms.norm=false", "actors.russia.optimism=0", "actors.ukraine.optimism=0"});
  const Attribution why = attribution(config, options_for(config, 4));
  const auto absent = [&](const std::string& name) {
    return std::find_if(why.absent.begin(), why.absent.end(), [&](const AbsentMechanism& m) { return m.name == name; });
  };
  ASSERT_NE(absent("norm"), why.absent.end());
  EXPECT_TRUE(absent("norm")->switched_off);
  ASSERT_NE(absent("optimism"), why.absent.end());
  EXPECT_FALSE(absent("optimism")->switched_off);
  EXPECT_EQ(absent("fear"), why.absent.end());
  EXPECT_EQ(why.mechanisms.size() + why.absent.size(), config.negotiation.model->mechanisms.size());
}

TEST(Attribution, OfNothingIsNothing) {
  const Config config = from_file("configs/start-values.toml", only({}));
  const Attribution why = attribution(config, options_for(config, 200));
  EXPECT_TRUE(why.mechanisms.empty());
  EXPECT_EQ(why.coalitions, 1u);
  EXPECT_EQ(why.stalemate.value, why.without_all.value);
  EXPECT_FALSE(why.best_single_lift.has_value());
}

TEST(Attribution, IntervalsNarrowWithTheRootOfTheRunsAndAreNeverEmpty) {
  const Config config = from_file("configs/start-values.toml", only({"fear", "loss_aversion"}));
  const auto width = [&](std::uint32_t runs) {
    const Estimate e = share_of(attribution(config, options_for(config, runs)), "fear").shapley;
    return e.high - e.low;
  };
  EXPECT_NEAR(width(400) / width(6400), 4, 0.6);
  const Config same = from_file("configs/classroom/indivisible-territory.toml");  // every run ends alike
  for (const MechanismShare& m : attribution(same, options_for(same, 100)).mechanisms) EXPECT_LT(m.shapley.low, m.shapley.high);
}

TEST(Attribution, RefusesWhatCannotBeAsked) {
  const Config config = from_file("configs/start-values.toml");
  EXPECT_THROW(attribution(config, options_for(config, 1)), InputError);
  EXPECT_THROW(attribute_stalemate(Plan(config, 1, seed), 1, options_for(config, 4)), InputError);
}

}  // namespace
}  // namespace parley
