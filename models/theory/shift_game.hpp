// A commitment problem played out: strength moves from B to A, and B must decide each round whether to fight while it
// can.
//
// A flow of 1 is divided every round. Strength follows a path and then stays. War costs a share of everything from then
// on, and each side something once; it ends the game. One side proposes how this round's flow is divided; nobody can
// bind itself for later, so what B can be offered is the flow of the round and the peace that will follow. Both look
// ahead along the path. The conditions for war are in war_bargaining.hpp: with B proposing and destruction d, δ p2 − p1
// > d/(1 − d) (Powell 2006); with A proposing and a cost c_B once, δ p2 − p1 > c_B (1 − δ)² (Fearon 1995).
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace parley::theory {

enum class ShiftProposer { rising, declining };

struct ShiftRules {
  std::vector<double> strength;  ///< A's probability of winning, round by round; the last one stays
  double discount;
  double destroyed = 0.0;                ///< share of the flow that war destroys for ever
  std::array<double, 2> cost{0.0, 0.0};  ///< of war to A and B, once
  ShiftProposer proposer = ShiftProposer::declining;
};

class ShiftGame {
 public:
  struct Table {
    double share_a;  ///< of this round's flow
    bool war;        ///< the proposer fights instead
  };
  struct Answers {
    bool accepted;
  };
  struct Result {
    bool war;
    long round;
    std::array<double, 2> payoffs;  ///< sums discounted to the start
  };

  explicit ShiftGame(ShiftRules rules);

  bool over() const { return result_.has_value(); }
  void advance() { ++round_; }
  Table table() const;
  Answers decide(const Table& table) const;
  void learn(const Table&, const Answers&) {}  ///< nothing is hidden
  void settle(const Table& table, const Answers& answers);

  const Result& result() const { return *result_; }

 private:
  using Pair = std::array<double, 2>;
  Pair war_values(std::size_t round) const;
  std::size_t at(long round) const;
  /// What each side can count on from `round` on, whether in peace or by fighting.
  std::vector<Pair> future_;

  ShiftRules rules_;
  long round_ = -1;
  double weight_ = 1.0;
  Pair earned_{0.0, 0.0};
  std::optional<Result> result_;
};

}  // namespace parley::theory
