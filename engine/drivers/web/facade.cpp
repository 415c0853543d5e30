#include "engine/drivers/web/facade.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/analysis/attribution.hpp"
#include "engine/analysis/csv.hpp"
#include "engine/analysis/poll_estimate.hpp"
#include "engine/analysis/poll_json.hpp"
#include "engine/analysis/poll_table.hpp"
#include "engine/drivers/json/description.hpp"
#include "engine/drivers/json/row_json.hpp"
#include "engine/drivers/store/digest.hpp"
#include "engine/sweep/batch.hpp"
#include "engine/sweep/columns.hpp"
#include "engine/sweep/single_run.hpp"
#include "models/catalog.hpp"

namespace parley {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint32_t most_runs_a_request = 1'000'000;
constexpr std::size_t most_packages = 100'000;

std::uint64_t whole(const Json& request, const char* name, std::uint64_t otherwise, std::uint64_t most) {
  const auto at = request.find(name);
  if (at == request.end() || at->is_null()) return otherwise;
  const double x = at->is_number() ? at->get<double>() : -1;
  if (!(x >= 0 && x <= static_cast<double>(most)) || x != std::floor(x))
    throw InputError(std::string(name) + " is not a whole number from 0 to " + std::to_string(most) + ". Ask with one.");
  return static_cast<std::uint64_t>(x);
}

/// Appends one column to an answer.
void add_column(Json& columns, std::vector<std::byte>& data, const Column& column, const std::vector<std::byte>& bytes) {
  static const char* names[] = {"u8", "u16", "u32", "u64", "f32", "f64"};
  while (data.size() % 8 != 0) data.push_back({});  // a page's arrays begin at multiples of what they hold
  Json labels = Json::array();
  for (const auto& [label, value] : column.labels) labels.push_back({label, value});
  columns.push_back({{"name", column.name}, {"type", names[static_cast<int>(column.type)]}, {"width", column.width}, {"labels", labels}, {"at", data.size()}, {"bytes", bytes.size()}});
  data.insert(data.end(), bytes.begin(), bytes.end());
}

Json version_json() {
  Json kernels = Json::array();
  for (const Model& m : all_models()) kernels.push_back({{"model", m.name}, {"kernel", choose_kernel(m.kernels, "auto").name}});
  return {{"kernels", kernels}};
}

Json describe(const Config& config) {
  Json swept = Json::array(), mechanisms = Json::object();
  for (const SweptPath& p : config.sweep.swept()) swept.push_back({{"path", p.path}, {"values", p.values}});
  for (const auto& [name, on] : config.mechanisms) mechanisms[name] = on;
  Json at_work = Json::array();
  for (const std::size_t m : mechanisms_at_work(Plan(config, 1, config.seed), 0)) at_work.push_back(config.negotiation.model->mechanisms[m].name);
  return {{"structure", structure_json(config.negotiation.structure)}, {"model", models_json(all_models(), config)[0]},
          {"mechanisms", mechanisms}, {"at_work", at_work}, {"sweep", swept}, {"seed", config.seed}, {"runs", config.runs}};
}

Json counts_json(const Tally& t) {
  return {{"runs", t.runs}, {"failed", t.failed}, {"scenarios", t.scenarios}, {"kinds", t.kinds}, {"truce", t.truce}, {"ceasefire", t.ceasefire}, {"deal", t.deal}};
}

Json refusals_json(const Negotiation& n, const Refusals& r) {
  Json vetoes = Json::array(), blocked = Json::array();
  for (std::size_t i = 0; i < n.structure.actors.size(); ++i) {
    vetoes.push_back(r.vetoes[i]);
    blocked.push_back(std::vector<std::uint64_t>(r.blocked[i], r.blocked[i] + n.model->terms.size()));
  }
  return {{"rounds_talked", r.rounds_talked}, {"vetoes", vetoes}, {"blocked", blocked}};
}

FacadeAnswer run(const Plan& plan, const Json& request) {
  const Negotiation& n = plan.negotiation();
  const std::uint64_t first = std::min(whole(request, "first", 0, plan.runs()), plan.runs());
  const auto count = static_cast<std::uint32_t>(std::min(whole(request, "count", plan.runs(), most_runs_a_request), plan.runs() - first));
  const Batch batch = play_batch(plan, choose_kernel(n.model->kernels, request.value("kernel", "auto")).play, first, count);
  Tally tally;
  for (const auto& [cell, t] : batch.counts.tallies) tally.add(t);

  FacadeAnswer answer;
  Json json = {{"first", first}, {"count", count}, {"counts", counts_json(tally)}, {"refusals", refusals_json(n, batch.counts.refusals)}};
  const auto wanted = request.value("columns", std::vector<std::string>{});
  const bool fingerprint = request.value("bits", false);
  if (!wanted.empty() || fingerprint) {
    const std::vector<Column> columns = run_columns(n);
    Block block = to_block(n, batch.rows, first, plan.replicates());
    json["columns"] = Json::array();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      make_nans_canonical(columns[c].type, block.columns[c]);
      if (std::find(wanted.begin(), wanted.end(), columns[c].name) != wanted.end()) add_column(json["columns"], answer.data, columns[c], block.columns[c]);
    }
    if (fingerprint) {
      RunDigest digest(columns, first);
      digest.add(block);
      json["bits"] = digest.bits();
    }
  }
  answer.text = json.dump();
  return answer;
}

