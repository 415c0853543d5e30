// Every configuration of the repository runs, and tells one of its runs.
#include "tests/cli/command.hpp"

namespace parley::cli {
namespace {

std::vector<std::string> configurations() {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(config("")))
    if (entry.path().extension() == ".toml") found.push_back(std::filesystem::relative(entry.path(), config("")).string());
  std::sort(found.begin(), found.end());
  return found;
}

/// A study is a sweep that scripts/study adds to the reference configuration.
std::string playable(const Folder& folder, const std::string& name) {
  if (name.rfind("studies/", 0) != 0) return config(name);
  std::string text = text_of(config("ukraine-2026-01.toml"));
  const std::string beside = "\"polls/";  // where the reference names its polls
  for (std::size_t at = text.find(beside); at != std::string::npos; at = text.find(beside, at + 2)) text.replace(at, beside.size(), "\"" + config("polls/"));
  return folder.write("study.toml", text + "\n" + text_of(config(name)));
}

class Configurations : public testing::TestWithParam<std::string> {};

TEST_P(Configurations, Run) {
  const Folder folder;
  const std::string path = playable(folder, GetParam());
  const Json json = result({path, "--runs", "20"});
  EXPECT_EQ(json["runs"].get<double>(), 20 * json["cells"].get<double>());
  EXPECT_FALSE(json.contains("failed")) << json["failed"];
  const Said told = parley({"replay", path, "--run", "3"});
  EXPECT_EQ(told.status, 0) << told.err;
  expect_in(told.out, "The run ended in");
}

INSTANTIATE_TEST_SUITE_P(All, Configurations, testing::ValuesIn(configurations()), [](const auto& tested) {
  std::string name;
  for (const char c : tested.param) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
});

}  // namespace
}  // namespace parley::cli
