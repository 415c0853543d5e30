// How polls are read into an estimate: the keys of [polls] in a configuration, and the options of the command line.
#pragma once

#include <string>
#include <vector>

#include "engine/core/check.hpp"

namespace parley {

/// What an answer "do not know" counts as: no support, not asked, or half a support.
enum class Undecided { against, excluded, half };
/// Whose number makes the margin of error of a split sample: of the part that got the question, or of the whole.
enum class SplitSamples { part, whole };

struct PollsSpec {
  std::vector<std::string> files;      ///< tables of polls and of questions; in a configuration relative to it
  std::string as_of;                   ///< YYYY-MM-DD: polls whose fieldwork ended later are unknown; empty: all are known
  std::vector<std::string> without;    ///< organisations that are left out
  Undecided undecided = Undecided::against;
  SplitSamples split_samples = SplitSamples::part;
  double default_n = 1000;       ///< where neither the row nor its organisation's others state n; 0: refused
  double design_effect = 1.5;    ///< Kish 1965: weighting and clusters; assumed, typical of national samples
  double daily_sd = 0.0134;      ///< logits: centre of the prior of τ, .05 a fortnight (series of 2022–25: US .043, Ukraine .056, Russia .07)
  double house_sd = 0.10;        ///< logits: lean of an organisation; assumed, 2.5 points
  double country_sd = 0.25;      ///< logits: a country's lean within its public; assumed
  double wording_sd = 0.5;       ///< logits: what a question's wording adds; about what the start values miss
  double response_sd = 0.3;      ///< prior sd of β: this share of max(1, |β|); assumed
  Place place;                   ///< of the first key, for messages

  bool present() const { return !files.empty(); }
};

}  // namespace parley
