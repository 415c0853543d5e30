// The single negotiating text (Fisher; Raiffa 1982): a mediator edits one draft and keeps an edit iff nobody loses by
// it.
//
// Each round the mediator tables the draft moved a little in a random direction; each party says whether it is at least
// as well off. No party's utility ever falls, and as edits become smaller without success the draft ends where no small
// change helps everybody: on the Pareto frontier, for concave utilities.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace parley::theory {

class SingleTextGame {
 public:
  using Utility = std::function<double(std::span<const double>)>;
  using Table = std::vector<double>;
  using Answers = std::vector<double>;  ///< what the edited draft is worth to each party

  /// The draft is in [0, 1]^K; the game ends when edits have become smaller than `finest`.
  SingleTextGame(std::vector<double> draft, std::vector<Utility> parties, double finest, std::uint64_t seed,
                 std::uint64_t replicate);

  bool over() const { return step_ < finest_; }
  void advance() { ++round_; }
  Table table() const;
  Answers decide(const Table& edited) const;
  void learn(const Table&, const Answers& worth);
  void settle(const Table& edited, const Answers& worth);

  const std::vector<double>& draft() const { return draft_; }
  const std::vector<double>& utilities() const { return utilities_; }
  long rounds() const { return round_; }

 private:
  bool accepted(const Answers& worth) const;

  std::vector<double> draft_;
  std::vector<Utility> parties_;
  double finest_, step_ = 0.25;
  std::uint64_t seed_, replicate_;
  std::vector<double> utilities_;
  long round_ = 0, failures_ = 0;
};

}  // namespace parley::theory
