// What polls say of a public is drawn anew in every run: jointly, the same for every order of labels, and as a --set allows.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "engine/sweep/batch.hpp"
#include "engine/sweep/single_run.hpp"
#include "models/catalog.hpp"
#include "tests/support/statistics.hpp"

namespace parley {
namespace {

const std::string game = R"(
[rounds]
horizon = 6
[issues.land]
stream = 1
moves_with_front = true
[issues.shield]
stream = 2
guarantee = "up"
[rungs.deal]
settles = ["land", "shield"]
[actors.north]
stream = 1
fights = true
salience = [0.3, 0.2]
cost = 0.05
mood = 3
mood_sd = 0.5
[actors.south]
stream = 2
fights = true
salience = [0.3, 0.2]
ideal = [1, 1]
cost = 0.05
)";
const std::string north = R"(
[polls.posterior.north]
mood = -0.4
response = [2.0, 1.0]
covariance = [[0.04, 0.03, 0.0], [0.03, 0.09, -0.06], [0.0, -0.06, 0.25]]
)";

Config configured(const std::string& more, const std::vector<std::string>& changes = {}) { return read_config(game + more, "c.toml", changes, &find_model); }

double value(const Plan& plan, const std::vector<double>& values, const std::string& path) { return values[plan.negotiation().catalog.find(path)->slot]; }

TEST(OpinionPosteriors, DrawsHaveTheStatedMeansAndCovariance) {
  // A vector is jointly normal with a covariance if every combination of it is normal with the variance that follows.
  constexpr std::uint32_t n = 60000;
  const Plan plan(configured(north), n, 5);
  const char* paths[] = {"actors.north.mood", "actors.north.response.land", "actors.north.response.shield"};
  const double mean[] = {-0.4, 2, 1}, covariance[3][3] = {{0.04, 0.03, 0}, {0.03, 0.09, -0.06}, {0, -0.06, 0.25}};
  for (const std::array<double, 3> w : {std::array<double, 3>{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {1, -1, 0}, {0, 1, 1}, {0, 1, -1}, {1, 0, 1}}) {
    double variance = 0;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) variance += w[i] * w[j] * covariance[i][j];
    std::vector<double> standardised, values = plan.cell(0).values;
    for (std::uint32_t r = 0; r < n; ++r) {
      plan.draw(r, values.data());
      double sum = 0;
      for (int i = 0; i < 3; ++i) sum += w[i] * (value(plan, values, paths[i]) - mean[i]);
      standardised.push_back(sum / std::sqrt(variance));
    }
    EXPECT_TRUE(statistics::has_distribution(standardised, [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); })) << w[0] << " " << w[1] << " " << w[2];
  }
}

TEST(OpinionPosteriors, StandInPlaceOfWhatTheFileStates) {
  const Plan plan(configured(north), 2, 5);
  const std::vector<double> mean = plan.stated_values(0);
  EXPECT_EQ(value(plan, mean, "actors.north.mood"), -0.4);
  EXPECT_EQ(value(plan, mean, "actors.north.mood_sd"), 0.5) << "what is unsure beyond the polls stays";
  EXPECT_EQ(value(plan, mean, "actors.north.response.shield"), 1);
  EXPECT_NE(plan.cell_of_run(0).values, plan.cell_of_run(1).values);
  const Plan other(configured(north), 2, 6);
  EXPECT_NE(plan.cell_of_run(0).values, other.cell_of_run(0).values) << "luck belongs to the seed";
}

TEST(OpinionPosteriors, WhatASetOrASweepGivesIsNotDrawn) {
  const Plan set(configured(north, {"actors.north.mood=0.7"}), 9, 5), plain(configured(north), 9, 5);
  const Plan swept(configured(north + "[sweep]\naxes = { \"actors.north.mood\" = [0.1, 0.2] }\n"), 9, 5);
  for (std::uint64_t run = 0; run < 9; ++run) {
    EXPECT_EQ(value(set, set.cell_of_run(run).values, "actors.north.mood"), 0.7);
    EXPECT_EQ(value(swept, swept.cell_of_run(9 + run).values, "actors.north.mood"), 0.2);
    for (const Plan* plan : {&set, &swept})
      EXPECT_EQ(value(*plan, plan->cell_of_run(run).values, "actors.north.response.land"), value(plain, plain.cell_of_run(run).values, "actors.north.response.land"));
  }
}

