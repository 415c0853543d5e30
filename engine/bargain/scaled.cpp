#include "engine/bargain/scaled.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

namespace parley {

namespace {

/// The names and streams of `count` members, copies where `from` has fewer.
template <class Info>
std::vector<Info> repeated(const std::vector<Info>& from, int count, const std::uint32_t* streams, std::uint32_t* new_streams) {
  const int n = static_cast<int>(from.size());
  const std::uint32_t highest = *std::max_element(streams, streams + n);
  std::vector<Info> out;
  for (int i = 0; i < count; ++i) {
    Info info = from[static_cast<std::size_t>(i % n)];
    if (i >= n) {
      const std::string number = std::to_string(i / n + 1);
      info.name += "-" + number;
      info.title += " " + number;
    }
    out.push_back(std::move(info));
    new_streams[i] = i < n ? streams[i] : highest + static_cast<std::uint32_t>(i - n + 1);
  }
  return out;
}

/// Bit i of the result is bit i mod n of `bits`.
template <class Bits>
Bits repeated_bits(Bits bits, int n, int count) {
  unsigned out = 0;
  for (int i = 0; i < count; ++i) out |= (static_cast<unsigned>(bits) >> (i % n) & 1u) << i;
  return static_cast<Bits>(out);
}

int kept_role(int holder, int count) { return holder < count ? holder : -1; }

void link_issues(const Structure& from, Structure& to, const ScaledSize& size) {
  const auto link = [&](std::string name, int a, int b) {
    to.layout.link_first[to.links.size()] = a;
    to.layout.link_second[to.links.size()] = b;
    to.links.push_back({std::move(name)});
  };
  if (size.linkage == Linkage::every_pair) {
    for (int a = 0; a < size.issues; ++a)
      for (int b = a + 1; b < size.issues; ++b) link(to.issues[a].name + "-with-" + to.issues[b].name, a, b);
  } else {
    for (std::size_t l = 0; l < from.links.size(); ++l)
      if (std::max(from.layout.link_first[l], from.layout.link_second[l]) < size.issues)
        link(from.links[l].name, from.layout.link_first[l], from.layout.link_second[l]);
  }
  to.layout.n.links = static_cast<int>(to.links.size());
}

Structure scaled_structure(const Structure& from, const ScaledSize& size) {
  const Layout& old = from.layout;
  Structure to;
  to.title = from.title;
  to.unit_days = from.unit_days;
  to.rungs = from.rungs;
  to.layout = old;
  Layout& layout = to.layout;
  to.actors = repeated(from.actors, size.actors, old.actor_stream, layout.actor_stream);
  to.issues = repeated(from.issues, size.issues, old.issue_stream, layout.issue_stream);
  layout.n = {size.actors, size.issues, old.n.rungs, 0};
  link_issues(from, to, size);

  layout.front_issue = kept_role(old.front_issue, size.issues);
  layout.guarantee_issue = kept_role(old.guarantee_issue, size.issues);
  layout.energy_actor = kept_role(old.energy_actor, size.actors);
  layout.mediator = kept_role(old.mediator, size.actors);
  layout.conquest = repeated_bits(old.conquest, old.n.issues, size.issues);
  layout.conquest_down = repeated_bits(old.conquest_down, old.n.issues, size.issues);
  // Alternating offers are between two.
  layout.belligerents = old.protocol == ProtocolKind::alternating ? old.belligerents : repeated_bits(old.belligerents, old.n.actors, size.actors);
  if ((layout.belligerents & ((1u << size.actors) - 1)) != layout.belligerents || layout.belligerents == 0) layout.belligerents = 3;
  bool settles_something = false;
  for (int r = 0; r < layout.n.rungs; ++r) {
    layout.settles[r] = repeated_bits(old.settles[r], old.n.issues, size.issues);
    layout.seats[r] = repeated_bits(old.seats[r], old.n.actors, size.actors);
    if (layout.seats[r] == 0) layout.seats[r] = layout.belligerents;
    settles_something = settles_something || layout.settles[r] != 0;
  }
  if (!settles_something) layout.settles[layout.n.rungs - 1] = static_cast<std::uint8_t>((1u << size.issues) - 1);
  for (int i = 0; i < size.actors; ++i) layout.by_stream[i] = i;
  std::sort(layout.by_stream, layout.by_stream + size.actors, [&](int a, int b) { return layout.actor_stream[a] < layout.actor_stream[b]; });
  return to;
}

using Key = std::tuple<const DescribedParameter*, int, int, int, int>;

/// With every pair linked, A = (1 − r) D + r √D 11ᵀ √D with D the saliences: positive semidefinite for r in [0, 1].
constexpr double weak_linkage = 0.1;

}  // namespace

Negotiation scaled(const Negotiation& from, const ScaledSize& size) {
  const Dimensions& old = from.structure.layout.n;
  Negotiation to;
  to.model = from.model;
  to.structure = scaled_structure(from.structure, size);
  to.catalog = Catalog(*to.model, to.structure);

  std::map<Key, double> values;
  for (const Entry& e : from.catalog.entries()) values[{e.described, e.actor, e.issue, e.rung, e.link}] = from.values[e.slot];
  std::map<std::pair<int, int>, double> salience;  // by actor and issue of the new talks
  for (const Entry& e : to.catalog.entries()) {
    const int actor = e.actor < 0 ? -1 : e.actor % old.actors, issue = e.issue < 0 ? -1 : e.issue % old.issues;
    double value = 0;
    if (size.linkage == Linkage::every_pair && e.link >= 0) {
      const Layout& layout = to.structure.layout;
      value = weak_linkage * std::sqrt(salience[{e.actor, layout.link_first[e.link]}] * salience[{e.actor, layout.link_second[e.link]}]);
    } else {
      int link = -1;
      if (e.link >= 0) {
        const auto& name = to.structure.links[static_cast<std::size_t>(e.link)].name;
        while (from.structure.links[static_cast<std::size_t>(++link)].name != name) {}
      }
      value = values.at({e.described, actor, issue, e.rung, link});
    }
    if (std::string(e.described->parameter.path) == "actors.*.salience.*") salience[{e.actor, e.issue}] = value;
    to.values.push_back(value);
  }
  return to;
}

}  // namespace parley
