// parley saop: automated negotiation by stacked alternating offers, over GeniusWeb-style domains and profiles.

#include <cstdint>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/core/check.hpp"
#include "engine/drivers/cli/domain_json.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "models/saop/sessions.hpp"

namespace parley {

namespace {

const std::map<std::string, saop::Tactic> tactics = {{"polynomial", saop::Tactic::polynomial},
                                                     {"exponential", saop::Tactic::exponential},
                                                     {"tft_relative", saop::Tactic::relative_tit_for_tat},
                                                     {"tft_absolute", saop::Tactic::absolute_tit_for_tat},
                                                     {"micro", saop::Tactic::micro}};
const std::map<std::string, saop::OpponentModel> opponent_models = {{"none", saop::OpponentModel::none},
                                                                    {"frequency", saop::OpponentModel::frequency},
                                                                    {"bayesian", saop::OpponentModel::bayesian}};
const char* const replies[] = {"accept", "offer", "walk_away"};
const char* const endings[] = {"deal", "deadline", "walked_away"};

/// Comma-separated entries, one for all parties or one each.
std::vector<std::string> one_each(const std::string& name, const std::string& list, std::size_t parties) {
  std::vector<std::string> entries;
  std::size_t from = 0;
  while (true) {
    const std::size_t comma = list.find(',', from);
    entries.push_back(list.substr(from, comma - from));
    if (comma == std::string::npos) break;
    from = comma + 1;
  }
  if (entries.size() == 1) entries.resize(parties, entries[0]);
  if (entries.size() != parties)
    throw InputError("--" + name + " has " + std::to_string(entries.size()) + " entries for " +
                     std::to_string(parties) + " parties. Give one, or one each, with commas.");
  return entries;
}

template <class Value>
Value named(const std::string& name, const std::string& given, const std::map<std::string, Value>& known) {
  if (const auto at = known.find(given); at != known.end()) return at->second;
  std::string list;
  for (const auto& [each, unused] : known) list += (list.empty() ? "" : ", ") + each;
  throw InputError("--" + name + " " + given + " is not known (" + list + " are). Choose one of them.");
}

std::vector<saop::Strategy> strategies_of(const VerbArguments& given, std::size_t parties) {
  const auto tactic = one_each("tactic", given.text("tactic"), parties);
  const auto exponent = one_each("exponent", given.text("exponent"), parties);
  const auto opponent = one_each("opponent", given.text("opponent"), parties);
  std::vector<saop::Strategy> strategies;
  for (std::size_t i = 0; i < parties; ++i) {
    saop::Strategy strategy;
    strategy.tactic = named("tactic", tactic[i], tactics);
    strategy.concession = {.start = given.has("start")                             ? given.real("start", 0, 1)
                                    : strategy.tactic == saop::Tactic::exponential ? 0.01
                                                                                   : 0.0,
                           .beta = 1 / VerbArguments::to_real("exponent", exponent[i], 1e-6, 1e6),
                           .deadline = 1};
    strategy.acceptance = {.rule = given.choice("accept", {"next", "combi"}) == "next" ? saop::Acceptance::Rule::next
                                                                                       : saop::Acceptance::Rule::combi,
                           .factor = given.real("accept-factor", -1e6, 1e6),
                           .bonus = given.real("accept-bonus", -1e6, 1e6),
                           .late = given.real("accept-time", 0, 1)};
    strategy.opponent = named("opponent", opponent[i], opponent_models);
    strategy.slack = given.real("slack", 0, 1);
    saop::check(strategy);
    strategies.push_back(strategy);
  }
  return strategies;
}

nlohmann::json value_at(const saop::Issue& issue, double place) {
  if (issue.is_discrete())
    return issue.values()[static_cast<std::size_t>(place * static_cast<double>(issue.levels() - 1) + 0.5)];
  return issue.number_at(place);
}

nlohmann::ordered_json values_of(const saop::Domain& domain, const saop::Point& places) {
  nlohmann::ordered_json values = nlohmann::ordered_json::object();
  for (std::size_t k = 0; k < domain.size(); ++k)
    values[domain.issues()[k].name()] = value_at(domain.issues()[k], places[k]);
  return values;
}

std::string line_of(const saop::Domain& domain, const saop::Point& places) {
  std::string line;
  for (std::size_t k = 0; k < domain.size(); ++k) {
    const nlohmann::json value = value_at(domain.issues()[k], places[k]);
    line += (k == 0 ? "" : ", ") + domain.issues()[k].name() + " " +
            (value.is_string() ? value.get<std::string>() : fmt::format("{:.4g}", value.get<double>()));
  }
  return line;
}

std::string line_of(const std::vector<double>& utilities) {
  std::string line;
  for (const double utility : utilities) line += fmt::format("{}{:.4f}", line.empty() ? "" : " ", utility);
  return line;
}

nlohmann::ordered_json to_json(const saop::Domain& domain, const std::vector<saop::Profile>& profiles,
                               const saop::SessionResult& result, const std::vector<saop::ShownTurn>& transcript) {
  nlohmann::ordered_json json{{"domain", domain.name()}};
  for (const saop::Profile& profile : profiles) json["parties"].push_back(profile.name());
  json["result"] = endings[static_cast<int>(result.ending)];
  json["step"] = result.step;
  json["turns"] = result.turns;
  json["agreement"] = result.agreement ? values_of(domain, *result.agreement) : nlohmann::ordered_json(nullptr);
  json["utilities"] = result.utilities;
  json["nash"] = nullptr;
  if (!domain.is_continuous())
    if (const auto nash = saop::nash_outcome(domain, profiles)) {
      saop::Point places;
      for (std::size_t k = 0; k < domain.size(); ++k)
        places.push_back(domain.issues()[k].place_of(domain.level(*nash, k)));
      json["nash"] = {{"agreement", values_of(domain, places)}};
      for (const saop::Profile& profile : profiles) json["nash"]["utilities"].push_back(profile.utility(domain, *nash));
    }
  json["transcript"] = nlohmann::ordered_json::array();
  for (const saop::ShownTurn& turn : transcript)
    json["transcript"].push_back(
        {{"step", turn.step},
         {"speaker", profiles[turn.speaker].name()},
         {"reply", replies[static_cast<int>(turn.reply)]},
         {"bid", turn.bid.empty() ? nlohmann::ordered_json(nullptr) : values_of(domain, turn.bid)},
         {"utilities", turn.utilities}});
  return json;
}

void print(const saop::Domain& domain, const std::vector<saop::Profile>& profiles, const saop::SessionResult& result,
           const std::vector<saop::ShownTurn>& transcript) {
  for (const saop::ShownTurn& turn : transcript)
    fmt::print("{:>5} {:<12.12} {:<9} {}  [{}]\n", turn.step, profiles[turn.speaker].name(),
               replies[static_cast<int>(turn.reply)], turn.bid.empty() ? "" : line_of(domain, turn.bid),
               line_of(turn.utilities));
  if (result.agreement) {
    fmt::print("{}: agreement at step {} (turn {}): {}\n", domain.name(), result.step, result.turns,
               line_of(domain, *result.agreement));
  } else {
    fmt::print("{}: no agreement ({} at step {})\n", domain.name(), endings[static_cast<int>(result.ending)],
               result.step);
  }
  for (std::size_t i = 0; i < profiles.size(); ++i)
    fmt::print("  {:<20.20} utility {:.4f} (reservation {:.4f})\n", profiles[i].name(), result.utilities[i],
               profiles[i].reservation());
  if (domain.is_continuous()) return;
  if (const auto nash = saop::nash_outcome(domain, profiles)) {
    std::vector<double> utilities;
    saop::Point places;
    for (const saop::Profile& profile : profiles) utilities.push_back(profile.utility(domain, *nash));
    for (std::size_t k = 0; k < domain.size(); ++k)
      places.push_back(domain.issues()[k].place_of(domain.level(*nash, k)));
    fmt::print("  Nash point: {}  [{}]\n", line_of(domain, places), line_of(utilities));
  }
}

int play_drawn(const VerbArguments& given, const saop::Domain& domain, const saop::Setting& setting) {
  const auto parties = static_cast<std::size_t>(given.whole("parties", 2, saop::max_parties));
  const saop::BatchPlan plan{.sessions = given.whole("sessions", 1, 1000000000),
                             .seed = given.whole("seed", 0, UINT64_MAX)};
  const saop::BatchResult result = saop::play_sessions(domain, strategies_of(given, parties), setting, plan);
  const double sessions = static_cast<double>(plan.sessions), deals = static_cast<double>(result.deals);
  nlohmann::ordered_json json{
      {"domain", domain.name()},
      {"parties", parties},
      {"sessions", plan.sessions},
      {"seed", plan.seed},
      {"deals", result.deals},
      {"share_of_deals", deals / sessions},
      {"mean_turns", static_cast<double>(result.turns) / sessions},
      {"mean_step_of_deals", result.deals == 0
                                 ? nlohmann::ordered_json(nullptr)
                                 : nlohmann::ordered_json(static_cast<double>(result.steps_to_deal) / deals)},
      {"mean_utilities", result.mean_utilities}};
  if (given.is_set("json")) {
    std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  } else {
    fmt::print("{}: {} sessions of {} parties, {} deals, {:.1f} turns on average\n  mean utilities {}\n", domain.name(),
               plan.sessions, parties, result.deals, static_cast<double>(result.turns) / sessions,
               line_of(result.mean_utilities));
  }
  return 0;
}

}  // namespace

int verb_saop(const std::vector<std::string>& arguments) {
  VerbArguments given(
      {.verb = "saop",
       .files = "DOMAIN.json PROFILE.json PROFILE.json…",
       .purpose =
           "Negotiates by stacked alternating offers: in turn, a party accepts what stands, makes an offer of its own\n"
           "or walks away. Domains and profiles are in the JSON of GeniusWeb. With --sessions, utilities are drawn\n"
           "afresh for each session and no profiles are given.",
       .examples = "  parley saop configs/saop/trade_domain.json configs/saop/trade_seller.json "
                   "configs/saop/trade_buyer.json --exponent 4\n"
                   "  parley saop configs/saop/trade_domain.json configs/saop/trade_seller.json "
                   "configs/saop/trade_buyer.json --tactic micro,polynomial --transcript\n"
                   "  parley saop configs/saop/levels_domain.json --sessions 10000 --parties 4 --exponent 4",
       .least_files = 1,
       .most_files = saop::max_parties + 1});
  given
      .add_value("tactic", "polynomial",
                 "polynomial, exponential, tft_relative, tft_absolute or micro; one, or one a party with commas")
      .add_value("exponent", "1",
                 "e of polynomial: the target falls as t^e (above 1 late, below 1 early), 1/e is Faratin's beta; one, "
                 "or one a party")
      .add_value("start", "", "share conceded at the start (polynomial 0, exponential .01 if not given)")
      .add_value("accept", "next", "acceptance: next or combi")
      .add_value("accept-factor", "1", "alpha of AC-next")
      .add_value("accept-bonus", "0", "beta of AC-next")
      .add_value("accept-time", "0.99", "T of AC-combi, a share of the time")
      .add_value("opponent", "none", "opponent model: none, frequency or bayesian; one, or one a party")
      .add_value("slack", "0.02", "with an opponent model: how far above the target bids are searched")
      .add_value("steps", "100", "rounds of the table")
      .add_value("first", "1", "number of the party that speaks first")
      .add_value("sessions", "0", "sessions with drawn utilities; 0 plays the profiles once")
      .add_value("parties", "2", "with --sessions: how many parties")
      .add_value("seed", "1", "with --sessions: of the draws")
      .add_switch("transcript", "print every turn")
      .add_switch("json", "print JSON, the transcript included");
  if (!given.parse(arguments)) return 0;
  const saop::Setting setting{.steps = given.whole("steps", 1, 1000000),
                              .first_speaker = given.whole("first", 1, saop::max_parties) - 1};
  const saop::Domain domain = read_domain(given.files()[0]);
  if (given.whole("sessions", 0, 1000000000) > 0) {
    if (given.files().size() > 1)
      throw InputError("profiles were given beside --sessions (utilities are drawn there). Leave one of the two out.");
    return play_drawn(given, domain, setting);
  }
  if (given.files().size() < 3)
    throw InputError("fewer than two profiles (nobody to talk to). Give a domain and at least two profiles.");
  std::vector<saop::Profile> profiles;
  for (std::size_t i = 1; i < given.files().size(); ++i) profiles.push_back(read_profile(given.files()[i], domain));
  std::vector<saop::ShownTurn> transcript;
  const saop::SessionResult result =
      saop::play_session(domain, profiles, strategies_of(given, profiles.size()), setting, &transcript);
  if (given.is_set("json")) {
    std::cout
        << to_json(domain, profiles, result, transcript).dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
        << '\n';
  } else {
    print(domain, profiles, result, given.is_set("transcript") ? transcript : std::vector<saop::ShownTurn>());
  }
  return 0;
}

}  // namespace parley
