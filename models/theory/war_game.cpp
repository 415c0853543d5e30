#include "models/theory/war_game.hpp"

#include <algorithm>

#include "engine/core/rng.hpp"
#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {

/// What A expects of demanding p + markup when B's cost is uniform between lowest and highest.
double expected(const PrivateCost& g, double highest, double markup) {
  const double spread = highest - g.lowest;
  const double refused =
      spread > 0.0 ? std::clamp((markup - g.lowest) / spread, 0.0, 1.0) : (markup > highest ? 1.0 : 0.0);
  return (1.0 - refused) * (g.strength + markup) + refused * (g.strength - g.cost_a);
}

}  // namespace

WarGame::WarGame(const PrivateCost& game, long rounds, std::uint64_t seed, std::uint64_t replicate)
    : game_(game), rounds_(rounds), seed_(seed), replicate_(replicate), highest_(game.highest) {
  require(rounds >= 1, "there is no round to bargain in (at least 1 is needed). Give 1 or more");
  require(game.lowest >= 0.0 && game.highest >= game.lowest && game.cost_a >= 0.0,
          "the costs of war are not ordered (0 ≤ lowest ≤ "
          "highest, A's at least 0). Give them so");
}

void WarGame::advance() {
  if (round_++ > 0) return;
  const double luck = Draws<double>(seed_, replicate_, 0).uniform({Stream::Kind::actor, 1}, 0);
  cost_b_ = game_.lowest + luck * (game_.highest - game_.lowest);
}

WarGame::Table WarGame::table() const {
  // The payoff has one peak between the costs that are possible: thirds are thrown away from its sides.
  double low = game_.lowest, high = highest_;
  for (int step = 0; step < 80; ++step) {
    const double third = (high - low) / 3.0;
    if (expected(game_, highest_, low + third) < expected(game_, highest_, high - third))
      low += third;
    else
      high -= third;
  }
  const double middle = 0.5 * (low + high);
  const double best =
      expected(game_, highest_, game_.lowest) >= expected(game_, highest_, middle) ? game_.lowest : middle;
  return {game_.strength + best};
}

WarGame::Answers WarGame::decide(const Table& t) const {
  return {1.0 - t.demand >= 1.0 - game_.strength - cost_b_ - 1e-12};
}

void WarGame::learn(const Table& t, const Answers& a) {
  if (!a.accepted) highest_ = std::max(game_.lowest, t.demand - game_.strength);
}

void WarGame::settle(const Table& t, const Answers& a) {
  if (a.accepted)
    result_ = Result{false, round_, t.demand, 1.0 - t.demand};
  else if (round_ >= rounds_)
    result_ = Result{true, round_, game_.strength - game_.cost_a, 1.0 - game_.strength - cost_b_};
}

}  // namespace parley::theory
