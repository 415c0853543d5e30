// The stacked alternating offers protocol, for any number of parties, as a game on the engine's loop.
//
// Parties speak in turn. On its turn a party accepts the standing offer, makes an offer of its own (which voids the
// standing one) or walks away (which ends the talks without a deal). There is a deal when all others have accepted one
// after the other what stands; there is none when the steps are used up. A step is a turn of every party.
// Source: Aydoğan, Festen, Hindriks and Jonker (2017), "Alternating offers protocols for multilateral negotiation", in
// Modern Approaches to Agent-based Complex Automated Negotiation.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "models/saop/negotiator.hpp"

namespace parley::saop {

enum class Ending { deal, deadline, walked_away };

template <class Bid>
struct Turn {
  std::size_t step = 0;
  std::size_t speaker = 0;
  Answer<Bid> answer;
};

/// Agent: answer(table) and hear(from, bid, time), as Negotiator has them.
template <class Agent>
class StackedOffers {
 public:
  using Bid = typename Agent::Bid;

  /// The agents have begun their session; at least two of them. They must outlive the game.
  StackedOffers(std::vector<Agent>& agents, std::size_t steps, std::size_t first_speaker = 0)
      : agents_(agents), steps_(steps), first_(first_speaker), turns_(steps * agents.size()) {}

  bool over() const { return ending_.has_value(); }
  void advance() {
    table_.step = turn_ / agents_.size();
    table_.speaker = (first_ + turn_) % agents_.size();
    table_.time = static_cast<double>(table_.step) / static_cast<double>(steps_);
    table_.standing = standing_ ? &*standing_ : nullptr;
  }
  const Table<Bid>& table() const { return table_; }
  Answer<Bid> decide(const Table<Bid>& table) { return agents_[table.speaker].answer(table); }
  void learn(const Table<Bid>& table, const Answer<Bid>& answer) {
    if (answer.reply == Reply::offer)
      for (std::size_t i = 0; i < agents_.size(); ++i)
        if (i != table.speaker) agents_[i].hear(table.speaker, answer.bid, table.time);
    if (transcript_ != nullptr) transcript_->push_back({table.step, table.speaker, answer});
  }
  void settle(const Table<Bid>& table, const Answer<Bid>& answer) {
    ++turn_;
    if (answer.reply == Reply::walk_away) {
      ending_ = Ending::walked_away;
    } else if (answer.reply == Reply::offer) {
      standing_ = answer.bid;
      table_.proposer = table.speaker;
      accepted_ = 0;
    } else if (++accepted_ == agents_.size() - 1) {
      ending_ = Ending::deal;
    }
    if (!ending_ && turn_ == turns_) ending_ = Ending::deadline;
  }

  /// Where every turn is written down; none if null.
  void write_to(std::vector<Turn<Bid>>* transcript) { transcript_ = transcript; }

  Ending ending() const { return *ending_; }
  /// What was agreed, if anything.
  std::optional<Bid> deal() const { return ending_ == Ending::deal ? standing_ : std::nullopt; }
  std::size_t last_step() const { return table_.step; }
  std::size_t last_speaker() const { return table_.speaker; }
  std::size_t turns() const { return turn_; }

 private:
  std::vector<Agent>& agents_;
  std::size_t steps_, first_, turns_;
  std::size_t turn_ = 0, accepted_ = 0;
  Table<Bid> table_;
  std::optional<Bid> standing_;
  std::optional<Ending> ending_;
  std::vector<Turn<Bid>>* transcript_ = nullptr;
};

}  // namespace parley::saop
