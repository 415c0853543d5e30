#include "models/theory/legislative_game.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/math.hpp"
#include "engine/core/rng.hpp"
#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {
constexpr double value_step = 0.2;       // of the way to what a session now promises
constexpr double reluctance_step = 0.5;  // for a price dearer by an equal share of the pie
constexpr double most_reluctant = 40.0;
}  // namespace

LegislativeGame::LegislativeGame(Legislature legislature, std::uint64_t seed, std::uint64_t replicate)
    : legislature_(std::move(legislature)), seed_(seed), replicate_(replicate) {
  const std::size_t n = legislature_.recognition.size();
  require(
      n >= 1 && legislature_.discounts.size() == n && legislature_.veto.size() == n,
      "the players' numbers differ in length (each needs a recognition, a discount and a veto or none). Complete them");
  require(legislature_.votes >= 1 && legislature_.votes <= n,
          "the votes needed cannot be had (1 to n are possible). Give such a number");
  // An uneven start, so that the end is found and not put in.
  for (std::size_t i = 0; i < n; ++i)
    values_.push_back(2.0 * static_cast<double>(n - i) / static_cast<double>(n * (n + 1)));
  reluctance_.assign(n, std::vector<double>(n, 0.0));
}

void LegislativeGame::advance() {
  ++session_;
  const auto drawn =
      Draws<double>(seed_, replicate_, static_cast<std::uint64_t>(session_)).uniforms({Stream::Kind::world, 0}, 0);
  double rest = drawn.first;
  proposer_ = 0;
  while (proposer_ + 1 < legislature_.recognition.size() && rest >= legislature_.recognition[proposer_])
    rest -= legislature_.recognition[proposer_++];
  luck_ = drawn.second;
}

std::vector<double> LegislativeGame::bought_by(std::size_t proposer) const {
  const std::size_t n = values_.size();
  std::vector<double> chance(n, 0.0), weight(n, 0.0);
  double needed = static_cast<double>(legislature_.votes) - 1.0;
  for (std::size_t j = 0; j < n; ++j) {
    if (j == proposer) continue;
    if (legislature_.veto[j]) {
      chance[j] = 1.0;
      needed -= 1.0;
    } else {
      weight[j] = exp(-reluctance_[proposer][j]);
    }
  }
  // Chances in proportion to the weights, none above 1, that add up to the votes still needed.
  while (needed > 0.5) {
    double total = 0.0;
    for (const double w : weight) total += w;
    if (total <= 0.0) break;
    bool full = false;
    for (std::size_t j = 0; j < n; ++j)
      if (weight[j] * needed >= total) {
        chance[j] = 1.0;
        weight[j] = 0.0;
        needed -= 1.0;
        full = true;
        break;
      }
    if (full) continue;
    for (std::size_t j = 0; j < n; ++j)
      if (weight[j] > 0.0) chance[j] = weight[j] * needed / total;
    break;
  }
  return chance;
}

LegislativeGame::Table LegislativeGame::table() const {
  // Systematic sampling: one draw picks a coalition in which each player has exactly its chance.
  const std::vector<double> chance = bought_by(proposer_);
  Table t{proposer_, std::vector<double>(values_.size(), 0.0)};
  double mark = luck_, spent = 0.0;
  for (std::size_t j = 0; j < chance.size(); ++j) {
    mark -= chance[j];
    if (mark > 1e-9 || chance[j] <= 0.0) continue;
    mark += 1.0;
    t.shares[j] = price(j);
    spent += t.shares[j];
  }
  t.shares[proposer_] = 1.0 - spent;
  return t;
}

LegislativeGame::Answers LegislativeGame::decide(const Table& t) const {
  Answers votes(values_.size());
  for (std::size_t j = 0; j < values_.size(); ++j) votes[j] = j == t.proposer || t.shares[j] >= price(j) - 1e-12;
  return votes;
}

double LegislativeGame::proposer_keeps(std::size_t proposer) const {
  const std::vector<double> chance = bought_by(proposer);
  double keeps = 1.0;
  for (std::size_t j = 0; j < chance.size(); ++j) keeps -= chance[j] * price(j);
  return keeps;
}

void LegislativeGame::learn(const Table&, const Answers&) {
  const std::size_t n = values_.size();
  std::vector<double> promised(n, 0.0);
  for (std::size_t k = 0; k < n; ++k) {
    const std::vector<double> chance = bought_by(k);
    promised[k] += legislature_.recognition[k] * proposer_keeps(k);
    for (std::size_t j = 0; j < n; ++j) promised[j] += legislature_.recognition[k] * chance[j] * price(j);
  }
  moved_ = 0.0;
  for (std::size_t k = 0; k < n; ++k) {
    double least = most_reluctant;
    for (std::size_t j = 0; j < n; ++j) {
      if (j == k || legislature_.veto[j]) continue;
      reluctance_[k][j] += reluctance_step * static_cast<double>(n) * price(j);
      least = std::min(least, reluctance_[k][j]);
    }
    for (double& r : reluctance_[k]) r = std::min(std::max(0.0, r - least), most_reluctant);
  }
  for (std::size_t i = 0; i < n; ++i) {
    moved_ = std::max(moved_, std::abs(promised[i] - values_[i]));
    values_[i] += value_step * (promised[i] - values_[i]);
  }
}

void LegislativeGame::settle(const Table& t, const Answers& votes) {
  std::size_t yes = 0;
  bool vetoed = false;
  for (std::size_t j = 0; j < votes.size(); ++j) {
    yes += votes[j] ? 1 : 0;
    vetoed = vetoed || (legislature_.veto[j] && !votes[j]);
  }
  const bool passed = !vetoed && yes >= legislature_.votes;
  if (passed) last_deal_ = t;
  over_ = (passed && at_rest()) || session_ + 1 >= most_sessions;
}

}  // namespace parley::theory
