#include "engine/drivers/cli/explain_report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/drivers/cli/report_text.hpp"
#include "engine/drivers/runner/tbb_spread.hpp"
#include "engine/sweep/batch.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

constexpr double clear_interaction = 0.01;  // of the share of stalemates: smaller ones are not worth a sentence
constexpr std::size_t most_pairs = 3;

Json estimate_json(const Estimate& e) { return {{"value", e.value}, {"low", e.low}, {"high", e.high}}; }

bool is_clear(const Estimate& e) { return e.low > 0 || e.high < 0; }

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }
std::string points(double share) { return fmt::format("{:.1f} points", 100 * std::abs(share)); }

/// The strongest pairs whose interaction is clear of chance.
std::vector<MechanismPair> clear_pairs(const Attribution& why) {
  std::vector<MechanismPair> clear;
  for (const MechanismPair& pair : why.pairs)
    if (clear.size() < most_pairs && is_clear(pair.interaction) && std::abs(pair.interaction.value) >= clear_interaction) clear.push_back(pair);
  return clear;
}

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

std::string quoted(const std::string& title) { return "“" + title + "”"; }

std::string pair_words(const Attribution& why, const MechanismPair& pair) {
  const MechanismShare &a = why.mechanisms[pair.first], &b = why.mechanisms[pair.second];
  const std::string both = fmt::format("with both lifted {} of runs stall (only the first: {}, only the second: {})",
                                       percent(pair.lifted_both), percent(a.lifted_alone.value), percent(b.lifted_alone.value));
  return pair.interaction.value > 0
             ? fmt::format("{} and {} block together, each most where the other is there: averaged over the other mechanisms, lifting both opens less than the two lifts apart; {}.", quoted(a.title), quoted(b.title), both)
             : fmt::format("{} and {} are two locks on one door, one holding where the other is lifted: averaged over the other mechanisms, lifting both opens more than the two lifts apart; {}.", quoted(a.title), quoted(b.title), both);
}

std::vector<std::string> absent_words(const Attribution& why) {
  std::vector<std::string> off, unused, sentences;
  for (const AbsentMechanism& m : why.absent) (m.switched_off ? off : unused).push_back(m.title);
  if (!off.empty()) sentences.push_back("Switched off in the configuration, so not asked about: " + join(off) + ".");
  if (unused.size() > 4) sentences.push_back(fmt::format("The {} other mechanisms of the model are not used by the configuration: switched off they would change no number of it.", unused.size()));
  else if (!unused.empty()) sentences.push_back("Not used by the configuration, so nothing would change without: " + join(unused) + ".");
  return sentences;
}

/// Mechanisms that open as many deals as the best one, run for run.
std::vector<std::string> best_lifts(const Attribution& why) {
  std::vector<std::string> titles = {quoted(why.mechanisms[*why.best_single_lift].title)};
  for (std::size_t i = 0; i < why.mechanisms.size(); ++i)
    if (i != *why.best_single_lift && why.mechanisms[i].lift.value == why.mechanisms[*why.best_single_lift].lift.value) titles.push_back(quoted(why.mechanisms[i].title));
  return titles;
}

/// What the sweep's own settings do: the one that opens most deals.
std::vector<std::string> alternative_words(const Explanation& explanation) {
  const auto& all = explanation.alternatives;
  if (all.empty()) return {};
  const double here = explanation.why.stalemate.value;
  const auto best = std::min_element(all.begin(), all.end(), [](const SweptAlternative& a, const SweptAlternative& b) { return a.stalemate.value < b.stalemate.value; });
  if (best->stalemate.high >= explanation.why.stalemate.low)
    return {"None of the other settings that the configuration itself varies opens more deals than this one."};
  return {fmt::format("Of what the configuration itself varies, {} opens most deals: stalemates fall from {} to {} (cell {}).",
                      setting_words(best->path, best->value), percent(here), percent(best->stalemate.value), best->cell)};
}

}  // namespace

std::string setting_words(const std::string& path, double value) {
  const bool is_switch = path.rfind("mechanisms.", 0) == 0;
  return path + " = " + (is_switch ? (value != 0 ? "true" : "false") : fmt::format("{:g}", value));
}

