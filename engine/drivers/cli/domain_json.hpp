// Reads negotiation domains and profiles in the JSON of GeniusWeb.
//
// Domain:  {"name": "…", "issuesValues": {"issue": {"values": ["a", "b"]}, "issue": {"range": [low, high, step]}}}
// Profile: {"LinearAdditiveUtilitySpace": {"name": "…", "domain": {…}, "issueWeights": {"issue": .6, …}, "issueUtilities":
//           {"issue": {"discreteutils": {"valueUtilities": {"a": 1, "b": 0}}},
//            "issue": {"numberutils": {"lowValue": 0, "lowUtility": 0, "highValue": 9, "highUtility": 1}}},
//           "reservationBid": {"issuevalues": {"issue": "a", "issue": 3}}}}
// The longer names DiscreteValueSetUtilities and NumberValueSetUtilities mean the same. Beyond GeniusWeb: a step of 0
// makes a range continuous; "reservationUtility" gives the utility of no deal as a number; and
//          {"QuadraticUtilitySpace": {"name": "…", "ideal": {"issue": "a", …}, "saliences": {"issue": .5, …},
//           "linkages": [{"issues": ["x", "y"], "value": .1}]}}, the matrix of saop::Quadratic.
#pragma once

#include <string>
#include <string_view>

#include "models/saop/domain.hpp"
#include "models/saop/profile.hpp"

namespace parley {

saop::Domain parse_domain(std::string_view text, const std::string& file);
saop::Domain read_domain(const std::string& path);

/// A profile that carries a domain must carry this one.
saop::Profile parse_profile(std::string_view text, const std::string& file, const saop::Domain& domain);
saop::Profile read_profile(const std::string& path, const saop::Domain& domain);

}  // namespace parley
