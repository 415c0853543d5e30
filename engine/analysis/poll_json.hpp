// Poll estimates as JSON, for `parley polls --json`, for pictures and for reports. Shares are 0–1, mood and state logits.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/analysis/poll_estimate.hpp"

namespace parley {

/// {"as_of", "assumptions", "publics": [{"public", "mood", "sd", "from_polls", "response_source", "error_left_out",
///  "response": [{"issue", "prior", "prior_sd", "estimate", "sd", "informed", "refit", "refit_sd"}], "covariance",
///  "questions": [{"question", "seen", "fitted", "by_refit", "by_prior"}],
///  "series": [{"question", "text", "measures", "state", "sd", "support", "daily_sd",
///              "next_wave": {"date", "median", "low80", "high80"},
///              "polls": [{"date", "days_known", "organisation", "share", "margin", "n", "n_assumed"}],
///              "path": [{"date", "median", "low80", "high80"}]}]}], "scores" (or null)}.
/// The path is smoothed, a point each week and at every wave.
nlohmann::ordered_json polls_json(const PollEstimates& estimates);

/// Words for the choices, as [polls] and the command line spell them.
const char* name_of(Undecided undecided);
const char* name_of(SplitSamples split);

}  // namespace parley
