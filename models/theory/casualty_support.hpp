// Public support for a war as its casualties mount.
//
//   Mueller 1970 (APSR 64:358): S = a − b log10 C with C cumulative casualties; about 15 points a tenfold rise (from
//   memory of the paper, so an input here). Gartner and Segura 1998 (J Conflict Resolution 42:278) add recent
//   casualties: S = a − b1 ln(cumulative) − b2 ln(recent).
#pragma once

#include <cmath>

#include "models/theory/domain.hpp"

namespace parley::theory {

/// Points lost as casualties go from one number to another, for b points a tenfold rise.
inline double support_drop(double points_per_tenfold, double from, double to) {
  require(from > 0.0 && to > 0.0,
          "a number of casualties is not positive (its logarithm is taken). Give positive numbers");
  return points_per_tenfold * std::log10(to / from);
}

/// The same slope for each unit of the natural logarithm.
inline double points_per_e_fold(double points_per_tenfold) { return points_per_tenfold / std::log(10.0); }

struct CasualtySupport {
  double base;              ///< a, points
  double cumulative_slope;  ///< b1, points an e-fold
  double recent_slope;      ///< b2

  double operator()(double cumulative, double recent) const {
    require(cumulative > 0.0 && recent > 0.0,
            "a number of casualties is not positive (its logarithm is taken). Give positive "
            "numbers");
    return base - cumulative_slope * std::log(cumulative) - recent_slope * std::log(recent);
  }
};

}  // namespace parley::theory
