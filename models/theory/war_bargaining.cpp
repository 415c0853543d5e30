#include "models/theory/war_bargaining.hpp"

#include <algorithm>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {
void require_strength(double strength) {
  require(strength >= 0.0 && strength <= 1.0,
          "the strength is outside [0, 1] (it is the probability that A wins). Give "
          "a probability");
}
void require_discount(double discount) {
  require(discount > 0.0 && discount < 1.0,
          "the discount is outside (0, 1) (values of peace and war are sums over all rounds). Give a factor between");
}
void require_private_cost(const PrivateCost& g) {
  require_strength(g.strength);
  require(g.cost_a >= 0.0 && g.lowest >= 0.0, "a cost of war is negative (war destroys). Give costs of 0 or more");
  require(g.highest >= g.lowest, "the costs of B run backwards (highest below lowest). Give [lowest, highest]");
}
}  // namespace

BargainingRange war_range(double strength, double cost_a, double cost_b) {
  require_strength(strength);
  require(cost_a >= 0.0 && cost_b >= 0.0, "a cost of war is negative (war destroys). Give costs of 0 or more");
  return {strength - cost_a, strength + cost_b};
}

RiskReturn risk_return(const PrivateCost& g) {
  require_private_cost(g);
  const double markup = std::max(g.lowest, (g.highest - g.cost_a) / 2.0);
  const double spread = g.highest - g.lowest;
  const double war = spread > 0.0 ? std::max(0.0, (markup - g.lowest) / spread) : 0.0;
  const double demand = g.strength + markup;
  return {demand, war, (1.0 - war) * demand + war * (g.strength - g.cost_a)};
}

double two_type_threshold(double cost_a, double lowest, double highest) {
  require(cost_a >= 0.0 && lowest >= 0.0 && highest >= lowest,
          "the costs are not ordered (they must be 0 ≤ lowest ≤ highest and A's at least 0). Give them so");
  require(highest + cost_a > 0.0, "war costs nobody anything (A then risks it or not alike). Give a positive cost");
  return (highest - lowest) / (highest + cost_a);
}

std::vector<ScreeningRound> screening_rounds(const PrivateCost& g, long most) {
  require_private_cost(g);
  std::vector<ScreeningRound> rounds;
  double highest = g.highest, reached = 1.0;
  while (static_cast<long>(rounds.size()) < most) {
    const RiskReturn next = risk_return({g.strength, g.cost_a, g.lowest, highest});
    rounds.push_back({next.demand, next.war_probability, reached});
    if (next.war_probability <= 0.0) break;
    reached *= next.war_probability;
    highest = next.demand - g.strength;
  }
  return rounds;
}

double shift_pressure(double strength_now, double strength_next, double discount) {
  require_strength(strength_now);
  require_strength(strength_next);
  require(discount >= 0.0 && discount <= 1.0,
          "the discount is outside [0, 1] (it is what a round later is worth now). "
          "Give a factor between 0 and 1");
  return discount * strength_next - strength_now;
}

double commitment_threshold(double pressure) {
  require(pressure > -1.0,
          "nothing is at stake (the strength falls from 1 to 0 or the future is worth nothing). Give "
          "another shift");
  return pressure / (1.0 + pressure);
}

bool commitment_war(double pressure, double destroyed) {
  require(destroyed >= 0.0 && destroyed <= 1.0, "the destruction is outside [0, 1] (it is a share). Give a share");
  return pressure * (1.0 - destroyed) > destroyed;
}

double preventive_war_threshold(double pressure, double discount) {
  require_discount(discount);
  return pressure / ((1.0 - discount) * (1.0 - discount));
}

double least_neutralised_share(const PowerShift& s) {
  require_strength(s.strength_now);
  require_strength(s.strength_next);
  require(s.discount > 0.0 && s.discount <= 1.0,
          "the discount is outside (0, 1] (a worthless future shifts nothing). Give "
          "a factor between 0 and 1");
  require(s.destroyed >= 0.0 && s.destroyed < 1.0,
          "the destruction is outside [0, 1) (it is a share of what is fought "
          "over). Give a share below 1");
  const double shift = s.strength_next - s.strength_now;
  if (shift <= 0.0) return 0.0;
  const double bearable = (s.destroyed / (1.0 - s.destroyed) + s.strength_now) / s.discount - s.strength_now;
  return std::max(0.0, 1.0 - bearable / shift);
}

IndivisibleIssue indivisible_issue(double strength, double cost_a, double cost_b) {
  const BargainingRange range = war_range(strength, cost_a, cost_b);
  return {range.holds(0.0) || range.holds(1.0), {std::max(0.0, range.low), std::min(1.0, range.high)}};
}

}  // namespace parley::theory
