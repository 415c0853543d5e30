// Closed forms of legislative bargaining: n players divide a pie of 1 by vote, a random one proposing each session.
//
//   Closed rule, equal recognition, q votes including the proposer's, common discount d (Baron and Ferejohn 1989, APSR
//   83:1181): the proposer keeps 1 − (q − 1) d / n, each of q − 1 partners gets d / n, ex ante everybody 1 / n.
//   Unanimity, recognition p_i, discounts d_i [derived; setting of Merlo and Wilson 1995, Eraslan 2002]:
//     v_i = [p_i / (1 − d_i)] / [1 + Σ p_j d_j / (1 − d_j)],  proposer i keeps 1 − Σ_{j≠i} d_j v_j.
//   Veto players, whose vote every coalition needs [derived; setting of Winter 1996, APSR 90:813], m of them, V ex ante
//   for each and W for the others:
//     V = (1/n)(1 − (m − 1) d V − (q − m) d W) + ((n − 1)/n) d V,  m V + (n − m) W = 1.
//
// Shares are of the pie; d in [0, 1] a session. Coalitions are the cheapest, partners of equal price equally likely.
#pragma once

#include <vector>

namespace parley::theory {

struct ClosedRule {
  double proposer, partner, ex_ante;
};

ClosedRule closed_rule_shares(long players, long votes, double discount);

struct UnanimityShares {
  std::vector<double> ex_ante;
  std::vector<double> proposer;  ///< what player i keeps when it proposes
};

/// Recognition adds up to 1. Of the discounts at most one may be 1 (with two the split between them is not unique).
UnanimityShares unanimity_shares(const std::vector<double>& recognition, const std::vector<double>& discounts);

struct VetoShares {
  double ex_ante_veto, ex_ante_other;
  double veto_proposer, other_proposer;  ///< what each keeps when it proposes
};

struct VetoLegislature {
  long players, votes, veto_players;
  double discount;
};

VetoShares veto_shares(const VetoLegislature& legislature);

}  // namespace parley::theory
