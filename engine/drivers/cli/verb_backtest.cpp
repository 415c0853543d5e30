// parley backtest: every solution concept and dynamic model on decisions whose outcomes are known.

#include <cstdint>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/analysis/backtest.hpp"
#include "engine/analysis/decisions.hpp"
#include "engine/analysis/one_issue_concepts.hpp"
#include "engine/drivers/cli/dynamic_predictors.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"

namespace parley {

namespace {

nlohmann::ordered_json to_json(const Decisions& decisions, const std::vector<Score>& scores,
                               const ScoreBootstrap& bootstrap) {
  nlohmann::ordered_json json{{"decisions", decisions.decisions.size()},
                              {"skipped", decisions.skipped},
                              {"baseline", compromise_baseline},
                              {"bootstrap", bootstrap.samples},
                              {"seed", bootstrap.seed},
                              {"models", nlohmann::ordered_json::array()}};
  for (const Score& score : scores) {
    const auto number = [&](double value) {
      return score.n == 0 ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(value);
    };
    json["models"].push_back(
        {{"name", score.name},
         {"n", score.n},
         {"mae", number(score.mae)},
         {"mae_low", number(score.mae_interval.low)},
         {"mae_high", number(score.mae_interval.high)},
         {"rmse", number(score.rmse)},
         {"median_error", number(score.median_error)},
         {"within_5", number(score.within_5)},
         {"crps", score.crps ? nlohmann::ordered_json(*score.crps) : nlohmann::ordered_json(nullptr)},
         {"difference", number(score.difference)},
         {"difference_low", number(score.difference_interval.low)},
         {"difference_high", number(score.difference_interval.high)}});
  }
  return json;
}

void print(const Decisions& decisions, const std::vector<Score>& scores) {
  fmt::print("{} decisions, {} skipped (no outcome, or too few positions)\n", decisions.decisions.size(),
             decisions.skipped);
  fmt::print("{:<26} {:>5} {:>7} {:>15} {:>7} {:>7} {:>8} {:>7}  {}\n", "model", "n", "MAE", "95 %", "RMSE", "median",
             "within 5", "CRPS", "MAE minus " + std::string(compromise_baseline));
  for (const Score& score : scores) {
    if (score.n == 0) {
      fmt::print("{:<26} {:>5} does not apply to any of them\n", score.name, 0);
      continue;
    }
    fmt::print("{:<26} {:>5} {:>7.2f} {:>7.2f}–{:<7.2f} {:>7.2f} {:>7.2f} {:>8.3f} {:>7}  {:+.2f} [{:+.2f}, {:+.2f}]\n",
               score.name, score.n, score.mae, score.mae_interval.low, score.mae_interval.high, score.rmse,
               score.median_error, score.within_5, score.crps ? fmt::format("{:.2f}", *score.crps) : "–",
               score.difference, score.difference_interval.low, score.difference_interval.high);
  }
}

}  // namespace

int verb_backtest(const std::vector<std::string>& arguments) {
  VerbArguments given(
      {.verb = "backtest",
       .files = "DECISIONS.csv",
       .purpose =
           "Runs every solution concept and dynamic model on decisions whose outcomes are known, and compares their\n"
           "errors with those of the salience-weighted mean. One row an actor and issue, with columns issue, actor,\n"
           "position (0 to 100), salience, outcome, optional capability and reference; or one row an issue with\n"
           "columns p<actor>, s<actor>, rp, out, and optionally a first row of capabilities in the p columns.\n"
            "JSON: decisions, skipped, baseline, bootstrap, seed, and models, each with name, n (decisions it applies to), mae,\n"
            "rmse, median_error, within_5 (share of errors up to 5), crps (null for points), difference (MAE minus the\n"
            "baseline's on the same decisions), and 95 % bootstrap ends mae_low, mae_high, difference_low, difference_high.",
       .examples = "  parley backtest configs/backtest/compromise.csv\n"
                   "  parley backtest configs/backtest/majority_wide.csv --bootstrap 10000 --seed 7 --json"});
  given.add_value("bootstrap", "2000", "samples of the intervals, 0 for none")
      .add_value("seed", "1", "of the bootstrap and of the Monte Carlo")
      .add_value("runs", "200", "Monte Carlo runs of the expected-utility model for each decision, 0 for none")
      .add_value("spread", "0.1",
                 "their standard deviation, as a share of the span of positions and of the numbers (assumed)")
      .add_value("least-positions", "2", "decisions with fewer positions are skipped")
      .add_switch("json", "print JSON");
  if (!given.parse(arguments)) return 0;
  const ScoreBootstrap bootstrap{.samples = given.whole("bootstrap", 0, 1000000),
                                 .seed = given.whole("seed", 0, UINT64_MAX)};
  const Decisions decisions = read_decisions(given.files()[0], given.whole("least-positions", 1, 256));
  std::vector<Predictor> predictors = concept_predictors(decisions.capability_known);
  for (Predictor& predictor : dynamic_predictors(
           {.runs = given.whole("runs", 0, 1000000), .seed = bootstrap.seed, .spread = given.real("spread", 0, 10)}))
    predictors.push_back(std::move(predictor));
  const std::vector<Score> scores = backtest(decisions.decisions, predictors, compromise_baseline, bootstrap);
  if (given.is_set("json")) {
    std::cout << to_json(decisions, scores, bootstrap).dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
              << '\n';
  } else {
    print(decisions, scores);
  }
  return 0;
}

}  // namespace parley
