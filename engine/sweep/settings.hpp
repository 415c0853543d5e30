// A configuration as a flat list of settings: every leaf of the TOML text with its full path and its place.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/core/check.hpp"

namespace parley {

struct SettingValue;
using SettingList = std::vector<SettingValue>;
struct SettingValue {
  std::variant<bool, double, std::string, SettingList> value;
};

/// "actors.russia.ideal" = [0, 0, …], and where the user wrote it. Keys that hold dots are kept whole in `keys`.
struct Setting {
  std::vector<std::string> keys;
  SettingValue value;
  Place place;
  bool assigned = false;     ///< by --set: it may change what a configuration has, not bring new names into it
  bool empty_table = false;  ///< a table without a key: it still names an issue, an actor or a rung

  std::string path() const;
};

/// Limits of a configuration, enforced before anything is built from it.
struct ConfigurationLimits {
  static constexpr std::size_t bytes = 1 << 20;
  static constexpr int nesting = 16;
  static constexpr std::size_t settings = 20000;
};

/// Reads TOML text; `name` stands in messages. Settings come in the order in which they are written.
std::vector<Setting> read_settings(const std::string& text, const std::string& name);

/// Reads one "path=value" of the command line; a value that is no TOML is taken as a string.
Setting read_assignment(const std::string& assignment);

}  // namespace parley