Json told_json(const Plan& plan, const Transcript& told, std::uint64_t run) {
  const Negotiation& n = plan.negotiation();
  Json rounds = Json::array();
  for (const RoundRecord& r : told.rounds) rounds.push_back(round_json(n, r));
  return {{"run", run}, {"days", plan.stated_values(run / plan.replicates())[n.catalog.find("rounds.days")->slot]}, {"row", row_json(n, told.row)}, {"rounds", rounds}};
}

std::vector<Move> moves_of(const Negotiation& n, const Json& request) {
  std::vector<Move> moves;
  for (const Json& m : request.value("moves", Json::array())) {
    const std::string reply = m.at("reply").get<std::string>();
    if (reply != "accept" && reply != "refuse" && reply != "propose") throw InputError("\"" + reply + "\" is no reply. Accept, refuse or propose.");
    Move move{reply == "accept" ? Reply::accept : reply == "refuse" ? Reply::refuse : Reply::propose, -1, {}};
    if (move.reply == Reply::propose) {
      move.rung = static_cast<int>(whole(m, "rung", n.structure.rungs.size(), n.structure.rungs.size() - 1));
      move.text = m.at("text").get<std::vector<double>>();
      if (move.text.size() != n.structure.issues.size() || std::any_of(move.text.begin(), move.text.end(), [](double x) { return !(x >= 0 && x <= 1); }))
        throw InputError("A proposal is not one number from 0 to 1 for each issue. Propose that.");
    }
    moves.push_back(std::move(move));
  }
  return moves;
}

Json sit(const Plan& plan, const Json& request) {
  const Negotiation& n = plan.negotiation();
  const std::uint64_t at = whole(request, "run", 0, plan.runs());
  const auto actor = static_cast<int>(whole(request, "actor", 0, n.structure.actors.size() - 1));
  const std::vector<Move> moves = moves_of(n, request);
  const SingleRun single(plan, at);
  const Sitting sitting = n.model->sit(single.task(), actor, moves);
  Json json = told_json(plan, sitting.told, at);
  json["over"] = sitting.over;
  return json;
}

Json estimate_json(const Estimate& e) { return {{"value", e.value}, {"low", e.low}, {"high", e.high}}; }

Json explain(const Plan& plan, const Json& request) {
  const auto replicates = static_cast<std::uint32_t>(whole(request, "count", 1000, most_runs_a_request));
  if (mechanisms_at_work(plan, 0).empty()) return {{"mechanisms", Json::array()}};
  const Attribution why = attribute_stalemate(plan, 0, {.kernel = choose_kernel(plan.negotiation().model->kernels, "auto").play, .replicates = replicates,
                                                        .most_exact = static_cast<int>(whole(request, "most_exact", 12, 16))});
  Json mechanisms = Json::array();
  for (const MechanismShare& m : why.mechanisms)
    mechanisms.push_back({{"name", m.name}, {"shapley", estimate_json(m.shapley)}, {"lifted_alone", estimate_json(m.lifted_alone)}});
  return {{"stalemate", estimate_json(why.stalemate)}, {"without_all", estimate_json(why.without_all)}, {"exact", why.exact},
          {"coalitions", why.coalitions}, {"replicates", why.replicates}, {"mechanisms", mechanisms}};
}

Json polls(const Config& config, const Json& request) {
  std::vector<CsvTable> tables;
  for (const Json& table : request.at("tables")) tables.push_back(CsvTable::parse(table.at("text").get<std::string>(), table.at("name").get<std::string>()));
  return polls_json(estimate_polls(polls_in(tables), config.negotiation, config.polls));
}

