// What polls say of each public: its mood today and its response to the content of a package, jointly, with a covariance.
//
// Support for a package is σ(o + β·(x − x⁰)) (models/talks/opinion.hpp). Every question that measures mood or speaks to a
// package gives the logit ξ_q of its series today, y_q = direction · ξ_q, and
//     y_q = o + β·(x_q − x⁰) + w_q + N(0, sd_q²),  x_q = x⁰ on the issues that the question is silent on,
// w_q ~ N(0, wording_sd²) for what its wording adds (none for the question that defines the mood), β_k ~ N(β⁰_k, s_k²) with
// β⁰ the configuration's response and s_k = response_sd · max(1, |β⁰_k|), o with a flat prior (sd 10): linear and normal,
// so the posterior is closed (Lindley and Smith 1972). Each package question is left out in turn and foretold by the rest,
// once with the refitted β and once with β⁰; only where the refit errs less, by half a point and by more than the standard
// error of the paired differences, does it replace β⁰. Elsewhere β stays *assumed*: normal about β⁰ with sd s, and the mood is read off the mood
// question for every β, which is what correlates the two.
//
// How to call it:
//   const PollData data = read_polls({"configs/polls/ukraine.csv", "configs/polls/questions.csv"});
//   const PollEstimates e = estimate_polls(data, config.negotiation, PollsSpec{});
//   e.publics[0].series[0].polls, .path   raw polls as dots, and the opinion between them, in shares
//   polls_json(e)                         (poll_json.hpp) the same as JSON;  posteriors_of(e) for a configuration
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/poll_series.hpp"
#include "engine/sweep/opinion_posterior.hpp"

namespace parley {

struct ResponseEstimate {
  std::string issue;
  double prior = 0, prior_sd = 0;  ///< β⁰ and s
  double refit = 0, refit_sd = 0;  ///< what all questions together say
  double estimate = 0, sd = 0;     ///< what is used: the refit, or the prior where it foretells no better
  bool informed = false;           ///< the refit is used and has a sd below four fifths of the prior's
};

/// A question of the fit: what was seen of it, and what the others foretold.
struct QuestionFit {
  std::string question;
  double seen = 0;                          ///< share today, in the direction of a deal
  double fitted = 0;                        ///< share that the mood and the response in use imply
  std::vector<double> reads = {};           ///< h: its logit is h·(mood, β)
  std::vector<double> gain = {};            ///< what mood and β in use move by per logit of its state
  std::optional<double> by_refit = {}, by_prior = {};  ///< left out, foretold by the others; none for the mood question
};

struct SeriesEstimate {
  PollSeries series;
  std::string question, text;
  Measures measures = Measures::nothing;
  double state = 0, sd = 0;    ///< opinion on the day `as_of`, logits; the organisation's lean included in the sd
  double daily_sd = 0;         ///< τ
  Foretold next_wave = {};
  int next_day = 0;            ///< foretold for: one median gap after the last wave, or as_of where that is later
  int first_day = 0;           ///< of the paths
  std::vector<DatedOpinion> filtered = {}, smoothed = {};  ///< each day, logits
};

struct PublicEstimate {
  std::string actor;
  double mood = 0, sd = 0;                      ///< logits; a public without a mood question keeps the configuration's mood
  bool from_polls = false;                      ///< false: no wave of a mood question was known
  std::vector<ResponseEstimate> response;       ///< one an issue
  bool refit_used = false;
  std::optional<double> error_refit, error_prior;  ///< mean absolute error of questions left out, shares; none with fewer than 3
  std::vector<std::vector<double>> covariance;  ///< of mood and response, as used
  std::vector<QuestionFit> questions;
  std::vector<SeriesEstimate> series;
};

struct PollEstimates {
  std::string as_of;
  std::vector<PublicEstimate> publics;  ///< actors of the negotiation that have polls, in its order
  std::size_t waves = 0, without_shares = 0, without_date = 0;
  ForecastScore score;
  PollsSpec spec;
};

/// Whether waves are held back and foretold as well (it takes longer than all the rest).
enum class Scores { no, yes };

/// Throws InputError where the data or the options allow no estimate. The negotiation's values are the priors.
PollEstimates estimate_polls(const PollData& data, const Negotiation& negotiation, const PollsSpec& spec, Scores scores = Scores::no);

/// What a configuration keeps of it: the publics whose mood was measured, rounded to eight decimals.
std::vector<PosteriorTable> posteriors_of(const PollEstimates& estimates);

}  // namespace parley
