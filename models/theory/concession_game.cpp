#include "models/theory/concession_game.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/math.hpp"
#include "engine/core/rng.hpp"
#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {

std::array<double, 2> luck_of_tick(std::uint64_t seed, std::uint64_t replicate, long tick) {
  const Draws<double> draws(seed, replicate, static_cast<std::uint64_t>(tick));
  return {draws.uniform({Stream::Kind::actor, 0}, 0), draws.uniform({Stream::Kind::actor, 1}, 0)};
}

constexpr long most_ticks = 100'000'000;

void require_tick(double tick) {
  require(tick > 0.0, "the tick is not positive (time must pass). Give a small positive one");
}

/// Two who give way at once share the prize as a coin would.
std::array<double, 2> prize_shares(const std::array<bool, 2>& gave_way) {
  if (gave_way[0] && gave_way[1]) return {0.5, 0.5};
  return {gave_way[1] ? 1.0 : 0.0, gave_way[0] ? 1.0 : 0.0};
}

}  // namespace

AttritionGame::AttritionGame(const AttritionSides& sides, double tick, std::uint64_t seed, std::uint64_t replicate,
                             std::optional<double> deviation)
    : sides_(sides), tick_(tick), seed_(seed), replicate_(replicate), deviation_(deviation) {
  require_tick(tick);
  attrition_outcome(sides);  // refuses impossible numbers
}

AttritionGame::Answers AttritionGame::decide(const Table&) const {
  const std::array<double, 2> luck = luck_of_tick(seed_, replicate_, ticks_);
  const double chance0 = sides_.cost2 * tick_ / sides_.prize2, chance1 = sides_.cost1 * tick_ / sides_.prize1;
  const double now = static_cast<double>(ticks_) * tick_;
  return {deviation_ ? now > *deviation_ : luck[0] < chance0, luck[1] < chance1};
}

void AttritionGame::settle(const Table&, const Answers& gave_way) {
  if (!gave_way[0] && !gave_way[1]) return;
  // Who gives way in a tick is gone before it is paid for.
  const double time = static_cast<double>(ticks_) * tick_, paid = time - tick_;
  const std::array<double, 2> won = prize_shares(gave_way);
  result_ = Concession{time,
                       gave_way,
                       {won[0] * sides_.prize1 - sides_.cost1 * (gave_way[0] ? paid : time),
                        won[1] * sides_.prize2 - sides_.cost2 * (gave_way[1] ? paid : time)}};
}

PrivateAttritionGame::PrivateAttritionGame(PrizeLaw law, double cost_rate, double tick, std::uint64_t seed,
                                           std::uint64_t replicate)
    : law_(law), cost_rate_(cost_rate), tick_(tick) {
  require_tick(tick);
  require(cost_rate > 0.0, "staying costs nothing (nobody would ever leave). Give a positive cost rate");
  prizes_ = luck_of_tick(seed, replicate, 0);
  if (law == PrizeLaw::exponential)
    for (double& prize : prizes_) prize = -log(1.0 - prize);
}

double PrivateAttritionGame::left(double prize) const {
  return law_ == PrizeLaw::uniform ? std::max(0.0, 1.0 - prize) : exp(-prize);
}

PrivateAttritionGame::Table PrivateAttritionGame::table() const {
  // The marginal prize m with m · (F(m) − F(gone)) / (1 − F(gone)) = cost of the tick, by halving.
  const double still = left(gone_);
  double low = gone_, high = law_ == PrizeLaw::uniform ? 1.0 : gone_ + 50.0;
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    const double gain = still > 0.0 ? middle * (1.0 - left(middle) / still) : middle;
    (gain < cost_rate_ * tick_ ? low : high) = middle;
  }
  return {high};
}

PrivateAttritionGame::Answers PrivateAttritionGame::decide(const Table& t) const {
  return {prizes_[0] <= t.marginal, prizes_[1] <= t.marginal};
}

void PrivateAttritionGame::settle(const Table&, const Answers& gave_way) {
  if (!gave_way[0] && !gave_way[1]) return;
  const double time = static_cast<double>(ticks_) * tick_;
  const std::array<double, 2> won = prize_shares(gave_way);
  result_ =
      Concession{time, gave_way, {won[0] * prizes_[0] - cost_rate_ * time, won[1] * prizes_[1] - cost_rate_ * time}};
}

