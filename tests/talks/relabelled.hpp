// Writes a configuration anew with its actors and issues in another order, or with axes of issues turned around.
#pragma once

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "tests/talks/trial.hpp"

namespace parley::trial {

/// `actors[p]` is the present position of who stands p-th afterwards; `mirrored[k]` turns the axis of issue k (as now numbered).
struct Relabelling {
  std::vector<int> actors, issues;
  std::vector<bool> mirrored;

  static Relabelling none(const Config& config) {
    const Dimensions& n = config.negotiation.structure.layout.n;
    Relabelling how{std::vector<int>(n.actors), std::vector<int>(n.issues), std::vector<bool>(n.issues, false)};
    std::iota(how.actors.begin(), how.actors.end(), 0);
    std::iota(how.issues.begin(), how.issues.end(), 0);
    return how;
  }
  int actor_now(int i) const { return static_cast<int>(std::find(actors.begin(), actors.end(), i) - actors.begin()); }
  int issue_now(int k) const { return static_cast<int>(std::find(issues.begin(), issues.end(), k) - issues.begin()); }
};

/// The value of an entry on turned axes. What counts along the front turns with its issue; which way an actor counts its
/// losses turns with the issues that it protects.
inline double turned(const Config& config, const Entry& e, double value, const Relabelling& how) {
  const Layout& l = config.negotiation.structure.layout;
  const std::string path = e.described->parameter.path;
  const bool issue = e.issue >= 0 && how.mirrored[e.issue], front = l.has_front() && how.mirrored[l.front_issue];
  const auto is = [&](std::initializer_list<const char*> paths) { return std::find(paths.begin(), paths.end(), path) != paths.end(); };
  if (issue && is({"issues.*.status_quo", "issues.*.text", "issues.*.opinion_reference", "actors.*.ideal.*"})) return 1 - value;
  if (issue && path == "actors.*.response.*") return -value;
  if (path == "actors.*.linkage.*" && how.mirrored[l.link_first[e.link]] != how.mirrored[l.link_second[e.link]]) return -value;
  if (front && is({"war.drift", "war.aid_effect", "actors.*.optimism", "actors.*.rearmament"})) return -value;
  if (path == "actors.*.side") {
    int protected_issues = 0, among_them = 0;
    for (int k = 0; k < l.n.issues; ++k)
      if (value_of(config, e.path.substr(0, e.path.rfind('.')) + ".protects." + config.negotiation.structure.issues[k].name) > 0)
        ++protected_issues, among_them += how.mirrored[k];
    EXPECT_TRUE(among_them == 0 || among_them == protected_issues) << "one side cannot count losses both ways";
    return among_them > 0 ? -value : value;
  }
  return value;
}

inline std::string rewritten(const Config& config, const Relabelling& how) {
  const Structure& s = config.negotiation.structure;
  const Layout& l = s.layout;
  std::string text = "title = \"" + s.title + "\"\n";
  const auto line = [&](const std::string& key, const std::string& value) { text += key + " = " + value + "\n"; };
  const auto number = [](double x) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.17g", x);
    return std::string(digits);
  };
  const auto list = [](const std::vector<std::string>& names) {
    std::string items;
    for (const std::string& name : names) items += (items.empty() ? "\"" : ", \"") + name + "\"";
    return "[" + items + "]";
  };
  line("protocol.kind", l.protocol == ProtocolKind::alternating ? "\"alternating\"" : "\"mediator\"");
  line("rounds.unit_days", number(s.unit_days));
  for (const int k : how.issues) {
    const std::string at = "issues." + s.issues[k].name + ".";
    const auto direction = [&](bool up) { return up != how.mirrored[k] ? "\"up\"" : "\"down\""; };
    line(at + "stream", std::to_string(l.issue_stream[k]));
    if (l.is_front(Issue{k})) line(at + "moves_with_front", "true");
    if (l.guarantee_issue == k) line(at + "guarantee", direction(l.guarantee_direction == Direction::up));
    if (l.reads_conquest(Issue{k})) line(at + "conquest", direction(!l.conquest_mirrored(Issue{k})));
  }
  for (const int i : how.actors) {
    const std::string at = "actors." + s.actors[i].name + ".";
    line(at + "stream", std::to_string(l.actor_stream[i]));
    if (l.fights(Actor{i})) line(at + "fights", "true");
    if (l.mediates(Actor{i})) line(at + "mediates", "true");
    if (l.energy_actor == i) line(at + "energy", "true");
  }
  for (int r = 0; r < l.n.rungs; ++r) {
    std::vector<std::string> settles, seats;
    for (int k = 0; k < l.n.issues; ++k)
      if (l.settles_issue(Rung{r}, Issue{k})) settles.push_back(s.issues[k].name);
    for (int i = 0; i < l.n.actors; ++i)
      if (l.seats_actor(Rung{r}, Actor{i})) seats.push_back(s.actors[i].name);
    line("rungs." + s.rungs[r].name + ".settles", list(settles));
    line("rungs." + s.rungs[r].name + ".seats", list(seats));
  }
  for (int k = 0; k < l.n.links; ++k)
    line("links." + s.links[k].name, list({s.issues[l.link_first[k]].name, s.issues[l.link_second[k]].name}));
  for (const Entry& e : config.negotiation.catalog.entries())
    line(e.path, number(turned(config, e, config.negotiation.values[e.slot], how)));
  return text;
}

