// Golden transcripts: one run of each classroom-size negotiation beside this file, told round by round and kept as text.
#include "tests/cli/golden.hpp"

namespace parley::cli {
namespace {

class Transcripts : public testing::TestWithParam<std::string> {};

TEST_P(Transcripts, AreToldAsTheyWere) {
  const std::string folder = "tests/transcripts/" + GetParam();
  const Said told = parley({"replay", std::string(PARLEY_SOURCE_DIR) + "/" + folder + ".toml", "--run", "0"});
  ASSERT_EQ(told.status, 0) << told.err;
  expect_golden(folder + ".txt", told.out);
}

INSTANTIATE_TEST_SUITE_P(All, Transcripts, testing::Values("border", "truce", "turns"), [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace parley::cli
