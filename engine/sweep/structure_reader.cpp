#include "engine/sweep/structure_reader.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace parley {

namespace {

bool matches(const char* pattern, const std::vector<std::string>& keys) {
  std::string text = pattern;
  std::size_t at = 0, k = 0;
  for (; k < keys.size(); ++k) {
    const std::size_t dot = text.find('.', at);
    const std::string part = text.substr(at, dot == std::string::npos ? dot : dot - at);
    if (part != "*" && part != keys[k]) return false;
    if (dot == std::string::npos) return k + 1 == keys.size();
    at = dot + 1;
  }
  return false;
}

const std::string& text_of(const Setting& s) {
  if (const auto* text = std::get_if<std::string>(&s.value.value)) return *text;
  throw input_error(s.place, s.path() + " is not a text (it names something). Write it in quotes.");
}

bool truth_of(const Setting& s) {
  if (const auto* truth = std::get_if<bool>(&s.value.value)) return *truth;
  throw input_error(s.place, s.path() + " is neither true nor false (it is a role). Write true or false.");
}

double number_of(const Setting& s) {
  if (const auto* number = std::get_if<double>(&s.value.value)) return *number;
  throw input_error(s.place, s.path() + " is not a number. Write one.");
}

std::vector<std::string> names_of(const Setting& s) {
  const auto* list = std::get_if<SettingList>(&s.value.value);
  std::vector<std::string> names;
  if (list != nullptr)
    for (const SettingValue& item : *list)
      if (const auto* text = std::get_if<std::string>(&item.value)) names.push_back(*text);
  if (list == nullptr || names.size() != list->size())
    throw input_error(s.place, s.path() + " is not a list of names. Write for example [\"territory\", \"guarantees\"].");
  return names;
}

Direction direction_of(const Setting& s) {
  const std::string& text = text_of(s);
  if (text == "up") return Direction::up;
  if (text == "down") return Direction::down;
  throw input_error(s.place, s.path() + " = \"" + text + "\" is no direction (up: more of it is 1; down: 1 − x counts). Write \"up\" or \"down\".");
}

std::vector<Anchor> anchors_of(const Setting& s) {
  const auto bad = [&] {
    return input_error(s.place, s.path() + " is not a list of anchors. Write for example [[0, \"none\"], [1, \"full\"]].");
  };
  const auto* list = std::get_if<SettingList>(&s.value.value);
  if (list == nullptr) throw bad();
  std::vector<Anchor> anchors;
  for (const SettingValue& item : *list) {
    const auto* pair = std::get_if<SettingList>(&item.value);
    if (pair == nullptr || pair->size() != 2) throw bad();
    const auto* at = std::get_if<double>(&(*pair)[0].value);
    const auto* words = std::get_if<std::string>(&(*pair)[1].value);
    if (at == nullptr || words == nullptr) throw bad();
    if (!(*at >= 0 && *at <= 1)) throw input_error(s.place, s.path() + " has an anchor outside 0–1 (every issue has that scale). Move it inside.");
    anchors.push_back({*at, *words});
  }
  std::sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.at < b.at; });
  return anchors;
}

std::uint32_t stream_of(const Setting& s) {
  const double number = number_of(s);
  if (!(number >= 1 && number <= 65535) || number != static_cast<std::uint32_t>(number))
    throw input_error(s.place, s.path() + " is no stream number. Write a whole number from 1 to 65535.");
  return static_cast<std::uint32_t>(number);
}

/// Collects what settings say while names are still being met for the first time.
class StructureReader {
 public:
  explicit StructureReader(std::string file) : file_(std::move(file)) {}

