#include "engine/analysis/box_search.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/core/check.hpp"
#include "engine/core/rng.hpp"

namespace parley {

namespace {

std::span<const double> view(const Eigen::VectorXd& x) { return {x.data(), static_cast<std::size_t>(x.size())}; }

/// One population that samples, ranks and moves; the letters are those of Hansen's tutorial (arXiv:1604.00772).
class Population {
 public:
  Population(const Eigen::VectorXd& start, double width, Eigen::Index size)
      : n_(start.size()),
        lambda_(size),
        mean_(start),
        sigma_(width),
        axes_(Eigen::MatrixXd::Identity(n_, n_)),
        lengths_(Eigen::VectorXd::Ones(n_)),
        covariance_(axes_),
        path_c_(Eigen::VectorXd::Zero(n_)),
        path_s_(path_c_) {
    const double n = static_cast<double>(n_);
    const Eigen::Index parents = lambda_ / 2;
    weights_ = Eigen::VectorXd(parents);
    for (Eigen::Index i = 0; i < parents; ++i)
      weights_(i) = std::log((static_cast<double>(lambda_) + 1.0) / 2.0) - std::log(static_cast<double>(i) + 1.0);
    weights_ /= weights_.sum();
    mass_ = 1.0 / weights_.squaredNorm();
    c_c_ = (4.0 + mass_ / n) / (n + 4.0 + 2.0 * mass_ / n);
    c_s_ = (mass_ + 2.0) / (n + mass_ + 5.0);
    c_1_ = 2.0 / ((n + 1.3) * (n + 1.3) + mass_);
    c_mu_ = std::min(1.0 - c_1_, 2.0 * (mass_ - 2.0 + 1.0 / mass_) / ((n + 2.0) * (n + 2.0) + mass_));
    damping_ = 1.0 + 2.0 * std::max(0.0, std::sqrt((mass_ - 1.0) / (n + 1.0)) - 1.0) + c_s_;
    expected_norm_ = std::sqrt(n) * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n));
  }

  double spread() const { return sigma_ * lengths_.maxCoeff(); }

  std::vector<Eigen::VectorXd> candidates(const Draws<double>& draws) const {
    std::vector<Eigen::VectorXd> sample;
    for (Eigen::Index k = 0; k < lambda_; ++k) {
      Eigen::VectorXd z(n_);
      for (Eigen::Index i = 0; i < n_; ++i)
        z(i) = draws.normal({Stream::Kind::design, static_cast<std::uint32_t>(k)}, static_cast<std::uint8_t>(i));
      const Eigen::VectorXd x = mean_ + sigma_ * (axes_ * lengths_.cwiseProduct(z));
      sample.push_back(x.cwiseMax(0.0).cwiseMin(1.0));
    }
    return sample;
  }

  /// `ranked` holds the candidates, best first.
  void move(const std::vector<Eigen::VectorXd>& ranked, int generation) {
    const Eigen::VectorXd before = mean_;
    mean_.setZero();
    for (Eigen::Index i = 0; i < weights_.size(); ++i) mean_ += weights_(i) * ranked[static_cast<std::size_t>(i)];
    const Eigen::VectorXd step = (mean_ - before) / sigma_;
    path_s_ = (1.0 - c_s_) * path_s_ +
              std::sqrt(c_s_ * (2.0 - c_s_) * mass_) * (axes_ * (axes_.transpose() * step).cwiseQuotient(lengths_));
    const double long_path = path_s_.norm() / std::sqrt(1.0 - std::pow(1.0 - c_s_, 2.0 * (generation + 1)));
    const double stalled = long_path < (1.4 + 2.0 / (static_cast<double>(n_) + 1.0)) * expected_norm_ ? 1.0 : 0.0;
    path_c_ = (1.0 - c_c_) * path_c_ + stalled * std::sqrt(c_c_ * (2.0 - c_c_) * mass_) * step;
    covariance_ = (1.0 - c_1_ - c_mu_ + (1.0 - stalled) * c_1_ * c_c_ * (2.0 - c_c_)) * covariance_ +
                  c_1_ * path_c_ * path_c_.transpose();
    for (Eigen::Index i = 0; i < weights_.size(); ++i) {
      const Eigen::VectorXd away = (ranked[static_cast<std::size_t>(i)] - before) / sigma_;
      covariance_ += c_mu_ * weights_(i) * away * away.transpose();
    }
    sigma_ = std::min(1.0, sigma_ * std::exp(c_s_ / damping_ * (path_s_.norm() / expected_norm_ - 1.0)));
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> split(covariance_);
    axes_ = split.eigenvectors();
    lengths_ = split.eigenvalues().cwiseMax(1e-24).cwiseSqrt();
  }

