// What can be agreed on: issues with their values, and outcomes as numbered combinations of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace parley::saop {

/// Named values, equally spaced numbers, or every number of an interval.
class Issue {
 public:
  static constexpr std::size_t max_levels = 100000;

  static Issue discrete(std::string name, std::vector<std::string> values);
  /// low, low + step, … up to high; with step = 0 the whole interval.
  static Issue numeric(std::string name, double low, double high, double step);

  const std::string& name() const { return name_; }
  bool is_continuous() const { return values_.empty() && step_ == 0; }
  bool is_discrete() const { return !values_.empty(); }
  /// Number of values; 0 where it is continuous.
  std::size_t levels() const { return levels_; }
  double low() const { return low_; }
  double high() const { return high_; }
  double step() const { return step_; }
  const std::vector<std::string>& values() const { return values_; }

  /// Where a value stands from 0 (the first, the lowest) to 1.
  double place_of(std::size_t level) const {
    return levels_ < 2 ? 0.0 : static_cast<double>(level) / static_cast<double>(levels_ - 1);
  }
  double number_at(double place) const { return low_ + place * (high_ - low_); }

  /// The continuous interval cut into `steps` steps; any other issue unchanged.
  Issue cut(std::size_t steps) const;

 private:
  Issue() = default;
  std::string name_;
  std::vector<std::string> values_;
  double low_ = 0, high_ = 1, step_ = 0;  ///< high is the last value that the steps reach
  std::size_t levels_ = 0;
};

using Outcome = std::uint32_t;

/// Issues in order. Outcomes are numbered with the last issue running fastest.
class Domain {
 public:
  static constexpr std::size_t max_issues = 16;
  static constexpr std::size_t max_outcomes = 1000000;
  static constexpr std::size_t cut_steps = 20;

  /// Continuous issues beside discrete ones are cut into `cut_steps` steps.
  Domain(std::string name, std::vector<Issue> issues);

  const std::string& name() const { return name_; }
  const std::vector<Issue>& issues() const { return issues_; }
  std::size_t size() const { return issues_.size(); }
  /// All issues are continuous, and outcomes cannot be counted.
  bool is_continuous() const { return outcomes_ == 0; }
  std::size_t outcomes() const { return outcomes_; }

  std::size_t level(Outcome outcome, std::size_t issue) const {
    return outcome / stride_[issue] % issues_[issue].levels();
  }
  Outcome outcome_of(const std::vector<std::size_t>& levels) const;
  /// Sum over issues of the squared differences in place.
  double distance_squared(Outcome a, Outcome b) const;

 private:
  std::string name_;
  std::vector<Issue> issues_;
  std::vector<std::size_t> stride_;
  std::size_t outcomes_ = 0;
};

}  // namespace parley::saop
