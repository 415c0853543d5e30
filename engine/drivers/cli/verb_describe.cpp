// parley describe: the reference page, read off the parts' own descriptions.

#include <cmath>
#include <iostream>

#include <fmt/format.h>

#include "engine/analysis/text_file.hpp"
#include "engine/drivers/cli/lessons.hpp"
#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/drivers/cli/printed.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/json/description.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/sweep/config.hpp"
#include "engine/sweep/polls_reader.hpp"
#include "engine/sweep/structure_reader.hpp"
#include "models/catalog.hpp"
#include "models/eum/actors.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

Json limits_json() {
  return {{"actors", max_actors}, {"issues", max_issues}, {"rungs", max_rungs}, {"links", max_links}, {"rounds", 5000}, {"cells", Design::max_cells},
          {"configuration_bytes", ConfigurationLimits::bytes}, {"nesting", ConfigurationLimits::nesting}, {"settings", ConfigurationLimits::settings},
          {"runs_in_all", std::uint64_t{1} << 48}, {"actors_csv_bytes", TextLimits::actors}, {"actors_csv_number", eum::Case::largest_number}, {"decisions_csv_bytes", TextLimits::decisions}, {"domain_json_bytes", TextLimits::domain},
          {"result_reading_bytes_of_memory", RehearsalLimits{}.memory}, {"result_reading_seconds", RehearsalLimits{}.time / std::chrono::seconds(1)}};
}

Json described(const std::optional<Config>& config) {
  Json structure = Json::array(), taught = Json::array();
  for (const StructuralKey& key : structural_keys()) structure.push_back({{"path", key.path}, {"kind", key.kind}, {"meaning", key.meaning}});
  for (const PollKey& key : poll_keys()) structure.push_back({{"path", key.path}, {"kind", key.kind}, {"meaning", key.meaning}});
  for (const Lesson& l : lessons) taught.push_back({{"configuration", l.configuration}, {"lesson", l.lesson}, {"theorem", l.theorem}});
  return {{"models", models_json(all_models(), config)}, {"structure", structure}, {"limits", limits_json()}, {"lessons", taught}};
}

std::string number(double x) { return fmt::format("{:g}", x); }

void print_page(const Json& page) {
  for (const Json& model : page["models"]) {
    std::cout << "Model " << model["model"].get<std::string>() << ": " << model["meaning"].get<std::string>() << "\n\n";
    for (const Json& p : model["parameters"]) {
      std::cout << p["path"].get<std::string>() << " = " << number((p.contains("value") ? p["value"] : p["default"]).get<double>()) << "\n    " << p["meaning"].get<std::string>() << "\n    "
                << p["shape"].get<std::string>() << "; default " << number(p["default"].get<double>()) << "; from " << number(p["bounds"][0].get<double>()) << " to " << number(p["bounds"][1].get<double>()) << "; unit "
                << p["unit"].get<std::string>() << "; source: " << p["source"].get<std::string>();
      if (!p["off"].is_null()) std::cout << "; off at " << number(p["off"].get<double>());
      if (!p["mechanism"].is_null()) std::cout << "; switch mechanisms." << p["mechanism"].get<std::string>();
      if (!p["inert"].is_null()) std::cout << "; inert: " << p["inert"].get<std::string>();
      std::cout << "\n";
    }
    std::cout << "\nMechanisms that can be switched off ([mechanisms] name = false):\n";
    for (const Json& m : model["mechanisms"]) std::cout << fmt::format("  {:<16}{}\n", m["name"].get<std::string>(), m["meaning"].get<std::string>());
    std::cout << "\nTerms of a decision:\n";
    for (const Json& t : model["terms"]) std::cout << fmt::format("  {:<16}{}\n", t["name"].get<std::string>(), t["meaning"].get<std::string>());
  }
  std::cout << "\nStructure of a configuration:\n";
  for (const Json& s : page["structure"]) std::cout << fmt::format("  {:<28}{}: {}\n", s["path"].get<std::string>(), s["kind"].get<std::string>(), s["meaning"].get<std::string>());
  std::cout << "\nLessons, the configuration that shows them and the theorem behind:\n";
  for (const Json& l : page["lessons"]) std::cout << fmt::format("  {:<46}{}: {}\n", l["configuration"].get<std::string>(), l["lesson"].get<std::string>(), l["theorem"].get<std::string>());
  std::cout << "\nLimits:\n";
  for (const auto& [name, value] : page["limits"].items()) std::cout << fmt::format("  {:<28}{}\n", name, value.dump());
}

}  // namespace

int verb_describe(const std::vector<std::string>& arguments) {
  VerbArguments a({.verb = "describe",
                   .files = "[CONFIG.toml]",
                   .purpose = "Prints every parameter with its path, shape, default, bounds, unit, meaning, source and the value that switches it off;\n"
                              "with a configuration, its own paths and values. Every path that is listed can be set with --set and swept.",
                   .examples = "  parley describe\n  parley describe configs/start-values.toml\n  parley describe configs/start-values.toml --json\n",
                   .least_files = 0,
                   .most_files = 1});
  a.add_switch("json", "print one JSON object").add_list("set", "path=value: changes one setting of the configuration; may be repeated");
  if (!a.parse(arguments)) return 0;
  std::optional<Config> config;
  if (!a.files().empty()) config = load_configuration(a.files()[0], a.list("set"));
  const Json page = described(config);
  if (a.is_set("json")) std::cout << printed(page);
  else print_page(page);
  return 0;
}

}  // namespace parley
