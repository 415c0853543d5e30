// How much the polls matter: what a point of opinion, a poll, a pollster or one more poll does to the scenario shares.
//
// All plays have the same luck, replicate by replicate, so that differences are paired: for d_r in {−1, 0, 1}, whether the
// replicate ends in the scenario after the change less before it, the change is mean d and its 95 % interval ± 1.96 sd(d)/√N.
//   slope      (shares at + step points) − (shares at − step points), over 2 · step; points are percent of the public who
//              support the reference package, and the mean of the drawn mood moves, its covariance stays.
//   question   the same for a question's state today, through what the estimate makes of it (QuestionFit::gain).
//   spread     the same with the covariance of a public's opinion scaled, its sd by 1/1.25 and by 1.25, over ln 1.25²: what
//              a less certain opinion does to the shares.
//   one poll   its share moved up by its 95 % margin, estimated again: the slope times the points that the mood moves, and the
//              spread's slope times the logarithm by which its sd changes (a surprising poll makes opinion look livelier).
//   tipping    points at which another scenario becomes the most likely, or a chosen share reaches a level, on the line
//              between two played points; its interval is that of the gap over the line's slope.
//   value      by Stein's lemma the covariance c of "the run ends so" with what a question reads is its variance times the
//              share's mean slope, so a poll of n people with error variance v takes c² / (var + v) off the variance of the
//              share that opinion causes (best linear predictor); v = deff / (n p (1 − p)) + house_sd².
//
// How to call it:
//   const PollSensitivity s = poll_sensitivity({.data = data, .negotiation = config.negotiation, .spec = config.polls,
//       .plan_with = [&](const auto& tables) { return Plan(…, replicates, seed); }, .play = [&](const Plan& plan) { … }});
//   sensitivity_json(s)   // and the structures below: curves for charts, slopes, tipping points
#pragma once

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/poll_estimate.hpp"
#include "engine/sweep/plan.hpp"

namespace parley {

inline constexpr std::size_t scenarios_counted = 3;  ///< stalemate, partial deal, full settlement

/// A difference of shares with its paired 95 % interval.
struct ShareChange {
  double change = 0, low = 0, high = 0;
};
using ShareChanges = std::array<ShareChange, scenarios_counted>;

struct CurvePoint {
  double points = 0;  ///< of opinion, from today's
  std::array<double, scenarios_counted> shares{};
};

struct TippingPoint {
  double points = 0, low = 0, high = 0;
  std::size_t from = 0, to = 0;  ///< scenarios: which is overtaken by which; with a level both are the chosen one
};

struct PublicSensitivity {
  std::string actor;
  double support = 0;                   ///< for the reference package, today
  ShareChanges per_point{};
  ShareChanges per_log_sd{};            ///< per unit of the logarithm of the opinion's sd
  std::vector<CurvePoint> curve = {};   ///< by rising points
  std::optional<TippingPoint> tips_up = {}, tips_down = {};  ///< the nearest in either direction; none within the curve
  double poll_n = 0;
  std::array<double, scenarios_counted> sd_from_opinion{};  ///< of the share, from not knowing this public's opinion
  std::array<double, scenarios_counted> sd_after_poll{};    ///< … after one more poll of poll_n people
  std::array<ShareChange, scenarios_counted> variance_cut{};  ///< share of that variance which the poll takes off
};

struct QuestionSensitivity {
  std::string actor, question;
  bool used = false;  ///< false: the estimate does not use it, and nothing moves
  ShareChanges per_point{};
};

struct PollEffect {
  std::string actor, question, organisation, country, date;
  double share = 0, margin = 0;    ///< the reading and its 95 % margin
  double moves_opinion = 0;        ///< of the reference package's support, when the reading rises by the margin
  ShareChanges moves{};            ///< of the scenario shares
};

struct WithoutPollster {
  std::string organisation;
  std::vector<std::string> without_mood;  ///< publics that are left without a mood question
  ShareChanges moves{};
};

struct PollSensitivity {
  std::array<double, scenarios_counted> shares{};
  std::uint32_t replicates = 0;
  std::uint64_t seed = 0;
  std::vector<PublicSensitivity> publics;
  std::vector<QuestionSensitivity> questions;
  std::vector<PollEffect> polls;           ///< by falling effect on the stalemate
  std::vector<WithoutPollster> pollsters;
  std::optional<std::pair<std::size_t, double>> level;  ///< the chosen scenario and share of a tipping point
};

struct PollStudy {
  const PollData& data;
  const Negotiation& negotiation;  ///< as the configuration states it, without what polls say
  PollsSpec spec;
  std::function<Plan(const std::vector<PosteriorTable>&)> plan_with;        ///< the plan in which polls say this
  std::function<std::vector<RunRow>(const Plan&)> play;                     ///< the rows of its first cell, replicate by replicate
  double step = 3;       ///< points
  double poll_n = 1000;  ///< people in one more poll
  std::optional<std::pair<std::size_t, double>> level = {};
};

PollSensitivity poll_sensitivity(const PollStudy& study);

/// {"shares", "replicates", "seed", "publics": [{"public", "support", "per_point", "per_log_sd", "curve", "tipping": {"up", "down"}, "one_more_poll"}],
///  "questions", "polls", "without"}; changes are {"change", "low", "high"} of shares 0–1.
nlohmann::ordered_json sensitivity_json(const PollSensitivity& sensitivity);

/// Support (logit) moved by percentage points, held between .5 and 99.5 %.
double moved_by_points(double logit, double points);

}  // namespace parley
