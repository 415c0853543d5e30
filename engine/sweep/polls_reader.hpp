// Reads the [polls] table of a configuration: what polls say of the publics.
#pragma once

#include <vector>

#include "engine/sweep/opinion_posterior.hpp"
#include "engine/sweep/polls_spec.hpp"
#include "engine/sweep/settings.hpp"

namespace parley {

struct PlacedPosterior {
  PosteriorTable table;
  Place place;
};

struct PollsTable {
  PollsSpec spec;
  std::vector<PlacedPosterior> posteriors;
};

/// One key of [polls], for the reference page and for messages.
struct PollKey {
  const char* path;
  const char* kind;
  const char* meaning;
};
const std::vector<PollKey>& poll_keys();

/// One setting under `polls`; throws InputError where it has no meaning.
void read_polls_setting(const Setting& setting, PollsTable& polls);

/// The posterior of a public of this negotiation; throws InputError with the table's place.
OpinionPosterior posterior_of(const PlacedPosterior& placed, const Negotiation& negotiation);

}  // namespace parley
