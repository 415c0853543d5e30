// The words of a position are those of the anchor that is nearest to it.
#include <gtest/gtest.h>

#include "engine/bargain/structure.hpp"

namespace parley {
namespace {

TEST(Structure, TheNearestAnchorGivesTheWords) {
  IssueInfo issue;
  EXPECT_EQ(issue.nearest_words(0.5), "");
  issue.anchors = {{0, "all of it"}, {0.4, "the line of today"}, {1, "none of it"}};
  EXPECT_EQ(issue.nearest_words(-3), "all of it");
  EXPECT_EQ(issue.nearest_words(0.19), "all of it");
  EXPECT_EQ(issue.nearest_words(0.21), "the line of today");
  EXPECT_EQ(issue.nearest_words(0.71), "none of it");
}

}  // namespace
}  // namespace parley
