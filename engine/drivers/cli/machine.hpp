// The machine that a measurement was made on, and how busy it is.
#pragma once

#include <string>

namespace parley {

struct Machine {
  std::string processor;  ///< as the system names it; "unknown" where it does not
  int cores = 0;          ///< that this process may use
  std::string system;     ///< kernel and architecture
};

Machine this_machine();

/// Programs that ran or wanted to run, averaged over the last minute; 0 where the system does not say.
double load_average();

}  // namespace parley
