#include "engine/drivers/cli/verdict_report.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "engine/drivers/cli/transcript_text.hpp"
#include "engine/drivers/json/row_json.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

/// What one actor's refusals in a run come to.
struct Side {
  int seated = 0, refused = 0, by_leadership = 0, by_public = 0;
  std::map<int, int> terms;                            ///< how often each weighed most
  std::vector<double> shortfalls, support_shortfalls;  ///< in the rounds in which leadership and public said no
  int usual_term() const {
    return std::max_element(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
  }
};

std::optional<double> median(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return 0.5 * (values[(values.size() - 1) / 2] + values[values.size() / 2]);
}
std::optional<double> least(const std::vector<double>& values) {
  if (values.empty()) return {};
  return *std::min_element(values.begin(), values.end());
}

std::vector<Side> sides_of(const Negotiation& n, const RunVerdict& verdict) {
  std::vector<Side> sides(n.structure.actors.size());
  for (const RoundVerdict& r : verdict.rounds)
    for (std::size_t i = 0; i < sides.size(); ++i) {
      const Answer& a = r.heard.answers[i];
      if (!a.seated) continue;
      ++sides[i].seated;
      if (a.agrees) continue;
      ++sides[i].refused;
      ++sides[i].terms[a.worst_term];
      if (!a.leadership) {
        ++sides[i].by_leadership;
        sides[i].shortfalls.push_back(a.shortfall);
      }
      if (!a.ratifies) {
        ++sides[i].by_public;
        sides[i].support_shortfalls.push_back(a.support_shortfall);
      }
    }
  return sides;
}

const std::string& rung_title(const Negotiation& n, int rung) { return n.structure.rungs[static_cast<std::size_t>(rung)].title; }

std::string dated(int round, double days) { return fmt::format("round {} (day {:.0f})", round, round * days); }

/// "its public would not ratify: 41 % back it, 46 % were needed".
std::string refusal_words(const Negotiation& n, const Answer& a) {
  std::string words = n.model->terms[static_cast<std::size_t>(a.worst_term)].sentence;
  if (!a.leadership) words += fmt::format("; its leadership was {:.3f} short of yes", a.shortfall);
  if (!a.ratifies) words += fmt::format("; {:.0f} % of its public back it, {:.0f} % were needed", 100 * a.support, 100 * std::min(1.0, a.support + a.support_shortfall));
  return words;
}

std::string refusals_words(const Negotiation& n, const RoundVerdict& r) {
  std::string words;
  for (std::size_t i = 0; i < r.heard.answers.size(); ++i) {
    const Answer& a = r.heard.answers[i];
    if (a.seated && !a.agrees) words += fmt::format("    {} refused: {}\n", n.structure.actors[i].title, refusal_words(n, a));
  }
  return words;
}

/// Who was missing for the package, and by how much.
std::string missing_words(const Negotiation& n, const FoundPackage& f) {
  std::string words;
  for (std::size_t i = 0; i < f.heard.answers.size(); ++i) {
    const Answer& a = f.heard.answers[i];
    if (!a.seated || a.agrees) continue;
    words += (words.empty() ? "" : ", ") + n.structure.actors[i].title;
    if (!a.leadership) words += fmt::format(" {:.3f} short", a.shortfall);
    if (!a.ratifies) words += fmt::format("{} {:.1f} points of its public short", a.leadership ? "" : " and", 100 * a.support_shortfall);
  }
  return words;
}

/// `before` is the round before: a package that was open then already is not spelt out again.
std::string round_words(const Negotiation& n, const RoundVerdict& r, const RoundVerdict* before, double days) {
  std::string out = fmt::format("Round {} (day {:.0f}): {}{}\n", r.round, r.round * days, rung_title(n, r.rung), r.signed_now ? ", signed" : "");
  out += refusals_words(n, r);
  if (r.signed_now) return out;
  if (const FoundPackage* f = r.possible()) {
    const FoundPackage* earlier = before != nullptr ? before->possible() : nullptr;
    const bool known = earlier != nullptr && earlier->rung == f->rung && earlier->in_zone == f->in_zone;
    const std::string content = package_line(n, f->rung, f->heard.package);
    out += fmt::format("    all would have signed {}: {}{}\n", f->in_zone ? "another package" : "another package, though not all would have gained by it", rung_title(n, f->rung),
                       known ? ", as before" : content.empty() ? "" : " (" + content + ")");
  } else {
    out += fmt::format("    no package would have been signed; nearest: {} ({})\n", rung_title(n, r.nearest().rung), missing_words(n, r.nearest()));
  }
  return out;
}

std::string sides_text(const Negotiation& n, const RunVerdict& verdict) {
  const std::vector<Side> sides = sides_of(n, verdict);
  std::string out = fmt::format("How far from yes\n  {:<18}{:>10}  {:>22}  {:>26}\n  {:<18}{:>10}  {:>22}  {:>26}\n", "", "refused", "leadership short", "public short", "",
                                "of rounds", "median (nearest)", "median (nearest), points");
  const auto both = [](const std::vector<double>& values, double scale, const char* form) {
    if (values.empty()) return std::string("never");
    return fmt::format(fmt::runtime(form), scale * *median(values), scale * *least(values));
  };
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Side& s = sides[i];
    if (s.seated == 0) {
      out += fmt::format("  {:<18}{:>10}\n", n.structure.actors[i].title, "no seat");
      continue;
    }
    out += fmt::format("  {:<18}{:>10}  {:>22}  {:>26}\n", n.structure.actors[i].title, fmt::format("{} of {}", s.refused, s.seated), both(s.shortfalls, 1, "{:.3f} ({:.3f})"),
                       both(s.support_shortfalls, 100, "{:.1f} ({:.1f})"));
  }
  return out;
}

