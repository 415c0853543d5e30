// Bargaining that a ratifier must approve, played out by agents that search for their best proposal; see
// ratification.hpp.
//
// Agenda setting: the setter looks for the policy it likes best among those the ratifier would approve; a refusal
// leaves the status quo. Uncertain ratifier: nature draws its threshold; the negotiator looks for the demand of best
// expected value by what it believes; the vote decides.
#pragma once

#include <cstdint>
#include <optional>

namespace parley::theory {

struct AgendaRules {
  double setter, ratifier, status_quo;  ///< ideals and position, in [0, 1]
};

class AgendaGame {
 public:
  using Table = double;  ///< the policy
  using Answers = bool;  ///< approved

  explicit AgendaGame(const AgendaRules& rules) : rules_(rules) {}

  bool over() const { return policy_.has_value(); }
  void advance() {}
  Table table() const;
  Answers decide(Table policy) const;
  void learn(Table, Answers) {}
  void settle(Table policy, Answers approved) { policy_ = approved ? policy : rules_.status_quo; }

  double policy() const { return *policy_; }

 private:
  AgendaRules rules_;
  std::optional<double> policy_;
};

struct ReferendumRules {
  double highest_threshold;  ///< nature's R
  double no_deal = 0.0;
  double believed_highest_threshold;  ///< the negotiator's; right where it equals nature's
};

class ReferendumGame {
 public:
  using Table = double;  ///< the demand
  using Answers = bool;  ///< ratified

  ReferendumGame(const ReferendumRules& rules, std::uint64_t seed, std::uint64_t replicate)
      : rules_(rules), seed_(seed), replicate_(replicate) {}

  bool over() const { return payoff_.has_value(); }
  void advance();
  Table table() const;
  Answers decide(Table demand) const { return 1.0 - demand >= threshold_ - 1e-12; }
  void learn(Table, Answers) {}
  void settle(Table demand, Answers ratified);

  bool ratified() const { return ratified_; }
  double demand() const { return demand_; }
  double payoff() const { return *payoff_; }

 private:
  ReferendumRules rules_;
  std::uint64_t seed_, replicate_;
  double threshold_ = 0.0, demand_ = 0.0;
  bool ratified_ = false;
  std::optional<double> payoff_;
};

}  // namespace parley::theory