 private:
  Eigen::Index n_, lambda_;
  Eigen::VectorXd mean_;
  double sigma_;
  Eigen::MatrixXd axes_;
  Eigen::VectorXd lengths_;
  Eigen::MatrixXd covariance_;
  Eigen::VectorXd path_c_, path_s_, weights_;
  double mass_ = 0.0, c_c_ = 0.0, c_s_ = 0.0, c_1_ = 0.0, c_mu_ = 0.0, damping_ = 0.0, expected_norm_ = 0.0;
};

void climb(const BoxFunction& function, Population population, std::uint64_t restart, const BoxSearch& search,
           BoxMaximum& best) {
  for (int generation = 0; generation < search.generations && population.spread() > search.precision; ++generation) {
    const Draws<double> draws(0x626f785f736561ull, restart, static_cast<std::uint64_t>(generation));
    const std::vector<Eigen::VectorXd> sample = population.candidates(draws);
    std::vector<double> values;
    for (const auto& x : sample) values.push_back(function(view(x)));
    std::vector<std::size_t> order(sample.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] > values[j]; });
    std::vector<Eigen::VectorXd> ranked;
    for (const std::size_t i : order) ranked.push_back(sample[i]);
    if (values[order[0]] > best.value)
      best = {{ranked[0].data(), ranked[0].data() + ranked[0].size()}, values[order[0]]};
    population.move(ranked, generation);
  }
}

}  // namespace

std::vector<double> halton_point(std::size_t index, std::size_t dimensions) {
  static constexpr std::array<std::size_t, 16> primes{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53};
  if (dimensions > primes.size())
    throw InputError("the box has more than 16 dimensions (no such sequence is kept). Use fewer issues");
  std::vector<double> point(dimensions, 0.0);
  for (std::size_t k = 0; k < dimensions; ++k) {
    double place = 1.0;
    for (std::size_t rest = index + 1; rest > 0; rest /= primes[k]) {
      place /= static_cast<double>(primes[k]);
      point[k] += place * static_cast<double>(rest % primes[k]);
    }
  }
  return point;
}

BoxMaximum maximise(const BoxFunction& function, std::size_t dimensions, const std::vector<std::vector<double>>& hints,
                    const BoxSearch& search) {
  if (dimensions == 0)
    throw InputError("there is nothing to search (the box has no dimension). Give at least one issue");
  std::vector<BoxMaximum> starts;
  const auto consider = [&](std::vector<double> point) {
    const double value = function(point);
    starts.push_back({std::move(point), value});
  };
  for (std::size_t k = 0; k < search.scan; ++k) consider(halton_point(k, dimensions));
  if (dimensions <= 8)
    for (std::size_t corner = 0; corner < (std::size_t{1} << dimensions); ++corner) {
      std::vector<double> point(dimensions);
      for (std::size_t k = 0; k < dimensions; ++k) point[k] = (corner >> k & 1) != 0 ? 1.0 : 0.0;
      consider(std::move(point));
    }
  std::stable_sort(starts.begin(), starts.end(),
                   [](const BoxMaximum& a, const BoxMaximum& b) { return a.value > b.value; });
  for (std::size_t k = hints.size(); k-- > 0;) starts.insert(starts.begin(), {hints[k], function(hints[k])});

  BoxMaximum best =
      *std::max_element(starts.begin(), starts.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  const auto climbs = std::max(static_cast<std::size_t>(std::max(1, search.restarts)), hints.size() + 1);
  for (std::size_t r = 0; r < climbs && r < starts.size(); ++r) {
    const Eigen::VectorXd start =
        Eigen::Map<const Eigen::VectorXd>(starts[r].point.data(), static_cast<Eigen::Index>(dimensions));
    const auto size = static_cast<Eigen::Index>(8 + 4 * dimensions + 4 * r);
    climb(function, Population(start, r % 2 == 0 ? 0.3 : 0.1, size), r, search, best);
  }
  // A last look around the best point with a small step.
  const Eigen::VectorXd found =
      Eigen::Map<const Eigen::VectorXd>(best.point.data(), static_cast<Eigen::Index>(dimensions));
  climb(function, Population(found, 0.01, static_cast<Eigen::Index>(8 + 4 * dimensions)), climbs, search, best);
  return best;
}

}  // namespace parley
