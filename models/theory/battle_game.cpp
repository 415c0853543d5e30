#include "models/theory/battle_game.hpp"

#include <algorithm>

#include "engine/core/rng.hpp"
#include "models/theory/domain.hpp"
#include "models/theory/war_walk.hpp"

namespace parley::theory {

namespace {
constexpr double no_offer = 2.0;

/// B's values by A's fort: B wins at fort 0.
std::vector<double> mirrored(std::vector<double> values) {
  std::reverse(values.begin(), values.end());
  return values;
}
}  // namespace

BattleGame::BattleGame(const BattleRules& r, std::uint64_t seed, std::uint64_t replicate)
    : rules_(r),
      seed_(seed),
      replicate_(replicate),
      front_(r.start),
      prior_(r.prior_strong),
      believed_(r.prior_strong),
      a_if_strong_(fighting_values(r.forts, r.win_if_strong, r.discount, r.cost)),
      a_if_weak_(fighting_values(r.forts, r.win_if_weak, r.discount, r.cost)),
      b_if_strong_(mirrored(fighting_values(r.forts, 1.0 - r.win_if_strong, r.discount, r.cost))),
      b_if_weak_(mirrored(fighting_values(r.forts, 1.0 - r.win_if_weak, r.discount, r.cost))) {
  require(r.start > 0 && r.start < r.forts, "the front starts at an end (the war would be over). Give a fort between");
  strong_ = Draws<double>(seed, replicate, 0).uniform({Stream::Kind::actor, 0}, 0) < r.prior_strong;
}

double BattleGame::fighting_b() const {
  const auto k = static_cast<std::size_t>(front_);
  return believed_ * b_if_strong_[k] + (1.0 - believed_) * b_if_weak_[k];
}

void BattleGame::advance() {
  ++battles_;
  const double luck =
      Draws<double>(seed_, replicate_, static_cast<std::uint64_t>(battles_)).uniform({Stream::Kind::world, 0}, 0);
  const bool taken = luck < (strong_ ? rules_.win_if_strong : rules_.win_if_weak);
  won_ += taken ? 1 : 0;
  front_ += taken ? 1 : -1;
  believed_ = posterior_strong({prior_, rules_.win_if_strong, rules_.win_if_weak}, won_, battles_ - won_);
}

bool BattleGame::fights_on(bool strong) const {
  const auto k = static_cast<std::size_t>(front_);
  return 1.0 - fighting_b() < (strong ? a_if_strong_[k] : a_if_weak_[k]);
}

BattleGame::Table BattleGame::table() const {
  const bool decided = front_ == 0 || front_ == rules_.forts;
  if (rules_.talks == Talks::none || decided || fights_on(strong_)) return {no_offer};
  return {std::min(1.0, 1.0 - fighting_b())};
}

BattleGame::Answers BattleGame::decide(const Table& t) const {
  return {t.demand <= 1.0 && 1.0 - t.demand >= fighting_b() - 1e-12};
}

void BattleGame::learn(const Table&, const Answers&) {
  if (rules_.talks == Talks::none || rules_.teachers == Teachers::battles) return;
  if (front_ == 0 || front_ == rules_.forts || fights_on(true) == fights_on(false)) return;
  prior_ = believed_ = strong_ ? 1.0 : 0.0;  // the other type would have done otherwise
}

void BattleGame::settle(const Table& t, const Answers& a) {
  const bool a_won = front_ == rules_.forts;
  if (a.accepted)
    result_ = Result{true, strong_, false, battles_, won_, t.demand, believed_};
  else if (a_won || front_ == 0)
    result_ = Result{false, strong_, a_won, battles_, won_, a_won ? 1.0 : 0.0, believed_};
}

}  // namespace parley::theory