TEST(OpinionPosteriors, NeitherTheOrderOfIssuesNorAnotherPublicChangesADraw) {
  std::string turned = game + north;
  const auto swap = [&](const std::string& from, const std::string& to) {
    for (auto at = turned.find(from); at != std::string::npos; at = turned.find(from, at + to.size())) turned.replace(at, from.size(), to);
  };
  const std::string land = "[issues.land]\nstream = 1\nmoves_with_front = true\n", shield = "[issues.shield]\nstream = 2\nguarantee = \"up\"\n";
  swap(land + shield, shield + land);
  swap("salience = [0.3, 0.2]", "salience = [0.2, 0.3]");
  swap("response = [2.0, 1.0]", "response = [1.0, 2.0]");
  swap("[[0.04, 0.03, 0.0], [0.03, 0.09, -0.06], [0.0, -0.06, 0.25]]", "[[0.04, 0.0, 0.03], [0.0, 0.25, -0.06], [0.03, -0.06, 0.09]]");
  const Plan relabelled(read_config(turned, "c.toml", {}, &find_model), 5, 3), plan(configured(north), 5, 3);
  const Plan both(configured(north + "[polls.posterior.south]\nmood = 0\nresponse = [1, 1]\ncovariance = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\n"), 5, 3);
  for (std::uint64_t run = 0; run < 5; ++run)
    for (const char* path : {"actors.north.mood", "actors.north.response.land", "actors.north.response.shield"}) {
      EXPECT_EQ(value(plan, plan.cell_of_run(run).values, path), value(relabelled, relabelled.cell_of_run(run).values, path)) << path;
      EXPECT_EQ(value(plan, plan.cell_of_run(run).values, path), value(both, both.cell_of_run(run).values, path)) << path;
    }
}

TEST(OpinionPosteriors, ARunToldAloneIsTheRunThatWasPlayed) {
  const Plan plan(configured(north + "[sweep]\naxes = { \"war.drift\" = [0.0, 0.01] }\n"), 1500, 8);
  const Kernels& kernels = plan.negotiation().model->kernels;
  const Batch wide = play_batch(plan, choose_kernel(kernels, "auto").play, 0, 3000), single = play_batch(plan, kernels.one, 0, 3000);
  for (const std::uint64_t run : {0ull, 1ull, 1023ull, 1024ull, 1499ull, 1500ull, 2999ull}) {
    const RunRow told = tell_run(plan, run).row;
    for (const RunRow* row : {&wide.rows[run], &single.rows[run]}) {
      EXPECT_EQ(row->deal_round, told.deal_round) << run;
      EXPECT_EQ(row->approval[0], told.approval[0]) << run;
      EXPECT_EQ(row->utility[0], told.utility[0]) << run;
    }
  }
}

TEST(OpinionPosteriors, TheWrittenTextReadsBackToTheSameDraws) {
  const PosteriorTable table{.actor = "north", .mood = -0.4, .response = {2, 1}, .covariance = {{0.04, 0.03, 0}, {0.03, 0.09, -0.06}, {0, -0.06, 0.25}}};
  const Plan written(configured(posterior_text({table})), 3, 5), plan(configured(north), 3, 5);
  EXPECT_EQ(written.cell_of_run(2).values, plan.cell_of_run(2).values);
  EXPECT_EQ(written.config().resolved(), plan.config().resolved());
  EXPECT_NE(plan.config().resolved(), configured("").resolved());
  EXPECT_NE(plan.config().resolved(), configured(north, {"actors.north.mood=-0.4"}).resolved()) << "a value that is set is not drawn";
}

TEST(OpinionPosteriors, DrawsStayWithinTheBoundsOfTheirParameters) {
  const Plan plan(configured("[polls.posterior.north]\nmood = 7.9\nresponse = [-9.9, 0]\ncovariance = [[4, 0, 0], [0, 4, 0], [0, 0, 0]]\n"), 200, 5);
  int held = 0;
  for (std::uint64_t run = 0; run < 200; ++run) {
    const std::vector<double> values = plan.cell_of_run(run).values;
    EXPECT_LE(value(plan, values, "actors.north.mood"), 8);
    EXPECT_GE(value(plan, values, "actors.north.response.land"), -10);
    EXPECT_EQ(value(plan, values, "actors.north.response.shield"), 0) << "no variance, no draw";
    held += value(plan, values, "actors.north.mood") == 8;
  }
  EXPECT_GT(held, 50);
}

TEST(OpinionPosteriors, MistakesAreNamedWithTheirPlace) {
  const auto message = [](const std::string& more) {
    try {
      configured(more);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  const std::string at = "c.toml:";
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {"[polls.posterior.nrth]\nmood = 1\nresponse = [1, 1]\ncovariance = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\n", "no actor of that name"},
           {"[polls.posterior.north]\nmood = 1\n", "does not fit the 2 issues"},
           {"[polls.posterior.north]\nmood = 1\nresponse = [1, 1]\ncovariance = [[1, 0], [0, 1]]\n", "does not fit the 2 issues"},
           {"[polls.posterior.north]\nmood = 1\nresponse = [1, 1]\ncovariance = [[1, 0.5, 0], [0, 1, 0], [0, 0, 1]]\n", "not symmetric"},
           {"[polls.posterior.north]\nmood = 1\nresponse = [1, 1]\ncovariance = [[1, 2, 0], [2, 1, 0], [0, 0, 1]]\n", "not positive semidefinite"},
           {"[polls.posterior.north]\nmood = 9\nresponse = [1, 1]\ncovariance = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\n", "out of its bounds"},
           {"[polls.posterior.north]\nmood = \"high\"\n", "not a number"},
           {"[polls.posterior.north]\nmoood = 1\n", "Did you mean mood?"},
           {"[polls]\nfils = []\n", "Did you mean polls.files?"}}) {
    EXPECT_EQ(message(text).rfind(at, 0), 0u) << message(text);
    EXPECT_NE(message(text).find(part), std::string::npos) << message(text);
  }
}

}  // namespace
}  // namespace parley
