#include "engine/drivers/report/run_picture.hpp"

#include <algorithm>
#include <cmath>

namespace parley {

namespace {

using Json = nlohmann::ordered_json;
constexpr double days_a_month = 30.44;
constexpr const char* event_names[] = {"truce", "ceasefire_30_days", "signed_deal"};

Json share_json(std::uint64_t count, std::uint64_t n) {
  if (n == 0) return nullptr;
  const Share s = wilson_share(count, n);
  return {{"count", count}, {"share", s.share}, {"low", s.low}, {"high", s.high}};
}

}  // namespace

RunPicture::RunPicture(const Negotiation& negotiation, double days, std::uint64_t horizon)
    : negotiation_(negotiation), days_(days), rungs_(negotiation.structure.rungs.size() + 1), issues_(negotiation.structure.issues.size()) {
  for (auto& rounds : events_) rounds.resize(horizon);
}

void RunPicture::add(std::span<const RunRow> rows) {
  for (const RunRow& row : rows) {
    tally_.add(row);
    refusals_.add(row);
    if (row.scenario == Scenario::failed) continue;
    const std::uint16_t came[] = {row.truce_round, row.ceasefire_round, row.deal_round};
    for (int e = 0; e < 3; ++e) {
      if (came[e] == never) continue;
      if (came[e] >= events_[e].size()) events_[e].resize(came[e] + 1u);  // a cell of a sweep with a longer horizon
      ++events_[e][came[e]];
    }
    ++rungs_[row.rung == nobody ? rungs_.size() - 1 : std::min<std::size_t>(row.rung, rungs_.size() - 1)];
    if (row.scenario == Scenario::stalemate || row.rung == nobody) continue;
    ++deals_;
    for (std::size_t k = 0; k < issues_.size(); ++k) {
      if (!negotiation_.structure.layout.settles_issue(Rung{row.rung}, Issue{static_cast<int>(k)})) continue;
      const double x = row.package[k];
      if (!std::isfinite(x)) continue;
      ++issues_[k].settled;
      issues_[k].sum += x;
      ++issues_[k].bins[std::clamp(static_cast<int>(x * bins), 0, bins - 1)];
    }
  }
}

/// Shares of runs in which each event had come by the end of each round; a point of time is in months.
Json RunPicture::timing() const {
  Json events = Json::object();
  for (int e = 0; e < 3; ++e) {
    Json points = Json::array();
    std::uint64_t sum = 0;
    for (std::size_t round = 0; round < events_[e].size(); ++round) {
      sum += events_[e][round];
      const Share s = wilson_share(sum, tally_.counted());
      points.push_back({static_cast<double>(round + 1) * days_ / days_a_month, s.share, s.low, s.high});
    }
    events[event_names[e]] = std::move(points);
  }
  return events;
}

Json RunPicture::packages() const {
  const Structure& s = negotiation_.structure;
  Json rungs = Json::array(), issues = Json::array();
  for (std::size_t r = 0; r < s.rungs.size(); ++r) {
    Json settles = Json::array();
    for (const Issue k : s.layout.issues())
      if (s.layout.settles_issue(Rung{static_cast<int>(r)}, k)) settles.push_back(s.issues[static_cast<std::size_t>(k.value)].title);
    rungs.push_back({{"name", s.rungs[r].title}, {"settles", settles}, {"in_force", share_json(rungs_[r], tally_.counted())}});
  }
  for (std::size_t k = 0; k < issues_.size(); ++k) {
    const IssueCounts& counts = issues_[k];
    Json anchors = Json::array();
    for (const Anchor& a : s.issues[k].anchors) anchors.push_back({a.at, a.words});
    Json json = {{"name", s.issues[k].name}, {"title", s.issues[k].title}, {"anchors", anchors}, {"settled", counts.settled}, {"bins", counts.bins}};
    json["mean"] = counts.settled == 0 ? Json(nullptr) : Json(counts.sum / static_cast<double>(counts.settled));
    json["mean_words"] = counts.settled == 0 || s.issues[k].anchors.empty() ? "" : s.issues[k].nearest_words(counts.sum / static_cast<double>(counts.settled));
    issues.push_back(std::move(json));
  }
  return {{"deals", deals_}, {"rungs", rungs}, {"issues", issues}};
}

Json RunPicture::refusals() const {
  const Structure& s = negotiation_.structure;
  Json actors = Json::array(), terms = Json::array();
  for (std::size_t i = 0; i < s.actors.size(); ++i)
    actors.push_back({{"actor", s.actors[i].title},
                      {"share", refusals_.rounds_talked == 0 ? Json(nullptr) : Json(static_cast<double>(refusals_.vetoes[i]) / static_cast<double>(refusals_.rounds_talked))}});
  for (std::size_t i = 0; i < s.actors.size(); ++i)
    for (std::size_t t = 0; t < negotiation_.model->terms.size(); ++t)
      if (refusals_.blocked[i][t] > 0)
        terms.push_back({{"actor", s.actors[i].title}, {"sentence", negotiation_.model->terms[t].sentence}, {"runs", share_json(refusals_.blocked[i][t], tally_.counted())}});
  std::stable_sort(terms.begin(), terms.end(), [](const Json& a, const Json& b) { return a["runs"]["count"].get<std::uint64_t>() > b["runs"]["count"].get<std::uint64_t>(); });
  return {{"rounds_talked", refusals_.rounds_talked}, {"actors", actors}, {"terms", terms}};
}

Json RunPicture::json() const {
  const std::uint64_t n = tally_.counted();
  return {{"runs", tally_.runs}, {"failed", tally_.failed},
          {"scenarios", {{"stalemate", share_json(tally_.scenarios[0], n)}, {"partial_deal", share_json(tally_.scenarios[1], n)}, {"full_settlement", share_json(tally_.scenarios[2], n)}}},
          {"stalemate_kinds", {{"fighting", share_json(tally_.kinds[1], n)}, {"truce", share_json(tally_.kinds[2], n)}, {"relapsed", share_json(tally_.kinds[3], n)}}},
          {"events", {{"truce", share_json(tally_.truce, n)}, {"ceasefire_30_days", share_json(tally_.ceasefire, n)}, {"signed_deal", share_json(tally_.deal, n)}}},
          {"timing", timing()}, {"packages", packages()}, {"refusals", refusals()}};
}

}  // namespace parley
