#include "models/saop/ranking.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "engine/core/real.hpp"

namespace parley::saop {

void Ranking::rank(const Domain& domain, const std::vector<double>& utilities) {
  domain_ = &domain;
  utilities_ = utilities;
  places_.clear();
  next_bucket_ = 0;
  find_bounds();
  deal_into_buckets();
}

/// Eight outcomes at a time: no comparison waits for the one before it.
void Ranking::find_bounds() {
  using Eight = Pack<isa::Portable, 4>;
  Eight high(utilities_[0]), low(utilities_[0]);
  std::size_t o = 0;
  for (; o + lanes<Eight> <= utilities_.size(); o += lanes<Eight>) {
    Eight these;
    std::memcpy(&these, &utilities_[o], sizeof these);
    high = max(high, these);
    low = min(low, these);
  }
  highest_ = lowest_ = utilities_[0];
  for (int l = 0; l < lanes<Eight>; ++l) {
    highest_ = std::max(highest_, lane(high, l));
    lowest_ = std::min(lowest_, lane(low, l));
  }
  for (; o < utilities_.size(); ++o) {
    highest_ = std::max(highest_, utilities_[o]);
    lowest_ = std::min(lowest_, utilities_[o]);
  }
}

/// The best bucket first. Dealt from the last outcome to the first, so that chains keep the domain's order.
void Ranking::deal_into_buckets() {
  const std::size_t n = utilities_.size(), buckets = n / 2 + 1;
  const double width = highest_ - lowest_, scale = width > 0 ? static_cast<double>(buckets - 1) / width : 0.0;
  buckets_a_unit_ = scale;
  head_.assign(buckets, nobody);
  next_.resize(n);
  const double high = highest_;
  const double* utility = utilities_.data();
  Outcome* head = head_.data();
  Outcome* next = next_.data();
  for (std::size_t o = n; o-- > 0;) {
    const auto bucket = static_cast<std::int32_t>((high - utility[o]) * scale);
    next[o] = head[bucket];
    head[bucket] = static_cast<Outcome>(o);
  }
}

/// Of the next bucket that is not empty.
void Ranking::put_more_in_order() {
  constexpr std::size_t few = 32;
  const std::size_t from = places_.size();
  while (places_.size() == from)
    for (Outcome o = head_[next_bucket_++]; o != nobody; o = next_[o]) places_.push_back({utilities_[o], o});
  if (places_.size() - from > few) {
    std::stable_sort(places_.begin() + static_cast<std::ptrdiff_t>(from), places_.end(),
                     [](const Place& a, const Place& b) { return a.utility > b.utility; });
    return;
  }
  for (std::size_t i = from + 1; i < places_.size(); ++i) {
    const Place moved = places_[i];
    std::size_t j = i;
    for (; j > from && places_[j - 1].utility < moved.utility; --j) places_[j] = places_[j - 1];
    places_[j] = moved;
  }
}

Ranking::Lowest Ranking::lowest_from(double least) const {
  const double bound = std::min(least, highest_), none = std::numeric_limits<double>::infinity();
  for (std::int32_t bucket = bucket_of(std::max(bound, lowest_)); bucket >= 0; --bucket) {
    Lowest found{none, none, nobody};
    for (Outcome o = head_[static_cast<std::size_t>(bucket)]; o != nobody; o = next_[o]) {
      const double u = utilities_[o] >= bound ? utilities_[o] : none;
      const bool lower = u < found.utility;
      found.runner_up = lower ? found.utility : std::min(found.runner_up, u);
      found.utility = lower ? u : found.utility;
      found.outcome = lower ? o : found.outcome;
    }
    if (found.outcome != nobody) return found;
  }
  return {highest_, highest_, nobody};  // not reached: the best outcome is in the first bucket
}

Outcome Ranking::search(double target, const Outcome* standing) const {
  const Lowest lowest = lowest_from(target - utility_rounding);
  const double top = std::min(lowest.utility + utility_rounding, highest_);
  const bool alone = lowest.runner_up > top && bucket_of(top) == bucket_of(lowest.utility);
  return alone ? lowest.outcome : nearest_among(lowest.utility, top, standing);
}

Outcome Ranking::nearest_among(double level, double top, const Outcome* standing) const {
  Outcome best = nobody;
  double nearest = std::numeric_limits<double>::infinity();
  std::size_t compared = 0;
  for (std::int32_t bucket = bucket_of(top); bucket <= bucket_of(level); ++bucket) {
    for (Outcome o = head_[static_cast<std::size_t>(bucket)]; o != nobody; o = next_[o]) {
      if (utilities_[o] < level || utilities_[o] > top) continue;
      const double distance = standing == nullptr ? 0.0 : domain_->distance_squared(o, *standing);
      const bool nearer = distance < nearest - 1e-12;
      if (nearer || (distance <= nearest + 1e-12 && o < best)) {
        nearest = nearer ? distance : nearest;
        best = o;
      }
      if (++compared == most_compared) return best;
    }
  }
  return best;
}

void Ranking::collect(double target, double slack, std::vector<Outcome>& found) const {
  found.clear();
  const double level = lowest_from(target - utility_rounding).utility;
  const double top = std::min(std::max(level, target + slack) + utility_rounding, highest_);
  for (std::int32_t bucket = bucket_of(level); bucket >= bucket_of(top); --bucket)
    for (Outcome o = head_[static_cast<std::size_t>(bucket)]; o != nobody; o = next_[o])
      if (utilities_[o] >= level && utilities_[o] <= top) {
        found.push_back(o);
        if (found.size() == most_compared) return;
      }
}

}  // namespace parley::saop
