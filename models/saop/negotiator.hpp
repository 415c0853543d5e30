// One party at the table: a tactic that sets its target, a search that turns it into a bid, a rule for accepting.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/check.hpp"
#include "models/saop/acceptance.hpp"
#include "models/saop/opponent_models.hpp"
#include "models/saop/profile.hpp"
#include "models/saop/ranking.hpp"
#include "models/saop/tactics.hpp"

namespace parley::saop {

/// MiCRO (de Jonge 2022, IJCAI): own bids from best to worst; one more new bid if it has sent no more different bids
/// than it has received from each other party and the next is worth its reservation; otherwise it repeats an earlier bid
/// (the source: one at random; here its last, then in turn from the best on, so that runs replay).
enum class Tactic { polynomial, exponential, relative_tit_for_tat, absolute_tit_for_tat, micro };

/// How a bid is chosen among those worth between the target and the target + slack; without a model see ranking.hpp.
enum class OpponentModel { none, frequency, bayesian };

struct Strategy {
  Tactic tactic = Tactic::polynomial;
  Concession concession;
  Acceptance acceptance;
  OpponentModel opponent = OpponentModel::none;
  double slack = 0.02;
};

/// Throws InputError naming the value that is out of its range.
void check(const Strategy& strategy);

enum class Reply { accept, offer, walk_away };

template <class Bid>
struct Answer {
  Reply reply = Reply::offer;
  Bid bid{};
};

/// What a party looks at when its turn has come.
template <class Bid>
struct Table {
  const Bid* standing = nullptr;  ///< the latest offer, if any
  std::size_t proposer = 0;       ///< whose it is
  std::size_t speaker = 0;        ///< whose turn it is
  std::size_t step = 0;           ///< rounds of the table completed
  double time = 0;                ///< step / steps
};

/// Bids are outcomes of a counted domain.
class CountedSpace {
 public:
  using Bid = Outcome;
  static constexpr bool is_counted = true;

  void begin(const Domain& domain, const std::vector<double>& utilities) { ranking_.rank(domain, utilities); }
  double utility(Outcome bid) const { return ranking_.utility(bid); }
  double highest() const { return ranking_.highest(); }
  double lowest() const { return ranking_.lowest(); }
  Outcome search(double target, const Outcome* standing) { return ranking_.search(target, standing); }
  Ranking& ranking() { return ranking_; }
  const Ranking& ranking() const { return ranking_; }

 private:
  Ranking ranking_;
};

/// Bids are points of a domain of continuous issues only. Convention: the bid of utility u lies on the straight line
/// from the own best point to the standing offer (without one: to the own worst point), where utility is u; an offer
/// that is worth u already is returned as it is.
class ContinuousSpace {
 public:
  using Bid = Point;
  static constexpr bool is_counted = false;

  void begin(const Profile& profile);
  double utility(const Point& bid) const { return profile_->utility(bid); }
  double highest() const { return highest_; }
  double lowest() const { return lowest_; }
  Point search(double target, const Point* standing) const;

 private:
  const Profile* profile_ = nullptr;
  Point best_, worst_;
  double highest_ = 1, lowest_ = 0;
};

template <class Space>
class Negotiator {
 public:
  using Bid = typename Space::Bid;

  /// `steps` is the number of rounds of the table. Throws InputError for a strategy that the space cannot carry.
  Negotiator(const Strategy& strategy, std::size_t steps);

  /// A new session among `parties`; what is passed on is what the space wants.
  template <class... SpaceArguments>
  void begin(double reservation, std::size_t parties, const SpaceArguments&... space);

  Answer<Bid> answer(const Table<Bid>& table);
  /// An offer of another party.
  void hear(std::size_t from, const Bid& bid, double time);

  double utility(const Bid& bid) const { return space_.utility(bid); }
  double reservation() const { return reservation_; }

 private:
  struct Heard {
    double time = 0;
    double utility = 0;
  };
  /// What one other party has sent.
  struct Other {
    std::vector<bool> sent;
    std::size_t distinct = 0;
    std::optional<FrequencyModel> frequency;
    std::optional<BayesianModel> bayesian;
  };

