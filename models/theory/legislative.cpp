#include "models/theory/legislative.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "models/theory/domain.hpp"

namespace parley::theory {

namespace {
void require_legislature(long players, long votes, double discount) {
  require(players >= 1, "the legislature is empty (it needs a player). Give n of 1 or more");
  require(votes >= 1 && votes <= players,
          "the votes needed cannot be had (they include the proposer's own and are at most n). Give 1 to n");
  require(
      discount >= 0.0 && discount <= 1.0,
      "the discount is outside [0, 1] (it is what a share next session is worth now). Give a factor between 0 and 1");
}
}  // namespace

ClosedRule closed_rule_shares(long players, long votes, double discount) {
  require_legislature(players, votes, discount);
  const double ex_ante = 1.0 / static_cast<double>(players);
  const double price = discount * ex_ante;
  return {1.0 - static_cast<double>(votes - 1) * price, price, ex_ante};
}

UnanimityShares unanimity_shares(const std::vector<double>& recognition, const std::vector<double>& discounts) {
  require(!recognition.empty() && recognition.size() == discounts.size(),
          "recognition and discounts differ in number (each player needs both). Give lists of one length");
  const std::size_t players = recognition.size();
  double recognised = 0.0;
  std::size_t patient = players, patient_players = 0;
  for (std::size_t i = 0; i < players; ++i) {
    require(recognition[i] >= 0.0, "a recognition is negative (it is a probability). Give shares that add up to 1");
    require(discounts[i] >= 0.0 && discounts[i] <= 1.0,
            "a discount is outside [0, 1] (it is what a share next session "
            "is worth now). Give factors between 0 and 1");
    recognised += recognition[i];
    if (discounts[i] == 1.0) {
      patient = i;
      ++patient_players;
    }
  }
  require(std::abs(recognised - 1.0) <= 1e-9,
          "recognition does not add up to 1 (somebody always proposes). Rescale it");
  require(patient_players <= 1,
          "several players have a discount of 1 (the split between them is not unique). Leave one");
  UnanimityShares shares{std::vector<double>(players, 0.0), std::vector<double>(players, 0.0)};
  if (patient_players == 1) {
    shares.ex_ante[patient] = 1.0;  // the limit: it can wait for all of it
  } else {
    double scale = 1.0;
    for (std::size_t i = 0; i < players; ++i) scale += recognition[i] * discounts[i] / (1.0 - discounts[i]);
    for (std::size_t i = 0; i < players; ++i) shares.ex_ante[i] = recognition[i] / (1.0 - discounts[i]) / scale;
  }
  double prices = 0.0;
  for (std::size_t i = 0; i < players; ++i) prices += discounts[i] * shares.ex_ante[i];
  for (std::size_t i = 0; i < players; ++i) shares.proposer[i] = 1.0 - (prices - discounts[i] * shares.ex_ante[i]);
  return shares;
}

VetoShares veto_shares(const VetoLegislature& l) {
  require_legislature(l.players, l.votes, l.discount);
  require(l.veto_players >= 0 && l.veto_players <= l.players,
          "the number of veto players is not possible (there are n players). Give 0 to n");
  const double n = static_cast<double>(l.players), m = static_cast<double>(l.veto_players), d = l.discount;
  // Votes a coalition must hold: at least those of the veto players and the proposer.
  const double bought_by_veto = static_cast<double>(std::max(0L, l.votes - std::max(1L, l.veto_players)));
  const double bought_by_other = static_cast<double>(std::max(0L, l.votes - l.veto_players - 1));
  VetoShares s{1.0 / n, 1.0 / n, 0.0, 0.0};
  if (l.veto_players > 0 && l.veto_players < l.players && l.votes < l.players) {
    // V [n − (n − m) d] = 1 − b d W with W = (1 − m V)/(n − m), b the others that a veto player buys.
    const double others = n - m;
    s.ex_ante_veto = (1.0 - bought_by_veto * d / others) / (n - (n - m) * d - m * bought_by_veto * d / others);
    s.ex_ante_other = (1.0 - m * s.ex_ante_veto) / others;
  }
  if (l.veto_players == 0) {
    s.veto_proposer = s.other_proposer = closed_rule_shares(l.players, l.votes, d).proposer;
    return s;
  }
  s.veto_proposer = 1.0 - (m - 1.0) * d * s.ex_ante_veto - bought_by_veto * d * s.ex_ante_other;
  s.other_proposer = 1.0 - m * d * s.ex_ante_veto - bought_by_other * d * s.ex_ante_other;
  return s;
}

}  // namespace parley::theory
