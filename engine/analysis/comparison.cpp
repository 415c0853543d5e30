#include "engine/analysis/comparison.hpp"

#include <algorithm>
#include <functional>

namespace parley {

namespace {

constexpr double days_a_month = 30.44;

bool deal_in_force(const RunRow& r) { return r.scenario == Scenario::partial_deal || r.scenario == Scenario::full_settlement; }
std::uint16_t round_of(const RunRow& r, int event) { return event == 0 ? r.truce_round : event == 1 ? r.ceasefire_round : r.deal_round; }

struct Named {
  std::string name, title;
  int a, b;
};

/// Names of both sides: those of A in its order, then what only B has.
template <class Info>
std::vector<Named> joined(const std::vector<Info>& a, const std::vector<Info>& b) {
  const auto position = [](const std::vector<Info>& in, const std::string& name) {
    const auto found = std::find_if(in.begin(), in.end(), [&](const Info& info) { return info.name == name; });
    return found == in.end() ? -1 : static_cast<int>(found - in.begin());
  };
  std::vector<Named> out;
  for (std::size_t i = 0; i < a.size(); ++i) out.push_back({a[i].name, a[i].title, static_cast<int>(i), position(b, a[i].name)});
  for (std::size_t i = 0; i < b.size(); ++i)
    if (position(a, b[i].name) < 0) out.push_back({b[i].name, b[i].title, -1, static_cast<int>(i)});
  return out;
}

}  // namespace

Comparison::Comparison(const Negotiation& a, double days_a, const Negotiation& b, double days_b) : days_a_(days_a), days_b_(days_b) { list(a, b); }

void Comparison::list(const Negotiation& a, const Negotiation& b) {
  const auto fixed = [&](const char* group, std::vector<std::pair<const char*, const char*>> names, int first, const char* unit, bool share, auto read) {
    int at = first;
    for (const auto& [name, title] : names) {
      measures_.push_back({group, name, title, unit, share, at, at, 0, 0, read});
      ++at;
    }
  };
  fixed("scenarios", {{"stalemate", "stalemate"}, {"partial_deal", "partial deal"}, {"full_settlement", "full settlement"}}, 0, "share of runs", true,
        [](const RunRow& r, int p, int, double) -> Value { return {static_cast<double>(static_cast<int>(r.scenario) == p), 1}; });
  fixed("stalemate_kinds", {{"fighting", "fighting"}, {"truce", "under a truce"}, {"relapsed", "relapsed"}}, 1, "share of runs", true,
        [](const RunRow& r, int p, int, double) -> Value { return {static_cast<double>(static_cast<int>(r.stalemate_kind) == p), 1}; });
  fixed("events", {{"truce", "a truce"}, {"ceasefire_30_days", "a ceasefire that held 30 days"}, {"signed_deal", "a signed deal"}}, 0, "share of runs", true,
        [](const RunRow& r, int p, int, double) -> Value { return {static_cast<double>(round_of(r, p) != never), 1}; });
  for (const Named& rung : joined(a.structure.rungs, b.structure.rungs))
    measures_.push_back({"rungs", rung.name, rung.title, "share of runs", true, rung.a, rung.b, 0, 0,
                         [](const RunRow& r, int p, int, double) -> Value { return {static_cast<double>(r.rung == p), 1}; }});
  fixed("months_until", {{"truce", "first truce"}, {"ceasefire_30_days", "first ceasefire that held 30 days"}, {"signed_deal", "first signed deal"}}, 0,
        "months, mean of the runs that got there", false, [](const RunRow& r, int p, int, double days) -> Value {
          const std::uint16_t round = round_of(r, p);
          if (round == never) return {};
          return {(round + 1) * days / days_a_month, 1};  // signed at the end of its round; rounds count from 0
        });
  for (const Named& issue : joined(a.structure.issues, b.structure.issues))
    measures_.push_back({"package", issue.name, issue.title, "issue scale, mean of the deals in force", false, issue.a, issue.b, 0, 0,
                         [](const RunRow& r, int p, int, double) -> Value { return deal_in_force(r) ? Value{r.package[p], 1} : Value{}; }});
  for (const Named& actor : joined(a.structure.actors, b.structure.actors))
    measures_.push_back({"vetoes", actor.name, actor.title, "share of the rounds that tabled something", false, actor.a, actor.b, 0, 0,
                         [](const RunRow& r, int p, int, double) -> Value { return {static_cast<double>(r.vetoes[p]), static_cast<double>(r.rounds_talked)}; }});
  for (const Named& actor : joined(a.structure.actors, b.structure.actors))
    for (std::size_t t = 0; t < a.model->terms.size(); ++t) {
      const DecisionTerm& term = a.model->terms[t];
      int other = -1;
      for (std::size_t u = 0; u < b.model->terms.size(); ++u)
        if (std::string(b.model->terms[u].name) == term.name) other = static_cast<int>(u);
      measures_.push_back({"blocking", actor.name + "." + term.name, actor.title + ": " + term.sentence, "share of runs in which it bound most often", true,
                           actor.a, other < 0 ? -1 : actor.b, static_cast<int>(t), other,
                           [](const RunRow& r, int p, int second, double) -> Value { return {static_cast<double>(r.blocking_actor == p && r.blocking_term == second), 1}; }});
    }
}

void Comparison::add_pairs(std::span<const RunRow> a, std::span<const RunRow> b) {
  for (std::size_t r = 0; r < a.size(); ++r) {
    failed_a_ += a[r].scenario == Scenario::failed;
    failed_b_ += b[r].scenario == Scenario::failed;
    if (a[r].scenario == Scenario::failed || b[r].scenario == Scenario::failed) continue;
    for (Measure& m : measures_) {
      const Value va = m.a < 0 ? Value{} : m.read(a[r], m.a, m.second_a, days_a_), vb = m.b < 0 ? Value{} : m.read(b[r], m.b, m.second_b, days_b_);
      m.sums.add_pair(va.y, va.w, vb.y, vb.w);
    }
  }
}

void Comparison::add_a(std::span<const RunRow> rows) {
  for (const RunRow& row : rows) {
    if (row.scenario == Scenario::failed) { ++failed_a_; continue; }
    for (Measure& m : measures_)
      if (m.a >= 0) { const Value v = m.read(row, m.a, m.second_a, days_a_); m.sums.add_a(v.y, v.w); }
  }
}

void Comparison::add_b(std::span<const RunRow> rows) {
  for (const RunRow& row : rows) {
    if (row.scenario == Scenario::failed) { ++failed_b_; continue; }
    for (Measure& m : measures_)
      if (m.b >= 0) { const Value v = m.read(row, m.b, m.second_b, days_b_); m.sums.add_b(v.y, v.w); }
  }
}

std::vector<ComparedMeasure> Comparison::measured() const {
  std::vector<ComparedMeasure> out;
  for (const Measure& m : measures_) {
    const Difference d = m.sums.difference(m.share && m.a >= 0 && m.b >= 0);
    const bool seen = d.a.value_or(0) != 0 || d.b.value_or(0) != 0 || m.group == "scenarios";
    if (seen) out.push_back({m.group, m.name, m.title, m.unit, m.share, d});
  }
  return out;
}

}  // namespace parley
