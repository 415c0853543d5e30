// What a party wants: linear-additive or quadratic utility over a domain, and what it has without a deal.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "models/saop/domain.hpp"

namespace parley::saop {

/// U = Σ_k w_k v_k(x_k), Σ w = 1, v in [0, 1]. Of a counted issue v has one entry a value; of a continuous one two,
/// at its low and high end, with a straight line between.
struct Additive {
  std::vector<double> weights;
  std::vector<std::vector<double>> values;
};

/// U = 1 − (z − θ)ᵀ A (z − θ) with z, θ in [0, 1] as places on the issues and A symmetric, positive semidefinite, row
/// by row: saliences on the diagonal, linkages off it (Davis, Hinich and Ordeshook 1970; Enelow and Hinich 1984).
struct Quadratic {
  std::vector<double> ideal;
  std::vector<double> matrix;
};

/// A point of a domain, one place in [0, 1] an issue.
using Point = std::vector<double>;

/// Checked against its domain once; then only read.
class Profile {
 public:
  /// `reservation` is the utility of no deal.
  Profile(std::string name, const Domain& domain, std::variant<Additive, Quadratic> utility, double reservation = 0);

  const std::string& name() const { return name_; }
  double reservation() const { return reservation_; }
  void set_reservation(double reservation);
  const std::variant<Additive, Quadratic>& form() const { return utility_; }

  /// At places on the issues; between the values of a counted one, in proportion.
  double utility(const Point& point) const;
  double utility(const Domain& domain, Outcome outcome) const;
  /// Of every outcome of a counted domain, in their order.
  void utilities(const Domain& domain, std::vector<double>& all) const;

  /// Of a continuous domain: the best and the worst point.
  Point best() const;
  Point worst() const;

 private:
  double quadratic(const Quadratic& form, const Point& point) const;

  std::string name_;
  std::variant<Additive, Quadratic> utility_;
  double reservation_;
  std::size_t size_;
};

/// Σ_k table[k][level] for every outcome, issue by issue: one addition an outcome.
void sum_over_outcomes(const std::vector<std::vector<double>>& tables, std::vector<double>& all);

}  // namespace parley::saop
