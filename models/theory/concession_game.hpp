// Contests of endurance played tick by tick; their closed forms are in attrition.hpp and audience_cost.hpp.
//
// In a tick each side that is still free to do so may give way. How it decides:
//   Indifference: with complete information a side gives way at random, just so often that the other neither loses nor
//     gains by staying a tick longer: chance η with η · prize = cost of the tick to the other.
//   Belief: with private prizes a side of prize v stays while v times the chance that the other gives way in this tick
//     covers the cost, all who value the prize less having left: both follow the same marginal prize.
//   Reputation: in a crisis each side may be committed; an uncommitted one gives way so often that the other, who
//     counts the committed in, is indifferent; while both stand, belief in commitment grows until it is certain.
// As ticks shrink, all three tend to the closed forms.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "models/theory/attrition.hpp"
#include "models/theory/audience_cost.hpp"

namespace parley::theory {

struct Concession {
  double time;
  std::array<bool, 2> gave_way;  ///< none where both are committed, both where it happened in one tick
  std::array<double, 2> payoffs;
};

/// Attrition with complete information. `deviation` lets side 1 quit at a given time instead of mixing.
class AttritionGame {
 public:
  struct Table {};
  using Answers = std::array<bool, 2>;  ///< who gives way

  AttritionGame(const AttritionSides& sides, double tick, std::uint64_t seed, std::uint64_t replicate,
                std::optional<double> deviation = std::nullopt);

  bool over() const { return result_.has_value(); }
  void advance() { ++ticks_; }
  Table table() const { return {}; }
  Answers decide(const Table&) const;
  void learn(const Table&, const Answers&) {}
  void settle(const Table&, const Answers& gave_way);

  const Concession& result() const { return *result_; }

 private:
  AttritionSides sides_;
  double tick_;
  std::uint64_t seed_, replicate_;
  std::optional<double> deviation_;
  long ticks_ = 0;
  std::optional<Concession> result_;
};

enum class PrizeLaw { uniform, exponential };

/// Attrition with private prizes, drawn from U[0, 1] or the exponential of rate 1.
class PrivateAttritionGame {
 public:
  struct Table {
    double marginal;  ///< who values the prize at this or less gives way now
  };
  using Answers = std::array<bool, 2>;

  PrivateAttritionGame(PrizeLaw law, double cost_rate, double tick, std::uint64_t seed, std::uint64_t replicate);

  bool over() const { return result_.has_value(); }
  void advance() { ++ticks_; }
  Table table() const;
  Answers decide(const Table& table) const;
  void learn(const Table& table, const Answers&) { gone_ = table.marginal; }
  void settle(const Table& table, const Answers& gave_way);

  const Concession& result() const { return *result_; }
  const std::array<double, 2>& prizes() const { return prizes_; }

 private:
  double left(double prize) const;  ///< 1 − F

  PrizeLaw law_;
  double cost_rate_, tick_, gone_ = 0.0;
  std::array<double, 2> prizes_;
  long ticks_ = 0;
  std::optional<Concession> result_;
};

/// A crisis in which either side may be committed never to give way.
class CrisisGame {
 public:
  struct Table {
    std::array<double, 2> chance;  ///< that an uncommitted side gives way now
  };
  using Answers = std::array<bool, 2>;

  CrisisGame(const AudienceCrisis& crisis, double tick, std::uint64_t seed, std::uint64_t replicate);

  bool over() const { return result_.has_value(); }
  void advance() { ++ticks_; }
  Table table() const;
  Answers decide(const Table& table) const;
  void learn(const Table& table, const Answers& gave_way);
  void settle(const Table& table, const Answers& gave_way);

  const Concession& result() const { return *result_; }
  /// When belief in somebody's commitment became certain; none if the crisis ended before.
  std::optional<double> certain_at() const { return certain_at_; }

 private:
  /// The chance that the opponent of `side`, committed or not, must give way in tick `ticks` to keep `side`
  /// indifferent.
  double needed(int side, long ticks) const;

  AudienceCrisis crisis_;
  double tick_;
  std::uint64_t seed_, replicate_;
  std::array<bool, 2> committed_;
  std::array<double, 2> believed_;  ///< that a side is committed, as the other sees it
  std::array<double, 2> at_once_{0.0, 0.0};
  long ticks_ = -1;
  std::optional<double> certain_at_;
  std::optional<Concession> result_;
};

}  // namespace parley::theory