CrisisGame::CrisisGame(const AudienceCrisis& crisis, double tick, std::uint64_t seed, std::uint64_t replicate)
    : crisis_(crisis),
      tick_(tick),
      seed_(seed),
      replicate_(replicate),
      believed_{crisis.first.committed, crisis.second.committed} {
  require_tick(tick);
  require(
      crisis.first.committed > 0.0 && crisis.second.committed > 0.0 && crisis.first.cost_rate > 0.0 &&
          crisis.second.cost_rate > 0.0,
      "a side is never committed or backs down at no cost (the crisis would not end). Give both a chance and a cost");
  const Draws<double> draws(seed, replicate, 0);
  committed_ = {draws.uniform({Stream::Kind::actor, 0}, 1) < believed_[0],
                draws.uniform({Stream::Kind::actor, 1}, 1) < believed_[1]};
  // Both look ahead: the side about which doubt would last longer gives way at once, just so often that doubt about
  // both ends together. How belief in a side's commitment grows is played through tick by tick.
  const auto grown = [&](int side, long ticks) {
    double believed = believed_[static_cast<std::size_t>(side)];
    long t = 0;
    while (believed < 1.0 && t < ticks) believed /= 1.0 - needed(1 - side, ++t);
    return std::pair{believed, t};
  };
  const std::array<long, 2> ends{grown(0, most_ticks).second, grown(1, most_ticks).second};
  const long horizon = std::min(ends[0], ends[1]);
  for (int side = 0; side < 2; ++side)
    if (ends[static_cast<std::size_t>(side)] > horizon)
      at_once_[static_cast<std::size_t>(side)] = std::max(0.0, 1.0 - grown(side, horizon).first);
}

double CrisisGame::needed(int side, long ticks) const {
  // Giving way now costs a t; a tick later it costs a (t + tick), unless the other gives way first and the prize is
  // won.
  const double rate = side == 0 ? crisis_.first.cost_rate : crisis_.second.cost_rate;
  return rate * tick_ / (crisis_.prize + rate * static_cast<double>(ticks) * tick_);
}

CrisisGame::Table CrisisGame::table() const {
  Table t{};
  for (std::size_t side = 0; side < 2; ++side) {
    const double free = 1.0 - believed_[side];
    const double wanted = ticks_ == 0 ? at_once_[side] : needed(static_cast<int>(1 - side), ticks_);
    t.chance[side] = free > 1e-12 ? std::min(1.0, wanted / free) : 1.0;
  }
  return t;
}

CrisisGame::Answers CrisisGame::decide(const Table& t) const {
  const std::array<double, 2> luck = luck_of_tick(seed_, replicate_, ticks_);
  return {!committed_[0] && luck[0] < t.chance[0], !committed_[1] && luck[1] < t.chance[1]};
}

void CrisisGame::learn(const Table& t, const Answers& gave_way) {
  if (gave_way[0] || gave_way[1]) return;
  for (std::size_t side = 0; side < 2; ++side)
    believed_[side] = std::min(1.0, believed_[side] / (1.0 - t.chance[side] * (1.0 - believed_[side])));
  if (!certain_at_ && std::max(believed_[0], believed_[1]) >= 1.0 - 1e-9)
    certain_at_ = static_cast<double>(ticks_) * tick_;
}

void CrisisGame::settle(const Table&, const Answers& gave_way) {
  const double time = static_cast<double>(ticks_) * tick_;
  const bool war = committed_[0] && committed_[1] && certain_at_.has_value();
  if (!gave_way[0] && !gave_way[1] && !war) return;
  const std::array<double, 2> won = prize_shares(gave_way);
  result_ = Concession{time,
                       gave_way,
                       {won[0] * crisis_.prize - (gave_way[0] ? crisis_.first.cost_rate * time : 0.0),
                        won[1] * crisis_.prize - (gave_way[1] ? crisis_.second.cost_rate * time : 0.0)}};
}

}  // namespace parley::theory
