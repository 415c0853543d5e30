// What polls say of one public: its mood and its response to a package, as a joint normal distribution of which every
// run draws its own.
//
// A draw is mean + L z with L Lᵀ the covariance (Cholesky) and z standard normal, one for the mood and one for each issue;
// z belongs to (seed, replicate, actor's stream, issue's stream), and L takes the issues by rising stream number, so that
// neither the order of the labels nor another actor or issue changes a draw. mood_sd is then what is unsure beyond the
// polls. Drawn values are held within the bounds of
// their parameters. Logits; response in logits a unit of the issue.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/bargain/negotiation.hpp"

namespace parley {

/// As a configuration writes it in [polls.posterior.ACTOR]; issues in the order of the configuration.
struct PosteriorTable {
  std::string actor;
  double mood = 0;
  std::vector<double> response;                 ///< one an issue
  std::vector<std::vector<double>> covariance;  ///< square: mood, then the issues
};

/// The tables as TOML text, so that a configuration with it needs no poll file any more.
std::string posterior_text(const std::vector<PosteriorTable>& tables);

class OpinionPosterior {
 public:
  /// Throws InputError (without a place) where sizes do not fit or the covariance is none.
  OpinionPosterior(const Negotiation& negotiation, const PosteriorTable& table);

  /// Where a value stands in the flat block of a cell; mood first, then the response in drawing order.
  const std::vector<std::size_t>& slots() const { return slots_; }
  const std::vector<double>& means() const { return means_; }
  /// Everything that decides a draw in one canonical text.
  std::string resolved() const;

  /// From now on the value at that slot is taken as it stands: a --set or a sweep gives it.
  void fix(std::size_t slot);

  /// Writes this replicate's draw into the values of a cell.
  void draw(std::uint64_t seed, std::uint32_t replicate, double* values) const;

 private:
  std::uint32_t actor_stream_ = 0;
  std::vector<std::size_t> slots_;
  std::vector<std::uint32_t> streams_;  ///< of the issue that a response belongs to; unused for the mood
  std::vector<double> means_, covariance_, factor_, low_, high_;
  std::vector<bool> fixed_;
};

}  // namespace parley
