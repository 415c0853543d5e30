// Axiomatic bargaining solutions of two sides with additive utilities over divisible issues, exactly.
//
//   U_A = Σ a_k x_k,  U_B = Σ b_k (1 − x_k),  x_k in [0, 1] to A. The frontier gives A the issues in descending
//   a_k / b_k and is piecewise linear. With disagreement d:
//   Nash 1950 (Econometrica 18:155), weighted (Harsanyi and Selten 1972): max (u_A − d_A)^α (u_B − d_B)^(1−α).
//   Kalai and Smorodinsky 1975 (Econometrica 43:513): on the line from d to the ideal M, M_i = max u_i with u_j ≥ d_j.
//   Egalitarian (Kalai 1977, Econometrica 45:1623): equal gains over d, or as near as the frontier allows.
//   Utilitarian: max u_A + u_B, whatever d; of several, the middle of them, so that no side is favoured.
//   Linkage (Tollison and Willett 1979, IO 33:425): each issue split by itself against the package's Nash point.
#pragma once

#include <vector>

namespace parley::theory {

struct UtilityPair {
  double a, b;
};

/// n + 1 corners from (0, Σ b) to (Σ a, 0), a rising and b falling; issues of equal ratio in their given order.
std::vector<UtilityPair> additive_frontier(const std::vector<double>& weights_a, const std::vector<double>& weights_b);

struct AxiomaticProblem {
  std::vector<double> weights_a, weights_b;
  UtilityPair disagreement{0.0, 0.0};
  double alpha = 0.5;  ///< A's bargaining weight
};

struct AxiomaticSolutions {
  std::vector<UtilityPair> frontier;
  UtilityPair nash, ideal, kalai_smorodinsky, egalitarian, utilitarian;
};

/// Throws InputError where nothing on the frontier gives both at least their disagreement.
AxiomaticSolutions axiomatic_solutions(const AxiomaticProblem& problem);

struct LinkageGain {
  UtilityPair issue_by_issue, package;
};

/// Disagreement is 0 on every issue and for the package.
LinkageGain linkage_gain(const std::vector<double>& weights_a, const std::vector<double>& weights_b);

}  // namespace parley::theory
