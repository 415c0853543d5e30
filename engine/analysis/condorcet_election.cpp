#include "engine/analysis/condorcet_election.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/core/check.hpp"

namespace parley {

namespace {

void require_table(const SquareTable& strengths, double power) {
  if (strengths.empty()) throw InputError("there is no option to elect (the table is empty). Give at least one");
  for (const auto& row : strengths) {
    if (row.size() != strengths.size())
      throw InputError("the table of coalitions is not square (a row and a column an option). Complete it");
    for (const double c : row)
      if (!(c >= 0.0) || !std::isfinite(c))
        throw InputError("a coalition has a negative strength (it is a sum of votes). Give 0 or more");
  }
  if (!(power > 0.0))
    throw InputError("the power of victory is not positive (1 is linear, 2 square). Give a positive one");
}

/// The distribution that a table of moves, column j being where the incumbent j goes, leaves as it is.
std::vector<double> at_rest(const Eigen::MatrixXd& moves) {
  const Eigen::Index n = moves.rows();
  Eigen::MatrixXd balance(n + 1, n);
  balance << moves - Eigen::MatrixXd::Identity(n, n), Eigen::RowVectorXd::Ones(n);
  const Eigen::VectorXd p = balance.completeOrthogonalDecomposition().solve(Eigen::VectorXd::Unit(n + 1, n));
  return {p.data(), p.data() + p.size()};
}

std::vector<double> markov(const SquareTable& strengths, const SquareTable& chances, Election election) {
  const auto n = static_cast<Eigen::Index>(strengths.size());
  Eigen::MatrixXd moves = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index j = 0; j < n; ++j) {
    Eigen::VectorXd challenge = Eigen::VectorXd::Constant(n, 1.0);
    for (Eigen::Index i = 0; i < n; ++i) {
      const auto a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
      if (election == Election::incentive_markov) challenge(i) = i == j ? 0.0 : strengths[a][b] * chances[a][b];
    }
    if (challenge.sum() <= 0.0) {
      moves(j, j) = 1.0;
      continue;
    }
    challenge /= challenge.sum();
    for (Eigen::Index i = 0; i < n; ++i) {
      const double won = chances[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
      moves(i, j) += challenge(i) * won;
      moves(j, j) += challenge(i) * (1.0 - won);
    }
  }
  return at_rest(moves);
}

std::vector<double> conditional(const SquareTable& chances) {
  std::vector<double> p(chances.size());
  for (std::size_t i = 0; i < p.size(); ++i)
    for (const double chance : chances[i]) p[i] += std::log(chance);
  const double highest = *std::max_element(p.begin(), p.end());
  if (!std::isfinite(highest))
    throw InputError("no option beats or ties every other with any chance (conditional election). Use a Markov one");
  double sum = 0.0;
  for (double& value : p) sum += value = std::exp(value - highest);
  for (double& value : p) value /= sum;
  return p;
}

double distance(const SpatialVoter& from, const std::vector<double>& to) {
  double sum = 0.0, scale = 0.0;
  for (std::size_t k = 0; k < to.size(); ++k) {
    const double away = from.salience[k] * (from.position[k] - to[k]);
    sum += away * away;
    scale += from.salience[k] * from.salience[k];
  }
  return scale > 0.0 ? std::sqrt(sum / scale) : 0.0;
}

SquareTable coalitions(const std::vector<SpatialVoter>& voters, const std::vector<std::vector<double>>& options,
                       const std::vector<double>& risk) {
  SquareTable strengths(options.size(), std::vector<double>(options.size(), 1e-8));
  for (std::size_t k = 0; k < voters.size(); ++k) {
    std::vector<double> liked;
    for (const auto& option : options) {
      const double d = distance(voters[k], option);
      liked.push_back((1.0 - d) * (1.0 + d * risk[k]));
    }
    for (std::size_t i = 0; i < options.size(); ++i)
      for (std::size_t j = 0; j < options.size(); ++j)
        strengths[i][j] += voters[k].capability * std::max(0.0, liked[i] - liked[j]);
  }
  return strengths;
}

}  // namespace

SquareTable victory_chances(const SquareTable& strengths, double power) {
  require_table(strengths, power);
  SquareTable chances(strengths.size(), std::vector<double>(strengths.size(), 0.5));
  for (std::size_t i = 0; i < strengths.size(); ++i)
    for (std::size_t j = 0; j < strengths.size(); ++j) {
      const double stronger = std::max(strengths[i][j], strengths[j][i]);
      if (i == j || stronger == 0.0) continue;
      const double pro = std::pow(strengths[i][j] / stronger, power),
                   contra = std::pow(strengths[j][i] / stronger, power);
      chances[i][j] = pro / (pro + contra);
    }
  return chances;
}

std::vector<double> election_chances(const SquareTable& strengths, double power, Election election) {
  const SquareTable chances = victory_chances(strengths, power);
  return election == Election::conditional ? conditional(chances) : markov(strengths, chances, election);
}

SpatialElection spatial_election(const std::vector<SpatialVoter>& voters, double power, Election election) {
  if (voters.empty()) throw InputError("nobody votes (the election has no actor). Give at least one");
  for (const SpatialVoter& v : voters)
    if (v.position.empty() || v.position.size() != voters.front().position.size() ||
        v.salience.size() != v.position.size() || !(v.capability >= 0.0))
      throw InputError(
          "an actor's positions and saliences do not fit (one of each an issue, capability at least 0). Complete them");
  std::vector<std::vector<double>> positions, options;
  for (const SpatialVoter& v : voters) {
    positions.push_back(v.position);
    if (std::find(options.begin(), options.end(), v.position) == options.end()) options.push_back(v.position);
  }
  SpatialElection result{{}, std::vector<double>(voters.size(), 0.0)};
  const std::vector<double> first =
      election_chances(coalitions(voters, positions, result.risk_attitude), power, election);
  const auto [low, high] = std::minmax_element(first.begin(), first.end());
  if (*high - *low > 1e-12)
    for (std::size_t i = 0; i < voters.size(); ++i)
      result.risk_attitude[i] = (3.0 * first[i] - (*high + 2.0 * *low)) / (2.0 * (*high - *low));
  const std::vector<double> second =
      election_chances(coalitions(voters, options, result.risk_attitude), power, election);
  for (const auto& position : positions)
    result.probability.push_back(
        second[static_cast<std::size_t>(std::find(options.begin(), options.end(), position) - options.begin())]);
  return result;
}

}  // namespace parley
