#include "models/saop/profile.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/check.hpp"

namespace parley::saop {
namespace {

[[noreturn]] void refuse(const std::string& profile, const std::string& message) {
  throw InputError("profile \"" + profile + "\": " + message);
}

void check(const std::string& name, const Domain& domain, const Additive& form) {
  if (form.weights.size() != domain.size() || form.values.size() != domain.size())
    refuse(name,
           "has weights or values for a different number of issues than the domain. Give each issue one of both.");
  double sum = 0;
  for (std::size_t k = 0; k < domain.size(); ++k) {
    const Issue& issue = domain.issues()[k];
    if (!(form.weights[k] >= 0 && form.weights[k] <= 1))
      refuse(name, "the weight of issue \"" + issue.name() + "\" is not between 0 and 1. Give a share.");
    sum += form.weights[k];
    if (form.values[k].size() != (issue.is_continuous() ? 2 : issue.levels()))
      refuse(name, "issue \"" + issue.name() + "\" has more or fewer utilities than values. Give each value one.");
    for (const double value : form.values[k])
      if (!(value >= 0 && value <= 1))
        refuse(name, "a utility on issue \"" + issue.name() + "\" is not between 0 and 1. Rescale them.");
  }
  if (!(std::fabs(sum - 1) <= 1e-6))
    refuse(name, "the weights add up to " + std::to_string(sum) + " (they are shares). Make them add up to 1.");
}

/// By elimination: no pivot may be negative, nor a zero pivot stand in a row that is not zero.
bool is_semidefinite(std::vector<double> matrix, std::size_t n) {
  double largest = 0;
  for (const double entry : matrix) largest = std::max(largest, std::fabs(entry));
  const double rounding = 1e-12 * (1 + largest);
  for (std::size_t k = 0; k < n; ++k) {
    const double pivot = matrix[k * n + k];
    if (pivot < -rounding) return false;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (pivot <= rounding) {
        if (std::fabs(matrix[i * n + k]) > std::sqrt(rounding)) return false;
        continue;
      }
      const double factor = matrix[i * n + k] / pivot;
      for (std::size_t j = k; j < n; ++j) matrix[i * n + j] -= factor * matrix[k * n + j];
    }
  }
  return true;
}

void check(const std::string& name, const Domain& domain, const Quadratic& form) {
  const std::size_t n = domain.size();
  if (form.ideal.size() != n || form.matrix.size() != n * n)
    refuse(name, "has an ideal or a matrix for a different number of issues than the domain. Give each issue one.");
  for (const double place : form.ideal)
    if (!(place >= 0 && place <= 1)) refuse(name, "an ideal lies outside its issue. Put it among the values.");
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const double entry = form.matrix[i * n + j];
      if (!(std::fabs(entry) <= 1e6))
        refuse(name, "a salience or linkage is not a moderate number. Keep them within a million.");
      if (entry != form.matrix[j * n + i]) refuse(name, "the matrix is not symmetric. Give each linkage once.");
    }
  if (!is_semidefinite(form.matrix, n))
    refuse(name,
           "the linkages outweigh the saliences (the matrix is not positive semidefinite, so the ideal would not "
           "be best). Lower the linkages.");
}

}  // namespace

Profile::Profile(std::string name, const Domain& domain, std::variant<Additive, Quadratic> utility, double reservation)
    : name_(std::move(name)), utility_(std::move(utility)), reservation_(0), size_(domain.size()) {
  std::visit([&](const auto& form) { check(name_, domain, form); }, utility_);
  set_reservation(reservation);
}

void Profile::set_reservation(double reservation) {
  if (!std::isfinite(reservation)) refuse(name_, "the reservation utility is not a finite number. Give a number.");
  reservation_ = reservation;
}

double Profile::quadratic(const Quadratic& form, const Point& point) const {
  double loss = 0;
  for (std::size_t i = 0; i < size_; ++i)
    for (std::size_t j = 0; j < size_; ++j)
      loss += (point[i] - form.ideal[i]) * form.matrix[i * size_ + j] * (point[j] - form.ideal[j]);
  return 1 - loss;
}

double Profile::utility(const Point& point) const {
  if (const auto* form = std::get_if<Quadratic>(&utility_)) return quadratic(*form, point);
  const Additive& form = std::get<Additive>(utility_);
  double sum = 0;
  for (std::size_t k = 0; k < size_; ++k) {
    const std::vector<double>& values = form.values[k];
    const double at = point[k] * static_cast<double>(values.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(at), values.size() - 1);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    sum += form.weights[k] * (values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]));
  }
  return sum;
}

double Profile::utility(const Domain& domain, Outcome outcome) const {
  if (const auto* form = std::get_if<Additive>(&utility_)) {
    double sum = 0;
    for (std::size_t k = 0; k < size_; ++k) sum += form->weights[k] * form->values[k][domain.level(outcome, k)];
    return sum;
  }
  Point point(size_);
  for (std::size_t k = 0; k < size_; ++k) point[k] = domain.issues()[k].place_of(domain.level(outcome, k));
  return quadratic(std::get<Quadratic>(utility_), point);
}

void Profile::utilities(const Domain& domain, std::vector<double>& all) const {
  if (const auto* form = std::get_if<Additive>(&utility_)) {
    std::vector<std::vector<double>> tables = form->values;
    for (std::size_t k = 0; k < size_; ++k)
      for (double& value : tables[k]) value *= form->weights[k];
    return sum_over_outcomes(tables, all);
  }
  all.resize(domain.outcomes());
  for (std::size_t o = 0; o < all.size(); ++o) all[o] = utility(domain, static_cast<Outcome>(o));
}

void sum_over_outcomes(const std::vector<std::vector<double>>& tables, std::vector<double>& all) {
  std::size_t outcomes = 1;
  for (const auto& table : tables) outcomes *= table.size();
  all.resize(outcomes);
  // Filled from the back: with sums of the first issues in front, no place is overwritten before it is read.
  all[0] = 0;
  std::size_t filled = 1;
  for (const auto& table : tables) {
    for (std::size_t i = filled; i-- > 0;) {
      const double sum = all[i];
      double* out = &all[i * table.size()];
      for (std::size_t level = 0; level < table.size(); ++level) out[level] = sum + table[level];
    }
    filled *= table.size();
  }
}

Point Profile::best() const {
  if (const auto* form = std::get_if<Quadratic>(&utility_)) return form->ideal;
  const Additive& form = std::get<Additive>(utility_);
  Point point(size_);
  for (std::size_t k = 0; k < size_; ++k) point[k] = form.values[k].back() > form.values[k].front() ? 1.0 : 0.0;
  return point;
}

Point Profile::worst() const {
  Point point(size_);
  if (const auto* form = std::get_if<Additive>(&utility_)) {
    for (std::size_t k = 0; k < size_; ++k) point[k] = form->values[k].back() > form->values[k].front() ? 0.0 : 1.0;
    return point;
  }
  // A convex loss is largest at a corner; domains are small enough to try all 2^size corners.
  Point worst_point = point;
  double least = utility(point);
  for (std::size_t corner = 1; corner < (std::size_t{1} << size_); ++corner) {
    for (std::size_t k = 0; k < size_; ++k) point[k] = (corner >> k) & 1u ? 1.0 : 0.0;
    const double value = utility(point);
    if (value < least) {
      least = value;
      worst_point = point;
    }
  }
  return worst_point;
}

}  // namespace parley::saop
