#include "models/saop/negotiator.hpp"

#include "engine/core/real.hpp"

namespace parley::saop {

void check(const Strategy& strategy) {
  const auto refuse = [](const std::string& what, double value, const std::string& range) {
    throw InputError(what + " = " + std::to_string(value) + " is out of range. Choose " + range + ".");
  };
  const Concession& concession = strategy.concession;
  if (!(concession.beta >= 1e-6 && concession.beta <= 1e6))
    refuse("beta", concession.beta, "a number from .000001 to 1000000");
  if (!(concession.deadline > 0 && concession.deadline <= 1))
    refuse("deadline", concession.deadline, "a share of the time above 0, up to 1");
  if (!(concession.start >= 0 && concession.start <= 1)) refuse("start", concession.start, "a share from 0 to 1");
  if (strategy.tactic == Tactic::exponential && concession.start == 0)
    refuse("start", concession.start, "a share above 0 (an exponential tactic has conceded something at the start)");
  const Acceptance& acceptance = strategy.acceptance;
  if (!(std::fabs(acceptance.factor) <= 1e6)) refuse("acceptance factor", acceptance.factor, "a moderate number");
  if (!(std::fabs(acceptance.bonus) <= 1e6)) refuse("acceptance bonus", acceptance.bonus, "a moderate number");
  if (!(acceptance.late >= 0 && acceptance.late <= 1))
    refuse("acceptance time", acceptance.late, "a share from 0 to 1");
  if (!(strategy.slack >= 0 && strategy.slack <= 1)) refuse("slack", strategy.slack, "a utility from 0 to 1");
}

void ContinuousSpace::begin(const Profile& profile) {
  profile_ = &profile;
  best_ = profile.best();
  worst_ = profile.worst();
  highest_ = profile.utility(best_);
  lowest_ = profile.utility(worst_);
}

Point ContinuousSpace::search(double target, const Point* standing) const {
  const Point& towards = standing == nullptr ? worst_ : *standing;
  const double there = utility(towards);
  if (there >= target - utility_rounding) return towards;
  const double share = clip((highest_ - target) / (highest_ - there), 0.0, 1.0);
  // Along the line utility falls in proportion if it is additive, with the square if it is quadratic.
  const double way = std::holds_alternative<Quadratic>(profile_->form()) ? sqrt(share) : share;
  Point bid(best_.size());
  for (std::size_t k = 0; k < bid.size(); ++k) bid[k] = best_[k] + way * (towards[k] - best_[k]);
  return bid;
}

}  // namespace parley::saop
