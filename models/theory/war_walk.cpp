#include "models/theory/war_walk.hpp"

#include <cmath>
#include <cstddef>
#include <limits>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {
void require_war(const WarWalk& war) {
  require(war.forts >= 1, "there is no fort to fight over (N must be at least 1). Give N of 1 or more");
  require(war.position >= 0 && war.position <= war.forts, "the front is off the map (k runs from 0 to N). Give 0 to N");
  require(war.battle_win >= 0.0 && war.battle_win <= 1.0,
          "the chance of winning a battle is outside [0, 1] (it is a "
          "probability). Give one");
}

/// x · log p with 0 · log 0 = 0.
double weighted_log(double count, double probability) {
  if (count == 0.0) return 0.0;
  return probability > 0.0 ? count * std::log(probability) : -std::numeric_limits<double>::infinity();
}
}  // namespace

double victory_probability(const WarWalk& war) {
  require_war(war);
  const double n = static_cast<double>(war.forts), k = static_cast<double>(war.position), p = war.battle_win;
  if (war.position == 0 || war.position == war.forts) return war.position == 0 ? 0.0 : 1.0;
  if (p == 0.0 || p == 1.0) return p;
  const double log_ratio = std::log1p(-p) - std::log(p);
  if (log_ratio == 0.0) return k / n;
  if (log_ratio < 0.0) return std::expm1(k * log_ratio) / std::expm1(n * log_ratio);
  return std::exp((k - n) * log_ratio) * std::expm1(-k * log_ratio) / std::expm1(-n * log_ratio);
}

double expected_battles(const WarWalk& war) {
  require_war(war);
  const double n = static_cast<double>(war.forts), k = static_cast<double>(war.position);
  const double drift = 1.0 - 2.0 * war.battle_win;
  // Near p = ½ the closed form is a difference of large numbers; to second order in the drift it is k (N − k).
  if (std::abs(drift) * n < 1e-5) return k * (n - k) * (1.0 - drift * (n - 2.0 * k) / 3.0);
  return (k - n * victory_probability(war)) / drift;
}

std::vector<double> fighting_values(long forts, double battle_win, double discount, double cost) {
  require_war({forts, 0, battle_win});
  require(discount >= 0.0 && discount <= 1.0,
          "the discount is outside [0, 1] (it is what a battle later is worth now). "
          "Give a factor between 0 and 1");
  // Thomas's elimination of V_k − δp V_{k+1} − δq V_{k−1} = −c, from below: V_k = slope_k V_{k+1} + rest_k.
  const std::size_t n = static_cast<std::size_t>(forts);
  const double up = discount * battle_win, down = discount * (1.0 - battle_win);
  std::vector<double> slope(n + 1, 0.0), value(n + 1, 0.0);
  for (std::size_t k = 1; k < n; ++k) {
    const double pivot = 1.0 - down * slope[k - 1];
    slope[k] = up / pivot;
    value[k] = (down * value[k - 1] - cost) / pivot;
  }
  value[n] = 1.0;
  for (std::size_t k = n; k-- > 1;) value[k] += slope[k] * value[k + 1];
  return value;
}

double posterior_strong(const BattleEvidence& e, long won, long lost) {
  const auto probability = [](double p) { return p >= 0.0 && p <= 1.0; };
  require(probability(e.prior_strong) && probability(e.win_if_strong) && probability(e.win_if_weak),
          "a probability is outside [0, 1] (the prior and both chances of winning are). Give probabilities");
  require(won >= 0 && lost >= 0, "a count of battles is negative (won and lost are counts). Give 0 or more");
  const double w = static_cast<double>(won), l = static_cast<double>(lost);
  const double strong =
      weighted_log(1.0, e.prior_strong) + weighted_log(w, e.win_if_strong) + weighted_log(l, 1.0 - e.win_if_strong);
  const double weak =
      weighted_log(1.0, 1.0 - e.prior_strong) + weighted_log(w, e.win_if_weak) + weighted_log(l, 1.0 - e.win_if_weak);
  require(std::isfinite(strong) || std::isfinite(weak),
          "neither type could have fought these battles (both likelihoods are 0). Give chances between 0 and 1");
  return 1.0 / (1.0 + std::exp(weak - strong));
}

double nats_per_battle(double t, double a) {
  require(t >= 0.0 && t <= 1.0 && a >= 0.0 && a <= 1.0,
          "a chance of winning is outside [0, 1] (it is a probability). Give one");
  return (weighted_log(t, t) + weighted_log(1.0 - t, 1.0 - t)) - (weighted_log(t, a) + weighted_log(1.0 - t, 1.0 - a));
}

}  // namespace parley::theory
