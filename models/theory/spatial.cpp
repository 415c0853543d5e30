#include "models/theory/spatial.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {

Eigen::VectorXd vector_of(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

Eigen::MatrixXd matrix_of(const SpatialTaste& taste) {
  const auto n = static_cast<Eigen::Index>(taste.ideal.size());
  require(n > 0 && taste.salience.size() == taste.ideal.size(),
          "the salience matrix and the ideal differ in size (A needs a row and a column an issue). Make them agree");
  Eigen::MatrixXd a(n, n);
  for (Eigen::Index k = 0; k < n; ++k) {
    require(taste.salience[static_cast<std::size_t>(k)].size() == taste.ideal.size(),
            "the salience matrix is not square (A needs a row and a column an issue). Complete it");
    a.row(k) = vector_of(taste.salience[static_cast<std::size_t>(k)]).transpose();
  }
  const double scale = std::max(1.0, a.cwiseAbs().maxCoeff());
  require((a - a.transpose()).cwiseAbs().maxCoeff() <= 1e-9 * scale,
          "the salience matrix is not symmetric (linkage of k with l is linkage of l with k). Give equal entries");
  const double lowest =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(a, Eigen::EigenvaluesOnly).eigenvalues().minCoeff();
  require(lowest >= -1e-9 * scale,
          "the salience matrix is not positive semidefinite (some change away from the ideal would be liked). Lower "
          "the linkage");
  return a;
}

double quadratic(const Eigen::MatrixXd& a, const Eigen::VectorXd& away) { return away.dot(a * away); }

/// Two tastes, checked once, for the points of their contract curve.
struct ContractCurve {
  Eigen::MatrixXd a1, a2;
  Eigen::VectorXd ideal1, ideal2;

  ContractCurve(const SpatialTaste& first, const SpatialTaste& second)
      : a1(matrix_of(first)), a2(matrix_of(second)), ideal1(vector_of(first.ideal)), ideal2(vector_of(second.ideal)) {
    require(a1.rows() == a2.rows(),
            "the two sides have different issues (ideals of different length). Give both the same");
  }

  Eigen::VectorXd at(double weight) const {
    const Eigen::MatrixXd both = weight * a1 + (1.0 - weight) * a2;
    const Eigen::FullPivLU<Eigen::MatrixXd> factors(both);
    require(factors.isInvertible(),
            "the efficient position is not unique (nobody cares about some direction). Give every "
            "issue a weight");
    return factors.solve(weight * a1 * ideal1 + (1.0 - weight) * a2 * ideal2);
  }
  double utility1(const Eigen::VectorXd& x) const { return -quadratic(a1, x - ideal1); }
  double utility2(const Eigen::VectorXd& x) const { return -quadratic(a2, x - ideal2); }
};

}  // namespace

double squared_distance(const SpatialTaste& taste, const std::vector<double>& position) {
  const Eigen::MatrixXd a = matrix_of(taste);
  require(position.size() == taste.ideal.size(), "the position and the ideal differ in size. Give one number an issue");
  return std::max(0.0, quadratic(a, vector_of(position) - vector_of(taste.ideal)));
}

double conditional_ideal(const SpatialTaste& taste, std::size_t issue, const std::vector<double>& position) {
  const Eigen::MatrixXd a = matrix_of(taste);
  require(position.size() == taste.ideal.size() && issue < position.size(),
          "the position and the ideal differ in size, or the issue is none of them. Give one number an issue");
  const auto k = static_cast<Eigen::Index>(issue);
  require(a(k, k) > 0.0, "the issue is worth nothing to this side (it has no ideal on it). Give it a weight");
  double shift = 0.0;
  for (Eigen::Index l = 0; l < a.cols(); ++l)
    if (l != k) shift += a(k, l) * (position[static_cast<std::size_t>(l)] - taste.ideal[static_cast<std::size_t>(l)]);
  return taste.ideal[issue] - shift / a(k, k);
}

std::vector<double> contract_point(const SpatialTaste& first, const SpatialTaste& second, double weight) {
  require(weight >= 0.0 && weight <= 1.0,
          "the weight is outside [0, 1] (it is shared with the other side). Give a share");
  const Eigen::VectorXd x = ContractCurve(first, second).at(weight);
  return {x.data(), x.data() + x.size()};
}

SpatialBargain spatial_nash_point(const SpatialTaste& first, const SpatialTaste& second, double disagreement1,
                                  double disagreement2) {
  const ContractCurve curve(first, second);
  double low = 0.0, high = 1.0;
  for (int step = 0; step < 100; ++step) {
    const double weight = 0.5 * (low + high);
    const Eigen::VectorXd x = curve.at(weight);
    const double pull =
        weight * (curve.utility1(x) - disagreement1) - (1.0 - weight) * (curve.utility2(x) - disagreement2);
    (pull < 0.0 ? low : high) = weight;
  }
  const Eigen::VectorXd x = curve.at(0.5 * (low + high));
  const SpatialBargain bargain{{x.data(), x.data() + x.size()}, curve.utility1(x), curve.utility2(x)};
  const double slack = 1e-9 * std::max({1.0, std::abs(disagreement1), std::abs(disagreement2)});
  require(bargain.utility1 >= disagreement1 - slack && bargain.utility2 >= disagreement2 - slack,
          "no position gives both their disagreement (there is no zone of agreement). Lower a disagreement utility");
  return bargain;
}

}  // namespace parley::theory
