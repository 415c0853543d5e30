// Where the numbers of a configuration come from, as its own comments say, and the addresses it names.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// How many lines say "data", "assumed", "calibrated", "tuned", "kept" or "by definition" first in their comment.
std::map<std::string, int> comment_kinds(std::string_view configuration);

/// Every http(s) address in a text, once each, in order.
std::vector<std::string> addresses_in(std::string_view text);

}  // namespace parley
