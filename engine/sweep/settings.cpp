#include "engine/sweep/settings.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string_view>

namespace parley {

namespace {

Place place_of(const toml::node& node, const std::string& name) {
  return {name, static_cast<unsigned>(node.source().begin.line), static_cast<unsigned>(node.source().begin.column)};
}

/// Titles and anchors are shown on terminals, which obey control characters.
bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool second_set = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;  // U+0080 to U+009F
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F || second_set) return true;
  }
  return false;
}

SettingValue convert(const toml::node& node, const std::string& name, int depth) {
  if (depth > ConfigurationLimits::nesting)
    throw input_error(place_of(node, name), "The configuration is nested too deeply (more than " +
                                                std::to_string(ConfigurationLimits::nesting) + " levels). Flatten it.");
  if (const auto* number = node.as_floating_point()) return {number->get()};
  if (const auto* whole = node.as_integer()) return {static_cast<double>(whole->get())};
  if (const auto* truth = node.as_boolean()) return {truth->get()};
  if (const auto* text = node.as_string()) {
    if (has_control_characters(text->get()))
      throw input_error(place_of(node, name), "A text holds control characters (a terminal would obey them). Remove them.");
    return {text->get()};
  }
  if (const auto* list = node.as_array()) {
    SettingList items;
    for (const toml::node& item : *list) items.push_back(convert(item, name, depth + 1));
    return {items};
  }
  throw input_error(place_of(node, name), "This kind of value has no meaning here (a date, or a table within a list). "
                                          "Write a number, a truth value, a string or a list of them.");
}

void flatten(const toml::table& table, const std::vector<std::string>& prefix, const std::string& name,
             std::vector<Setting>& out) {
  if (prefix.size() > static_cast<std::size_t>(ConfigurationLimits::nesting))
    throw input_error(place_of(table, name), "The configuration is nested too deeply (more than " +
                                                 std::to_string(ConfigurationLimits::nesting) + " levels). Flatten it.");
  for (const auto& [key, node] : table) {
    std::vector<std::string> keys = prefix;
    keys.emplace_back(key.str());
    if (const toml::table* inner = node.as_table()) {
      if (inner->empty()) out.push_back({keys, {SettingList{}}, place_of(node, name), false, true});
      flatten(*inner, keys, name, out);
      continue;
    }
    const Place place{name, static_cast<unsigned>(key.source().begin.line), static_cast<unsigned>(key.source().begin.column)};
    out.push_back({keys, convert(node, name, 0), place});
    if (out.size() > ConfigurationLimits::settings)
      throw input_error(place, "The configuration has more than " + std::to_string(ConfigurationLimits::settings) +
                                   " settings (the limit). Make it smaller.");
  }
}

toml::table parse(const std::string& text, const std::string& name) {
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    throw input_error({name, static_cast<unsigned>(error.source().begin.line), static_cast<unsigned>(error.source().begin.column)},
                      "This is not valid TOML (" + std::string(error.description()) + "). Correct the line.");
  }
}

/// toml++ recurses into nested values; text that nests more deeply than any configuration is refused before it is parsed.
void refuse_deep_nesting(const std::string& text, const std::string& name) {
  int depth = 0, dots = 0;  // dotted keys nest as well: a.b.c
  unsigned line = 1;
  for (const char c : text) {
    if (c == '\n') ++line;
    if (c == '.') ++dots;
    if (std::string_view("\n,=[]{}").find(c) != std::string_view::npos) dots = 0;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') depth = std::max(0, depth - 1);
    if (depth > 4 * ConfigurationLimits::nesting || dots > 4 * ConfigurationLimits::nesting)
      throw input_error({name, line, 0}, "The configuration is nested too deeply (more than " +
                                             std::to_string(ConfigurationLimits::nesting) + " levels). Flatten it.");
  }
}

/// What a command line means that is not TOML: ".006" and "1." are numbers to everybody else, and all other is text.
SettingValue value_without_toml(const std::string& value) {
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  if (!value.empty() && *end == '\0') return {number};
  return {value};
}

/// Whether a value is a word without quotes, such as the name of a choice, which TOML would only refuse.
bool is_bare_word(const std::string& value) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !value.empty() && letter(value[0]) && value != "true" && value != "false" && value != "inf" && value != "nan" &&
         std::all_of(value.begin(), value.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

std::string Setting::path() const {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ".") + key;
  return text;
}

std::vector<Setting> read_settings(const std::string& text, const std::string& name) {
  if (text.size() > ConfigurationLimits::bytes)
    throw input_error({name}, "The configuration is too large (" + std::to_string(text.size()) + " bytes; the limit is " +
                                  std::to_string(ConfigurationLimits::bytes) + "). Is it the right file?");
  refuse_deep_nesting(text, name);
  std::vector<Setting> settings;
  flatten(parse(text, name), {}, name, settings);
  std::stable_sort(settings.begin(), settings.end(), [](const Setting& a, const Setting& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  return settings;
}

Setting read_assignment(const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0)
    throw InputError("--set " + assignment + ": there is no path=value here. Write for example --set actors.ukraine.mood=-0.3");
  const std::string path = assignment.substr(0, equals), value = assignment.substr(equals + 1);
  const Place place{"--set " + assignment, 0, 0};
  Setting setting{{}, {}, place, true};
  std::istringstream split(path);
  for (std::string key; std::getline(split, key, '.');) setting.keys.push_back(key);
  if (is_bare_word(value)) {
    setting.value = value_without_toml(value);
    return setting;
  }
  try {
    refuse_deep_nesting(value, place.file);
    const toml::table table = toml::parse("value = " + value);
    if (table.size() != 1) throw input_error(place, "One setting holds one value. Write one --set for each.");
    setting.value = convert(*table.get("value"), place.file, 0);
  } catch (const toml::parse_error&) {
    setting.value = value_without_toml(value);
  }
  return setting;
}

}  // namespace parley
