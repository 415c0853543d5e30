// Legislative bargaining played session by session; the closed forms are in legislative.hpp.
//
// Each session nature draws a proposer, which tables a split that buys the votes it needs; the others vote yes if they
// get what waiting is worth to them; a split that passes ends the game once nobody learns any more, and is a rehearsal
// before.
//
// Everybody values waiting by what it expects from a session, and learns that value step by step. A proposer that
// always bought the cheapest votes would make everybody's value jump for ever where prices tie, so partners are chosen
// at random, and choices that proved dear become slowly rarer (replicator dynamics): the mixture is learnt, not
// assumed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace parley::theory {

struct Legislature {
  std::vector<double> recognition;  ///< adds up to 1
  std::vector<double> discounts;
  std::size_t votes;       ///< needed, the proposer's own included
  std::vector<bool> veto;  ///< whose yes is always needed
};

class LegislativeGame {
 public:
  struct Table {
    std::size_t proposer;
    std::vector<double> shares;
  };
  using Answers = std::vector<bool>;

  LegislativeGame(Legislature legislature, std::uint64_t seed, std::uint64_t replicate);

  bool over() const { return over_; }
  void advance();
  Table table() const;
  Answers decide(const Table& table) const;
  void learn(const Table& table, const Answers& answers);
  void settle(const Table& table, const Answers& answers);

  const std::vector<double>& values() const { return values_; }  ///< of a session ahead, to each
  /// What player i keeps when it proposes, on average over its partners.
  double proposer_keeps(std::size_t proposer) const;
  const Table& last_deal() const { return last_deal_; }
  long sessions() const { return session_; }
  bool at_rest() const { return moved_ < 1e-13; }

 private:
  double price(std::size_t player) const { return legislature_.discounts[player] * values_[player]; }
  /// The probability that each player is bought by the proposer.
  std::vector<double> bought_by(std::size_t proposer) const;

  static constexpr long most_sessions = 200'000;

  Legislature legislature_;
  std::uint64_t seed_, replicate_;
  std::vector<double> values_;
  std::vector<std::vector<double>> reluctance_;  ///< of each proposer to buy each other; a log weight
  std::size_t proposer_ = 0;
  double luck_ = 0.5, moved_ = 1.0;
  long session_ = -1;
  bool over_ = false;
  Table last_deal_{0, {}};
};

}  // namespace parley::theory
