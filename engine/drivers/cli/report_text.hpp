// Small pieces of text that reports share: numbers with commas, bars.
#pragma once

#include <cstdint>
#include <string>

namespace parley {

/// 1234567 as people write it: "1,234,567".
std::string with_commas(std::uint64_t n);

/// A bar of 40 characters for a share of 1.
std::string bar(double share);

}  // namespace parley
