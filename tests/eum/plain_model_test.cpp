// The model against a second, slow one, written from the paper's formulas without regard to speed or lanes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/rng.hpp"
#include "tests/eum/emission.hpp"

namespace parley::eum {
namespace {

struct Plain {
  std::vector<double> c, s, x, r;
  double range = 1, low = 0, q = 1;
  bool least_move = true;
  std::size_t n() const { return x.size(); }

  double loss(std::size_t k, double at) const { return c[k] * s[k] * std::pow(std::fabs(x[k] - at) / range, r[k]); }
  double median() const {
    double best = x[0], least = INFINITY;
    for (const double at : x) {
      double cost = 0;
      for (std::size_t k = 0; k < n(); ++k) cost += c[k] * s[k] * std::fabs(x[k] - at);
      if (cost < least) {
        least = cost;
        best = at;
      }
    }
    return best;
  }
  double chance(std::size_t i, std::size_t j) const {
    double votes = 0, all = 0;
    for (std::size_t k = 0; k < n(); ++k) {
      votes += std::max(0.0, loss(k, x[j]) - loss(k, x[i]));
      for (std::size_t a = 0; a < n(); ++a)
        for (std::size_t b = 0; b < n(); ++b) all += std::fabs(loss(k, x[a]) - loss(k, x[b]));
    }
    return all > 0 ? votes / all : 0;
  }
  double expected(std::size_t i, std::size_t j, double exponent) const {
    const double mu = median(), d = std::fabs(x[i] - x[j]) / range,
                 e = (std::fabs(x[i] - mu) + std::fabs(x[i] - x[j])) / range;
    const auto u = [&](double base) { return 2 - 4 * std::pow(base, exponent); };
    const double p = chance(i, j), success = u(0.5 - 0.5 * d), failure = u(0.5 + 0.5 * d);
    const double left_alone = std::fabs(x[i] - mu) < std::fabs(x[i] - x[j]) ? u(0.5 - 0.25 * e) : u(0.5 + 0.25 * e);
    return s[j] * (p * success + (1 - p) * failure) + (1 - s[j]) * success - q * u(0.5) - (1 - q) * left_alone;
  }
  void round() {
    r.assign(n(), 1.0);
    std::vector<double> security(n(), 0.0);
    for (std::size_t i = 0; i < n(); ++i)
      for (std::size_t j = 0; j < n(); ++j)
        if (j != i) security[i] += expected(j, i, 1);
    const auto [least, most] = std::minmax_element(security.begin(), security.end());
    std::vector<double> exponents(n(), 1.0);
    for (std::size_t i = 0; i < n() && *most - *least > 1e-12; ++i) {
      const double risk = (2 * security[i] - *most - *least) / (*most - *least);
      exponents[i] = (1 - risk / 3) / (1 + risk / 3);
    }
    r = exponents;
    std::vector<double> next = x;
    for (std::size_t i = 0; i < n(); ++i) {
      double best[3] = {INFINITY, INFINITY, INFINITY}, goal[3] = {};
      for (std::size_t j = 0; j < n(); ++j) {
        if (x[i] == x[j]) continue;
        const double a = expected(i, j, r[i]), b = expected(j, i, r[i]);
        int kind = -1;
        double to = x[j];
        if (b > a && a > 0) kind = 0;
        if (a < 0 && b > 0) kind = b + a > 1e-14 ? 1 : 2;
        if (kind < 0) continue;
        if (kind == 1) to = x[i] + (x[j] - x[i]) * -a / b;
        const double key = kind == 1 && !least_move ? (b * x[j] - a * x[i]) / (b - a) : std::fabs(to - x[i]);
        if (key < best[kind]) {
          best[kind] = key;
          goal[kind] = to;
        }
      }
      for (int kind = 2; kind >= 0; --kind)
        if (best[kind] < INFINITY) next[i] = goal[kind];
    }
    x = next;
  }
};

TEST(PlainModel, PlaysTheSameRounds) {
  for (std::uint64_t number = 0; number < 150; ++number) {
    const Draws<double> draws(21, number, 0);
    Plain plain;
    std::vector<Actor> actors(2 + number % 7);
    for (std::size_t i = 0; i < actors.size(); ++i) {
      const Stream stream{Stream::Kind::actor, static_cast<std::uint32_t>(i)};
      const auto pair = draws.uniforms(stream, 0);
      // Every third issue has actors on shared positions.
      const double position = draws.uniform(stream, 1),
                   shared = std::floor(4 * position) / 4 + 0.01 * std::floor(4 * position) * std::floor(4 * position);
      plain.c.push_back(0.1 + pair.first);
      plain.s.push_back(pair.second);
      plain.x.push_back(100 * (number % 3 == 0 ? shared : position));
      actors[i] = {.name = std::to_string(i),
                   .capability = {.value = plain.c[i]},
                   .position = {.value = plain.x[i]},
                   .salience = {.value = plain.s[i]}};
    }
    const auto [lowest, highest] = std::minmax_element(plain.x.begin(), plain.x.end());
    if (*highest - *lowest < 1) continue;
    plain.low = *lowest;
    plain.range = *highest - *lowest;
    plain.q = number % 2 == 0 ? 1.0 : 0.3;
    plain.least_move = number % 4 < 2;
    const auto rounds = trace(
        Case("random", actors),
        {.variant = plain.least_move ? Variant::least_move : Variant::scholz_compatible, .rounds = 3, .q = plain.q});
    for (std::size_t t = 0; t < rounds.size(); ++t) {
      if (t > 0) plain.round();
      for (std::size_t i = 0; i < actors.size(); ++i)
        EXPECT_NEAR(rounds[t].positions[i], plain.x[i], 1e-7) << number << " round " << t << " actor " << i;
    }
  }
}

TEST(PlainModel, ACapitulationAcrossTheWholeScaleIsAnswered) {
  const Case issue(
      "ends", {{.name = "a", .capability = {.value = 0.642}, .position = {.value = 100}, .salience = {.value = 0.68}},
               {.name = "b", .capability = {.value = 0.195}, .position = {.value = 60}, .salience = {.value = 0.69}},
               {.name = "c", .capability = {.value = 0.836}, .position = {.value = 0}, .salience = {.value = 0.91}},
               {.name = "d", .capability = {.value = 0.727}, .position = {.value = 100}, .salience = {.value = 0.76}}});
  EXPECT_EQ(trace(issue, {.rounds = 1}).back().positions, (std::vector<double>{0, 60, 0, 100}));
}

}  // namespace
}  // namespace parley::eum