  bool is_micro() const { return strategy_.tactic == Tactic::micro; }
  double target(const Table<Bid>& table);
  Bid choose(double target, const Bid* standing);
  bool likes(double offer, double next_bid, double time) const;
  Answer<Bid> micro_answer(const Table<Bid>& table);
  void meet_others(std::size_t parties);

  Strategy strategy_;
  std::vector<double> conceded_;  ///< α at each step
  Space space_;
  double reservation_ = 0, floor_ = 0, ceiling_ = 1;
  double last_target_ = 1;
  double older_ = 0, newer_ = 0;  ///< what the standing offers at the last two own turns were worth
  std::size_t turns_with_offer_ = 0;
  std::size_t sent_ = 0;     ///< MiCRO: places 0 … sent − 1 of the own ranking were bid
  std::size_t repeats_ = 0;  ///< MiCRO: repeated bids since the last new one
  std::vector<Heard> heard_;
  std::vector<Other> others_;
  std::vector<Outcome> candidates_;
};

template <class Space>
Negotiator<Space>::Negotiator(const Strategy& strategy, std::size_t steps)
    : strategy_(strategy), conceded_(steps, 0.0) {
  check(strategy);
  if constexpr (!Space::is_counted) {
    if (strategy.tactic == Tactic::micro || strategy.opponent != OpponentModel::none)
      throw InputError(
          "micro and opponent models need outcomes that can be counted (all issues are continuous). Give "
          "the ranges steps, or choose another tactic.");
  }
  const bool exponential = strategy.tactic == Tactic::exponential;
  for (std::size_t step = 0; step < steps; ++step) {
    const double time = static_cast<double>(step) / static_cast<double>(steps);
    conceded_[step] = exponential ? exponential_concession(strategy.concession, time)
                                  : polynomial_concession(strategy.concession, time);
  }
}

template <class Space>
template <class... SpaceArguments>
void Negotiator<Space>::begin(double reservation, std::size_t parties, const SpaceArguments&... space) {
  space_.begin(space...);
  reservation_ = reservation;
  ceiling_ = space_.highest();
  floor_ = std::max(reservation, space_.lowest());
  last_target_ = ceiling_;
  older_ = newer_ = 0;
  turns_with_offer_ = sent_ = repeats_ = 0;
  heard_.clear();
  if (is_micro() || strategy_.opponent != OpponentModel::none) meet_others(parties);
}

template <class Space>
void Negotiator<Space>::meet_others(std::size_t parties) {
  if constexpr (Space::is_counted) {
    const Domain& domain = space_.ranking().domain();
    std::vector<std::size_t> levels;
    for (const Issue& issue : domain.issues()) levels.push_back(issue.levels());
    others_.clear();
    others_.resize(parties);
    for (Other& other : others_) {
      if (is_micro()) other.sent.assign(domain.outcomes(), false);
      if (strategy_.opponent == OpponentModel::frequency) other.frequency.emplace(levels);
      if (strategy_.opponent == OpponentModel::bayesian) other.bayesian.emplace(levels);
    }
  }
}

template <class Space>
double Negotiator<Space>::target(const Table<Bid>& table) {
  const bool by_behaviour =
      strategy_.tactic == Tactic::relative_tit_for_tat || strategy_.tactic == Tactic::absolute_tit_for_tat;
  if (!by_behaviour) return ceiling_ - conceded_[table.step] * (ceiling_ - floor_);
  if (table.standing != nullptr) {
    older_ = newer_;
    newer_ = space_.utility(*table.standing);
    ++turns_with_offer_;
  }
  if (turns_with_offer_ < 2) return last_target_;
  const Exchange seen{
      .own_last = last_target_, .other_older = older_, .other_newer = newer_, .low = floor_, .high = ceiling_};
  last_target_ =
      strategy_.tactic == Tactic::relative_tit_for_tat ? relative_tit_for_tat(seen) : absolute_tit_for_tat(seen);
  return last_target_;
}

template <class Space>
typename Space::Bid Negotiator<Space>::choose(double target, const Bid* standing) {
  if constexpr (Space::is_counted) {
    if (strategy_.opponent != OpponentModel::none && !heard_.empty()) {
      const Domain& domain = space_.ranking().domain();
      Levels levels(domain.size());
      space_.ranking().collect(target, strategy_.slack, candidates_);
      Outcome best = candidates_.front();
      double most = -1;
      for (const Outcome candidate : candidates_) {
        for (std::size_t k = 0; k < levels.size(); ++k) levels[k] = domain.level(candidate, k);
        double liked = 0;
        for (const Other& other : others_) {
          if (other.frequency) liked += other.frequency->utility(levels);
          if (other.bayesian) liked += other.bayesian->utility(levels);
        }
        if (liked > most + 1e-12 || (liked > most - 1e-12 && candidate < best)) {
          most = std::max(most, liked);
          best = candidate;
        }
      }
      return best;
    }
  }
  return space_.search(target, standing);
}

template <class Space>
bool Negotiator<Space>::likes(double offer, double next_bid, double time) const {
  if (offer < reservation_ - utility_rounding) return false;
  Consideration now{.offer = offer, .next_bid = next_bid, .time = time, .best_in_window = 0};
  if (strategy_.acceptance.rule == Acceptance::Rule::combi && time >= strategy_.acceptance.late) {
    // The offer at hand was heard too, just now: it is what the window's best is compared with, not part of it.
    for (std::size_t i = 0; i + 1 < heard_.size(); ++i)
      if (heard_[i].time >= time - (1 - time)) now.best_in_window = std::max(now.best_in_window, heard_[i].utility);
  }
  return accepts(strategy_.acceptance, now);
}

template <class Space>
Answer<typename Space::Bid> Negotiator<Space>::answer(const Table<Bid>& table) {
  if (ceiling_ < reservation_ - utility_rounding) return {.reply = Reply::walk_away, .bid = {}};
  if (is_micro()) return micro_answer(table);
  Bid next = choose(target(table), table.standing);
  if (table.standing != nullptr && likes(space_.utility(*table.standing), space_.utility(next), table.time))
    return {.reply = Reply::accept, .bid = *table.standing};
  return {.reply = Reply::offer, .bid = std::move(next)};
}

template <class Space>
Answer<typename Space::Bid> Negotiator<Space>::micro_answer([[maybe_unused]] const Table<Bid>& table) {
  if constexpr (Space::is_counted) {
    Ranking& ranking = space_.ranking();
    std::size_t received = ranking.size();
    for (std::size_t i = 0; i < others_.size(); ++i)
      if (i != table.speaker) received = std::min(received, others_[i].distinct);
    const bool ready =
        sent_ < ranking.size() && sent_ <= received && ranking.utility_at(sent_) >= reservation_ - utility_rounding;
    const std::size_t lowest = ready ? sent_ : sent_ - 1;  // the first bid is always ready: the ceiling is acceptable
    if (table.standing != nullptr && ranking.utility(*table.standing) >= ranking.utility_at(lowest) - utility_rounding)
      return {.reply = Reply::accept, .bid = *table.standing};
    repeats_ = ready ? 0 : repeats_ + 1;
    if (ready) ++sent_;
    return {.reply = Reply::offer, .bid = ranking.at(ready ? lowest : (lowest + repeats_ - 1) % sent_)};
  }
  return {};
}

template <class Space>
void Negotiator<Space>::hear(std::size_t from, const Bid& bid, double time) {
  if constexpr (Space::is_counted) {
    if (!others_.empty()) {
      Other& other = others_[from];
      if (!other.sent.empty() && !other.sent[bid]) {
        other.sent[bid] = true;
        ++other.distinct;
      }
      if (other.frequency || other.bayesian) {
        const Domain& domain = space_.ranking().domain();
        Levels levels(domain.size());
        for (std::size_t k = 0; k < levels.size(); ++k) levels[k] = domain.level(bid, k);
        if (other.frequency) other.frequency->observe(levels);
        if (other.bayesian) other.bayesian->observe(levels);
      }
    }
  }
  if (strategy_.acceptance.rule == Acceptance::Rule::combi || strategy_.opponent != OpponentModel::none)
    heard_.push_back({.time = time, .utility = space_.utility(bid)});
}

}  // namespace parley::saop
