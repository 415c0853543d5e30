#include "engine/sweep/config.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <sstream>

#include "engine/sweep/polls_reader.hpp"
#include "engine/sweep/structure_reader.hpp"
#include "engine/sweep/sweep_reader.hpp"

namespace parley {

namespace {

std::string exact(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", x);
  return text;
}

/// Every path a configuration may write, for the nearest-name hint of an error.
std::vector<std::string> known_paths(const Config& c) {
  std::vector<std::string> known = {"model", "run.seed", "run.runs", "store.traces", "sweep.design", "sweep.samples", "sweep.luck", "sweep.axes", "sweep.sample"};
  for (const Entry& e : c.negotiation.catalog.entries()) {
    known.push_back(e.path);
    if (e.issue >= 0 && e.actor >= 0) known.push_back(e.path.substr(0, e.path.rfind('.')));
  }
  for (const Mechanism& m : c.negotiation.model->mechanisms) known.push_back(std::string("mechanisms.") + m.name);
  for (const StructuralKey& key : structural_keys()) {
    const Structure& s = c.negotiation.structure;
    const std::string path = key.path;
    const auto star = path.find('*');
    const auto with = [&](const std::string& name) { return path.substr(0, star) + name + path.substr(star + 1); };
    if (star == std::string::npos) known.push_back(path);
    else if (path[0] == 'i') for (const auto& i : s.issues) known.push_back(with(i.name));
    else if (path[0] == 'a') for (const auto& a : s.actors) known.push_back(with(a.name));
    else if (path[0] == 'r') for (const auto& r : s.rungs) known.push_back(with(r.name));
  }
  return known;
}

/// Applies settings one by one to a configuration whose structure is known.
class ValueReader {
 public:
  explicit ValueReader(Config& config) : c_(config) {}

  /// What polls say replaces what the file states of a public; a --set of the same path stands.
  void finish_polls() {
    Negotiation& n = c_.negotiation;
    c_.polls = polls_.spec;
    for (const PlacedPosterior& placed : polls_.posteriors) {
      OpinionPosterior posterior = posterior_of(placed, n);
      for (std::size_t i = 0; i < posterior.slots().size(); ++i) {
        const std::size_t slot = posterior.slots()[i];
        if (assigned_.count(slot) != 0) posterior.fix(slot);
        else n.values[slot] = posterior.means()[i];
      }
      c_.posteriors.push_back(std::move(posterior));
    }
  }

  void apply(const Setting& s) {
    if (s.empty_table) return empty_table(s);
    if (is_structural(s) && names_are_known(c_.negotiation.structure, s)) return;
    if (s.keys[0] == "sweep") return read_sweep_setting(s, c_.sweep);
    if (s.keys[0] == "polls") return read_polls_setting(s, polls_);
    if (s.keys.size() == 1 && s.keys[0] == "model") return;
    if (s.keys[0] == "mechanisms" && s.keys.size() == 2) return mechanism(s);
    if (s.path() == "run.seed") { c_.seed = static_cast<std::uint64_t>(whole(s, 0, 9007199254740992.0)); return; }
    if (s.path() == "run.runs") { c_.runs = static_cast<std::uint32_t>(whole(s, 1, 4294967295.0)); return; }
    if (s.path() == "store.traces") return traces(s);
    parameter(s);
  }

 private:
  /// A table without keys may name an issue, an actor or a rung, or open a section; anything else is a slip.
  void empty_table(const Setting& s) const {
    static const char* sections[] = {"issues", "actors", "rungs", "links", "sweep", "run", "store", "mechanisms", "protocol", "rounds", "war", "durability", "mediator", "ratification", "dispositions", "waiting", "polls"};
    const bool named = s.keys.size() == 2 && (s.keys[0] == "issues" || s.keys[0] == "actors" || s.keys[0] == "rungs" || s.keys[0] == "sweep");
    const bool section = s.keys.size() == 1 && std::find(std::begin(sections), std::end(sections), s.keys[0]) != std::end(sections);
    if (!named && !section) unknown(s);
  }

  void parameter(const Setting& s) {
    Negotiation& n = c_.negotiation;
    if (const Entry* entry = n.catalog.find(s.path())) {
      const auto* number = std::get_if<double>(&s.value.value);
      if (number == nullptr) throw input_error(s.place, s.path() + " is not a number (" + entry->described->parameter.meaning + "). Write one.");
      return set(*entry, *number, s);
    }
    const auto entries = n.catalog.find_vector(s.path());
    if (entries.empty()) return unknown(s);
    const auto* list = std::get_if<SettingList>(&s.value.value);
    if (list == nullptr || list->size() != entries.size())
      throw input_error(s.place, s.path() + " has " + std::to_string(list == nullptr ? 1 : list->size()) + " values where " +
                                     std::to_string(entries.size()) + " belong (one for each of " + members(entries) + "). Write that many.");
    for (std::size_t k = 0; k < entries.size(); ++k) {
      const auto* number = std::get_if<double>(&(*list)[k].value);
      if (number == nullptr) throw input_error(s.place, s.path() + " holds something that is not a number. Write numbers only.");
      set(*entries[k], *number, s);
    }
  }

