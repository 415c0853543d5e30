// Shows how far long work has come: a bar with rate and time left on a terminal, plain lines elsewhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "engine/sweep/runner.hpp"

namespace parley {

/// Writes to standard error, so that standard output stays the result. A quiet one writes nothing.
class Progress final : public ProgressWatcher {
 public:
  enum class Voice { quiet, plain, terminal };
  static Voice voice_for(bool quiet);

  explicit Progress(Voice voice);
  ~Progress() override;

  void progress(std::uint64_t done, std::uint64_t in_all) override;

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(std::uint64_t done, std::uint64_t in_all, double seconds) const;

  Voice voice_;
  Clock::time_point started_ = Clock::now(), shown_ = Clock::now();
  bool drawn_ = false;
};

}  // namespace parley
