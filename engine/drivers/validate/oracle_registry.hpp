// The table of oracle kinds: for each the function that computes its values from an entry's inputs alone.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/drivers/validate/oracle_inputs.hpp"

namespace parley {

/// Computes every value a kind can be asked for, as an object of named fields. It is compared field by field with what
/// an entry expects, so it may hold more than that. It throws InputError, naming the key, for inputs it cannot take; a
/// value that does not exist (an infinite time, an infeasible deal) is null.
using OracleFunction = std::function<nlohmann::json(const OracleInputs&)>;

/// Kinds by name. Each family adds its own; nothing registers itself.
class OracleRegistry {
 public:
  void add(const std::string& kind, OracleFunction compute);

  /// The function of a kind, or nullptr where the kind is not known.
  const OracleFunction* find(const std::string& kind) const;

  /// The known kind whose name is nearest, for a message.
  std::string nearest(const std::string& kind) const;

  std::vector<std::string> kinds() const;

 private:
  std::map<std::string, OracleFunction> functions_;
};

void add_bargaining_oracles(OracleRegistry&);  ///< alternating offers, axiomatic solutions, legislatures, ratification
void add_war_oracles(OracleRegistry&);         ///< war bargaining, attrition, audience costs, mediation, durability
void add_preference_oracles(OracleRegistry&);  ///< spatial utility, prospect theory, linkage
void add_opinion_oracles(OracleRegistry&);     ///< polls, casualties, opinion dynamics
void add_analysis_oracles(OracleRegistry&);    ///< intervals, sensitivity, discovery, elections, baselines
void add_eum_oracles(OracleRegistry&);         ///< the expected-utility (challenge) model
void add_saop_oracles(OracleRegistry&);        ///< stacked alternating offers: tactics, acceptance, opponent models

/// Every kind that ships.
OracleRegistry shipped_oracles();

}  // namespace parley
