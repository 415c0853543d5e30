// Oracles of intervals, sensitivity indices, scenario discovery, elections and plain predictors.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <string>

#include "engine/analysis/baselines.hpp"
#include "engine/analysis/condorcet_election.hpp"
#include "engine/analysis/intervals.hpp"
#include "engine/analysis/prim.hpp"
#include "engine/analysis/sensitivity.hpp"
#include "engine/analysis/test_functions.hpp"
#include "engine/drivers/validate/oracle_registry.hpp"

namespace parley {

namespace {

using nlohmann::json;

constexpr Bounds confidence{1e-12, 1.0 - 1e-12};

/// Number of inputs of a domain "[0,1]^n"; `fallback` where the key is absent.
std::size_t unit_domain(const OracleInputs& in, std::size_t fallback) {
  if (!in.has("domain")) return fallback;
  std::smatch found;
  const std::string domain = in.text("domain");
  static const std::regex unit_cube(R"(\[0,\s*1\]\^(\d{1,3}))");
  if (domain.size() > 40 || !std::regex_match(domain, found, unit_cube))
    refuse_input("domain", "is not known (\"[0,1]^n\" is). Give that");
  return std::stoul(found[1]);
}

/// The number of an input named "x1", "x2", …, counted from 0.
std::size_t input_number(const std::string& key, const std::string& name, std::size_t inputs) {
  const bool digits = name.size() >= 2 && name.size() <= 4 && name[0] == 'x' &&
                      std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; });
  const std::size_t number = digits ? std::stoul(name.substr(1)) : 0;
  if (number == 0 || number > inputs)
    refuse_input(key,
                 fmt::format("names an input that is none of x1 to x{} (its domain has so many). Rename it", inputs));
  return number - 1;
}

