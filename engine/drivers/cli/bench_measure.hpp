// Times pieces of work side by side, repetition by repetition, so that a busy machine or a slow clock falls on all alike.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace parley {

/// Seconds of the wall and of this process's processors.
struct Timing {
  double wall = 0, processor = 0;

  Timing& operator+=(const Timing& more) {
    wall += more.wall;
    processor += more.processor;
    return *this;
  }
};

/// Adds what passes between construction and destruction to a timing.
class Stopwatch {
 public:
  explicit Stopwatch(Timing& into);
  ~Stopwatch();
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  Timing& into_;
  Timing start_;
};

/// Which seconds count: those of the processor on one core, where other programs then matter less; those of the wall where
/// threads or a disk are measured.
enum class Clock { processor, wall };

struct Played {
  Timing timing;
  std::string fingerprint;  ///< of everything that was computed, so that nothing of it can be left out
};

struct Piece {
  std::string name;
  std::uint64_t rounds = 0;
  std::function<Played()> play;
};

/// A piece and what each repetition of it took.
struct Measured {
  std::string name;
  std::uint64_t rounds = 0;
  Clock clock = Clock::processor;
  std::string fingerprint;
  std::vector<Timing> timings;

  std::vector<double> rates() const;  ///< rounds a second, by repetition
  double median_rate() const;
  double best_rate() const;
};

/// Plays all pieces in turn, `repetitions` times, after one turn that is not counted. Throws std::logic_error where a piece
/// computes something else than it did before.
std::vector<Measured> measure(const std::vector<Piece>& pieces, int repetitions, Clock clock, const std::function<void()>& after_each = {});

/// How many times the rate of b is that of a: the median over repetitions, each compared with itself.
double relative_rate(const Measured& a, const Measured& b);

double median(std::vector<double> values);

/// y ∝ x^exponent by least squares of the logarithms.
struct PowerLaw {
  double exponent = 0;
  std::optional<double> standard_error;  ///< none for fewer than three points
};
PowerLaw fit_power_law(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace parley
