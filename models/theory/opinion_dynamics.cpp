#include "models/theory/opinion_dynamics.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {

void require_listening(const Listening& w) {
  require(!w.empty(), "nobody listens to anybody (W is empty). Give a row for each person");
  for (const auto& row : w) {
    require(row.size() == w.size(), "W is not square (each person needs a weight for each). Complete its rows");
    double sum = 0.0;
    for (const double weight : row) {
      require(weight >= 0.0, "a weight of W is negative (listening is a share). Give shares");
      sum += weight;
    }
    require(std::abs(sum - 1.0) <= 1e-9, "a row of W does not add up to 1 (its weights are shares). Rescale it");
  }
}

/// Whether all opinions meet: everybody comes to hear one group whose members all hear each other, at no fixed beat.
bool comes_to_consensus(const Listening& w) {
  const std::size_t n = w.size();
  const auto heard_by = [&](std::size_t start) {  // distance from start along who is listened to; n where never heard
    std::vector<std::size_t> distance(n, n), queue{start};
    distance[start] = 0;
    for (std::size_t at = 0; at < queue.size(); ++at)
      for (std::size_t j = 0; j < n; ++j)
        if (w[queue[at]][j] > 0.0 && distance[j] == n) {
          distance[j] = distance[queue[at]] + 1;
          queue.push_back(j);
        }
    return distance;
  };
  // Follow listening until a set is closed: among all, the one heard by everybody if there is one.
  std::size_t source = n;
  std::vector<bool> heard(n, true);
  for (std::size_t i = 0; i < n; ++i) {
    const auto distance = heard_by(i);
    for (std::size_t j = 0; j < n; ++j) heard[j] = heard[j] && distance[j] < n;
  }
  for (std::size_t j = n; j-- > 0;)
    if (heard[j]) source = j;
  if (source == n) return false;
  const auto distance = heard_by(source);
  std::size_t period = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (distance[i] < n && w[i][j] > 0.0) {
        const std::size_t step = distance[i] + 1;
        period = std::gcd(period, step > distance[j] ? step - distance[j] : distance[j] - step);
      }
  return period == 1;
}

Eigen::MatrixXd matrix_of(const Listening& w) {
  const auto n = static_cast<Eigen::Index>(w.size());
  Eigen::MatrixXd m(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j) m(i, j) = w[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  return m;
}

std::vector<double> list_of(const Eigen::VectorXd& v) { return {v.data(), v.data() + v.size()}; }

}  // namespace

std::optional<std::vector<double>> social_influence(const Listening& w) {
  require_listening(w);
  if (!comes_to_consensus(w)) return std::nullopt;
  // πᵀ (I − W) = 0 with one equation replaced by Σ π = 1.
  const auto n = static_cast<Eigen::Index>(w.size());
  Eigen::MatrixXd a = Eigen::MatrixXd::Identity(n, n) - matrix_of(w).transpose();
  a.row(n - 1).setOnes();
  return list_of(a.partialPivLu().solve(Eigen::VectorXd::Unit(n, n - 1)));
}

std::optional<std::vector<double>> friedkin_johnsen_limit(const Listening& w, const std::vector<double>& first,
                                                          const std::vector<double>& susceptibility) {
  require_listening(w);
  require(first.size() == w.size() && susceptibility.size() == w.size(),
          "opinions, susceptibilities and W differ in size (each person has one of each). Make them agree");
  for (const double s : susceptibility)
    require(s >= 0.0 && s <= 1.0, "a susceptibility is outside [0, 1] (it is a share). Give a share");
  const auto n = static_cast<Eigen::Index>(w.size());
  const Eigen::VectorXd lambda = Eigen::Map<const Eigen::VectorXd>(susceptibility.data(), n);
  const Eigen::VectorXd start = Eigen::Map<const Eigen::VectorXd>(first.data(), n);
  const Eigen::MatrixXd pull = lambda.asDiagonal() * matrix_of(w);
  const Eigen::VectorXd anchored = (1.0 - lambda.array()) * start.array();
  const Eigen::FullPivLU<Eigen::MatrixXd> factors(Eigen::MatrixXd::Identity(n, n) - pull);
  if (factors.isInvertible()) return list_of(factors.solve(anchored));
  // A group of wholly susceptible people that hears nobody else keeps what it started from: follow the steps.
  Eigen::VectorXd x = start;
  for (int step = 0; step < 20000; ++step) {
    const Eigen::VectorXd next = pull * x + anchored;
    const double moved = (next - x).cwiseAbs().maxCoeff();
    x = next;
    if (moved < 1e-15) return list_of(x);
  }
  return std::nullopt;
}

std::vector<double> hegselmann_krause_step(const std::vector<double>& opinions, double eps) {
  std::vector<double> next(opinions.size());
  for (std::size_t i = 0; i < opinions.size(); ++i) {
    double sum = 0.0, count = 0.0;
    for (const double other : opinions)
      if (std::abs(other - opinions[i]) <= eps + 1e-9) {
        sum += other;
        count += 1.0;
      }
    next[i] = sum / count;
  }
  return next;
}

std::vector<double> hegselmann_krause_limit(std::vector<double> opinions, double eps, int most) {
  for (int step = 0; step < most; ++step) {
    std::vector<double> next = hegselmann_krause_step(opinions, eps);
    double moved = 0.0;
    for (std::size_t i = 0; i < next.size(); ++i) moved = std::max(moved, std::abs(next[i] - opinions[i]));
    opinions = std::move(next);
    if (moved <= 1e-15) break;
  }
  return opinions;
}

std::pair<double, double> deffuant_step(double first, double second, double pull, double eps) {
  if (!(std::abs(first - second) < eps)) return {first, second};
  return {first + pull * (second - first), second + pull * (first - second)};
}

}  // namespace parley::theory