  void set(const Entry& entry, double value, const Setting& s) {
    const Parameter& p = entry.described->parameter;
    if (!(value >= p.low && value <= p.high)) {
      std::ostringstream text;
      text << entry.path << " = " << value << " is out of bounds (" << p.meaning << "). Write a number from " << p.low << " to " << p.high << ".";
      throw input_error(s.place, text.str());
    }
    c_.negotiation.values[entry.slot] = value;
    if (s.assigned) assigned_.insert(entry.slot);
  }

  void mechanism(const Setting& s) {
    const auto& list = c_.negotiation.model->mechanisms;
    const bool known = std::any_of(list.begin(), list.end(), [&](const Mechanism& m) { return m.name == s.keys[1]; });
    if (!known) return unknown(s);
    if (const auto* truth = std::get_if<bool>(&s.value.value)) c_.mechanisms[s.keys[1]] = *truth;
    else if (const auto* number = std::get_if<double>(&s.value.value); number != nullptr && (*number == 0 || *number == 1)) c_.mechanisms[s.keys[1]] = *number == 1;
    else throw input_error(s.place, s.path() + " is a switch. Write true or false.");
  }

  void traces(const Setting& s) {
    const auto* list = std::get_if<SettingList>(&s.value.value);
    if (list == nullptr || list->size() > 1000) throw input_error(s.place, "store.traces is not a list of up to 1000 run numbers. Write for example [0, 1, 2].");
    c_.traces.clear();
    for (const SettingValue& item : *list) {
      const auto* number = std::get_if<double>(&item.value);
      if (number == nullptr || *number < 0 || *number != std::floor(*number) || *number > 1e15)
        throw input_error(s.place, "store.traces holds something that is no run number. Write whole numbers from 0.");
      c_.traces.push_back(static_cast<std::uint64_t>(*number));
    }
    std::sort(c_.traces.begin(), c_.traces.end());
    c_.traces.erase(std::unique(c_.traces.begin(), c_.traces.end()), c_.traces.end());
  }

  double whole(const Setting& s, double low, double high) const {
    const auto* number = std::get_if<double>(&s.value.value);
    if (number == nullptr || *number != std::floor(*number) || *number < low || *number > high) {
      std::ostringstream text;
      text << s.path() << " is not a whole number from " << low << " to " << high << ". Write one.";
      throw input_error(s.place, text.str());
    }
    return *number;
  }

  [[noreturn]] void unknown(const Setting& s) const {
    throw input_error(s.place, "Unknown key " + s.path() + " (no part reads it). Did you mean " +
                                   Catalog::nearest(s.path(), known_paths(c_)) + "? `parley describe` lists every path.");
  }

  static std::string members(const std::vector<const Entry*>& entries) {
    std::string text;
    for (const Entry* e : entries) text += (text.empty() ? "" : ", ") + e->path.substr(e->path.rfind('.') + 1);
    return text;
  }

