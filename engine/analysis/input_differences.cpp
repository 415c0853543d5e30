#include "engine/analysis/input_differences.hpp"

#include <map>
#include <sstream>

namespace parley {

namespace {

std::string number(double x) {
  std::ostringstream text;
  text.precision(8);
  text << x;
  return text.str();
}

/// Settings by path in the order in which they are first met.
class SettingsOf {
 public:
  void add(const std::string& path, std::string value) {
    if (values_.emplace(path, std::move(value)).second) order_.push_back(path);
  }
  const std::vector<std::string>& order() const { return order_; }
  const std::string* find(const std::string& path) const {
    const auto found = values_.find(path);
    return found == values_.end() ? nullptr : &found->second;
  }

 private:
  std::vector<std::string> order_;
  std::map<std::string, std::string> values_;
};

SettingsOf structure_settings(const Plan& plan) {
  const Structure& s = plan.negotiation().structure;
  const Layout& l = s.layout;
  SettingsOf out;
  out.add("model", plan.negotiation().model->name);
  out.add("title", s.title);
  out.add("protocol.kind", l.protocol == ProtocolKind::mediator ? "mediator" : "alternating");
  out.add("rounds.unit_days", number(s.unit_days));
  const auto yes = [](bool on) { return std::string(on ? "true" : "false"); };
  for (const Issue k : l.issues()) {
    const IssueInfo& issue = s.issues[static_cast<std::size_t>(k.value)];
    const std::string at = "issues." + issue.name + ".";
    std::string anchors;
    for (const Anchor& anchor : issue.anchors) anchors += (anchors.empty() ? "" : "; ") + number(anchor.at) + " " + anchor.words;
    out.add(at + "anchors", anchors);
    out.add(at + "stream", std::to_string(l.issue_stream[k.value]));
    out.add(at + "moves_with_front", yes(l.is_front(k)));
    out.add(at + "guarantee", l.guarantee_issue != k.value ? "none" : l.guarantee_direction == Direction::up ? "up" : "down");
    out.add(at + "conquest", !l.reads_conquest(k) ? "none" : l.conquest_mirrored(k) ? "down" : "up");
  }
  for (const Actor i : l.actors()) {
    const std::string at = "actors." + s.actors[static_cast<std::size_t>(i.value)].name + ".";
    out.add(at + "stream", std::to_string(l.actor_stream[i.value]));
    out.add(at + "fights", yes(l.fights(i)));
    out.add(at + "mediates", yes(l.mediates(i)));
    out.add(at + "energy", yes(l.energy_actor == i.value));
  }
  for (const Rung r : l.rungs()) {
    const std::string at = "rungs." + s.rungs[static_cast<std::size_t>(r.value)].name + ".";
    std::string settles, seats;
    for (const Issue k : l.issues())
      if (l.settles_issue(r, k)) settles += (settles.empty() ? "" : ", ") + s.issues[static_cast<std::size_t>(k.value)].name;
    for (const Actor i : l.actors())
      if (l.seats_actor(r, i)) seats += (seats.empty() ? "" : ", ") + s.actors[static_cast<std::size_t>(i.value)].name;
    out.add(at + "settles", settles.empty() ? "nothing" : settles);
    out.add(at + "seats", seats);
  }
  for (const LinkInfo& link : s.links) out.add("links." + link.name, "present");
  out.add("run.seed", std::to_string(plan.seed()));
  out.add("run.runs", std::to_string(plan.replicates()));
  const SweepSpec& sweep = plan.config().sweep;
  out.add("sweep.design", name_of(sweep.design));
  for (const SweptPath& swept : sweep.swept()) out.add("swept " + swept.path, swept.values.empty() ? "sampled" : std::to_string(swept.values.size()) + " values");
  return out;
}

}  // namespace

std::vector<InputDifference> input_differences(const Plan& a, std::uint64_t ca, const Plan& b, std::uint64_t cb) {
  std::vector<InputDifference> out;
  const SettingsOf in_a = structure_settings(a), in_b = structure_settings(b);
  const auto text = [](const std::string* value) { return value == nullptr ? std::string() : *value; };
  for (const std::string& path : in_a.order())
    if (text(in_a.find(path)) != text(in_b.find(path))) out.push_back({path, text(in_a.find(path)), text(in_b.find(path)), "", ""});
  for (const std::string& path : in_b.order())
    if (in_a.find(path) == nullptr) out.push_back({path, "", *in_b.find(path), "", ""});

  const std::vector<double> values_a = a.stated_values(ca), values_b = b.stated_values(cb);
  const Catalog& catalog_a = a.negotiation().catalog;
  const Catalog& catalog_b = b.negotiation().catalog;
  for (const Entry& entry : catalog_a.entries()) {
    const Entry* other = catalog_b.find(entry.path);
    if (other != nullptr && values_a[entry.slot] == values_b[other->slot]) continue;
    const Parameter& p = entry.described->parameter;
    out.push_back({entry.path, number(values_a[entry.slot]), other == nullptr ? "" : number(values_b[other->slot]), p.unit, p.meaning});
  }
  for (const Entry& entry : catalog_b.entries())
    if (catalog_a.find(entry.path) == nullptr)
      out.push_back({entry.path, "", number(values_b[entry.slot]), entry.described->parameter.unit, entry.described->parameter.meaning});
  return out;
}

}  // namespace parley
