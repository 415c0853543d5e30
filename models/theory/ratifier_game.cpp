#include "models/theory/ratifier_game.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/rng.hpp"

namespace parley::theory {

AgendaGame::Answers AgendaGame::decide(Table policy) const {
  return std::abs(policy - rules_.ratifier) <= std::abs(rules_.status_quo - rules_.ratifier) + 1e-12;
}

AgendaGame::Table AgendaGame::table() const {
  // From the status quo towards its own ideal, as far as the ratifier goes along: halving finds the last step it
  // approves.
  double approved = rules_.status_quo, wanted = rules_.setter;
  if (decide(wanted)) return wanted;
  // The way may lead out of what is approved only once it has passed the ratifier.
  if (!decide(approved + 1e-6 * (wanted - approved))) return approved;
  for (int step = 0; step < 100; ++step) {
    const double middle = 0.5 * (approved + wanted);
    (decide(middle) ? approved : wanted) = middle;
  }
  return approved;
}

void ReferendumGame::advance() {
  threshold_ = rules_.highest_threshold * Draws<double>(seed_, replicate_, 0).uniform({Stream::Kind::actor, 0}, 0);
}

ReferendumGame::Table ReferendumGame::table() const {
  const auto expected = [&](double demand) {
    const double left = 1.0 - demand, believed = rules_.believed_highest_threshold;
    const double ratified = left >= believed ? 1.0 : left / believed;
    return ratified * demand + (1.0 - ratified) * rules_.no_deal;
  };
  double low = 0.0, high = 1.0;  // one peak: thirds are thrown away from its sides
  for (int step = 0; step < 80; ++step) {
    const double third = (high - low) / 3.0;
    if (expected(low + third) < expected(high - third))
      low += third;
    else
      high -= third;
  }
  return 0.5 * (low + high);
}

void ReferendumGame::settle(Table demand, Answers ratified) {
  demand_ = demand;
  ratified_ = ratified;
  payoff_ = ratified ? demand : rules_.no_deal;
}

}  // namespace parley::theory