  Config& c_;
  PollsTable polls_;
  std::set<std::size_t> assigned_;  ///< slots that a --set gives
};

/// Every swept path has to be one that something reads, and every value of a grid has to be possible.
void check_sweep(const Config& c) {
  const Negotiation& n = c.negotiation;
  for (const SweptPath& swept : c.sweep.swept()) {
    const Entry* entry = n.catalog.find(swept.path);
    const bool is_switch = swept.path.rfind("mechanisms.", 0) == 0 &&
                           std::any_of(n.model->mechanisms.begin(), n.model->mechanisms.end(),
                                       [&](const Mechanism& m) { return swept.path == std::string("mechanisms.") + m.name; });
    if (entry == nullptr && !is_switch)
      throw input_error(swept.place, "Nothing reads the swept path " + swept.path + " (the sweep would vary nothing). Did you mean " +
                                         Catalog::nearest(swept.path, known_paths(c)) + "?");
    for (const double value : swept.values) {
      const bool possible = is_switch ? value == 0 || value == 1
                                      : value >= entry->described->parameter.low && value <= entry->described->parameter.high;
      if (possible) continue;
      std::ostringstream text;
      text << "The swept value " << value << " of " << swept.path << " is out of bounds. Write "
           << (is_switch ? "true or false." : "numbers from ");
      if (!is_switch) text << entry->described->parameter.low << " to " << entry->described->parameter.high << ".";
      throw input_error(swept.place, text.str());
    }
  }
}

}  // namespace

Config read_config(const std::string& text, const std::string& name, const std::vector<std::string>& assignments, ModelFinder find) {
  std::vector<Setting> settings = read_settings(text, name);
  for (const std::string& assignment : assignments) settings.push_back(read_assignment(assignment));

  Config c;
  c.name = name;
  c.text = text;
  c.assignments = assignments;
  std::string model = "talks";
  Place model_place{name};
  for (const Setting& s : settings)
    if (s.keys.size() == 1 && s.keys[0] == "model") {
      const auto* stated = std::get_if<std::string>(&s.value.value);
      model = stated == nullptr ? "" : *stated;
      model_place = s.place;
    }
  c.negotiation.model = find(model);
  if (c.negotiation.model == nullptr) throw input_error(model_place, "model = \"" + model + "\" is no model. `parley describe` lists them; \"talks\" is the reference.");

  Negotiation& n = c.negotiation;
  n.structure = read_structure(settings, name);
  n.catalog = Catalog(*n.model, n.structure);
  if (n.catalog.size() > max_parameters)
    throw input_error({name}, "The configuration has " + std::to_string(n.catalog.size()) + " parameters (the limit is " + std::to_string(max_parameters) + "). Use fewer actors, issues or links.");
  n.values.reserve(n.catalog.size());
  for (const Entry& e : n.catalog.entries()) n.values.push_back(e.described->parameter.fallback);

  ValueReader reader(c);
  for (const Setting& s : settings) reader.apply(s);
  reader.finish_polls();
  finish_sweep(c.sweep);
  check_sweep(c);
  for (const auto& [mechanism, on] : c.mechanisms)
    if (!on) switch_off(n, mechanism, n.values);
  const std::string fault = fault_in(n, n.values);
  if (!fault.empty()) {
    Place place{name};
    for (const Setting& s : settings)  // the setting that the fault names, if one does
      if (fault.rfind(s.path(), 0) == 0) place = s.place;
    throw input_error(place, fault);
  }
  return c;
}

std::string Config::resolved() const {
  const Negotiation& n = negotiation;
  const Structure& s = n.structure;
  std::ostringstream out;
  out << "model " << n.model->name << "\ntitle " << s.title << "\nprotocol " << static_cast<int>(s.layout.protocol)
      << "\nunit_days " << exact(s.unit_days) << "\n";
  for (int k = 0; k < s.layout.n.issues; ++k) {
    out << "issue " << s.issues[k].name << " '" << s.issues[k].title << "' stream " << s.layout.issue_stream[k] << " front "
        << (s.layout.front_issue == k) << " guarantee " << (s.layout.guarantee_issue == k) << static_cast<int>(s.layout.guarantee_direction)
        << " conquest " << (s.layout.conquest >> k & 1) << (s.layout.conquest_down >> k & 1);
    for (const Anchor& a : s.issues[k].anchors) out << " [" << exact(a.at) << " '" << a.words << "']";
    out << "\n";
  }
  for (int i = 0; i < s.layout.n.actors; ++i)
    out << "actor " << s.actors[i].name << " '" << s.actors[i].title << "' stream " << s.layout.actor_stream[i] << " fights "
        << s.layout.fights(Actor{i}) << " mediates " << s.layout.mediates(Actor{i}) << " energy " << (s.layout.energy_actor == i) << "\n";
  for (int r = 0; r < s.layout.n.rungs; ++r)
    out << "rung " << s.rungs[r].name << " '" << s.rungs[r].title << "' settles " << static_cast<int>(s.layout.settles[r]) << " seats " << s.layout.seats[r] << "\n";
  for (int l = 0; l < s.layout.n.links; ++l)
    out << "link " << s.links[l].name << " " << s.layout.link_first[l] << " " << s.layout.link_second[l] << "\n";
  for (const Entry& e : n.catalog.entries()) out << e.path << " = " << exact(n.values[e.slot]) << "\n";
  for (const OpinionPosterior& p : posteriors) out << p.resolved();
  for (const auto& [mechanism, on] : mechanisms)  // in a sweep a switch that is off overrides what varies
    if (!on) out << "off " << mechanism << "\n";
  out << "design " << name_of(sweep.design) << " samples " << sweep.samples << (sweep.luck == Luck::own ? " own luck" : "") << "\n";
  for (const SweptPath& p : sweep.swept()) {
    out << "swept " << p.path << " " << static_cast<int>(p.distribution.kind) << " " << exact(p.distribution.a) << " "
        << exact(p.distribution.b) << " " << exact(p.distribution.c);
    for (const double v : p.values) out << " " << exact(v);
    out << "\n";
  }
  out << "traces";
  for (const std::uint64_t run : traces) out << " " << run;
  out << "\n";
  return out.str();
}

}  // namespace parley