Explanation explain_stalemate(const Plan& plan, const ExplainOptions& options) {
  AttributionOptions asked{.kernel = choose_kernel(plan.negotiation().model->kernels, "auto").play, .replicates = options.replicates};
  const std::uint64_t coalitions =
      options.cell < plan.cells() ? coalitions_played(static_cast<int>(mechanisms_at_work(plan, options.cell).size()), asked.most_exact) : 1;
  if (asked.replicates == 0)
    asked.replicates = static_cast<std::uint32_t>(std::max<std::uint64_t>(2, std::min<std::uint64_t>(plan.replicates(), ExplainOptions::most_runs / coalitions)));
  asked.spread = [&](std::size_t count, const std::function<void(std::size_t)>& work) {
    spread_over_threads(count, options.threads, work, options.watcher, coalitions * asked.replicates / std::max<std::size_t>(count, 1));
  };
  Explanation explanation{attribute_stalemate(plan, options.cell, asked), {}};
  asked.spread = [&](std::size_t count, const std::function<void(std::size_t)>& work) { spread_over_threads(count, options.threads, work); };
  explanation.alternatives = swept_alternatives(plan, options.cell, asked);
  return explanation;
}

Json explanation_json(const Explanation& explanation) {
  const Attribution& why = explanation.why;
  Json alternatives = Json::array();
  for (const SweptAlternative& a : explanation.alternatives)
    alternatives.push_back({{"cell", a.cell}, {"path", a.path}, {"value", a.value}, {"stalemate", a.stalemate.value}, {"low", a.stalemate.low}, {"high", a.stalemate.high}});
  Json mechanisms = Json::array(), pairs = Json::array(), absent = Json::array();
  for (const MechanismShare& m : why.mechanisms)
    mechanisms.push_back({{"name", m.name}, {"title", m.title}, {"meaning", m.meaning}, {"shapley", m.shapley.value}, {"low", m.shapley.low},
                          {"high", m.shapley.high}, {"lifted_alone", m.lifted_alone.value}, {"lift", estimate_json(m.lift)},
                          {"only_this", m.only_this.value}});
  for (const MechanismPair& p : clear_pairs(why))
    pairs.push_back({{"pair", {why.mechanisms[p.first].name, why.mechanisms[p.second].name}}, {"interaction", p.interaction.value},
                     {"low", p.interaction.low}, {"high", p.interaction.high}, {"lifted_both", p.lifted_both}});
  for (const AbsentMechanism& m : why.absent)
    absent.push_back({{"name", m.name}, {"title", m.title}, {"reason", m.switched_off ? "switched off" : "not used"}});
  return {{"stalemate", why.stalemate.value},
          {"without_all", why.without_all.value},
          {"mechanisms", mechanisms},
          {"best_single_lift", why.best_single_lift ? Json(why.mechanisms[*why.best_single_lift].name) : Json(nullptr)},
          {"stalemate_interval", {why.stalemate.low, why.stalemate.high}},
          {"without_all_interval", {why.without_all.low, why.without_all.high}},
          {"difference", estimate_json(why.difference)},
          {"pairs", pairs},
          {"absent", absent},
          {"sweep", alternatives},
          {"exact", why.exact},
          {"coalitions", why.coalitions},
          {"runs", why.replicates},
          {"failed", why.failed},
          {"seed", why.seed},
          {"words", explanation_words(explanation)}};
}

