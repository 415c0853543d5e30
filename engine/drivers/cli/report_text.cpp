#include "engine/drivers/cli/report_text.hpp"

namespace parley {

std::string with_commas(std::uint64_t n) {
  std::string digits = std::to_string(n), out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string bar(double share) {
  std::string text;
  const int eighths = static_cast<int>(share * 40 * 8 + 0.5);
  for (int i = 0; i < eighths / 8; ++i) text += "█";
  static const char* part[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  return text + part[eighths % 8];
}

}  // namespace parley