  void meet_names(const std::vector<Setting>& settings) {
    for (const Setting& s : settings) {
      if (s.keys.size() < 2 || s.assigned) continue;
      const bool table = s.keys.size() > 2 || s.empty_table;
      if (s.keys[0] == "issues" && table) meet(issues_, s, max_issues, "issues");
      if (s.keys[0] == "actors" && table) meet(actors_, s, max_actors, "actors");
      if (s.keys[0] == "rungs" && table) meet(rungs_, s, max_rungs, "rungs");
      if (s.keys[0] == "links") meet(links_, s, max_links, "links");
    }
    require(issues_, 1, "issues", "[issues.territory]");
    require(actors_, 2, "actors", "[actors.north] and [actors.south]");
    require(rungs_, 1, "rungs", "[rungs.deal] settles = [\"territory\"]");
    for (const auto& n : issues_) { out_.issues.push_back({n, n, {}}); }
    for (const auto& n : actors_) { out_.actors.push_back({n, n}); }
    for (const auto& n : rungs_) { out_.rungs.push_back({n, n}); }
    for (const auto& n : links_) { out_.links.push_back({n}); }
    Layout& layout = out_.layout;
    layout.n = {static_cast<int>(actors_.size()), static_cast<int>(issues_.size()), static_cast<int>(rungs_.size()), static_cast<int>(links_.size())};
    for (int i = 0; i < layout.n.actors; ++i) layout.actor_stream[i] = static_cast<std::uint32_t>(i + 1);
    for (int k = 0; k < layout.n.issues; ++k) layout.issue_stream[k] = static_cast<std::uint32_t>(k + 1);
  }

  void apply(const Setting& s) {
    Layout& layout = out_.layout;
    const std::vector<std::string>& k = s.keys;
    if (k[0] == "title") out_.title = text_of(s);
    else if (k[0] == "protocol") {
      const std::string& kind = text_of(s);
      if (kind == "mediator") layout.protocol = ProtocolKind::mediator;
      else if (kind == "alternating") layout.protocol = ProtocolKind::alternating;
      else throw input_error(s.place, "protocol.kind = \"" + kind + "\" is no protocol. Write \"mediator\" or \"alternating\".");
      protocol_place_ = s.place;
    } else if (k[0] == "rounds") {
      out_.unit_days = number_of(s);
      if (!(out_.unit_days >= 0.5 && out_.unit_days <= 365))
        throw input_error(s.place, "rounds.unit_days is out of bounds (rates are stated for that many days). Write a number from 0.5 to 365.");
    } else if (k[0] == "issues") issue(s, index(issues_, k[1]));
    else if (k[0] == "actors") actor(s, index(actors_, k[1]));
    else if (k[0] == "rungs") rung(s, index(rungs_, k[1]));
    else if (k[0] == "links") link(s, index(links_, k[1]));
  }

  const Structure& met() const { return out_; }

  Structure finish() {
    Layout& layout = out_.layout;
    const auto all = static_cast<std::uint16_t>((1u << layout.n.actors) - 1u);
    for (int r = 0; r < layout.n.rungs; ++r) {
      if (!settles_stated_[r]) throw input_error({file_}, "rungs." + rungs_[r] + " does not say what it settles. Write settles = [] for a truce, or a list of issues.");
      if (!seats_stated_[r]) layout.seats[r] = layout.settles[r] == 0 ? layout.belligerents : all;
    }
    if (std::all_of(layout.settles, layout.settles + layout.n.rungs, [](std::uint8_t settled) { return settled == 0; }))
      throw input_error({file_}, "No rung settles anything (there are only truces, so no deal can be signed). Give one rung settles = [\"" + issues_[0] + "\"].");
    for (int l = 0; l < layout.n.links; ++l)
      if (!link_stated_[l]) throw input_error({file_}, "links." + links_[l] + " does not name its issues. Write [\"territory\", \"guarantees\"].");
    if (layout.belligerents == 0)
      throw input_error({file_}, "Nobody fights (no actor has fights = true), so there is nothing to end. Give at least one actor fights = true.");
    if (layout.protocol == ProtocolKind::alternating && __builtin_popcount(layout.belligerents) != 2)
      throw input_error(protocol_place_, "Alternating offers need exactly two actors with fights = true (there are " +
                                             std::to_string(__builtin_popcount(layout.belligerents)) + "). Change the roles or the protocol.");
    distinct_streams(layout.actor_stream, actors_, "actors");
    distinct_streams(layout.issue_stream, issues_, "issues");
    for (int i = 0; i < layout.n.actors; ++i) layout.by_stream[i] = i;
    std::sort(layout.by_stream, layout.by_stream + layout.n.actors, [&](int a, int b) { return layout.actor_stream[a] < layout.actor_stream[b]; });
    return out_;
  }

