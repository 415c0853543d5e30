// Shares out what players achieve together: Shapley values and pairwise interactions of a cooperative game.
//
//   φ_i  = Σ_{S ∌ i}    |S|! (n − |S| − 1)! / n!       (v(S ∪ i) − v(S))                                 Shapley 1953
//   I_ij = Σ_{S ∌ i, j} |S|! (n − |S| − 2)! / (n − 1)! (v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S))          Grabisch and Roubens 1999
// The values sum to v(N) − v(∅). An interaction is positive where two players achieve more together than each of them
// apart, negative where either can stand in for the other; it is 0 for players whose contributions just add up.
// A game with many players is sampled: Σ over a random order of the marginal contributions is unbiased (Castro and
// others 2009), an order and its reverse together vary less (Mitchell and others 2022).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace parley {

/// A set of players: bit i says whether player i is in it.
using Coalition = std::uint32_t;

/// The weights of all coalitions of n players (1 to 20), made once and used for many games.
class ShapleyWeights {
 public:
  explicit ShapleyWeights(int players);

  int players() const { return players_; }
  Coalition everybody() const { return (Coalition{1} << players_) - 1; }

  /// One value a player; `worth[S]` is what coalition S achieves, for all 2^n of them.
  std::vector<double> values(std::span<const double> worth) const;
  /// I_ij of every pair, (0, 1), (0, 2), … (1, 2), … in that order.
  std::vector<double> interactions(std::span<const double> worth) const;

 private:
  int players_;
  std::vector<double> joined_, missing_, pair_;  ///< by the size of S: of φ with i in S, with i outside; of I
};

/// The coalitions that come about when players join in this order, from nobody to everybody: n + 1 of them.
std::vector<Coalition> joining(std::span<const int> order);

/// Marginal contributions along one order: `worth` belongs to the coalitions that `joining` gives. They sum to
/// v(N) − v(∅) exactly up to rounding.
std::vector<double> marginal_contributions(std::span<const int> order, std::span<const double> worth);

}  // namespace parley
