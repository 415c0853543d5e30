// Sessions of 4 parties over 3 issues of 10 levels, at most 100 steps, utilities drawn afresh: at least 20,000 a second
// on one core are wanted. The test fails below half of that (see eum_rate_test.cpp).
#include <gtest/gtest.h>

#include <cstdio>
#include <numeric>
#include <string>

#include "models/saop/sessions.hpp"
#include "tests/bench/rate.hpp"

namespace parley::saop {
namespace {

TEST(SaopRate, FourPartiesThreeIssuesOfTenLevels) {
#ifndef NDEBUG
  GTEST_SKIP() << "rates are of optimised builds";
#endif
  std::vector<Issue> issues;
  for (int k = 0; k < 3; ++k) issues.push_back(Issue::numeric(std::to_string(k), 0, 9, 1));
  const Domain domain("levels", std::move(issues));
  for (const double exponent : {4.0, 1.0}) {
    Strategy strategy;
    strategy.concession.beta = 1 / exponent;
    double turns = 0;
    const double rate = median_rate(4000, [&](std::size_t sessions, std::size_t seed) {
      const BatchResult result =
          play_sessions(domain, std::vector<Strategy>(4, strategy), {}, {.sessions = sessions, .seed = seed});
      turns = static_cast<double>(result.turns) / static_cast<double>(sessions);
      return std::accumulate(result.mean_utilities.begin(), result.mean_utilities.end(), 0.0);
    });
    std::printf("stacked offers, exponent %g: %.0f sessions a second, %.0f turns each\n", exponent, rate, turns);
    EXPECT_GT(rate, 10000);
  }
}

}  // namespace
}  // namespace parley::saop