json wilson(const OracleInputs& in) {
  const long runs = in.integer("n", 1, 1'000'000'000), hits = in.integer("x", 0, runs);
  const double level = in.number_or("conf", 0.95, confidence);
  const ShareInterval w = wilson_interval(static_cast<std::uint64_t>(hits), static_cast<std::uint64_t>(runs), level);
  const ShareInterval c =
      clopper_pearson_interval(static_cast<std::uint64_t>(hits), static_cast<std::uint64_t>(runs), level);
  return {{"wilson", {w.low, w.high}}, {"clopper_pearson", {c.low, c.high}}};
}

json required_runs(const OracleInputs& in) {
  return {{"n", runs_for_half_width(in.number("half_width", {1e-6, 0.4999}), in.number_or("p", 0.5, bounds::share),
                                    in.number_or("conf", 0.95, confidence))}};
}

json ishigami_oracle(const OracleInputs& in) {
  in.choice("domain", {"[-pi,pi]^3"});
  const IshigamiIndices s = ishigami_indices(in.number("a"), in.number("b"));
  return {{"mean", s.mean},  {"variance", s.variance}, {"S1", s.first1}, {"S2", s.first2}, {"S3", 0.0},
          {"S12", 0.0},      {"S13", s.together13},    {"S23", 0.0},     {"S123", 0.0},    {"ST1", s.total1},
          {"ST2", s.first2}, {"ST3", s.total3}};
}

json g_function_oracle(const OracleInputs& in) {
  const auto a = in.numbers("a", bounds::not_negative);
  if (unit_domain(in, a.size()) != a.size())
    refuse_input("domain", "has another number of inputs than 'a' has coefficients. Make them agree");
  const GFunctionIndices s = g_function_indices(a);
  return {{"mean", s.mean}, {"variance", s.variance}, {"S", s.first}, {"ST", s.total}};
}

struct Product {
  double coefficient;
  std::vector<std::size_t> inputs;
};

/// "x1" and "x1x2" as products of inputs.
std::vector<Product> read_products(const OracleInputs& in, std::size_t inputs) {
  const json& coefficients = in.raw("coefficients");
  if (!coefficients.is_object() || coefficients.size() > 1000)
    refuse_input("coefficients", "is not an object of products (\"x1\", \"x1x2\"). Give one");
  std::vector<Product> products;
  for (const auto& [name, value] : coefficients.items()) {
    Product product{checked_number(value, "coefficients." + name.substr(0, 40)), {}};
    for (std::size_t start = 0; start < name.size();) {
      const std::size_t next = std::min(name.find('x', start + 1), name.size());
      product.inputs.push_back(input_number("coefficients", name.substr(start, next - start), inputs));
      start = next;
    }
    auto sorted = product.inputs;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
      refuse_input("coefficients", "holds a power of an input (a bilinear function has none). Leave it out");
    products.push_back(std::move(product));
  }
  return products;
}

json morris(const OracleInputs& in) {
  in.choice("f", {"bilinear"});
  const std::size_t inputs = unit_domain(in, 2);
  const auto products = read_products(in, inputs);
  const auto function = [&](std::span<const double> x) {
    double sum = 0.0;
    for (const Product& p : products) {
      double term = p.coefficient;
      for (const std::size_t i : p.inputs) term *= x[i];
      sum += term;
    }
    return sum;
  };
  json result{{"mu", json::array()}, {"mu_star", json::array()}, {"sigma_population", json::array()}};
  for (const MorrisEffect& e : morris_on_grid(
           function, {inputs, static_cast<int>(in.integer("levels", 2, 1000)), in.number("delta", {1e-6, 0.999999})})) {
    result["mu"].push_back(e.mean);
    result["mu_star"].push_back(e.mean_size);
    result["sigma_population"].push_back(e.deviation);
  }
  return result;
}

json pawn(const OracleInputs& in) {
  in.choice("f", {"identity_x1_with_dummy_x2"});
  const auto bins = static_cast<std::size_t>(in.integer("conditioning_intervals", 1, 10000));
  const PiecewiseDistribution everything{{0.0, 1.0}, {0.0, 1.0}};
  std::vector<double> own, dummy;
  for (std::size_t k = 0; k < bins; ++k) {
    const double low = static_cast<double>(k) / static_cast<double>(bins),
                 high = static_cast<double>(k + 1) / static_cast<double>(bins);
    own.push_back(kolmogorov_smirnov(everything, PiecewiseDistribution{{low, high}, {0.0, 1.0}}));
    dummy.push_back(kolmogorov_smirnov(everything, everything));
  }
  const PawnIndex index = pawn_index(own);
  return {{"max", index.most}, {"median", index.median}, {"mean", index.mean}, {"dummy_x2", pawn_index(dummy).most}};
}

InputBox read_box(const OracleInputs& in, std::size_t inputs) {
  const json& sides = in.raw("box");
  if (!sides.is_object()) refuse_input("box", "is not an object of sides. Give {\"x1\": [low, high], ...}");
  InputBox box{std::vector<double>(inputs, 0.0), std::vector<double>(inputs, 1.0)};
  for (const auto& [name, side] : sides.items()) {
    const std::size_t i = input_number("box", name, inputs);
    if (!side.is_array() || side.size() != 2)
      refuse_input("box." + name, "is not two numbers (low and high). Give [low, high]");
    box.low[i] = checked_number(side[0], "box." + name + "[0]", bounds::share);
    box.high[i] = checked_number(side[1], "box." + name + "[1]", {box.low[i], 1.0});
  }
  return box;
}

json prim(const OracleInputs& in) {
  in.choice("f", {"box"});
  const std::size_t inputs = unit_domain(in, in.raw("box").size());
  const InputBox target = read_box(in, inputs);
  const UniformPopulation population(target);
  const double alpha = in.number("alpha_peel", {1e-6, 0.999999});
  const InputBox all = population.everything();
  const BoxQuality found = population.quality(target);
  json found_box{{"coverage", found.coverage}, {"density", found.density}, {"support", found.support}};
  for (std::size_t i = 0; i < inputs; ++i) found_box["x" + std::to_string(i + 1)] = {target.low[i], target.high[i]};
  json result{{"base_density", population.quality(all).density},
              {"first_peel_density", best_peel(population, all, alpha).quality.density},
              {"target_box", found_box}};
  if (in.has("query_worse_peel")) {
    const std::string query = in.text("query_worse_peel");
    const std::size_t space = query.find(' ');
    const std::string side = space == std::string::npos ? "" : query.substr(space);
    if (side != " from above" && side != " from below")
      refuse_input("query_worse_peel", "is not known (\"x1 from above\" or \"x1 from below\" is). Give one of these");
    const std::string name = query.substr(0, space);
    const bool above = side == " from above";
    const InputBox peeled =
        population.peeled(all, {input_number("query_worse_peel", name, inputs), above ? Edge::high : Edge::low}, alpha);
    result["worse_peel_density_" + name + (above ? "_high" : "_low")] = population.quality(peeled).density;
  }
  return result;
}

/// Rows of a name and numbers; how many numbers is told by the caller.
std::vector<std::vector<double>> read_actors(const OracleInputs& in, std::size_t columns, Bounds bounds) {
  const json& rows = in.raw("data");
  if (!rows.is_array() || rows.empty() || rows.size() > 1000)
    refuse_input("data", "is not a list of 1 to 1000 actors. Give [[name, numbers...], ...]");
  std::vector<std::vector<double>> actors;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string where = fmt::format("data[{}]", i);
    if (!rows[i].is_array() || rows[i].size() != columns + 1)
      refuse_input(where, fmt::format("is not a name and {} numbers (as 'actors' says). Complete it", columns));
    actors.emplace_back();
    for (std::size_t k = 1; k <= columns; ++k)
      actors.back().push_back(checked_number(rows[i][k], fmt::format("{}[{}]", where, k), bounds));
  }
  return actors;
}