FacadeAnswer appraise(const Plan& plan, const Json& request) {
  const Negotiation& n = plan.negotiation();
  const std::size_t issues = n.structure.issues.size(), actors = n.structure.actors.size();
  const auto rung = static_cast<int>(whole(request, "rung", 0, n.structure.rungs.size() - 1));
  const auto packages = request.at("packages").get<std::vector<double>>();
  if (packages.size() % issues != 0 || packages.size() / issues > most_packages)
    throw InputError("Packages to appraise need one number for each issue, and there may be " + std::to_string(most_packages) + " at most. Ask for those.");
  const SingleRun single(plan, 0);
  const Appraiser appraiser = n.model->appraiser(single.task());
  Json seated = Json::array();
  std::vector<double> gain, ratification;
  for (std::size_t at = 0; at < packages.size(); at += issues)
    for (const Appraisal& a : appraiser(rung, {packages.data() + at, issues})) {
      gain.push_back(a.utility - a.fighting_on);
      ratification.push_back(a.ratification);
      if (at == 0) seated.push_back(a.seated);
    }
  FacadeAnswer answer;
  Json columns = Json::array();
  const auto add = [&](const char* name, const std::vector<double>& values) {
    std::vector<std::byte> bytes(values.size() * sizeof(double));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    add_column(columns, answer.data, {.name = name, .type = ColumnType::f64, .width = static_cast<std::uint32_t>(actors)}, bytes);
  };
  add("gain", gain);
  add("ratification", ratification);
  answer.text = Json{{"seated", seated}, {"columns", columns}}.dump();
  return answer;
}

}  // namespace

/// What polls say goes into the text of the configuration, as the command line does it; asked for once, as it takes a moment.
Config Facade::config_of(const std::string& text, const std::string& name, const std::vector<std::string>& sets, const PollTexts& files) {
  Config config = read_config(text, name, sets, &find_model);
  if (!config.polls.present() || !config.posteriors.empty()) return config;
  std::string wanted = text;
  for (const std::string& set : sets) wanted += "\n" + set;
  if (wanted != polled_) {
    std::vector<CsvTable> tables;
    for (const std::string& file : config.polls.files) {
      const auto at = files.find(file);
      if (at == files.end()) throw input_error(config.polls.place, "The poll table " + file + " is not there. Give its text with the configuration.");
      tables.push_back(CsvTable::parse(at->second, file));
    }
    posterior_ = posterior_text(posteriors_of(estimate_polls(polls_in(tables), config.negotiation, config.polls)));
    polled_ = wanted;
  }
  return read_config(text + "\n" + posterior_, name, sets, &find_model);
}

FacadeAnswer Facade::answer(const std::string& text) {
  try {
    const Json request = Json::parse(text);
    const std::string verb = request.at("verb").get<std::string>();
    if (verb == "version") return {version_json().dump(), {}};
    const auto key = [&](std::initializer_list<const char*> parts) {
      std::string parts_asked;
      for (const char* part : parts) parts_asked += request.value(part, Json()).dump() + "\n";
      return parts_asked;
    };
    const auto config = [&]() -> const Config& {
      if (std::string wanted = key({"configuration", "name", "set"}); !config_ || wanted != configured_) {
        config_.emplace(config_of(request.at("configuration").get<std::string>(), request.value("name", "configuration"),
                                  request.value("set", std::vector<std::string>{}), request.value("files", PollTexts{})));
        configured_ = std::move(wanted);
      }
      return *config_;
    };
    if (verb == "describe") return {describe(config()).dump(), {}};
    if (verb == "polls") return {polls(config(), request).dump(-1, ' ', false, Json::error_handler_t::replace), {}};

    if (std::string wanted = key({"configuration", "name", "set", "runs", "seed"}); plan_ == nullptr || wanted != planned_) {
      constexpr std::uint64_t most = 9007199254740992;  // what a number of a page can count to
      const Config& asked = config();
      plan_ = std::make_unique<const Plan>(asked, static_cast<std::uint32_t>(whole(request, "runs", asked.runs, 4294967295u)), whole(request, "seed", asked.seed, most));
      planned_ = std::move(wanted);
    }
    if (verb == "run") return run(*plan_, request);
    if (verb == "play") {
      const std::uint64_t at = whole(request, "run", 0, plan_->runs());
      return {told_json(*plan_, tell_run(*plan_, at), at).dump(), {}};
    }
    if (verb == "sit") return {sit(*plan_, request).dump(), {}};
    if (verb == "explain") return {explain(*plan_, request).dump(), {}};
    if (verb == "appraise") return appraise(*plan_, request);
    throw InputError("There is no verb \"" + verb + "\". Ask for version, describe, run, play, sit, explain, polls or appraise.");
  } catch (const std::exception& error) {
    return {Json{{"error", error.what()}}.dump(-1, ' ', false, Json::error_handler_t::replace), {}};
  }
}

}  // namespace parley
