// The named structure of a negotiation: issues with their anchors, actors, rungs and links, as a configuration gives them.
#pragma once

#include <string>
#include <vector>

#include "engine/bargain/layout.hpp"

namespace parley {

/// A point on an issue's scale and what it means in words.
struct Anchor {
  double at = 0;
  std::string words;
};

struct IssueInfo {
  std::string name, title;
  std::vector<Anchor> anchors;  ///< sorted by position

  /// The words of the anchor nearest to x.
  const std::string& nearest_words(double x) const;
};

struct ActorInfo {
  std::string name, title;
};

struct RungInfo {
  std::string name, title;
};

struct LinkInfo {
  std::string name;
};

/// Names in the order in which a configuration lists them, and the same structure as plain data for the kernels.
struct Structure {
  std::string title;
  double unit_days = 14;
  std::vector<IssueInfo> issues;
  std::vector<ActorInfo> actors;
  std::vector<RungInfo> rungs;
  std::vector<LinkInfo> links;
  Layout layout;
};

}  // namespace parley
