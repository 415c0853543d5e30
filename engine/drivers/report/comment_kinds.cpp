#include "engine/drivers/report/comment_kinds.hpp"

#include <algorithm>

namespace parley {

namespace {

/// The comment of a line of TOML, without what stands in quotes before it.
std::string_view comment_of(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) quote = c == quote ? 0 : quote;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '#') return line.substr(std::min(line.size(), line.find_first_not_of("# ", i)));
  }
  return {};
}

}  // namespace

std::map<std::string, int> comment_kinds(std::string_view text) {
  static constexpr std::string_view kinds[] = {"data", "assumed", "calibrated", "tuned", "kept", "by definition"};
  std::map<std::string, int> counts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.size(), text.find('\n'));
    const std::string_view line = text.substr(0, end), comment = comment_of(line);
    text.remove_prefix(std::min(text.size(), end + 1));
    if (line.find('=') == std::string_view::npos) continue;  // a comment on its own explains, it states no number
    for (const std::string_view kind : kinds)
      if (comment.starts_with(kind)) ++counts[std::string(kind)];
  }
  return counts;
}

std::vector<std::string> addresses_in(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 4)) {
    if (!text.substr(at).starts_with("http://") && !text.substr(at).starts_with("https://")) continue;
    const std::string address(text.substr(at, text.find_first_of(" \t\r\n\"'<>,;)", at) - at));
    if (std::find(found.begin(), found.end(), address) == found.end()) found.push_back(address);
  }
  return found;
}

}  // namespace parley
