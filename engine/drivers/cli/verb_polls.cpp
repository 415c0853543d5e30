// parley polls: what polls say of each public, its mood today and how it answers the content of a package.

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "engine/analysis/poll_json.hpp"
#include "engine/analysis/poll_sensitivity.hpp"
#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/cli/polls_text.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/runner/play_rows.hpp"
#include "engine/sweep/batch.hpp"

namespace parley {

namespace {

constexpr const char* reference = "configs/ukraine-2026-01.toml";

VerbArguments polls_arguments() {
  VerbArguments a({.verb = "polls",
                   .files = "POLLS.csv...|CONFIG.toml",
                   .purpose = "Estimates from polls what each public thinks today and how its support answers the content of a package, with intervals,\n"
                              "and says which numbers the polls informed and which stay assumed. Tables of polls and of questions may come in any\n"
                              "order (columns: configs/polls/README.md); a configuration names its own in [polls].",
                   .examples = "  parley polls configs/polls/*.csv\n"
                               "  parley polls configs/polls/ukraine.csv --as-of 2025-09-30 --undecided excluded\n"
                               "  parley polls configs/ukraine-2026-01.toml --without KIIS --json\n"
                               "  parley polls my-poll.csv configs/polls/*.csv --toml\n"
                               "  parley polls configs/ukraine-2026-01.toml --sensitivity --tip stalemate=0.6\n",
                   .least_files = 1,
                   .most_files = 1000});
  a.add_value("config", "", std::string("with tables: the configuration whose issues, reference package and response are the prior (where silent: ") + reference + ")")
      .add_value("as-of", "", "YYYY-MM-DD: only polls whose fieldwork had ended by then are known")
      .add_value("undecided", "", "what undecided respondents count as: against, excluded or half")
      .add_value("split-samples", "", "whose size counts where a sample was split: part or whole")
      .add_list("without", "an organisation to leave out; may be repeated")
      .add_value("default-n", "", "people in a poll whose organisation never states n; 0 refuses such rows")
      .add_list("set", "path=value: changes one setting of the configuration, such as polls.house_sd=0.2; may be repeated")
      .add_switch("scores", "also foretell each wave from those before it, and score that")
      .add_switch("sensitivity", "also play the configuration: how the scenario shares move with opinion, question, poll and pollster")
      .add_value("runs", "", "with --sensitivity: replicates of each play (where silent: what the configuration says)")
      .add_value("seed", "", "with --sensitivity: seed of all luck (where silent: what the configuration says)")
      .add_value("threads", "0", "with --sensitivity: threads; 0 takes all")
      .add_value("poll-n", "1000", "with --sensitivity: people in one more poll, whose worth is told")
      .add_value("tip", "", "with --sensitivity: scenario=share whose tipping point is wanted, such as stalemate=0.5 (where silent: another scenario becomes the likeliest)")
      .add_switch("toml", "print what a configuration would keep ([polls.posterior])")
      .add_switch("json", "print one JSON object");
  return a;
}

/// The options that stand for keys of [polls], as settings.
std::vector<std::string> settings_of(const VerbArguments& a) {
  std::vector<std::string> settings = a.list("set");
  const auto quoted = [](const std::string& text) { return "\"" + text + "\""; };
  if (a.has("as-of")) settings.push_back("polls.as_of=" + quoted(a.text("as-of")));
  if (a.has("undecided")) settings.push_back("polls.undecided=" + quoted(a.choice("undecided", {"against", "excluded", "half"})));
  if (a.has("split-samples")) settings.push_back("polls.split_samples=" + quoted(a.choice("split-samples", {"part", "whole"})));
  if (a.has("default-n")) settings.push_back("polls.default_n=" + std::to_string(a.whole("default-n", 0, 1000000000)));
  std::string without;
  for (const std::string& organisation : a.list("without")) without += (without.empty() ? "" : ", ") + quoted(organisation);
  if (!without.empty()) settings.push_back("polls.without=[" + without + "]");
  return settings;
}

bool is_configuration(const std::string& path) { return std::filesystem::path(path).extension() == ".toml"; }

/// A name that is left out should be one that is there.
void require_organisations(const PollData& data, const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const PollWave& w : data.waves) known.push_back(w.organisation);
  for (const std::string& name : names)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw InputError("--without " + name + ": No poll is by that organisation. Did you mean " + Catalog::nearest(name, known) + "?");
}

/// "stalemate=0.5"
std::optional<std::pair<std::size_t, double>> level_of(const VerbArguments& a) {
  if (!a.has("tip")) return {};
  const std::string& text = a.text("tip");
  const auto equals = text.find('=');
  for (std::size_t s = 0; s < scenarios_counted && equals != std::string::npos; ++s)
    if (text.substr(0, equals) == scenario_names[s]) return std::pair(s, VerbArguments::to_real("tip", text.substr(equals + 1), 0, 1));
  throw UsageError("--tip " + text + " is not scenario=share (stalemate, partial_deal and full_settlement are known). Write for example --tip stalemate=0.5.");
}

PollSensitivity sensitivity_of(const VerbArguments& a, const Config& config, const PollData& data) {
  const auto replicates = static_cast<std::uint32_t>(a.has("runs") ? a.whole("runs", 2, 100000000) : config.runs);
  const std::uint64_t seed = a.has("seed") ? a.whole("seed", 0, ~std::uint64_t{0}) : config.seed;
  if (config.sweep.design != DesignKind::none) throw InputError(config.name + ": The configuration has a sweep, and the sensitivity to polls is that of one cell. Take [sweep] out.");
  const auto threads = static_cast<int>(a.whole("threads", 0, 4096));
  const Kernel kernel = choose_kernel(config.negotiation.model->kernels, "auto").play;
  return poll_sensitivity({.data = data, .negotiation = config.negotiation, .spec = config.polls,
                           .plan_with = [&](const std::vector<PosteriorTable>& tables) { return Plan(with_posteriors(config, tables), replicates, seed); },
                           .play = [&](const Plan& plan) { return play_rows(plan, kernel, 0, plan.replicates(), threads); },
                           .step = 3, .poll_n = static_cast<double>(a.whole("poll-n", 1, 1000000000)), .level = level_of(a)});
}

}  // namespace