Json optional_json(const std::optional<double>& x) { return x ? Json(*x) : Json(nullptr); }

Json hearing_json(const Negotiation& n, const Hearing& heard) {
  Json actors = Json::object();
  for (std::size_t i = 0; i < heard.answers.size(); ++i) {
    const Answer& a = heard.answers[i];
    if (!a.seated) continue;
    const bool no_vote = a.support_shortfall == -1;
    actors[n.structure.actors[i].name] = {{"agrees", a.agrees}, {"leadership", a.leadership}, {"ratifies", a.ratifies}, {"over_fighting_on", a.over_fighting_on}, {"gain", a.gain},
                                          {"shortfall", a.shortfall}, {"support", a.support}, {"support_shortfall", no_vote ? Json(nullptr) : Json(a.support_shortfall)},
                                          {"worst_term", n.model->terms[static_cast<std::size_t>(a.worst_term)].name}};
  }
  return actors;
}

Json package_json(const Negotiation& n, const std::vector<double>& package) {
  Json json = Json::object();
  for (std::size_t k = 0; k < package.size(); ++k) json[n.structure.issues[k].name] = package[k];
  return json;
}

Json found_json(const Negotiation& n, const FoundPackage& f) {
  return {{"rung", n.structure.rungs[static_cast<std::size_t>(f.rung)].name}, {"package", package_json(n, f.heard.package)}, {"survival", f.heard.survival},
          {"all_would_sign", f.signable}, {"in_zone", f.in_zone}, {"margin", f.margin}, {"actors", hearing_json(n, f.heard)}};
}

Json round_verdict_json(const Negotiation& n, const RoundVerdict& r) {
  Json blocked = Json::array();
  for (std::size_t i = 0; i < r.heard.answers.size(); ++i) {
    const Answer& a = r.heard.answers[i];
    if (!a.seated || a.agrees) continue;
    const auto& term = n.model->terms[static_cast<std::size_t>(a.worst_term)];
    blocked.push_back({{"actor", n.structure.actors[i].name}, {"term", term.name}, {"because", term.sentence}});
  }
  const FoundPackage* possible = r.possible();
  return {{"round", r.round}, {"rung", n.structure.rungs[static_cast<std::size_t>(r.rung)].name}, {"package", package_json(n, r.heard.package)}, {"signed", r.signed_now},
          {"blocked_by", blocked}, {"actors", hearing_json(n, r.heard)}, {"possible", possible != nullptr ? found_json(n, *possible) : Json(nullptr)}, {"nearest", found_json(n, r.nearest())}};
}

}  // namespace

