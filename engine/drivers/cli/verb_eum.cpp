// parley eum: the expected-utility (challenge) model on a table of actors, round by round and as a forecast.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/core/check.hpp"
#include "engine/drivers/cli/actors_csv.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "models/eum/monte_carlo.hpp"
#include "models/eum/trace.hpp"

namespace parley {

namespace {

struct Request {
  eum::Options options;
  eum::MonteCarlo monte_carlo;
  bool forecast = false;
  double spread = 0.1;
};

/// Mean, standard deviation and quantiles of a forecast.
struct Summary {
  double mean = 0, sd = 0;
  std::vector<double> quantiles;  ///< at `levels`
};
constexpr double levels[] = {0.05, 0.25, 0.5, 0.75, 0.95};
constexpr const char* level_names[] = {"q05", "q25", "q50", "q75", "q95"};

Summary summarise(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  Summary summary;
  for (const double value : values) summary.mean += value / count;
  for (const double value : values) summary.sd += (value - summary.mean) * (value - summary.mean);
  summary.sd = values.size() < 2 ? 0 : std::sqrt(summary.sd / (count - 1));
  for (const double level : levels) {
    const double at = level * (count - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    summary.quantiles.push_back(values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]));
  }
  return summary;
}

/// The same issue with a normal spread around every number, for tables that say nothing about theirs.
eum::Case with_spread(const eum::Case& issue, double spread) {
  std::vector<eum::Actor> actors = issue.actors();
  for (eum::Actor& actor : actors) {
    actor.capability = {.value = actor.capability.value,
                        .shape = eum::Shape::normal,
                        .sd = spread * actor.capability.value,
                        .low = 0,
                        .high = eum::Case::largest_number};
    actor.position = {.value = actor.position.value,
                      .shape = eum::Shape::normal,
                      .sd = spread * issue.range(),
                      .low = issue.scale().low,
                      .high = issue.scale().high};
    actor.salience = {.value = actor.salience.value,
                      .shape = eum::Shape::normal,
                      .sd = spread * actor.salience.value,
                      .low = 0,
                      .high = 1};
  }
  return {issue.issue(), std::move(actors), issue.scale()};
}

nlohmann::json to_json(const Summary& summary) {
  nlohmann::json json{{"mean", summary.mean}, {"sd", summary.sd}};
  for (std::size_t i = 0; i < std::size(levels); ++i) json[level_names[i]] = summary.quantiles[i];
  return json;
}

nlohmann::json to_json(const eum::Case& issue, const std::vector<eum::Round>& rounds) {
  nlohmann::json json{{"issue", issue.issue()}, {"low", issue.scale().low}, {"high", issue.scale().high}};
  for (const eum::Actor& actor : issue.actors()) json["actors"].push_back(actor.name);
  for (std::size_t t = 0; t < rounds.size(); ++t)
    json["rounds"].push_back({{"round", t},
                              {"median", rounds[t].median},
                              {"weighted_mean", rounds[t].weighted_mean},
                              {"positions", rounds[t].positions},
                              {"risks", rounds[t].risks},
                              {"exponents", rounds[t].exponents}});
  return json;
}

void print(const eum::Case& issue, const std::vector<eum::Round>& rounds) {
  fmt::print("{}: {} actors on a scale from {:g} to {:g}\n", issue.issue(), issue.size(), issue.scale().low,
             issue.scale().high);
  fmt::print("{:>5} {:>9} {:>9}", "round", "median", "mean");
  for (const eum::Actor& actor : issue.actors()) fmt::print(" {:>9.9}", actor.name);
  fmt::print("\n");
  for (std::size_t t = 0; t < rounds.size(); ++t) {
    fmt::print("{:>5} {:>9.4f} {:>9.4f}", t, rounds[t].median, rounds[t].weighted_mean);
    for (const double position : rounds[t].positions) fmt::print(" {:>9.4f}", position);
    fmt::print("\n");
  }
}

void print(const std::string& name, const Summary& summary) {
  fmt::print("{:>16} {:>9.4f} {:>9.4f}", name, summary.mean, summary.sd);
  for (const double quantile : summary.quantiles) fmt::print(" {:>9.4f}", quantile);
  fmt::print("\n");
}

nlohmann::json play_issue(const eum::Case& issue, const Request& request, bool quiet) {
  const std::vector<eum::Round> rounds = eum::trace(issue, request.options);
  nlohmann::json json = to_json(issue, rounds);
  if (!quiet) print(issue, rounds);
  json["monte_carlo"] = nullptr;
  if (request.forecast) {
    const bool assumed = !issue.is_uncertain();
    const eum::Forecasts forecasts =
        eum::simulate(assumed ? with_spread(issue, request.spread) : issue, request.options, request.monte_carlo);
    const Summary median = summarise(forecasts.median), mean = summarise(forecasts.weighted_mean);
    json["monte_carlo"] = {{"runs", request.monte_carlo.runs},
                           {"seed", request.monte_carlo.seed},
                           {"spread_assumed", assumed ? nlohmann::json(request.spread) : nlohmann::json(nullptr)},
                           {"median", to_json(median)},
                           {"weighted_mean", to_json(mean)}};
    if (!quiet) {
      fmt::print("\n{} runs, seed {}{}\n{:>16} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}\n", request.monte_carlo.runs,
                 request.monte_carlo.seed,
                 assumed ? fmt::format(", spread {:g} of every number assumed", request.spread) : std::string(),
                 "after the rounds", "mean", "sd", "5 %", "25 %", "50 %", "75 %", "95 %");
      print("median", median);
      print("weighted mean", mean);
    }
  }
  if (!quiet) fmt::print("\n");
  return json;
}

}  // namespace