 private:
  void meet(std::vector<std::string>& names, const Setting& s, int limit, const char* what) {
    const std::string& name = s.keys[1];
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != std::string::npos)
      throw input_error(s.place, std::string(what) + ".\"" + name + "\" is no name (names become parts of paths). Use letters, digits, _ and -.");
    if (name == "none")
      throw input_error(s.place, std::string(what) + ".none is taken (results call what does not exist so). Choose another name.");
    if (static_cast<int>(names.size()) == limit)
      throw input_error(s.place, "There are more than " + std::to_string(limit) + " " + what + " (the limit). Remove " + name + " or another.");
    names.push_back(name);
  }

  void require(const std::vector<std::string>& names, std::size_t least, const char* what, const char* example) const {
    if (names.size() < least)
      throw input_error({file_}, std::string("The configuration has too few ") + what + " (" + std::to_string(names.size()) + " of at least " +
                                     std::to_string(least) + "). Add tables such as " + example + ".");
  }

  static int index(const std::vector<std::string>& names, const std::string& name) {
    return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
  }

  int known(const std::vector<std::string>& names, const std::string& name, const Setting& s, const char* what) const {
    const int at = index(names, name);
    if (at < static_cast<int>(names.size())) return at;
    std::string list;
    for (const std::string& n : names) list += (list.empty() ? "" : ", ") + n;
    throw input_error(s.place, s.path() + " names \"" + name + "\", which is not one of the " + what + " (" + list + "). Correct the name.");
  }

  /// Takes a role that one may have, or gives it back.
  void take_role(int& role, int who, bool takes, const Setting& s, const std::vector<std::string>& names) {
    if (takes) only_one(role, who, s, names);
    else if (role == who) role = -1;
  }

  void only_one(int& role, int who, const Setting& s, const std::vector<std::string>& names) {
    if (role >= 0 && role != who)
      throw input_error(s.place, s.path() + ": " + names[static_cast<std::size_t>(role)] + " has that role already (one can have it). Remove one.");
    role = who;
  }

  void issue(const Setting& s, int i) {
    Layout& layout = out_.layout;
    const std::string& key = s.keys[2];
    if (key == "title") out_.issues[i].title = text_of(s);
    else if (key == "anchors") out_.issues[i].anchors = anchors_of(s);
    else if (key == "stream") layout.issue_stream[i] = stream_of(s);
    else if (key == "moves_with_front") take_role(layout.front_issue, i, truth_of(s), s, issues_);
    else if (key == "guarantee") { only_one(layout.guarantee_issue, i, s, issues_); layout.guarantee_direction = direction_of(s); }
    else if (key == "conquest") {
      layout.conquest = static_cast<std::uint8_t>(layout.conquest | (1u << i));
      const unsigned others = layout.conquest_down & ~(1u << i);
      layout.conquest_down = static_cast<std::uint8_t>(direction_of(s) == Direction::down ? others | (1u << i) : others);
    }
  }

  void actor(const Setting& s, int i) {
    Layout& layout = out_.layout;
    const std::string& key = s.keys[2];
    if (key == "title") out_.actors[i].title = text_of(s);
    else if (key == "stream") layout.actor_stream[i] = stream_of(s);
    else if (key == "fights") {
      const unsigned others = layout.belligerents & ~(1u << i);
      layout.belligerents = static_cast<std::uint16_t>(truth_of(s) ? others | (1u << i) : others);
    }
    else if (key == "mediates") take_role(layout.mediator, i, truth_of(s), s, actors_);
    else if (key == "energy") take_role(layout.energy_actor, i, truth_of(s), s, actors_);
  }

  void rung(const Setting& s, int r) {
    Layout& layout = out_.layout;
    const std::string& key = s.keys[2];
    if (key == "title") out_.rungs[r].title = text_of(s);
    else if (key == "settles") {
      settles_stated_[r] = true;
      layout.settles[r] = 0;
      for (const std::string& n : names_of(s)) layout.settles[r] = static_cast<std::uint8_t>(layout.settles[r] | (1u << known(issues_, n, s, "issues")));
    } else if (key == "seats") {
      seats_stated_[r] = true;
      layout.seats[r] = 0;
      for (const std::string& n : names_of(s)) layout.seats[r] = static_cast<std::uint16_t>(layout.seats[r] | (1u << known(actors_, n, s, "actors")));
      if (layout.seats[r] == 0) throw input_error(s.place, s.path() + " is empty (somebody has to agree). Name at least one actor.");
    }
  }

  void link(const Setting& s, int l) {
    const std::vector<std::string> pair = names_of(s);
    if (pair.size() != 2 || pair[0] == pair[1])
      throw input_error(s.place, s.path() + " does not link two issues. Write for example [\"territory\", \"guarantees\"].");
    out_.layout.link_first[l] = known(issues_, pair[0], s, "issues");
    out_.layout.link_second[l] = known(issues_, pair[1], s, "issues");
    link_stated_[l] = true;
  }

  void distinct_streams(const std::uint32_t* streams, const std::vector<std::string>& names, const char* what) const {
    for (std::size_t a = 0; a < names.size(); ++a)
      for (std::size_t b = a + 1; b < names.size(); ++b)
        if (streams[a] == streams[b])
          throw input_error({file_}, std::string(what) + "." + names[a] + " and " + what + "." + names[b] + " have the same stream number " +
                                         std::to_string(streams[a]) + " (they would share their luck). Give each its own.");
  }

  std::string file_;
  Structure out_;
  std::vector<std::string> issues_, actors_, rungs_, links_;
  bool settles_stated_[max_rungs] = {}, seats_stated_[max_rungs] = {}, link_stated_[max_links] = {};
  Place protocol_place_;
};

}  // namespace

