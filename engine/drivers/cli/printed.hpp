// Words of strangers on the way out: names and texts come from files that anybody may have made.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace parley {

/// A JSON text; bytes that are no UTF-8 become U+FFFD, so that it is one whatever a file held.
std::string printed(const nlohmann::ordered_json& json);

/// A text for a terminal, which would obey control characters: they become spaces, but for the ends of lines.
std::string printed(std::string text);

}  // namespace parley