int verb_eum(const std::vector<std::string>& arguments) {
  VerbArguments given(
      {.verb = "eum",
       .files = "ACTORS.csv",
       .purpose =
           "Plays the expected-utility (challenge) model of Bueno de Mesquita, as reconstructed by Scholz, Calbert\n"
           "and Smith (2011), issue by issue. Columns: name, capability, position, salience; optional issue and,\n"
           "for a forecast over many runs, <number>_sd or <number>_low and <number>_high.",
       .examples = "  parley eum configs/eum/emission.csv --variant scholz_compatible --rounds 8\n"
                   "  parley eum configs/eum/emission_uncertain.csv --runs 50000 --seed 7 --json"});
  given.add_value("variant", "least_move", "least_move, or scholz_compatible for the published table")
      .add_value("rounds", "3", "rounds played, 0 to 10000")
      .add_value("q", "1", "chance that a side left alone stays where it is, 0 to 1")
      .add_value("runs", "0", "runs over the uncertain numbers, 0 for none")
      .add_value("seed", "1", "of the runs")
      .add_value("spread", "0.1",
                 "where the table gives no spread: its standard deviation, as a share of the scale (position) or of "
                 "the number (assumed)")
      .add_value("between-bounds", "triangular", "how a number with low and high is drawn: triangular or uniform")
      .add_value("low", "", "lower end of every issue's scale; the lowest position if not given")
      .add_value("high", "", "upper end of every issue's scale; the highest position if not given")
      .add_switch("json", "print JSON");
  if (!given.parse(arguments)) return 0;
  Request request;
  request.options = {.variant = given.choice("variant", {"least_move", "scholz_compatible"}) == "least_move"
                                    ? eum::Variant::least_move
                                    : eum::Variant::scholz_compatible,
                     .rounds = static_cast<int>(given.whole("rounds", 0, 10000)),
                     .q = given.real("q", 0, 1)};
  request.monte_carlo = {.runs = given.whole("runs", 0, 100000000), .seed = given.whole("seed", 0, UINT64_MAX)};
  request.forecast = request.monte_carlo.runs > 0;
  request.spread = given.real("spread", 0, 10);
  ActorsOptions reading{.between_bounds = given.choice("between-bounds", {"triangular", "uniform"}) == "uniform"
                                              ? eum::Shape::uniform
                                              : eum::Shape::triangular,
                        .scale = {}};
  if (given.has("low") != given.has("high"))
    throw InputError("--low and --high belong together (a scale has two ends). Give both or neither.");
  const auto end = [&](const char* name) { return given.real(name, -eum::Case::largest_number, eum::Case::largest_number); };
  if (given.has("low")) reading.scale = eum::Scale{end("low"), end("high")};

  const bool quiet = given.is_set("json");
  nlohmann::json json{
      {"variant", given.text("variant")}, {"q", request.options.q}, {"issues", nlohmann::json::array()}};
  for (const eum::Case& issue : read_actors(given.files()[0], reading))
    json["issues"].push_back(play_issue(issue, request, quiet));
  if (quiet) std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  return 0;
}

}  // namespace parley
