// parley report: a result as one self-contained HTML page.

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/analysis/csv.hpp"
#include "engine/analysis/hindcast.hpp"
#include "engine/analysis/text_file.hpp"
#include "engine/drivers/cli/provenance.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/run_report.hpp"
#include "engine/drivers/cli/run_source.hpp"
#include "engine/drivers/cli/solutions_json.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/report/comment_kinds.hpp"
#include "engine/drivers/report/page.hpp"
#include "engine/drivers/report/run_picture.hpp"
#include "engine/drivers/store/file.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t largest_table = std::size_t{1} << 20, largest_json = std::size_t{64} << 20;

/// Every run of every cell goes into one picture; a sweep also gets its cells one by one.
struct Gathered {
  RunPicture picture;
  Json by_cell = Json::array();
};

Json shares_json(const Tally& t) {
  if (t.counted() == 0) return {{"stalemate", nullptr}, {"partial_deal", nullptr}, {"full_settlement", nullptr}};
  const auto share = [&](Scenario scenario) -> Json {
    const Share s = t.scenario(scenario);
    return {{"count", s.count}, {"share", s.share}, {"low", s.low}, {"high", s.high}};
  };
  return {{"stalemate", share(Scenario::stalemate)}, {"partial_deal", share(Scenario::partial_deal)}, {"full_settlement", share(Scenario::full_settlement)}};
}

Gathered gather(const RunSource& source) {
  constexpr std::uint64_t step = 65536;
  const Plan& plan = source.plan();
  Gathered all{RunPicture(plan.negotiation(), days_of(plan, 0), horizon_of(plan, 0))};
  const auto& swept = plan.config().sweep.swept();
  for (std::uint64_t c = 0; c < plan.cells(); ++c) {
    Tally tally;
    for (std::uint64_t at = 0; at < source.made(c); at += step) {
      const std::vector<RunRow> rows = source.rows(c, at, std::min(step, source.made(c) - at));
      all.picture.add(rows);
      for (const RunRow& row : rows) tally.add(row);
    }
    if (swept.empty()) continue;
    Json parameters = Json::object();
    const Cell cell = plan.cell(c);
    for (std::size_t d = 0; d < swept.size(); ++d) parameters[swept[d].path] = cell.swept[d];
    all.by_cell.push_back({{"cell", c}, {"parameters", parameters}, {"scenarios", shares_json(tally)}});
  }
  return all;
}

/// The solution concepts with the words of the anchors that their packages are nearest to.
Json solutions_with_words(const Plan& plan) {
  const Structure& s = plan.negotiation().structure;
  const NegotiationSolutions solutions = solve(plan.negotiation(), plan.stated_values(0), widest_rung(s));
  Json json = solutions_json(s, solutions);
  for (std::size_t i = 0; i < solutions.solutions.size(); ++i) {
    Json words = Json::object();
    const std::vector<double>& package = solutions.solutions[i].package;
    for (std::size_t k = 0; k < package.size(); ++k) words[s.issues[k].name] = s.issues[k].anchors.empty() ? "" : s.issues[k].nearest_words(package[k]);
    json["solutions"][i]["words"] = words;
  }
  json.erase("frontier");
  return json;
}

/// A row of a table of base rates (id, measure, value, low, high, unit "% per month", organisation, source).
Json history_json(const std::string& file, const std::string& id) {
  const CsvTable table = CsvTable::parse(read_text_file(file, largest_table), file);
  const std::size_t ids = table.require("id"), unit = table.require("unit");
  const BaseRate rate = base_rate_in(table, id);
  const auto text = [&](std::size_t row, const char* column) { return std::string(table.text(row, table.require(column))); };
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (table.text(row, ids) == id && table.text(row, unit) == "% per month")
      return {{"id", id}, {"what", text(row, "measure")}, {"value", rate.value}, {"low", rate.low}, {"high", rate.high}, {"organisation", text(row, "organisation")}, {"source", text(row, "source")}};
  return nullptr;
}

/// What another verb printed with --json: one object that has `key`.
Json verb_json(const std::string& file, const char* key, const char* verb) {
  const Json json = Json::parse(read_text_file(file, largest_json), nullptr, false);
  if (!json.is_object() || !json.contains(key))
    throw InputError(file + ": This is not what parley " + verb + " --json prints (there is no \"" + key + "\" in it). Make it with: parley " + verb + " … --json > " + file);
  return json;
}

Json about_json(const RunSource& source, const std::optional<ResultReader>& file) {
  Json rows = Json::array();
  const auto add = [&](const std::string& name, std::string value) {
    while (!value.empty() && value.back() == '\n') value.pop_back();
    if (!value.empty()) rows.push_back({name, value});
  };
  add("result", source.name());
  if (file) {
    for (const Fact& fact : file->about())
      if (fact.name != "configuration" && fact.name != "settings")
        add(fact.name, std::visit([](const auto& value) { const Json v = value; return v.is_string() ? v.template get<std::string>() : v.dump(); }, fact.value));
  } else {
    add("configuration_hash", configuration_hash(source.plan().config()));
  }
  add("this page made by", "parley " + program_version() + ", commit " + program_commit() + "; charts by Observable Plot 0.6.17 and D3 7.9.2 (ISC licence)");
  return rows;
}

