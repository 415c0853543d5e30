#include "models/theory/offers_game.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {
constexpr double indifferent = 1e-12;  // an offer worth as much as refusing is taken
}

ForesightPlayer::ForesightPlayer(const OffersRules& rules, int side) : side_(side) {
  require(rules.horizon.has_value() && *rules.horizon >= 1,
          "there is no last round to work back from (the horizon is endless). "
          "Use learning players, or give a horizon");
  const auto rounds = static_cast<std::size_t>(*rules.horizon);
  refusing_.assign(rounds, rules.disagreement);
  for (std::size_t round = rounds; round-- > 0;) {
    auto& worth = refusing_[round];
    if (round + 1 < rounds) {
      const auto proposer = static_cast<std::size_t>((static_cast<std::size_t>(rules.first_proposer) + round + 1) % 2);
      const auto& later = refusing_[round + 1];
      std::array<double, 2> next = later;
      if (later[0] + later[1] <= 1.0) next[proposer] = 1.0 - later[1 - proposer];
      for (std::size_t i = 0; i < 2; ++i)
        worth[i] = rules.breakdown * rules.breakdown_payoff[i] + (1.0 - rules.breakdown) * rules.discount[i] * next[i];
    }
    // Only the responder may walk away, and only it must have its share ratified as an acceptance.
    const auto responder = static_cast<std::size_t>((static_cast<std::size_t>(rules.first_proposer) + round + 1) % 2);
    worth[responder] = std::max({worth[responder], rules.outside[responder], rules.floor[responder]});
  }
}

LearningPlayer::LearningPlayer(const OffersRules& rules, int side)
    : discount_(rules.discount[static_cast<std::size_t>(side)]),
      stay_(1.0 - rules.breakdown),
      fallback_(rules.breakdown * rules.breakdown_payoff[static_cast<std::size_t>(side)]),
      least_(std::max(rules.outside[static_cast<std::size_t>(side)], rules.floor[static_cast<std::size_t>(side)])),
      asks_(least_) {}

void LearningPlayer::hear(long, double other_asks) {
  heard_ = other_asks;
  const double before = asks_;
  asks_ = std::max(least_, fallback_ + stay_ * discount_ * (1.0 - heard_));
  moved_ = std::abs(asks_ - before);
}

OffersGame::OffersGame(OffersRules rules, std::array<std::unique_ptr<OffersPlayer>, 2> players, std::uint64_t seed,
                       std::uint64_t replicate)
    : rules_(rules),
      players_(std::move(players)),
      seed_(seed),
      replicate_(replicate),
      proposer_(1 - rules.first_proposer) {
  require(rules.first_proposer == 0 || rules.first_proposer == 1,
          "the first proposer is neither 0 nor 1. Give one of them");
}

void OffersGame::advance() {
  ++round_;
  proposer_ = 1 - proposer_;
  luck_ = Draws<double>(seed_, replicate_, static_cast<std::uint64_t>(round_)).uniform({Stream::Kind::world, 0}, 0);
}

OffersGame::Table OffersGame::table() const {
  return {proposer_, players_[static_cast<std::size_t>(proposer_)]->claims(round_)};
}

OffersGame::Answers OffersGame::decide(const Table& t) const {
  const auto responder = static_cast<std::size_t>(1 - t.proposer);
  const double asked = players_[responder]->asks(round_);
  const bool ratified = t.claim >= rules_.floor[static_cast<std::size_t>(t.proposer)] - indifferent;
  const bool accepted = ratified && 1.0 - t.claim >= asked - indifferent;
  const bool walks = !accepted && rules_.outside[responder] > 0.0 && asked <= rules_.outside[responder];
  return {accepted, walks && players_[responder]->at_rest(), asked};
}

void OffersGame::learn(const Table& t, const Answers& a) {
  players_[static_cast<std::size_t>(t.proposer)]->hear(round_, a.asked);
}

void OffersGame::settle(const Table& t, const Answers& a) {
  const auto proposer = static_cast<std::size_t>(t.proposer);
  const auto end = [&](OffersResult::End how, std::array<double, 2> payoffs) { result_ = {how, round_, payoffs}; };
  // A deal counts when it is the first proposer's turn and nobody would revise; until then it was a rehearsal.
  const bool rehearsal =
      !rules_.horizon && !(players_[0]->at_rest() && players_[1]->at_rest() && t.proposer == rules_.first_proposer);
  if (a.accepted && !rehearsal) {
    std::array<double, 2> payoffs{};
    payoffs[proposer] = t.claim;
    payoffs[1 - proposer] = 1.0 - t.claim;
    return end(OffersResult::End::deal, payoffs);
  }
  if (a.opts_out && !rehearsal) {
    std::array<double, 2> payoffs{};
    payoffs[1 - proposer] = rules_.outside[1 - proposer];
    return end(OffersResult::End::opted_out, payoffs);
  }
  if (!a.accepted && !rehearsal && luck_ < rules_.breakdown)
    return end(OffersResult::End::breakdown, rules_.breakdown_payoff);
  if (rules_.horizon && round_ + 1 >= *rules_.horizon) return end(OffersResult::End::horizon, rules_.disagreement);
  if (round_ + 1 >= most_rounds) return end(OffersResult::End::horizon, {0.0, 0.0});
}

}  // namespace parley::theory
