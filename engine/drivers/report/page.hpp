// A report as one HTML page that needs nothing else: data, charts and style stand in it, and it asks the network for nothing.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace parley {

/// The page of some data. Texts in the data are shown as text whatever they hold: they stand in a data block in which no
/// "<" is left, and the scripts put them on the page as text. A content policy allows the page's own scripts by their
/// SHA-256 and nothing from outside.
std::string report_page(const nlohmann::ordered_json& data);

}  // namespace parley