int verb_polls(const std::vector<std::string>& arguments) {
  VerbArguments a = polls_arguments();
  if (!a.parse(arguments)) return 0;
  const bool configured = a.files().size() == 1 && is_configuration(a.files()[0]);
  if (configured && a.has("config")) throw UsageError("--config goes with tables of polls, and a configuration was given already. Leave one out.");
  const Config config = read_without_polls(configured ? a.files()[0] : a.has("config") ? a.text("config") : reference, settings_of(a));
  if (configured && !config.polls.present())
    throw InputError(config.name + ": The configuration names no polls (it has no [polls] files). Add them, or give the tables: parley polls POLLS.csv --config " + config.name);
  if (!config.posteriors.empty()) throw input_error(config.polls.place, "The configuration says itself what its polls said ([polls.posterior], from an earlier run). Take that out to read polls anew.");
  const PollData data = configured ? polls_of(config) : read_polls(a.files());
  require_organisations(data, config.polls.without);
  const PollEstimates estimates = estimate_polls(data, config.negotiation, config.polls, a.is_set("scores") ? Scores::yes : Scores::no);
  if (a.is_set("toml")) {
    std::cout << posterior_text(posteriors_of(estimates));
    return 0;
  }
  std::optional<PollSensitivity> sensitivity;
  if (a.is_set("sensitivity")) sensitivity = sensitivity_of(a, config, data);
  if (a.is_set("json")) {
    auto json = polls_json(estimates);
    json["sensitivity"] = sensitivity ? sensitivity_json(*sensitivity) : nlohmann::ordered_json(nullptr);
    std::cout << printed(json);
  } else {
    std::cout << polls_text(estimates, config.negotiation.structure) << (sensitivity ? sensitivity_text(*sensitivity, config.negotiation.structure) : "");
  }
  return 0;
}

}  // namespace parley
