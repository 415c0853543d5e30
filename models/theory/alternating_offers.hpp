// Closed forms of alternating offers: two players divide a pie of 1, taking turns to propose.
//
//   Infinite horizon (Rubinstein 1982, Econometrica 50:97), discounts d_i a round, player 1 proposing first:
//     x1 = (1 − d2) / (1 − d1 d2);  when 2 proposes first, 1 gets d1 x1.
//   Offers ever more frequent, d_i = exp(−r_i Δ), Δ → 0:  x1 = r2 / (r1 + r2).
//   T rounds, no deal worth 0 (Stahl 1972), D = d1 d2:
//     T even: x1 = (1 − d2)(1 − D^(T/2)) / (1 − D);  T odd, m = (T − 1)/2: x1 = (1 − d2)(1 − D^m)/(1 − D) + D^m.
//   Least claims m_i, an outside option that only the responder may take (Shaked and Sutton 1984, Econometrica 52:1351;
//   Binmore, Shaked and Sutton 1989, QJE 104:753) or a ratifier's floor:
//     X = 1 − max(d2 Y, m2),  Y = 1 − max(d1 X, m1), X and Y being what the proposer keeps.
//   Breakdown with probability q after each refusal, worth b_i (Binmore, Rubinstein and Wolinsky 1986, RAND J 17:176):
//     x1 = [1 − q b2 − (1 − q) d2 (1 − q b1)] / [1 − (1 − q)² d1 d2].
//
// Shares are in [0, 1], discounts in (0, 1] a round with a product below 1, rates a unit of time.
#pragma once

namespace parley::theory {

/// Player 1's share, by who makes the first proposal.
struct OpeningShares {
  double when_1_proposes;
  double when_2_proposes;
};

OpeningShares rubinstein_shares(double discount1, double discount2);

/// Player 1's share as offers become ever more frequent; rates of impatience, at least one positive.
double frequent_offers_share(double rate1, double rate2);

struct FiniteHorizon {
  double discount1, discount2;
  long rounds;
  int first_proposer = 1;
  double disagreement1 = 0.0,
         disagreement2 = 0.0;  ///< what no deal is worth at the end of the last round, in its own money
};

/// Player 1's share of the first proposal, by backward induction over the rounds. A round in which no split satisfies
/// both passes without a deal; what is returned is then 1's share seen from the first round.
double finite_horizon_share(const FiniteHorizon& game);

/// The same where no deal is worth nothing and player 1 proposes first, in closed form.
double stahl_share(double discount1, double discount2, long rounds);

struct LeastClaims {
  double discount1, discount2;
  double least1, least2;  ///< the least share each must have; together at most 1
};

/// The stationary equilibrium where neither accepts less than its least claim, nor than waiting.
OpeningShares least_claim_shares(const LeastClaims& claims);

struct BreakdownRisk {
  double discount1 = 1.0, discount2 = 1.0;
  double risk;              // of breakdown after each refusal
  double payoff1, payoff2;  // of breakdown, together at most 1
};

OpeningShares breakdown_shares(const BreakdownRisk& game);

}  // namespace parley::theory
