#include "models/theory/single_text_game.hpp"

#include <algorithm>
#include <utility>

#include "engine/core/rng.hpp"
#include "models/theory/domain.hpp"

namespace parley::theory {

SingleTextGame::SingleTextGame(std::vector<double> draft, std::vector<Utility> parties, double finest,
                               std::uint64_t seed, std::uint64_t replicate)
    : draft_(std::move(draft)), parties_(std::move(parties)), finest_(finest), seed_(seed), replicate_(replicate) {
  require(!draft_.empty() && draft_.size() <= 64 && !parties_.empty(),
          "there is nothing to edit or nobody to ask (1 to 64 issues, at least one party). Give both");
  require(finest > 0.0, "the finest edit is not positive (the talks would not end). Give a small positive step");
  utilities_ = decide(draft_);
}

SingleTextGame::Table SingleTextGame::table() const {
  Table edited = draft_;
  const Draws<double> draws(seed_, replicate_, static_cast<std::uint64_t>(round_));
  for (std::size_t k = 0; k < edited.size(); ++k)
    edited[k] =
        std::clamp(edited[k] + step_ * draws.normal({Stream::Kind::issue, static_cast<std::uint32_t>(k)}, 0), 0.0, 1.0);
  return edited;
}

SingleTextGame::Answers SingleTextGame::decide(const Table& edited) const {
  Answers worth;
  for (const Utility& party : parties_) worth.push_back(party(edited));
  return worth;
}

bool SingleTextGame::accepted(const Answers& worth) const {
  bool better = false;
  for (std::size_t i = 0; i < worth.size(); ++i) {
    if (worth[i] < utilities_[i]) return false;
    better = better || worth[i] > utilities_[i];
  }
  return better;
}

void SingleTextGame::learn(const Table&, const Answers& worth) {
  if (accepted(worth)) {
    failures_ = 0;
    return;
  }
  // Directions that help everybody grow rare near the frontier: many are tried before edits become finer.
  if (++failures_ < 200 * static_cast<long>(draft_.size())) return;
  failures_ = 0;
  step_ *= 0.5;
}

void SingleTextGame::settle(const Table& edited, const Answers& worth) {
  if (!accepted(worth)) return;
  draft_ = edited;
  utilities_ = worth;
}

}  // namespace parley::theory
