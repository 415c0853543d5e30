// An estimated number and the interval that luck alone leaves it.
#pragma once

namespace parley {

/// The interval holds 95 % unless the one who makes it says otherwise.
struct Estimate {
  double value = 0, low = 0, high = 0;
};

}  // namespace parley
