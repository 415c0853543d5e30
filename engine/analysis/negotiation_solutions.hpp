// The solution concepts of bargaining, applied to a configured negotiation as it stands at the start of the talks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/solution_concepts.hpp"
#include "engine/bargain/negotiation.hpp"

namespace parley {

/// How much of the issue space an actor could live with.
struct WinSet {
  double leadership = 0;  ///< share of packages it would rather have than fight on
  double ratified = 0;    ///< … and that its public would at least as likely ratify as not
};

struct NamedSolution {
  std::string name;                     ///< "nash", "condorcet_median", …
  std::vector<double> package;          ///< empty where the concept has no solution here
  std::vector<double> utilities, gains; ///< v_i, and v_i less the value of fighting on; one an actor
  std::vector<double> ratification;
};

struct NegotiationSolutions {
  std::string rung;                      ///< packages of this rung are compared
  std::vector<int> parties;              ///< actors whose consent it needs
  std::vector<double> fighting_on;       ///< R_i, the disagreement values
  std::vector<WinSet> win_sets;          ///< one an actor
  double zone_leaderships = 0;           ///< share of packages that all parties' leaderships prefer to fighting on
  double zone_ratified = 0;              ///< … and all their publics would at least as likely ratify as not
  std::optional<NamedSolution> witness;  ///< where the party that gains least gains most
  double widest_gain = 0;                ///< what it gains there; negative where there is no zone
  std::vector<NamedSolution> solutions;
  std::vector<std::vector<double>> frontier;       ///< utilities of the two belligerents along their Pareto frontier
  std::vector<std::vector<double>> election;       ///< chance of each actor's position, issue by issue
};

/// `values` as the configuration states them, `rung` the position of the rung whose packages are compared.
NegotiationSolutions solve(const Negotiation& negotiation, const std::vector<double>& values, int rung);

}  // namespace parley
