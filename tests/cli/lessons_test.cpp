// The lessons that describe names are files that ship.
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/drivers/cli/lessons.hpp"

namespace parley {
namespace {

TEST(Lessons, NameFilesThatShip) {
  for (const Lesson& lesson : lessons) EXPECT_TRUE(std::filesystem::exists(std::string(PARLEY_SOURCE_DIR "/") + lesson.configuration)) << lesson.configuration;
}

}  // namespace
}  // namespace parley
