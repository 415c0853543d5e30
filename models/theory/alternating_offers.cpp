#include "models/theory/alternating_offers.hpp"

#include <algorithm>
#include <cmath>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {
void require_discounts(double discount1, double discount2) {
  require(discount1 >= 0.0 && discount1 <= 1.0 && discount2 >= 0.0 && discount2 <= 1.0,
          "a discount is outside [0, 1] (it is what a share next round is worth now). Give factors between 0 and 1");
}
void require_impatience(double discount1, double discount2) {
  require_discounts(discount1, discount2);
  require(discount1 * discount2 < 1.0,
          "both discounts are 1 (without impatience the infinite game has no unique equilibrium). Let one be below 1");
}
}  // namespace

OpeningShares rubinstein_shares(double discount1, double discount2) {
  require_impatience(discount1, discount2);
  const double first = (1.0 - discount2) / (1.0 - discount1 * discount2);
  return {first, discount1 * first};
}

double frequent_offers_share(double rate1, double rate2) {
  require(
      rate1 >= 0.0 && rate2 >= 0.0 && rate1 + rate2 > 0.0,
      "the rates of impatience do not define a share (they must be at least 0 and not both 0). Give positive rates");
  return rate2 / (rate1 + rate2);
}

double finite_horizon_share(const FiniteHorizon& game) {
  require_discounts(game.discount1, game.discount2);
  require(game.rounds >= 1, "there is no round (the horizon must be at least 1). Give T of 1 or more");
  require(game.first_proposer == 1 || game.first_proposer == 2, "the first proposer is neither 1 nor 2. Give 1 or 2");
  double value1 = game.disagreement1, value2 = game.disagreement2;  // of refusing, in the money of the round looked at
  for (long round = game.rounds; round >= 1; --round) {
    const bool first_turn = (round - 1) % 2 == 0;
    const int proposer = first_turn ? game.first_proposer : 3 - game.first_proposer;
    if (value1 + value2 <= 1.0) (proposer == 1 ? value1 : value2) = 1.0 - (proposer == 1 ? value2 : value1);
    if (round > 1) {
      value1 *= game.discount1;
      value2 *= game.discount2;
    }
  }
  return value1;
}

double stahl_share(double discount1, double discount2, long rounds) {
  require_impatience(discount1, discount2);
  require(rounds >= 1, "there is no round (the horizon must be at least 1). Give T of 1 or more");
  const double both = discount1 * discount2;
  const double left = std::pow(both, static_cast<double>(rounds / 2));
  const double paired = (1.0 - discount2) * (1.0 - left) / (1.0 - both);
  return rounds % 2 == 0 ? paired : paired + left;
}

OpeningShares least_claim_shares(const LeastClaims& c) {
  require_impatience(c.discount1, c.discount2);
  require(c.least1 + c.least2 <= 1.0,
          "the least claims add up to more than the pie (no split satisfies both). Lower one of them");
  // The map is a contraction, so exactly one of the three cases is consistent with itself.
  const OpeningShares free = rubinstein_shares(c.discount1, c.discount2);
  const double free_second = (1.0 - c.discount1) / (1.0 - c.discount1 * c.discount2);
  if (c.discount2 * free_second >= c.least2 && free.when_2_proposes >= c.least1) return free;
  const double held_first = 1.0 - c.least2;
  const double answer = std::max(c.discount1 * held_first, c.least1);
  if (c.discount2 * (1.0 - answer) <= c.least2) return {held_first, answer};
  return {1.0 - std::max(c.discount2 * (1.0 - c.least1), c.least2), c.least1};
}

OpeningShares breakdown_shares(const BreakdownRisk& g) {
  require_discounts(g.discount1, g.discount2);
  require(g.risk >= 0.0 && g.risk <= 1.0,
          "the risk of breakdown is outside [0, 1] (it is a probability). Give a share");
  require(g.payoff1 + g.payoff2 <= 1.0,
          "breakdown is worth more than the pie (both would rather break down). Lower one of its payoffs");
  // 1 − (1 − q) d written as q + (1 − q)(1 − d), which keeps its digits where both are near 1.
  const double stay = 1.0 - g.risk;
  const double lost1 = g.risk + stay * (1.0 - g.discount1), lost2 = g.risk + stay * (1.0 - g.discount2);
  const double scale = lost1 + (1.0 - lost1) * lost2;
  require(scale > 0.0,
          "neither impatience nor risk presses anybody (the game has no unique equilibrium). Let q be positive or a "
          "discount below 1");
  const double first = (lost2 - g.risk * (g.payoff2 - (1.0 - lost2) * g.payoff1)) / scale;
  return {first, g.risk * g.payoff1 + stay * g.discount1 * first};
}

}  // namespace parley::theory
