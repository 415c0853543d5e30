// Probabilistic Condorcet election: how likely each option is to win when coalitions contest every pair of options.
//
//   Wise, Lester and Efird 2015 (KAPSARC toolkit KTAB); C_ij is the strength of the coalition for i against j:
//     P_ij = C_ij^m / (C_ij^m + C_ji^m), P_ii = ½  (m: 1 linear, 2 square, … victory)
//     uniform Markov:   p_i = (1/n) Σ_j P_ij (p_i + p_j)
//     incentive Markov: p_i = Σ_j P_ij (p_i g_ji + p_j g_ij), g_ij = C_ij P_ij / Σ_k C_kj P_kj the probability that the
//                       incumbent j is challenged by i; an incumbent that nobody challenges stays
//     conditional:      p_i ∝ Π_j P_ij
//   Spatial form: d_ij = √(Σ_k (s_ik (x_ik − x_jk))² / Σ_k s_ik²), u(d, R) = (1 − d)(1 + d R), k votes c_k (u_ki −
//   u_kj) for i over j, C_ij = 1e−8 + Σ positive votes. A first election over all actors' positions at R = 0 gives risk
//   attitudes R_i = (3 p_i − (max p + 2 min p))/(2 (max p − min p)); a second over the distinct positions gives the
//   probabilities.
#pragma once

#include <cstddef>
#include <vector>

namespace parley {

using SquareTable = std::vector<std::vector<double>>;

enum class Election { uniform_markov, incentive_markov, conditional };

/// Pairwise chances of victory; ½ where no coalition contests a pair.
SquareTable victory_chances(const SquareTable& strengths, double power);

/// Chances of each option. Throws InputError for a table that is not square or has negative strengths.
std::vector<double> election_chances(const SquareTable& strengths, double power, Election election);

struct SpatialVoter {
  double capability;
  std::vector<double> position, salience;  ///< one an issue, both in [0, 1]
};

struct SpatialElection {
  std::vector<double> probability;    ///< of each actor's position; actors at one position share it
  std::vector<double> risk_attitude;  ///< R of each actor, in [−½, 1]; 0 where all stand equal
};

SpatialElection spatial_election(const std::vector<SpatialVoter>& voters, double power = 1.0,
                                 Election election = Election::conditional);

}  // namespace parley
