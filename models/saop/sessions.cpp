#include "models/saop/sessions.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/bargain/play.hpp"
#include "engine/core/rng.hpp"

namespace parley::saop {
namespace {

void check(std::size_t parties, const Setting& setting) {
  if (parties < 2 || parties > max_parties)
    throw InputError(std::to_string(parties) + " parties (2 to " + std::to_string(max_parties) +
                     " can sit at the table). Give as many profiles or strategies.");
  if (setting.steps < 1 || setting.steps > 1000000)
    throw InputError(std::to_string(setting.steps) + " steps (1 to 1000000 are taken). Choose a number between.");
  if (setting.first_speaker >= parties)
    throw InputError("the first speaker is number " + std::to_string(setting.first_speaker + 1) + " of " +
                     std::to_string(parties) + " parties. Choose one who is there.");
}

Point places_of(const Domain& domain, Outcome outcome) {
  Point point(domain.size());
  for (std::size_t k = 0; k < point.size(); ++k) point[k] = domain.issues()[k].place_of(domain.level(outcome, k));
  return point;
}
Point places_of(const Domain&, const Point& point) { return point; }

template <class Agent>
SessionResult play_out(const Domain& domain, std::vector<Agent>& agents, const Setting& setting,
                       std::vector<ShownTurn>* transcript) {
  using Bid = typename Agent::Bid;
  StackedOffers<Agent> game(agents, setting.steps, setting.first_speaker);
  std::vector<Turn<Bid>> turns;
  if (transcript != nullptr) game.write_to(&turns);
  play(game);
  const auto utilities_of = [&](const Bid& bid) {
    std::vector<double> utilities;
    for (const Agent& agent : agents) utilities.push_back(agent.utility(bid));
    return utilities;
  };
  for (const Turn<Bid>& turn : turns) {
    ShownTurn shown{.step = turn.step, .speaker = turn.speaker, .reply = turn.answer.reply, .bid = {}, .utilities = {}};
    if (turn.answer.reply != Reply::walk_away) {
      shown.bid = places_of(domain, turn.answer.bid);
      shown.utilities = utilities_of(turn.answer.bid);
    }
    transcript->push_back(std::move(shown));
  }
  SessionResult result{.ending = game.ending(),
                       .step = game.last_step(),
                       .turns = game.turns(),
                       .last_speaker = game.last_speaker(),
                       .agreement = {},
                       .utilities = {}};
  if (const auto deal = game.deal()) {
    result.agreement = places_of(domain, *deal);
    result.utilities = utilities_of(*deal);
  } else {
    for (const Agent& agent : agents) result.utilities.push_back(agent.reservation());
  }
  return result;
}

}  // namespace

SessionResult play_session(const Domain& domain, const std::vector<Profile>& profiles,
                           const std::vector<Strategy>& strategies, const Setting& setting,
                           std::vector<ShownTurn>* transcript) {
  check(profiles.size(), setting);
  if (strategies.size() != profiles.size())
    throw InputError("there are more or fewer strategies than profiles. Give each party one.");
  if (domain.is_continuous()) {
    std::vector<Negotiator<ContinuousSpace>> agents;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
      agents.emplace_back(strategies[i], setting.steps);
      agents[i].begin(profiles[i].reservation(), profiles.size(), profiles[i]);
    }
    return play_out(domain, agents, setting, transcript);
  }
  if (domain.outcomes() * profiles.size() > 4 * Domain::max_outcomes)
    throw InputError("the parties have " + std::to_string(domain.outcomes()) +
                     " outcomes each to rank (too many for so many parties). Drop values or parties.");
  std::vector<Negotiator<CountedSpace>> agents;
  std::vector<double> utilities;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    agents.emplace_back(strategies[i], setting.steps);
    profiles[i].utilities(domain, utilities);
    agents[i].begin(profiles[i].reservation(), profiles.size(), domain, utilities);
  }
  return play_out(domain, agents, setting, transcript);
}

BatchResult play_sessions(const Domain& domain, const std::vector<Strategy>& strategies, const Setting& setting,
                          const BatchPlan& plan) {
  check(strategies.size(), setting);
  if (domain.is_continuous())
    throw InputError(
        "fresh utilities are drawn for outcomes that can be counted (all issues are continuous). Give the ranges "
        "steps.");
  std::vector<Negotiator<CountedSpace>> agents;
  for (const Strategy& strategy : strategies) agents.emplace_back(strategy, setting.steps);
  std::vector<std::vector<double>> tables;
  for (const Issue& issue : domain.issues()) tables.emplace_back(issue.levels());
  std::vector<double> weights(domain.size()), utilities;
  BatchResult result;
  result.mean_utilities.assign(strategies.size(), 0.0);
  for (std::uint64_t session = 0; session < plan.sessions; ++session) {
    for (std::size_t i = 0; i < agents.size(); ++i) {
      // One stream a party; the round tells the issue and which values of it are drawn, the use the pair of values.
      const Stream stream{Stream::Kind::actor, static_cast<std::uint32_t>(i)};
      double sum = 0;
      for (std::size_t k = 0; k < tables.size(); ++k)
        sum += weights[k] = Draws<double>(plan.seed, session, k << 32).uniform(stream, 255);
      for (std::size_t k = 0; k < tables.size(); ++k) {
        std::vector<double>& table = tables[k];
        double best = 0;
        for (std::size_t level = 0; level < table.size(); level += 2) {
          const Draws<double> draws(plan.seed, session, (k << 32) + (level >> 8));
          const auto pair = draws.uniforms(stream, static_cast<std::uint8_t>((level & 255u) / 2));
          table[level] = pair.first;
          if (level + 1 < table.size()) table[level + 1] = pair.second;
          best = max(best, level + 1 < table.size() ? max(pair.first, pair.second) : pair.first);
        }
        const double scale = weights[k] / (sum * best);
        for (double& value : table) value *= scale;
      }
      sum_over_outcomes(tables, utilities);
      agents[i].begin(0.0, agents.size(), domain, utilities);
    }
    StackedOffers<Negotiator<CountedSpace>> game(agents, setting.steps, setting.first_speaker);
    play(game);
    result.turns += game.turns();
    if (const auto deal = game.deal()) {
      ++result.deals;
      result.steps_to_deal += game.last_step();
      for (std::size_t i = 0; i < agents.size(); ++i) result.mean_utilities[i] += agents[i].utility(*deal);
    }
  }
  for (double& mean : result.mean_utilities) mean /= static_cast<double>(plan.sessions == 0 ? 1 : plan.sessions);
  return result;
}

std::optional<Outcome> nash_outcome(const Domain& domain, const std::vector<Profile>& profiles) {
  std::vector<double> products(domain.outcomes(), 1.0), utilities;
  for (const Profile& profile : profiles) {
    profile.utilities(domain, utilities);
    for (std::size_t o = 0; o < products.size(); ++o) {
      const double gain = utilities[o] - profile.reservation();
      products[o] = gain < 0 || products[o] < 0 ? -1.0 : products[o] * gain;
    }
  }
  const auto best = std::max_element(products.begin(), products.end());
  if (*best < 0) return std::nullopt;
  return static_cast<Outcome>(best - products.begin());
}

}  // namespace parley::saop
