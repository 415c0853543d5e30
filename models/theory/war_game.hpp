// Bargaining before a war, round by round, against an opponent whose cost of war is its own secret; see
// war_bargaining.hpp.
//
// Nature draws B's cost once. Each round A demands what maximises its expected payoff against what it still believes,
// found by search over its belief and not by the closed form; B accepts unless war is better. A refusal teaches A that
// the cost is lower; after the last round it means war.
#pragma once

#include <cstdint>
#include <optional>

#include "models/theory/war_bargaining.hpp"

namespace parley::theory {

class WarGame {
 public:
  struct Table {
    double demand;  ///< A's share
  };
  struct Answers {
    bool accepted;
  };
  struct Result {
    bool war;
    long rounds;
    double payoff_a, payoff_b;  ///< war at its expected value
  };

  /// `rounds` offers before war; in front of the last one A demands as if every round were the last (it is myopic).
  WarGame(const PrivateCost& game, long rounds, std::uint64_t seed, std::uint64_t replicate);

  bool over() const { return result_.has_value(); }
  void advance();
  Table table() const;
  Answers decide(const Table& table) const;
  void learn(const Table& table, const Answers& answers);
  void settle(const Table& table, const Answers& answers);

  const Result& result() const { return *result_; }
  double highest_believed() const { return highest_; }

 private:
  PrivateCost game_;
  long rounds_, round_ = 0;
  std::uint64_t seed_, replicate_;
  double cost_b_ = 0.0, highest_;
  std::optional<Result> result_;
};

}  // namespace parley::theory
