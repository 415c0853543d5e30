// The parts of the report page that are compiled in: engine/drivers/report/page and the chart libraries beside it.
#pragma once

#include <string>
#include <vector>

namespace parley {

struct PageScript {
  std::string text;
  std::string sha256;  ///< of the text, in hex
};

std::string page_template();
std::string page_style();
std::vector<PageScript> page_scripts();  ///< in the order in which they have to run

}  // namespace parley
