// Alternating offers played round by round, by agents that look ahead or learn; the closed forms are in
// alternating_offers.hpp.
//
// A game goes through the engine's loop. The player whose turn it is tables a claim on the pie; the other accepts,
// refuses or takes its outside option; after a refusal talks may break down, and the turn changes. In front of an
// endless horizon learning players rehearse: a deal struck while either would still revise what it asks for is put
// aside and talks go on.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/core/rng.hpp"

namespace parley::theory {

struct OffersRules {
  std::array<double, 2> discount;
  std::array<double, 2> outside{0.0, 0.0};  ///< the responder may take it after refusing
  std::array<double, 2> floor{0.0, 0.0};    ///< a smaller share is not ratified
  double breakdown = 0.0;                   ///< probability after each refusal
  std::array<double, 2> breakdown_payoff{0.0, 0.0};
  std::optional<long> horizon = std::nullopt;    ///< rounds; none: for ever
  std::array<double, 2> disagreement{0.0, 0.0};  ///< after the last round
  int first_proposer = 0;                        ///< 0 or 1
};

/// One player. Shares are its own.
class OffersPlayer {
 public:
  virtual ~OffersPlayer() = default;
  virtual double claims(long round) const = 0;                 ///< what it keeps when it proposes
  virtual double asks(long round) const = 0;                   ///< the least it takes when it responds
  virtual void hear(long, double /*what the other asked*/) {}  ///< after its own proposal was answered
  virtual bool at_rest() const { return true; }                ///< nothing it heard would change what it asks
};

/// Knows the rules and both discounts and works back from the last round.
class ForesightPlayer final : public OffersPlayer {
 public:
  ForesightPlayer(const OffersRules& rules, int side);
  double claims(long round) const override { return 1.0 - refusing_[static_cast<std::size_t>(round)][1 - side_]; }
  double asks(long round) const override { return refusing_[static_cast<std::size_t>(round)][side_]; }

 private:
  int side_;
  std::vector<std::array<double, 2>> refusing_;  ///< what refusing in a round is worth to each
};

/// Knows its own stakes only; learns from answers what the other asks for, and asks for what refusing would then bring.
class LearningPlayer final : public OffersPlayer {
 public:
  LearningPlayer(const OffersRules& rules, int side);
  double claims(long) const override { return 1.0 - heard_; }
  double asks(long) const override { return asks_; }
  void hear(long, double other_asks) override;
  bool at_rest() const override { return moved_ < 1e-14; }

 private:
  double discount_, stay_, fallback_, least_;
  double heard_ = 0.0, asks_, moved_ = 1.0;
};

/// Claims and asks for the same share whatever happens.
class StubbornPlayer final : public OffersPlayer {
 public:
  explicit StubbornPlayer(double share) : share_(share) {}
  double claims(long) const override { return share_; }
  double asks(long) const override { return share_; }

 private:
  double share_;
};

struct OffersResult {
  enum class End { deal, breakdown, opted_out, horizon } end;
  long round;                     ///< of the end, from 0
  std::array<double, 2> payoffs;  ///< in the money of that round
};

class OffersGame {
 public:
  struct Table {
    int proposer;
    double claim;
  };
  struct Answers {
    bool accepted;
    bool opts_out;
    double asked;  ///< the least the responder would have taken
  };

  OffersGame(OffersRules rules, std::array<std::unique_ptr<OffersPlayer>, 2> players, std::uint64_t seed,
             std::uint64_t replicate);

  bool over() const { return result_.has_value(); }
  void advance();
  Table table() const;
  Answers decide(const Table& table) const;
  void learn(const Table& table, const Answers& answers);
  void settle(const Table& table, const Answers& answers);

  const OffersResult& result() const { return *result_; }

 private:
  /// Rehearsals without end are given up: the players do not come to rest.
  static constexpr long most_rounds = 1'000'000;

  OffersRules rules_;
  std::array<std::unique_ptr<OffersPlayer>, 2> players_;
  std::uint64_t seed_, replicate_;
  long round_ = -1;
  int proposer_;
  double luck_ = 1.0;
  std::optional<OffersResult> result_;
};

}  // namespace parley::theory
