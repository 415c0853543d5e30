// Runs the built program as a user would, and keeps what it said.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace parley::cli {

using Json = nlohmann::ordered_json;
using Arguments = std::vector<std::string>;

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A folder of its own for each test, gone with it.
class Folder {
 public:
  Folder() {
    std::string pattern = testing::TempDir() + "parley-cli-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(*this / name) << text;
    return *this / name;
  }

 private:
  std::string path_;
};

struct Said {
  int status = -1;  ///< exit code; 128 + the signal that ended it
  std::string out, err;
  Json json() const {
    try {
      return Json::parse(out);
    } catch (const Json::exception& error) {
      ADD_FAILURE() << "not one JSON object (" << error.what() << "): " << out << err;
      return {};
    }
  }
};

/// Runs a command; `meanwhile` is told its process id while it works.
inline Said run(const Arguments& command, const std::function<void(pid_t)>& meanwhile = {}) {
  const Folder folder;
  const std::string out = folder / "out", err = folder / "err";
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    std::vector<char*> argv;
    for (const std::string& part : command) argv.push_back(const_cast<char*>(part.c_str()));
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  if (meanwhile) meanwhile(child);
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_of(out), text_of(err)};
}

inline Said parley(Arguments arguments, const std::function<void(pid_t)>& meanwhile = {}) {
  arguments.insert(arguments.begin(), PARLEY_BINARY);
  return run(arguments, meanwhile);
}
inline Said python(const std::string& script, Arguments arguments) {
  arguments.insert(arguments.begin(), {"/usr/bin/python3", "-B", std::string(PARLEY_SOURCE_DIR) + "/tests/cli/" + script});
  return run(arguments);
}

inline std::string config(const std::string& name) { return std::string(PARLEY_SOURCE_DIR) + "/configs/" + name; }
inline std::string start_values() { return config("start-values.toml"); }

/// A run that ends well, as JSON.
inline Json result(Arguments arguments) {
  arguments.insert(arguments.begin(), "run");
  arguments.insert(arguments.end(), {"--json", "--quiet"});
  const Said said = parley(arguments);
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.err, "");
  return said.json();
}
inline Arguments operator+(Arguments a, const Arguments& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}
inline void expect_in(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' is not in: " << text;
}

/// A small sweep of the start values: two axes, six cells.
inline std::string small_sweep(const Folder& folder, const std::string& more = "") {
  return folder.write("sweep.toml", text_of(start_values()) +
                                        "\n[sweep]\naxes = { \"actors.ukraine.mood\" = [-0.8, -0.4, 0.2], \"mechanisms.norm\" = [true, false] }\n" + more);
}

}  // namespace parley::cli
