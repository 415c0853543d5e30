#include "models/saop/domain.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/check.hpp"

namespace parley::saop {
namespace {

[[noreturn]] void refuse(const std::string& issue, const std::string& message) {
  throw InputError("issue \"" + issue + "\" " + message);
}

}  // namespace

Issue Issue::discrete(std::string name, std::vector<std::string> values) {
  if (values.empty()) refuse(name, "has no values. Give at least one.");
  if (values.size() > max_levels)
    refuse(name, "has " + std::to_string(values.size()) + " values (at most " + std::to_string(max_levels) +
                     "). Merge some.");
  std::vector<std::string> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) refuse(name, "has the value \"" + *twice + "\" twice. Remove one.");
  Issue issue;
  issue.name_ = std::move(name);
  issue.levels_ = values.size();
  issue.values_ = std::move(values);
  return issue;
}

Issue Issue::numeric(std::string name, double low, double high, double step) {
  if (!std::isfinite(low) || !std::isfinite(high) || !std::isfinite(step) || !std::isfinite(high - low))
    refuse(name, "has a range that is not finite. Give three numbers.");
  if (low > high) refuse(name, "has a range whose low end is above the high one. Exchange them.");
  if (step < 0) refuse(name, "has a negative step. Give a step above 0, or 0 for every number of the range.");
  if (step == 0 && low == high) refuse(name, "has an empty range. Move its ends apart.");
  Issue issue;
  issue.name_ = std::move(name);
  issue.low_ = low;
  issue.high_ = high;
  issue.step_ = step;
  if (step > 0) {
    const double steps = std::floor((high - low) / step * (1 + 1e-12) + 1e-9);
    if (!(steps < static_cast<double>(max_levels)))
      refuse(issue.name_, "has more than " + std::to_string(max_levels) + " values in its range. Take larger steps.");
    issue.levels_ = static_cast<std::size_t>(steps) + 1;
    issue.high_ = low + steps * step;
  }
  return issue;
}

Issue Issue::cut(std::size_t steps) const {
  return is_continuous() ? numeric(name_, low_, high_, (high_ - low_) / static_cast<double>(steps)) : *this;
}

Domain::Domain(std::string name, std::vector<Issue> issues) : name_(std::move(name)), issues_(std::move(issues)) {
  if (issues_.empty()) throw InputError("the domain has no issues. Give at least one.");
  if (issues_.size() > max_issues)
    throw InputError("the domain has " + std::to_string(issues_.size()) + " issues (at most " +
                     std::to_string(max_issues) + "). Merge or drop some.");
  for (std::size_t i = 0; i < issues_.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (issues_[i].name() == issues_[j].name()) refuse(issues_[i].name(), "is there twice. Rename one.");
  if (std::all_of(issues_.begin(), issues_.end(), [](const Issue& issue) { return issue.is_continuous(); })) return;
  outcomes_ = 1;
  for (Issue& issue : issues_) {
    issue = issue.cut(cut_steps);
    if (issue.levels() > max_outcomes / outcomes_)
      throw InputError("the domain has more than " + std::to_string(max_outcomes) +
                       " outcomes (each is ranked by each party). Drop values or take larger steps.");
    outcomes_ *= issue.levels();
  }
  stride_.assign(issues_.size(), 1);
  for (std::size_t i = issues_.size() - 1; i > 0; --i) stride_[i - 1] = stride_[i] * issues_[i].levels();
}

Outcome Domain::outcome_of(const std::vector<std::size_t>& levels) const {
  std::size_t outcome = 0;
  for (std::size_t i = 0; i < issues_.size(); ++i) outcome += stride_[i] * levels[i];
  return static_cast<Outcome>(outcome);
}

double Domain::distance_squared(Outcome a, Outcome b) const {
  double sum = 0;
  for (std::size_t i = 0; i < issues_.size(); ++i) {
    const double apart = issues_[i].place_of(level(a, i)) - issues_[i].place_of(level(b, i));
    sum += apart * apart;
  }
  return sum;
}

}  // namespace parley::saop