const std::vector<StructuralKey>& structural_keys() {
  static const std::vector<StructuralKey> keys = {
      {"title", "text", "what the configuration is about"},
      {"protocol.kind", "text", "who tables the text: \"mediator\" or \"alternating\" (bilateral alternating offers)"},
      {"rounds.unit_days", "number", "days of the unit round that rates are stated for (0.5 to 365; 14 where silent)"},
      {"issues.*.title", "text", "name of the issue for people"},
      {"issues.*.anchors", "list of [position, words]", "what points on the 0–1 scale mean"},
      {"issues.*.stream", "number", "number of its random stream (1 to 65535; its position where silent)"},
      {"issues.*.moves_with_front", "truth", "its status quo moves with the front; one issue at most"},
      {"issues.*.guarantee", "\"up\" or \"down\"", "it is the guarantee that makes a peace durable, and its good end; one issue at most"},
      {"issues.*.conquest", "\"up\" or \"down\"", "conquest is read from it, and the end at which nothing is conquered"},
      {"actors.*.title", "text", "name of the actor for people"},
      {"actors.*.stream", "number", "number of its random stream (1 to 65535; its position where silent)"},
      {"actors.*.fights", "truth", "it is a belligerent"},
      {"actors.*.mediates", "truth", "it mediates; one actor at most"},
      {"actors.*.energy", "truth", "its energy is at stake; one actor at most"},
      {"rungs.*.title", "text", "name of the rung for people"},
      {"rungs.*.settles", "list of issues", "what an agreement on this rung settles; [] is a truce"},
      {"rungs.*.seats", "list of actors", "whose consent it needs (where silent: belligerents for a truce, everybody for a deal)"},
      {"links.*", "list of two issues", "a pair of issues that actors value together"},
  };
  return keys;
}

bool is_structural(const Setting& setting) {
  return std::any_of(structural_keys().begin(), structural_keys().end(),
                     [&](const StructuralKey& key) { return matches(key.path, setting.keys); });
}

bool names_are_known(const Structure& structure, const Setting& s) {
  if (s.keys.size() < 2) return true;
  const auto has = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(), [&](const auto& info) { return info.name == s.keys[1]; });
  };
  if (s.keys[0] == "issues") return has(structure.issues);
  if (s.keys[0] == "actors") return has(structure.actors);
  if (s.keys[0] == "rungs") return has(structure.rungs);
  if (s.keys[0] == "links") return has(structure.links);
  return true;
}

Structure read_structure(const std::vector<Setting>& settings, const std::string& file) {
  StructureReader reader(file);
  reader.meet_names(settings);
  for (const Setting& s : settings)
    if (is_structural(s) && !s.empty_table && names_are_known(reader.met(), s)) reader.apply(s);
  return reader.finish();
}

}  // namespace parley