/// Are two tellings of a run the same but for the labels? `a` belongs to `config`, `b` to its rewritten form.
inline void expect_same_story(const Config& config, const Relabelling& how, const Transcript& a, const Transcript& b) {
  const Layout& l = config.negotiation.structure.layout;
  const auto near = [](double x, double y, const std::string& what) { EXPECT_NEAR(x, y, 1e-12) << what; };
  const auto turn = [&](int k, double x) { return k >= 0 && how.mirrored[k] ? 1 - x : x; };
  ASSERT_EQ(a.rounds.size(), b.rounds.size());
  for (std::size_t t = 0; t < a.rounds.size(); ++t) {
    SCOPED_TRACE("round " + std::to_string(t));
    const RoundRecord &x = a.rounds[t], &y = b.rounds[t];
    ASSERT_EQ(x.rung, y.rung);
    near(turn(l.front_issue, x.front), y.front, "front");
    near(x.energy, y.energy, "energy");
    near(x.hazard, y.hazard, "hazard");
    for (int k = 0; k < l.n.issues; ++k) {
      near(turn(k, x.text[k]), y.text[how.issue_now(k)], "text");
      near(turn(k, x.package[k]), y.package[how.issue_now(k)], "package");
    }
    for (int i = 0; i < l.n.actors; ++i) {
      SCOPED_TRACE(config.negotiation.structure.actors[i].name);
      const ActorRound &u = x.actors[i], &v = y.actors[how.actor_now(i)];
      near(u.mood, v.mood, "mood");
      near(u.support, v.support, "support");
      near(u.ratification, v.ratification, "ratification");
      near(u.utility, v.utility, "utility");
      near(u.fighting_on, v.fighting_on, "fighting on");
      near(u.gain, v.gain, "gain");
      near(u.weight, v.weight, "weight");
      EXPECT_EQ(u.seated, v.seated);
      EXPECT_EQ(u.leadership, v.leadership);
      EXPECT_EQ(u.ratifies, v.ratifies);
      EXPECT_EQ(u.worst_term, v.worst_term);
      for (std::size_t m = 0; m < u.terms.size(); ++m) near(u.terms[m], v.terms[m], "term " + std::to_string(m));
    }
    EXPECT_EQ(x.signed_now, y.signed_now);
    EXPECT_EQ(x.collapsed, y.collapsed);
    if (testing::Test::HasFailure()) return;
  }
  const RunRow &p = a.row, &q = b.row;
  EXPECT_EQ(p.scenario, q.scenario);
  EXPECT_EQ(p.stalemate_kind, q.stalemate_kind);
  EXPECT_EQ(p.rung, q.rung);
  EXPECT_EQ(p.truce_round, q.truce_round);
  EXPECT_EQ(p.ceasefire_round, q.ceasefire_round);
  EXPECT_EQ(p.deal_round, q.deal_round);
  EXPECT_EQ(p.relapses, q.relapses);
  EXPECT_EQ(p.blocking_term, q.blocking_term);
  EXPECT_EQ(p.blocking_actor == nobody ? nobody : how.actor_now(p.blocking_actor), q.blocking_actor);
  EXPECT_FLOAT_EQ(p.order_index, q.order_index);
  const int turned_end = p.military_end == 0 || !how.mirrored[l.front_issue] ? p.military_end : 3 - p.military_end;
  EXPECT_EQ(turned_end, q.military_end);
}

}  // namespace parley::trial