std::vector<std::string> explanation_words(const Explanation& explanation) {
  const Attribution& why = explanation.why;
  std::vector<std::string> words;
  const auto& all = why.mechanisms;
  if (all.empty()) {
    words.push_back("No mechanism is at work here, so none can be lifted: what stalls the talks is the terms themselves, the costs and luck.");
  } else if (!is_clear(why.difference)) {
    words.push_back(fmt::format("With or without all mechanisms the talks stall about as often ({} and {}): together they explain nothing here.",
                                percent(why.stalemate.value), percent(why.without_all.value)));
  } else {
    std::vector<std::string> harmful, helpful;
    for (const MechanismShare& m : all) {
      if (m.shapley.low > 0 && harmful.size() < 3) harmful.push_back(fmt::format("{} ({})", quoted(m.title), points(m.shapley.value)));
      if (m.shapley.high < 0) helpful.push_back(fmt::format("{} ({})", quoted(m.title), points(m.shapley.value)));
    }
    if (!harmful.empty()) words.push_back("Most of the stalemate comes from " + join(harmful) + ".");
    if (!helpful.empty()) words.push_back("Working for a deal: " + join(helpful) + "; lifting " + (helpful.size() == 1 ? "it" : "them") + " would not help.");
  }
  if (why.best_single_lift && all[*why.best_single_lift].lift.high < 0) {
    const MechanismShare& best = all[*why.best_single_lift];
    const std::vector<std::string> titles = best_lifts(why);
    const std::string effect = fmt::format("stalemates fall from {} to {}.", percent(why.stalemate.value), percent(best.lifted_alone.value));
    words.push_back(titles.size() == 1 ? fmt::format("Lifted alone, {} opens most deals: {} ({})", titles[0], effect, best.meaning)
                                       : fmt::format("Lifted alone, {} open most deals, one as many as the other: {}", join(titles), effect));
  } else if (!all.empty()) {
    words.push_back("Lifting any one mechanism alone opens no deal that chance could not have opened.");
  }
  for (std::string& sentence : alternative_words(explanation)) words.push_back(std::move(sentence));
  for (const MechanismPair& pair : clear_pairs(why)) words.push_back(pair_words(why, pair));
  if (!all.empty()) words.push_back(fmt::format("With all of them lifted {} of runs still stall: costs, terms and luck are left.", percent(why.without_all.value)));
  for (std::string& sentence : absent_words(why)) words.push_back(std::move(sentence));
  return words;
}

std::string explanation_text(const Explanation& explanation, const std::string& title) {
  const Attribution& why = explanation.why;
  std::string out = fmt::format("Why the talks stall: {}\n", title);
  const std::string asked = why.mechanisms.empty() ? "No mechanism at work"
                            : fmt::format("{} {} of {} mechanism{}", with_commas(why.coalitions), why.exact ? "combinations" : "combinations, drawn anew for each replicate,", why.mechanisms.size(), why.mechanisms.size() == 1 ? "" : "s");
  out += fmt::format("{}, {} runs each with the same luck, seed {}; shares with 95 % intervals\n\n", asked, with_commas(why.replicates), why.seed);
  out += fmt::format("  stalemate as configured        {:5.1f} %  [{:.1f}, {:.1f}]\n", 100 * why.stalemate.value, 100 * why.stalemate.low, 100 * why.stalemate.high);
  out += fmt::format("  with every mechanism lifted    {:5.1f} %  [{:.1f}, {:.1f}]\n", 100 * why.without_all.value, 100 * why.without_all.low, 100 * why.without_all.high);
  if (!why.mechanisms.empty()) out += fmt::format("\n  {:<29}{:>8}  {:<16}{:>14}{:>12}\n", "", "points", "", "lifted alone", "only this");
  double sum = 0;
  for (const MechanismShare& m : why.mechanisms) {
    sum += m.shapley.value;
    out += fmt::format("  {:<29}{:>+8.1f}  {:<16}{:>12.1f} %{:>10.1f} %{}\n", m.title, 100 * m.shapley.value,
                       fmt::format("[{:.1f}, {:.1f}]", 100 * m.shapley.low, 100 * m.shapley.high), 100 * m.lifted_alone.value, 100 * m.only_this.value,
                       m.shapley.value > 0 ? "  " + bar(0.5 * m.shapley.value) : "");
  }
  if (!why.mechanisms.empty())
    out += fmt::format("  {:<29}{:>+8.1f}  = {:.1f} − {:.1f}\n", "sum", 100 * sum, 100 * why.stalemate.value, 100 * why.without_all.value);
  out += "\n";
  for (const std::string& sentence : explanation_words(explanation)) out += sentence + "\n";
  if (why.failed > 0) out += fmt::format("{} replicates were left out: a number in one of their runs became impossible.\n", why.failed);
  return out;
}

}  // namespace parley
