// What every formula of the theory library says when it is asked outside its domain.
#pragma once

#include "engine/core/check.hpp"

namespace parley::theory {

/// Throws InputError with `message` ("<problem> (<why>). <what to do>") unless `holds`; NaN inputs fail every
/// comparison and are refused with it.
inline void require(bool holds, const char* message) {
  if (!holds) throw InputError(message);
}

}  // namespace parley::theory