std::vector<std::string> verdict_words(const Negotiation& n, const RunVerdict& verdict, double days) {
  std::vector<std::string> words;
  if (verdict.rounds.empty()) return {"There were no talks in this run."};
  const std::vector<Side> sides = sides_of(n, verdict);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < sides.size(); ++i)
    if (sides[i].refused > 0) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sides[a].refused > sides[b].refused; });
  for (const std::size_t i : order)
    words.push_back(fmt::format("{} refused in {} of {} rounds, mostly because {}.", n.structure.actors[i].title, sides[i].refused, sides[i].seated,
                                n.model->terms[static_cast<std::size_t>(sides[i].usual_term())].sentence));
  if (order.empty()) words.push_back("Nobody ever refused.");

  int missed = 0, outside = 0, refused = 0;
  const RoundVerdict* first = nullptr;
  for (const RoundVerdict& r : verdict.rounds) {
    if (r.signed_now) continue;
    ++refused;
    const FoundPackage* f = r.possible();
    if (f == nullptr) continue;
    ++(f->in_zone ? missed : outside);
    if (f->in_zone && f->settles > 0 && first == nullptr) first = &r;
  }
  if (refused == 0) return words;
  words.push_back(missed == 0 ? fmt::format("In none of the {} rounds that signed nothing was there a package that all would have signed and that left nobody worse off than fighting on.", refused)
                              : fmt::format("In {} of the {} rounds that signed nothing some package existed that all would have signed and that left nobody worse off than fighting on.", missed, refused));
  if (outside > 0) words.push_back(fmt::format("In {} rounds all would have signed one from which not all would have gained: leaderships are not exact.", outside));
  if (first != nullptr) {
    const FoundPackage& f = *first->possible();
    words.push_back(fmt::format("The first that settled anything was open in {}, when {} was tabled instead: {}, with a {:.0f} % chance to last five years ({}).", dated(first->round, days),
                                rung_title(n, first->rung), rung_title(n, f.rung), 100 * f.heard.survival, package_line(n, f.rung, f.heard.package)));
  } else {
    const auto nearest = std::max_element(verdict.rounds.begin(), verdict.rounds.end(), [](const RoundVerdict& a, const RoundVerdict& b) {
      return (a.signed_now ? -1e9 : a.nearest().margin) < (b.signed_now ? -1e9 : b.nearest().margin);
    });
    const FoundPackage& f = nearest->nearest();
    const std::string missing = missing_words(n, f);
    if (!missing.empty())
      words.push_back(fmt::format("Nearest to an agreement they were in {}, with {}: {}.", dated(nearest->round, days), rung_title(n, f.rung), missing));
  }
  return words;
}

Json verdict_json(const Negotiation& n, const RunVerdict& verdict, double days) {
  Json rounds = Json::array(), sides = Json::array();
  for (const RoundVerdict& r : verdict.rounds) rounds.push_back(round_verdict_json(n, r));
  const std::vector<Side> all = sides_of(n, verdict);
  for (std::size_t i = 0; i < all.size(); ++i)
    sides.push_back({{"actor", n.structure.actors[i].name}, {"rounds", all[i].seated}, {"refused", all[i].refused}, {"by_leadership", all[i].by_leadership}, {"by_public", all[i].by_public},
                     {"term", all[i].refused > 0 ? Json(n.model->terms[static_cast<std::size_t>(all[i].usual_term())].name) : Json(nullptr)},
                     {"shortfall_median", optional_json(median(all[i].shortfalls))}, {"shortfall_least", optional_json(least(all[i].shortfalls))},
                     {"support_shortfall_median", optional_json(median(all[i].support_shortfalls))}, {"support_shortfall_least", optional_json(least(all[i].support_shortfalls))}});
  return {{"row", row_json(n, verdict.told.row)}, {"sides", sides}, {"rounds", rounds}, {"words", verdict_words(n, verdict, days)}};
}

std::string verdict_text(const Negotiation& n, const RunVerdict& verdict, double days) {
  std::string out;
  const RoundVerdict* before = nullptr;
  for (const RoundVerdict& r : verdict.rounds) {
    out += round_words(n, r, before, days);
    before = &r;
  }
  out += "\n" + sides_text(n, verdict) + "\n" + ending_text(n, verdict.told.row, days) + "\n";
  for (const std::string& sentence : verdict_words(n, verdict, days)) out += sentence + "\n";
  return out;
}

}  // namespace parley
