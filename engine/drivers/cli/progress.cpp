#include "engine/drivers/cli/progress.hpp"

#include <unistd.h>

#include <cstdio>

#include <fmt/format.h>

namespace parley {

Progress::Voice Progress::voice_for(bool quiet) {
  if (quiet) return Voice::quiet;
  return isatty(STDERR_FILENO) != 0 ? Voice::terminal : Voice::plain;
}

Progress::Progress(Voice voice) : voice_(voice) {}

Progress::~Progress() {
  if (drawn_ && voice_ == Voice::terminal) std::fputs("\r\x1b[K", stderr);
}

void Progress::progress(std::uint64_t done, std::uint64_t in_all) {
  if (voice_ == Voice::quiet) return;
  const auto now = Clock::now();
  const double wait = voice_ == Voice::terminal ? 0.1 : 5;  // plain lines are for logs: few of them
  if (std::chrono::duration<double>(now - shown_).count() < wait) return;
  shown_ = now;
  drawn_ = true;
  const std::string text = line(done, in_all, std::chrono::duration<double>(now - started_).count());
  std::fputs((voice_ == Voice::terminal ? "\r\x1b[K" + text : text + "\n").c_str(), stderr);
  std::fflush(stderr);
}

std::string Progress::line(std::uint64_t done, std::uint64_t in_all, double seconds) const {
  const double share = in_all == 0 ? 1 : static_cast<double>(done) / static_cast<double>(in_all);
  const double rate = static_cast<double>(done) / seconds;
  const double left = rate > 0 ? static_cast<double>(in_all - done) / rate : 0;
  std::string bar;
  if (voice_ == Voice::terminal) {
    constexpr int width = 30;
    const int full = static_cast<int>(share * width);
    for (int i = 0; i < width; ++i) bar += i < full ? "█" : "░";
    bar += " ";
  }
  return fmt::format("{}{:3.0f} %  {} of {} runs  {:.0f} a second  {:.0f} s left", bar, 100 * share, done, in_all, rate, left);
}

}  // namespace parley
