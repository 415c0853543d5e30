#include "engine/bargain/structure.hpp"

#include <cmath>

namespace parley {

const std::string& IssueInfo::nearest_words(double x) const {
  static const std::string none;
  const std::string* best = &none;
  double distance = INFINITY;
  for (const Anchor& anchor : anchors)
    if (std::fabs(anchor.at - x) < distance) {
      distance = std::fabs(anchor.at - x);
      best = &anchor.words;
    }
  return *best;
}

}  // namespace parley
