#include "engine/drivers/cli/polls_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/analysis/intervals.hpp"
#include "engine/analysis/poll_json.hpp"

namespace parley {

namespace {

std::string plural(std::size_t n, const char* one, const char* many) { return fmt::format("{} {}", n, n == 1 ? one : many); }

/// The smoothed opinion from the first wave to the day of the estimate, lowest to highest.
std::string sparkline(const SeriesEstimate& e, int width) {
  static const char* levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::vector<double> shares;
  const auto days = static_cast<int>(e.smoothed.size());
  for (int c = 0; c < width; ++c) shares.push_back(share_of(e.smoothed[static_cast<std::size_t>(c * (days - 1) / std::max(1, width - 1))].mean));
  const auto [low, high] = std::minmax_element(shares.begin(), shares.end());
  std::string text;
  for (const double s : shares) text += levels[std::clamp(static_cast<int>(8 * (s - *low) / std::max(*high - *low, 0.02)), 0, 7)];
  return text + fmt::format("  {:2.0f}–{:2.0f} %", 100 * *low, 100 * *high);
}

std::string series_text(const SeriesEstimate& e) {
  const double z = normal_quantile(0.9);
  const PollSeries& s = e.series;
  std::string organisations;
  for (const std::string& house : s.houses) organisations += (organisations.empty() ? "" : ", ") + house.substr(0, house.find(" ("));
  const std::string mark = e.measures == Measures::mood ? "mood" : e.measures == Measures::package ? "package" : "";
  std::string text = fmt::format("    {:<29}{:<9}", e.question, mark);
  text += s.polls.size() > 1 ? sparkline(e, 24) : fmt::format("{:<24}{:>9}", "one wave", "");
  return text + fmt::format("  now {:2.0f} % [{:2.0f}, {:2.0f}]  next wave {:2.0f} % [{:2.0f}, {:2.0f}]  {}: {}\n", 100 * share_of(e.state), 100 * share_of(e.state - z * e.sd),
                            100 * share_of(e.state + z * e.sd), 100 * e.next_wave.median(), 100 * e.next_wave.low80(), 100 * e.next_wave.high80(),
                            plural(s.polls.size(), "wave", "waves"), organisations);
}

std::string response_heading(const PublicEstimate& p) {
  std::string text = "  How support answers a package (logits a unit of the issue): ";
  if (!p.error_refit)
    return text + "ASSUMED. Fewer than three questions put a package, too few to leave one out.\n";
  const std::string errors = fmt::format("left out in turn, questions on packages are missed by {:.1f} points on average after a refit, by {:.1f} with the configuration's values", 100 * *p.error_refit, 100 * *p.error_prior);
  return text + (p.refit_used ? "REFITTED to the polls; " : "ASSUMED; ") + errors + (p.refit_used ? ".\n" : " (no clear gain), which therefore stay.\n");
}

std::string response_text(const PublicEstimate& p) {
  std::string text = response_heading(p);
  double low = 0, high = 0;
  for (const ResponseEstimate& r : p.response)
    low = std::min({low, r.prior - 2 * r.prior_sd, r.refit - 2 * r.refit_sd}), high = std::max({high, r.prior + 2 * r.prior_sd, r.refit + 2 * r.refit_sd});
  constexpr int width = 33;
  text += fmt::format("    {:<16}{:>14}  {:>14}  {:>14}   two sd: ○ prior, ● refit, {:.1f} to {:.1f}\n", "issue", "prior", "refit", "used", low, high);
  for (const ResponseEstimate& r : p.response) {
    const auto number = [](double mean, double sd) { return fmt::format("{:.2f} ± {:.2f}", mean, sd); };
    const DrawnInterval before{r.prior - 2 * r.prior_sd, r.prior, r.prior + 2 * r.prior_sd}, after{r.refit - 2 * r.refit_sd, r.refit, r.refit + 2 * r.refit_sd};
    text += fmt::format("    {:<16}{:>14}  {:>14}  {:>14}   {}  {}\n", r.issue, number(r.prior, r.prior_sd), number(r.refit, r.refit_sd), number(r.estimate, r.sd),
                        interval_drawing(before, low, high, width, "○"), p.refit_used ? (r.informed ? "informed by the polls" : "hardly informed") : "assumed");
    text += fmt::format("    {:<16}{:>14}  {:>14}  {:>14}   {}\n", "", "", "", "", interval_drawing(after, low, high, width, "●"));
  }
  return text;
}

std::string questions_text(const PublicEstimate& p) {
  if (p.questions.size() < 2) return "";
  std::string text = fmt::format("    {:<26}{:>6}{:>9}{:>20}{:>20}\n", "question, % for it", "seen", "implied", "left out: refit", "left out: prior");
  for (const QuestionFit& q : p.questions) {
    const auto share = [](const std::optional<double>& s) { return s ? fmt::format("{:.0f}", 100 * *s) : std::string("–"); };
    text += fmt::format("    {:<26}{:>6.0f}{:>9.0f}{:>20}{:>20}\n", q.question, 100 * q.seen, 100 * q.fitted, share(q.by_refit), share(q.by_prior));
  }
  return text;
}

std::string mood_text(const PublicEstimate& p) {
  if (!p.from_polls) return "  No wave of a question that measures mood was known: the mood of the configuration stands.\n";
  const double z = normal_quantile(0.975), low = share_of(p.mood - z * p.sd), high = share_of(p.mood + z * p.sd);
  return fmt::format("  Mood {:.2f} ± {:.2f} logits: {:.0f} % [{:.0f}, {:.0f}] for the reference package   0 {} 100\n", p.mood, p.sd, 100 * share_of(p.mood), 100 * low, 100 * high,
                     interval_drawing({low, share_of(p.mood), high}, 0, 1, 41, "●"));
}

std::string title_of(const Structure& structure, const std::string& actor) {
  const auto found = std::find_if(structure.actors.begin(), structure.actors.end(), [&](const ActorInfo& a) { return a.name == actor; });
  return found == structure.actors.end() || found->title.empty() ? actor : found->title;
}

constexpr const char* scenario_words[] = {"stalemate", "partial deal", "full settlement"};

/// "+1.23 [1.01, 1.45]", in points of the share.
std::string change_text(const ShareChange& c) { return fmt::format("{:+.2f} [{:+.2f}, {:+.2f}]", 100 * c.change, 100 * c.low, 100 * c.high); }
std::string changes_text(const ShareChanges& changes) {
  std::string text;
  for (const ShareChange& c : changes) text += fmt::format("{:>24}", change_text(c));
  return text;
}

/// The share of stalemates along the curve, one block a point.
std::string curve_text(const PublicSensitivity& p) {
  static const char* levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string text;
  for (const CurvePoint& c : p.curve) text += levels[std::clamp(static_cast<int>(8 * c.shares[0]), 0, 7)];
  return text;
}

std::string tipping_text(const std::optional<TippingPoint>& t, const PollSensitivity& s, const PublicSensitivity& p, const char* direction) {
  if (!t) return fmt::format("no point {} within {:.0f}", direction, direction[0] == 'u' ? p.curve.back().points : -p.curve.front().points);
  const std::string where = fmt::format("{:+.1f} points [{:+.1f}, {:+.1f}]", t->points, t->low, t->high);
  if (s.level) return where + fmt::format(" ({} {:.0f} %)", scenario_words[t->from], 100 * s.level->second);
  return where + fmt::format(" ({} before {})", scenario_words[t->to], scenario_words[t->from]);
}

}  // namespace

std::string interval_drawing(const DrawnInterval& interval, double low, double high, int width, const char* mark) {
  const auto cell = [&](double x) { return std::clamp(static_cast<int>(std::lround((x - low) / (high - low) * (width - 1))), 0, width - 1); };
  std::string text;
  for (int c = 0; c < width; ++c) text += c == cell(interval.middle) ? mark : c >= cell(interval.low) && c <= cell(interval.high) ? "─" : low < 0 && high > 0 && c == cell(0) ? "┊" : "·";
  return text;
}

std::string polls_text(const PollEstimates& e, const Structure& structure) {
  const PollsSpec& s = e.spec;
  std::string text = fmt::format("Opinion as known on {}: {}; left out {} without a share of support and {} without any date\n", e.as_of, plural(e.waves, "wave", "waves"), plural(e.without_shares, "row", "rows"), e.without_date);
  text += fmt::format("Undecided respondents: {}. A split sample counts with its {}. Issues that a question is silent on are read at the reference package.\n",
                      s.undecided == Undecided::against ? "no support" : s.undecided == Undecided::excluded ? "left out" : "half of them support", name_of(s.split_samples));
  for (const std::string& organisation : s.without) text += "Without " + organisation + ".\n";
  for (const PublicEstimate& p : e.publics) {
    text += "\n" + title_of(structure, p.actor) + "\n" + mood_text(p) + response_text(p) + questions_text(p);
    text += "  Questions over time, 80 % intervals:\n";
    for (const SeriesEstimate& series : p.series) text += series_text(series);
  }
  if (e.score.waves > 0)
    text += fmt::format("\nHeld back in turn and foretold by what came before: 80 % intervals held {:.0f} % of {} waves; CRPS {:.3f} logits, {:.3f} for \"no change\".\n", 100 * e.score.coverage(), e.score.waves,
                        e.score.crps, e.score.crps_no_change);
  return text;
}

std::string sensitivity_text(const PollSensitivity& s, const Structure& structure) {
  std::string heading = fmt::format("{:<36}", "");
  for (const char* words : scenario_words) heading += fmt::format("{:>24}", words);
  std::string text = fmt::format("\nHow much the polls matter: {} runs each, the same luck in all (seed {}); points of the scenario shares with paired 95 % intervals\n", s.replicates, s.seed);
  text += heading + "\n" + fmt::format("{:<36}", "  share today");
  for (const double share : s.shares) text += fmt::format("{:>24}", fmt::format("{:.1f} %", 100 * share));
  text += "\n\n  One point more of the public for the reference package:\n";
  for (const PublicSensitivity& p : s.publics) text += fmt::format("    {:<32}{}\n", fmt::format("{}, now {:.0f} %", title_of(structure, p.actor), 100 * p.support), changes_text(p.per_point));
  text += "  One point more of a question (others are not used by the estimate, and move nothing):\n";
  for (const QuestionSensitivity& q : s.questions)
    if (q.used) text += fmt::format("    {:<32}{}\n", q.question, changes_text(q.per_point));
  text += "  Stalemates from " + fmt::format("{:.0f} to {:+.0f}", s.publics.empty() ? 0 : s.publics[0].curve.front().points, s.publics.empty() ? 0 : s.publics[0].curve.back().points) + " points, and the tipping point:\n";
  for (const PublicSensitivity& p : s.publics)
    text += fmt::format("    {:<20}{}  up: {}; down: {}\n", title_of(structure, p.actor), curve_text(p), tipping_text(p.tips_up, s, p, "up"), tipping_text(p.tips_down, s, p, "down"));
  text += "  What not knowing a public's opinion adds to the spread of the stalemate share, and what one more poll of it would take off:\n";
  for (const PublicSensitivity& p : s.publics)
    text += fmt::format("    {:<20}±{:.1f} points, ±{:.1f} after {:.0f} more people: {:.0f} % [{:.0f}, {:.0f}] of the variance less\n", title_of(structure, p.actor), 100 * p.sd_from_opinion[0], 100 * p.sd_after_poll[0], p.poll_n,
                        100 * p.variance_cut[0].change, 100 * p.variance_cut[0].low, 100 * p.variance_cut[0].high);
  text += "  The polls that matter most, moved up by their margin of error:\n";
  constexpr std::size_t most = 8;
  for (std::size_t i = 0; i < std::min(most, s.polls.size()); ++i) {
    const PollEffect& p = s.polls[i];
    text += fmt::format("    {:<32}{}\n", fmt::format("{} {} {:.0f} ± {:.0f} %", p.organisation + (p.country.empty() ? "" : ", " + p.country), p.date.substr(0, 7), 100 * p.share, 100 * p.margin), changes_text(p.moves));
  }
  text += "  Without a pollster:\n";
  for (const WithoutPollster& w : s.pollsters) {
    std::string left;
    for (const std::string& actor : w.without_mood) left += (left.empty() ? "  (mood of " : ", ") + title_of(structure, actor);
    text += fmt::format("    {:<32}{}{}\n", w.organisation, changes_text(w.moves), left.empty() ? "" : left + " from the configuration)");
  }
  return text;
}

}  // namespace parley
