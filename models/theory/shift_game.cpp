#include "models/theory/shift_game.hpp"

#include <algorithm>
#include <utility>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {

struct Offer {
  double to_other;  ///< of the flow
  bool peace;       ///< the other would take it and the proposer would rather make it than fight
};

/// The least the other side takes now, given what refusing (war) and peace later are worth to it.
Offer best_offer(double war_other, double later_other, double war_own, double later_own) {
  const double least = std::max(0.0, war_other - later_other);
  return {std::min(1.0, least), least <= 1.0 + 1e-12 && 1.0 - least + later_own >= war_own - 1e-12};
}

}  // namespace

ShiftGame::ShiftGame(ShiftRules rules) : rules_(std::move(rules)) {
  require(!rules_.strength.empty(), "the path of strength is empty (it needs a value). Give one or more");
  for (const double p : rules_.strength)
    require(p >= 0.0 && p <= 1.0, "a strength is outside [0, 1] (it is a probability). Give one");
  require(rules_.discount >= 0.0 && rules_.discount < 1.0,
          "the discount is outside [0, 1) (values are sums over all rounds). Give one below 1");
  const std::size_t last = rules_.strength.size() - 1, own = rules_.proposer == ShiftProposer::rising ? 0 : 1,
                    other = 1 - own;
  future_.resize(last + 1);
  for (std::size_t round = last + 1; round-- > 0;) {
    const Pair war = war_values(round);
    if (round == last) {
      // Strength stays: the other is held to what war gives it for ever, if that is anything.
      const double kept = std::max(0.0, war[other]), all = 1.0 / (1.0 - rules_.discount);
      future_[round][other] = all - kept >= war[own] ? kept : war[other];
      future_[round][own] = all - kept >= war[own] ? all - kept : war[own];
      continue;
    }
    const Pair later{rules_.discount * future_[round + 1][0], rules_.discount * future_[round + 1][1]};
    const Offer offer = best_offer(war[other], later[other], war[own], later[own]);
    future_[round] = war;
    if (!offer.peace) continue;
    future_[round][other] = offer.to_other + later[other];
    future_[round][own] = 1.0 - offer.to_other + later[own];
  }
}

std::size_t ShiftGame::at(long round) const {
  return std::min(static_cast<std::size_t>(round), rules_.strength.size() - 1);
}

ShiftGame::Pair ShiftGame::war_values(std::size_t round) const {
  const double won = rules_.strength[round], left = (1.0 - rules_.destroyed) / (1.0 - rules_.discount);
  return {won * left - rules_.cost[0], (1.0 - won) * left - rules_.cost[1]};
}

ShiftGame::Table ShiftGame::table() const {
  const std::size_t own = rules_.proposer == ShiftProposer::rising ? 0 : 1, other = 1 - own;
  const Pair war = war_values(at(round_)), next = future_[at(round_ + 1)];
  const Offer offer = best_offer(war[other], rules_.discount * next[other], war[own], rules_.discount * next[own]);
  return {own == 0 ? 1.0 - offer.to_other : offer.to_other, !offer.peace};
}

ShiftGame::Answers ShiftGame::decide(const Table& t) const {
  const std::size_t other = rules_.proposer == ShiftProposer::rising ? 1 : 0;
  const double mine = other == 0 ? t.share_a : 1.0 - t.share_a;
  return {!t.war && mine + rules_.discount * future_[at(round_ + 1)][other] >= war_values(at(round_))[other] - 1e-12};
}

void ShiftGame::settle(const Table& t, const Answers& a) {
  if (!a.accepted) {
    const Pair war = war_values(at(round_));
    result_ = Result{true, round_, {earned_[0] + weight_ * war[0], earned_[1] + weight_ * war[1]}};
    return;
  }
  earned_[0] += weight_ * t.share_a;
  earned_[1] += weight_ * (1.0 - t.share_a);
  weight_ *= rules_.discount;
  // Once strength stays and peace held, it goes on: the rest is what each can count on.
  if (static_cast<std::size_t>(round_) + 1 < rules_.strength.size()) return;
  const Pair rest = future_.back();
  result_ = Result{false, round_, {earned_[0] + weight_ * rest[0], earned_[1] + weight_ * rest[1]}};
}

}  // namespace parley::theory