Json page_data(const RunSource& source, const std::optional<ResultReader>& file) {
  const Plan& plan = source.plan();
  const Structure& s = plan.negotiation().structure;
  const Gathered all = gather(source);
  if (all.picture.tally().counted() == 0) throw InputError(source.name() + ": Every run failed (its numbers turned out impossible), so there is nothing to report. Look at its numbers.");
  Json issues = Json::array(), titles = Json::object(), swept = Json::array(), numbers = Json::object();
  for (const IssueInfo& issue : s.issues) issues.push_back({{"name", issue.name}, {"title", issue.title}});
  for (const ActorInfo& actor : s.actors) titles[actor.name] = actor.title;
  for (const SweptPath& path : plan.config().sweep.swept()) swept.push_back(path.path);
  for (const auto& [kind, count] : comment_kinds(plan.config().text)) numbers[kind] = count;
  std::string settings;
  for (const std::string& line : plan.config().assignments) settings += line + "\n";
  return {{"title", s.title.empty() ? plan.config().name : s.title}, {"name", plan.config().name}, {"seed", plan.seed()}, {"replicates", plan.replicates()}, {"cells", plan.cells()},
          {"days", days_of(plan, 0)}, {"horizon_rounds", horizon_of(plan, 0)}, {"horizon_months", months_of(plan, 0)}, {"swept", swept}, {"by_cell", all.by_cell},
          {"issues", issues}, {"actor_titles", titles}, {"picture", all.picture.json()}, {"solutions", solutions_with_words(plan)}, {"history", nullptr},
          {"explain", nullptr}, {"polls", nullptr}, {"analysis", nullptr},
          {"numbers", numbers}, {"links", addresses_in(plan.config().text)}, {"settings", settings}, {"configuration", plan.config().text}, {"about", about_json(source, file)}};
}

/// Only a page gives way to a page: never a configuration, a result or a device.
void check_place(const std::string& path) {
  constexpr std::string_view start = "<!doctype html";
  if (!exists(path)) return;
  std::string there(start.size(), ' ');
  if (is_ordinary(path)) std::ifstream(path, std::ios::binary).read(there.data(), static_cast<std::streamsize>(there.size()));
  std::transform(there.begin(), there.end(), there.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (there != start) throw StoreError("Cannot write " + path, "what stands there is no page", "Remove it yourself, or give another name with --out.");
}

/// Written beside its place first, so that what stood there stays until the new page is whole.
void write_page(const std::string& path, const std::string& page) {
  const std::string part = path + ".part";
  std::ofstream file(part, std::ios::binary);
  file << page;
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(part, path, error);
  if (file && !error) return;
  std::filesystem::remove(part, error);
  throw StoreError("Cannot write " + path, "no such folder, no right, or no space", "Choose another --out.");
}

}  // namespace

int verb_report(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "report",
                   .files = "RESULT.h5|CONFIG.toml",
                   .purpose = "Writes a result as one HTML page with charts: how the talks end, when, what is signed, what theory would sign, who\n"
                              "stands in the way, sources, limits and provenance. The page needs nothing else: it opens from disk, prints, and asks\n"
                              "the network for nothing. What other verbs print with --json is taken in with the options of their names.",
                   .examples = "  parley report results/ukraine-2026-01.h5 --out results/ukraine-2026-01.html --history end_war_intensity_after_4y\n"
                               "  parley report configs/classroom/ratification.toml --out ratification.html\n"
                               "  parley explain configs/ukraine-2026-01.toml --json > explain.json\n"
                               "  parley report results/ukraine-2026-01.h5 --out report.html --explain explain.json\n"});
  a.add_value("out", "", "the page to write (HTML)")
      .add_value("history", "", "row of the base rates to set beside the pace of deals, such as end_war_intensity_after_4y")
      .add_value("base-rates", "configs/data/base_rates.csv", "table of base rates")
      .add_value("explain", "", "what parley explain --json printed")
      .add_value("polls", "", "what parley polls --json printed")
      .add_value("analysis", "", "what parley analyse --json printed");
  add_play_arguments(a);
  if (!a.parse(arguments)) return 0;
  if (!a.has("out")) throw UsageError("--out is missing (a report is a file). Write for example --out report.html.");
  const PlayWith with = asked_play(a);
  check_place(a.text("out"));
  // All that can be refused is read before the runs are looked at.
  const Json history = a.has("history") ? history_json(a.text("base-rates"), a.text("history")) : Json(nullptr);
  const Json explain = a.has("explain") ? verb_json(a.text("explain"), "mechanisms", "explain") : Json(nullptr);
  const Json polls = a.has("polls") ? verb_json(a.text("polls"), "publics", "polls") : Json(nullptr);
  const Json analysis = a.has("analysis") ? verb_json(a.text("analysis"), "design", "analyse") : Json(nullptr);
  const std::unique_ptr<RunSource> source = open_runs(a.files()[0], with);
  std::optional<ResultReader> file;
  if (is_result_name(a.files()[0])) file.emplace(a.files()[0]);
  Json data = page_data(*source, file);
  data["history"] = history;
  data["explain"] = explain;
  data["polls"] = polls;
  data["analysis"] = analysis;
  const std::string page = report_page(data);
  write_page(a.text("out"), page);
  std::cout << fmt::format("written to {} ({:.2f} MB)\n", a.text("out"), static_cast<double>(page.size()) / 1e6);
  return 0;
}

}  // namespace parley
