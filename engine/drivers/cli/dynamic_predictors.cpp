#include "engine/drivers/cli/dynamic_predictors.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "models/eum/monte_carlo.hpp"
#include "models/eum/trace.hpp"
#include "models/saop/sessions.hpp"

namespace parley {
namespace {

/// The decision as an issue of the expected-utility model; where nobody has any weight, all have the same.
eum::Case case_of(const Decision& decision, double spread) {
  double low = 100, high = 0, weight = 0;
  for (const Stand& stand : decision.stands) {
    low = std::min(low, stand.position);
    high = std::max(high, stand.position);
    weight += stand.capability * stand.salience;
  }
  const auto normal = [&](double value, double sd, double from, double to) {
    return eum::Uncertain{.value = value,
                          .shape = spread > 0 ? eum::Shape::normal : eum::Shape::fixed,
                          .sd = sd,
                          .low = from,
                          .high = to};
  };
  std::vector<eum::Actor> actors;
  for (const Stand& stand : decision.stands) {
    const double capability = weight > 0 ? stand.capability : 1, salience = weight > 0 ? stand.salience : 1;
    actors.push_back({.name = stand.actor,
                      .capability = normal(capability, spread * capability, 0, eum::Case::largest_number),
                      .position = normal(stand.position, spread * (high - low), low, high),
                      .salience = normal(salience, spread * salience, 0, 1)});
  }
  return {decision.issue, std::move(actors), eum::Scale{.low = low, .high = high}};
}

Predictor challenge(eum::Variant variant, int rounds) {
  const std::string name = variant == eum::Variant::least_move ? "challenge_least_move_" : "challenge_compatible_";
  return {name + std::to_string(rounds), "expected-utility model, median after " + std::to_string(rounds) + " rounds",
          [=](const Decision& decision) -> std::optional<Prediction> {
            if (decision.stands.size() < 2) return std::nullopt;
            return Prediction{
                .point = eum::trace(case_of(decision, 0), {.variant = variant, .rounds = rounds}).back().median};
          }};
}

Predictor monte_carlo(const DynamicPredictors& settings) {
  return {"challenge_monte_carlo", "expected-utility model over uncertain inputs, medians after 2 rounds",
          [=](const Decision& decision) -> std::optional<Prediction> {
            if (decision.stands.size() < 2) return std::nullopt;
            auto medians = eum::simulate(case_of(decision, settings.spread), {.rounds = 2},
                                         {.runs = settings.runs, .seed = settings.seed})
                               .median;
            std::sort(medians.begin(), medians.end());
            const double middle = 0.5 * (medians[(medians.size() - 1) / 2] + medians[medians.size() / 2]);
            return Prediction{.point = middle, .values = std::move(medians)};
          }};
}

std::optional<Prediction> stacked_offers(const Decision& decision) {
  if (decision.stands.size() < 2 || decision.stands.size() > saop::max_parties) return std::nullopt;
  const saop::Domain domain("decision", {saop::Issue::numeric(decision.issue, 0, 100, 1)});
  std::vector<saop::Profile> profiles;
  for (const Stand& stand : decision.stands) {
    std::vector<double> values(101);
    for (std::size_t x = 0; x < values.size(); ++x)
      values[x] = 1 - std::fabs(static_cast<double>(x) - stand.position) / 100;
    profiles.emplace_back(stand.actor, domain, saop::Additive{.weights = {1.0}, .values = {std::move(values)}});
  }
  const std::vector<saop::Strategy> strategies(profiles.size());
  const saop::SessionResult result = saop::play_session(domain, profiles, strategies, {.steps = 100});
  if (!result.agreement) return std::nullopt;
  return Prediction{.point = 100 * result.agreement->front()};
}

}  // namespace

std::vector<Predictor> dynamic_predictors(const DynamicPredictors& settings) {
  std::vector<Predictor> predictors;
  for (const eum::Variant variant : {eum::Variant::least_move, eum::Variant::scholz_compatible})
    for (const int rounds : {1, 2, 5}) predictors.push_back(challenge(variant, rounds));
  if (settings.runs > 0) predictors.push_back(monte_carlo(settings));
  predictors.push_back({"stacked_offers", "unanimous agreement by stacked alternating offers", stacked_offers});
  return predictors;
}

}  // namespace parley
