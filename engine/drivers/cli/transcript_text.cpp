#include "engine/drivers/cli/transcript_text.hpp"

#include <fmt/format.h>

namespace parley {

namespace {

std::string issue_text(const IssueInfo& issue, double x) {
  const std::string& words = issue.nearest_words(x);
  return fmt::format("{} {:.2f}{}", issue.title, x, words.empty() ? "" : " (near: " + words + ")");
}

std::string answers_text(const Negotiation& n, const RoundRecord& r) {
  std::string agree, refuse;
  for (int i = 0; i < n.structure.layout.n.actors; ++i) {
    const ActorRound& a = r.actors[i];
    if (!a.seated) continue;
    const std::string& who = n.structure.actors[i].title;
    if (a.agrees) {
      agree += (agree.empty() ? "" : ", ") + who;
      continue;
    }
    const bool only_luck = a.leadership || a.gain > 0;
    refuse += fmt::format("    {} refused: {}", who, n.model->terms[a.worst_term].sentence);
    if (a.leadership) refuse += fmt::format(" (its leadership agreed; {:.0f} % would back it, a {:.0f} % chance of ratification)", 100 * a.support, 100 * a.ratification);
    else if (only_luck) refuse += fmt::format(" (it would have gained {:.3f}, but judged otherwise)", a.gain);
    else refuse += fmt::format(" (agreeing would cost it {:.3f})", -a.gain);
    refuse += "\n";
  }
  return (agree.empty() ? "" : "    agreed: " + agree + "\n") + refuse;
}

}  // namespace

std::string package_lines(const Negotiation& n, int rung, const std::vector<double>& package) {
  std::string out;
  for (const Issue k : n.structure.layout.issues())
    if (n.structure.layout.settles_issue(Rung{rung}, k)) out += "      " + issue_text(n.structure.issues[k.value], package[k.value]) + "\n";
  return out;
}

std::string package_line(const Negotiation& n, int rung, const std::vector<double>& package) {
  std::string out;
  for (const Issue k : n.structure.layout.issues())
    if (n.structure.layout.settles_issue(Rung{rung}, k)) out += fmt::format("{}{} {:.2f}", out.empty() ? "" : ", ", n.structure.issues[k.value].title, package[k.value]);
  return out;
}

std::string round_text(const Negotiation& n, const RoundRecord& r, double days) {
  const Layout& layout = n.structure.layout;
  std::string out = fmt::format("Round {} (day {:.0f})", r.round, r.round * days);
  if (layout.has_front()) out += fmt::format("  front {:.3f}", r.front);
  if (layout.energy_actor >= 0) out += fmt::format("  energy {:.0f} %", 100 * r.energy);
  out += r.fighting ? "  fighting\n" : r.talking ? "  a truce holds\n" : "  a deal is in force\n";
  if (r.rung >= 0) {
    out += fmt::format("    on the table: {}", n.structure.rungs[r.rung].title);
    out += layout.is_truce(Rung{r.rung}) ? " (settles nothing)\n" : fmt::format(", with a {:.0f} % chance to last five years\n", 100 * r.survival);
    out += package_lines(n, r.rung, r.package) + answers_text(n, r);
  }
  if (r.signed_now) out += "    → signed\n";
  if (r.collapsed) out += "    → it collapsed; fighting resumes\n";
  if (r.decided) out += "    → the front reached an end: the war is decided on the battlefield\n";
  return out;
}

std::string ending_text(const Negotiation& n, const RunRow& row, double days) {
  const Structure& s = n.structure;
  const auto date = [days](std::uint16_t round) { return round == never ? std::string("never") : fmt::format("round {} (day {:.0f})", round, round * days); };
  std::string out = "The run ended in ";
  if (row.scenario == Scenario::failed) return out + "failure: its numbers became impossible.\n";
  out += row.scenario == Scenario::stalemate ? fmt::format("stalemate ({})", stalemate_kind_names[static_cast<int>(row.stalemate_kind)])
         : row.scenario == Scenario::partial_deal ? "a partial deal" : "a full settlement";
  out += ".\n";
  out += fmt::format("  first truce {}; ceasefire that held 30 days from {}; first signed deal {}; relapses {}\n", date(row.truce_round), date(row.ceasefire_round), date(row.deal_round), row.relapses);
  if (row.rung != nobody) {
    out += fmt::format("  in force: {}, hazard of collapse {:.3f} a year, chance to last five years {:.0f} %, order index {:.2f}\n", s.rungs[row.rung].title, row.hazard, 100 * row.survival, row.order_index);
    for (int k = 0; k < s.layout.n.issues; ++k) out += "      " + issue_text(s.issues[k], row.package[k]) + "\n";
  }
  out += fmt::format("  refusals in {} rounds of talks:", row.rounds_talked);
  for (int i = 0; i < s.layout.n.actors; ++i) out += fmt::format(" {} {}{}", s.actors[i].title, row.vetoes[i], i + 1 < s.layout.n.actors ? "," : "\n");
  if (row.blocking_actor != nobody)
    out += fmt::format("  what bound most often: {} refused, because {}\n", s.actors[row.blocking_actor].title, n.model->terms[row.blocking_term].sentence);
  if (row.military_end != 0) out += fmt::format("  the front reached {}\n", row.military_end == 1 ? 0 : 1);
  return out;
}

}  // namespace parley
