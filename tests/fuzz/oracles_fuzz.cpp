// Feeds the oracle reader and every kind any text: whatever it is, the answer is a report or an InputError.
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/core/check.hpp"
#include "engine/drivers/validate/validate.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const parley::OracleRegistry registry = parley::shipped_oracles();
  try {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const parley::OracleReport report = parley::validate(parley::read_oracles(text, "fuzz"), registry);
    if (parley::report_json(report).dump().empty() || parley::report_table(report).empty()) __builtin_trap();
  } catch (const parley::InputError&) {
  }
  return 0;
}
