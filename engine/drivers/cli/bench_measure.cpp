#include "engine/drivers/cli/bench_measure.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <stdexcept>

namespace parley {

namespace {

Timing now() {
  std::timespec processor{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &processor);
  return {.wall = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(),
          .processor = static_cast<double>(processor.tv_sec) + 1e-9 * static_cast<double>(processor.tv_nsec)};
}

}  // namespace

Stopwatch::Stopwatch(Timing& into) : into_(into), start_(now()) {}

Stopwatch::~Stopwatch() {
  const Timing end = now();
  into_ += {end.wall - start_.wall, end.processor - start_.processor};
}

std::vector<double> Measured::rates() const {
  std::vector<double> rates;
  for (const Timing& t : timings) rates.push_back(static_cast<double>(rounds) / std::max(clock == Clock::wall ? t.wall : t.processor, 1e-9));
  return rates;
}

double Measured::median_rate() const { return median(rates()); }

double Measured::best_rate() const {
  const std::vector<double> all = rates();
  return *std::max_element(all.begin(), all.end());
}

std::vector<Measured> measure(const std::vector<Piece>& pieces, int repetitions, Clock clock, const std::function<void()>& after_each) {
  std::vector<Measured> measured;
  for (const Piece& piece : pieces) measured.push_back({piece.name, piece.rounds, clock, {}, {}});
  for (int repetition = -1; repetition < repetitions; ++repetition)
    for (std::size_t p = 0; p < pieces.size(); ++p) {
      const Played played = pieces[p].play();
      Measured& m = measured[p];
      if (repetition < 0) m.fingerprint = played.fingerprint;
      else m.timings.push_back(played.timing);
      if (m.fingerprint != played.fingerprint)
        throw std::logic_error(m.name + " gave " + played.fingerprint + " after " + m.fingerprint + " for the same runs");
      if (after_each) after_each();
    }
  return measured;
}

double relative_rate(const Measured& a, const Measured& b) {
  const std::vector<double> of_a = a.rates(), of_b = b.rates();
  std::vector<double> ratios;
  for (std::size_t r = 0; r < std::min(of_a.size(), of_b.size()); ++r) ratios.push_back(of_b[r] / of_a[r]);
  return median(ratios);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

PowerLaw fit_power_law(const std::vector<double>& x, const std::vector<double>& y) {
  const std::size_t n = std::min(x.size(), y.size());
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0, residual = 0;
  for (std::size_t i = 0; i < n; ++i) {
    mean_x += std::log(x[i]) / static_cast<double>(n);
    mean_y += std::log(y[i]) / static_cast<double>(n);
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double dx = std::log(x[i]) - mean_x;
    xx += dx * dx;
    xy += dx * (std::log(y[i]) - mean_y);
  }
  PowerLaw law{.exponent = xy / xx, .standard_error = {}};
  if (n < 3) return law;
  for (std::size_t i = 0; i < n; ++i) {
    const double error = std::log(y[i]) - mean_y - law.exponent * (std::log(x[i]) - mean_x);
    residual += error * error;
  }
  law.standard_error = std::sqrt(residual / static_cast<double>(n - 2) / xx);
  return law;
}

}  // namespace parley
