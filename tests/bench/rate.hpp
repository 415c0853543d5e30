// How many units of work a second, on one core: the median of several repetitions.
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <vector>

namespace parley {

/// Processor time, not wall time, so that other programs matter less. `work` does `units` of them and returns a number
/// that depends on all.
template <class Work>
double median_rate(std::size_t units, Work work) {
  std::vector<double> rates;
  double kept = 0;
  for (std::size_t repetition = 0; repetition < 7; ++repetition) {
    const std::clock_t start = std::clock();
    kept += work(units, repetition);
    rates.push_back(static_cast<double>(units) * CLOCKS_PER_SEC / static_cast<double>(std::clock() - start + 1));
  }
  std::sort(rates.begin(), rates.end());
  return kept == kept ? rates[3] : 0;
}

}  // namespace parley