json plain_predictors(const OracleInputs& in) {
  in.choice("actors", {"name,capability,position,salience"});
  std::vector<double> positions, weights, ones;
  for (const auto& actor : read_actors(in, 3, bounds::any)) {
    if (actor[0] < 0.0 || actor[2] < 0.0)
      refuse_input("data", "holds a negative capability or salience (both are at least 0). Give 0 or more");
    positions.push_back(actor[1]);
    weights.push_back(actor[0] * actor[2]);
    ones.push_back(1.0);
  }
  return {{"compromise_c_s_weighted_mean", weighted_mean(positions, weights)},
          {"median_voter", weighted_median(positions, weights)},
          {"unweighted_mean", weighted_mean(positions, ones)}};
}

json condorcet(const OracleInputs& in) {
  const SquareTable strengths = in.square_matrix("coalition_strengths", bounds::not_negative);
  const double power = in.number_or("m", 1.0, {1e-6, 1000.0});
  return {{"prob_matrix", victory_chances(strengths, power)},
          {"markov_uniform", election_chances(strengths, power, Election::uniform_markov)},
          {"markov_incentive", election_chances(strengths, power, Election::incentive_markov)},
          {"conditional", election_chances(strengths, power, Election::conditional)}};
}

/// One column of a spatial election's table, as its heading says: what it holds, and the range it is scaled from.
struct ElectionColumn {
  enum class Holds { capability, position, salience } holds;
  double low = 0.0, high = 1.0;
};

std::vector<ElectionColumn> read_heading(const OracleInputs& in) {
  const std::string heading = in.has("actors") ? in.text("actors") : "name,capability,position 0-100,salience 0-100";
  static const std::regex column(
      R"(\s*(capability|position|salience)[ _]?(\d{0,2})(?:\s+(\d{1,6}(?:\.\d{1,6})?)-(\d{1,6}(?:\.\d{1,6})?))?\s*)");
  std::vector<ElectionColumn> columns;
  std::size_t start = heading.find(',');
  if (heading.size() > 1000 || heading.substr(0, start) != "name")
    refuse_input("actors", "does not begin with \"name\" (it heads the columns of 'data'). Begin so");
  while (start != std::string::npos) {
    const std::size_t end = heading.find(',', start + 1);
    const std::string text = heading.substr(start + 1, end == std::string::npos ? end : end - start - 1);
    std::smatch part;
    if (!std::regex_match(text, part, column))
      refuse_input("actors", fmt::format("has the column \"{}\" (capability, position or salience, with a range as in "
                                         "\"position 0-100\", are known). Rename it",
                                         text));
    ElectionColumn c{part[1] == "capability" ? ElectionColumn::Holds::capability
                     : part[1] == "position" ? ElectionColumn::Holds::position
                                             : ElectionColumn::Holds::salience};
    if (part[4].matched) {
      c.low = std::stod(part[3]);
      c.high = std::stod(part[4]);
      if (!(c.high > c.low)) refuse_input("actors", "has a range that is empty (low must be below high). Mend it");
    }
    columns.push_back(c);
    start = end;
  }
  return columns;
}

json spatial_condorcet(const OracleInputs& in) {
  in.choice("votes", {"proportional, capability only"});
  const std::string victory = in.choice("victory", {"linear", "square", "quartic"});
  const std::string rule = in.choice("election", {"conditional", "markov uniform", "markov incentive"});
  const auto columns = read_heading(in);
  std::vector<SpatialVoter> voters;
  for (const auto& row : read_actors(in, columns.size(), bounds::not_negative)) {
    SpatialVoter voter{1.0, {}, {}};
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const double scaled = (row[k] - columns[k].low) / (columns[k].high - columns[k].low);
      if (columns[k].holds == ElectionColumn::Holds::capability) {
        voter.capability = row[k];
        continue;
      }
      if (scaled < 0.0 || scaled > 1.0)
        refuse_input("data", "holds a position or salience outside the range that 'actors' gives. Mend one of them");
      (columns[k].holds == ElectionColumn::Holds::position ? voter.position : voter.salience).push_back(scaled);
    }
    voters.push_back(std::move(voter));
  }
  const SpatialElection s = spatial_election(voters,
                                             victory == "linear"   ? 1.0
                                             : victory == "square" ? 2.0
                                                                   : 4.0,
                                             rule == "conditional"      ? Election::conditional
                                             : rule == "markov uniform" ? Election::uniform_markov
                                                                        : Election::incentive_markov);
  return {{"probability", s.probability}, {"risk_attitude", s.risk_attitude}};
}

}  // namespace

void add_analysis_oracles(OracleRegistry& registry) {
  registry.add("wilson_interval", wilson);
  registry.add("wilson_required_runs", required_runs);
  registry.add("sobol_ishigami", ishigami_oracle);
  registry.add("sobol_g", g_function_oracle);
  registry.add("morris", morris);
  registry.add("pawn", pawn);
  registry.add("prim", prim);
  registry.add("baselines", plain_predictors);
  registry.add("condorcet_election", condorcet);
  registry.add("condorcet_election_spatial", spatial_condorcet);
}

}  // namespace parley
