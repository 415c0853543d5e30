#include "models/theory/ratification.hpp"

#include <algorithm>

#include "models/theory/domain.hpp"

namespace parley::theory {

double ratifier_gap(double floor1, double floor2) { return floor1 + floor2 - 1.0; }

OpeningShares ratified_shares(const RatifierFloors& g) {
  require(g.floor1 >= 0.0 && g.floor2 >= 0.0, "a ratifier's floor is negative (it is a share). Give a share");
  return least_claim_shares({g.discount1, g.discount2, g.floor1, g.floor2});
}

BargainingRange win_set(double ratifier, double status_quo) {
  const double mirror = 2.0 * ratifier - status_quo;
  return {std::min(mirror, status_quo), std::max(mirror, status_quo)};
}

double agenda_setter_policy(double setter, double ratifier, double status_quo) {
  const BargainingRange approved = win_set(ratifier, status_quo);
  return std::clamp(setter, approved.low, approved.high);
}

UncertainRatification uncertain_ratification(double highest_threshold, double no_deal) {
  require(highest_threshold >= 0.0,
          "the ratifier's highest threshold is negative (it is a share). Give R of 0 or more");
  require(no_deal >= -1.0 && no_deal <= 1.0,
          "no deal is worth more or less than the pie (b is in [−1, 1]). Give a share");
  const double demand = std::max((1.0 + no_deal) / 2.0, 1.0 - highest_threshold);
  const double left = 1.0 - demand;
  const double ratified = left >= highest_threshold ? 1.0 : left / highest_threshold;
  return {demand, ratified, ratified * demand + (1.0 - ratified) * no_deal};
}

}  // namespace parley::theory
