// One party's outcomes from best to worst, and the search for what to bid.
//
// Bid-search convention: to bid a utility of at least u, an agent takes the lowest utility on its list that is not
// below u; among outcomes of that same utility the one nearest to the standing offer (squared differences of places on
// the issues, summed), and of equally near ones, or without an offer, the first in the domain's order. Nearness as a
// stand-in for what the other side likes: Faratin, Sierra and Jennings (2002), Artificial Intelligence 142:205.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/saop/acceptance.hpp"
#include "models/saop/domain.hpp"

namespace parley::saop {

/// Outcomes are dealt into buckets of equal width and searched there; they are put in order, bucket by bucket, only as
/// far as somebody asks for places. Lists are fresh for every session, and most talks end long before the bottom.
class Ranking {
 public:
  /// Of equal utilities at most this many are compared for nearness.
  static constexpr std::size_t most_compared = 1024;

  /// Ranks the outcomes of a domain, which must outlive this object. `utilities` are finite, one an outcome.
  void rank(const Domain& domain, const std::vector<double>& utilities);

  std::size_t size() const { return utilities_.size(); }
  double utility(Outcome outcome) const { return utilities_[outcome]; }
  double highest() const { return highest_; }
  double lowest() const { return lowest_; }
  const Domain& domain() const { return *domain_; }

  /// By place, 0 the best; equal utilities in the domain's order.
  Outcome at(std::size_t place) { return reach(place).outcome; }
  double utility_at(std::size_t place) { return reach(place).utility; }

  /// The bid for a target, by the convention above; the best outcome if the target is beyond it.
  Outcome search(double target, const Outcome* standing) const;
  /// At most `most_compared` outcomes worth between the bid for a target and the target + slack.
  void collect(double target, double slack, std::vector<Outcome>& found) const;

 private:
  struct Place {
    double utility;
    Outcome outcome;
  };
  static constexpr Outcome nobody = 0xffffffffu;

  const Place& reach(std::size_t place) {
    while (place >= places_.size()) put_more_in_order();
    return places_[place];
  }
  std::int32_t bucket_of(double utility) const {
    return static_cast<std::int32_t>((highest_ - utility) * buckets_a_unit_);
  }
  /// Of the bucket of the lowest utility that is at least `least` (or of the highest): that utility, whose it is, and
  /// the next higher one of the same bucket.
  struct Lowest {
    double utility;
    double runner_up;
    Outcome outcome;
  };
  Lowest lowest_from(double least) const;
  Outcome nearest_among(double level, double top, const Outcome* standing) const;
  void find_bounds();
  void deal_into_buckets();
  void put_more_in_order();

  const Domain* domain_ = nullptr;
  std::vector<double> utilities_;
  double highest_ = 0, lowest_ = 0, buckets_a_unit_ = 0;
  std::vector<Outcome> head_, next_;  ///< chains: the first outcome of each bucket, the next of the same bucket
  std::size_t next_bucket_ = 0;       ///< the first that has no places yet
  std::vector<Place> places_;         ///< in order, as far as they were reached
};

}  // namespace parley::saop
