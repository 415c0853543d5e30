// War as a random walk over forts, and what its battles teach.
//
//   Forts 0..N; A takes the next with probability p a battle, B with q = 1 − p; A has won at N, B at 0 (Smith and Stam
//   2004; technology of Slantchev 2003; gambler's ruin). r = q/p:
//     Pr(A wins | k) = (1 − r^k)/(1 − r^N);  E[battles] = k/(q − p) − (N/(q − p)) Pr;  at p = ½: k/N and k (N − k).
//     With a cost c a battle and discount δ:  V_k = −c + δ (p V_{k+1} + q V_{k−1}), V_0 = 0, V_N = 1 (solved as a
//     linear system).
//   Learning from w battles won and l lost:  posterior ∝ π p_S^w (1 − p_S)^l.
//   Log odds drift by KL(p_true ‖ p_alt) nats a battle (Wald's sequential test), so odds of n to 1 take ln n / KL
//   battles.
#pragma once

#include <vector>

namespace parley::theory {

struct WarWalk {
  long forts;         ///< N, at least 1
  long position;      ///< k in 0..N
  double battle_win;  ///< p
};

double victory_probability(const WarWalk& war);
double expected_battles(const WarWalk& war);

/// V_0..V_N of fighting to the end, for A.
std::vector<double> fighting_values(long forts, double battle_win, double discount, double cost);

struct BattleEvidence {
  double prior_strong, win_if_strong, win_if_weak;
};

/// Throws InputError where neither type could have produced the battles.
double posterior_strong(const BattleEvidence& evidence, long won, long lost);

/// KL(p_true ‖ p_alt) in nats a battle; infinite where the alternative cannot produce what the truth does.
double nats_per_battle(double true_win, double alternative_win);

}  // namespace parley::theory
