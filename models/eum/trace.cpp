#include "models/eum/trace.hpp"

#include <string>
#include <utility>

#include "engine/bargain/play.hpp"
#include "engine/core/check.hpp"

namespace parley::eum {
namespace {

/// The game with a notebook: what it plays is the same.
class Recorded {
 public:
  Recorded(Standing<double> start, const Options& options) : game_(std::move(start), options) {
    rounds_.push_back({.median = game_.median(),
                       .weighted_mean = game_.weighted_mean(),
                       .positions = game_.positions(),
                       .risks = {},
                       .exponents = {}});
  }
  bool over() const { return game_.over(); }
  void advance() { game_.advance(); }
  const Challenges<double>& table() const { return game_.table(); }
  const std::vector<double>& decide(const Challenges<double>& challenges) { return game_.decide(challenges); }
  void learn(const Challenges<double>&, const std::vector<double>&) {}
  void settle(const Challenges<double>& challenges, const std::vector<double>& moved) {
    game_.settle(challenges, moved);
    rounds_.push_back({.median = game_.median(),
                       .weighted_mean = game_.weighted_mean(),
                       .positions = game_.positions(),
                       .risks = game_.risks(),
                       .exponents = game_.exponents()});
  }
  std::vector<Round> rounds() && { return std::move(rounds_); }

 private:
  Challenge<double> game_;
  std::vector<Round> rounds_;
};

}  // namespace

void check(const Options& options) {
  if (options.rounds < 0 || options.rounds > 10000)
    throw InputError("rounds = " + std::to_string(options.rounds) +
                     " (0 to 10000 are taken). Choose a smaller number.");
  if (!(options.q >= 0 && options.q <= 1))
    throw InputError("q = " + std::to_string(options.q) + " (it is a chance). Choose a number from 0 to 1.");
}

std::vector<Round> trace(const Case& issue, const Options& options) {
  check(options);
  Standing<double> start;
  start.low = issue.scale().low;
  start.range = issue.range() > 0 ? issue.range() : 1.0;  // all at one place: no distance, so no challenge
  for (const Actor& actor : issue.actors()) {
    start.capability.push_back(actor.capability.value);
    start.salience.push_back(actor.salience.value);
    start.position.push_back(actor.position.value);
  }
  Recorded game(std::move(start), options);
  play(game);
  return std::move(game).rounds();
}

}  // namespace parley::eum
