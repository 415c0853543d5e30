// The structure of a negotiation as plain data: who plays which role, what a rung settles, who sits where.
//
// It is the same for every run of a plan, holds no numbers that a sweep could vary and no types of any library, so that
// it can cross into code compiled for a wider instruction set.
#pragma once

#include <cstdint>

#include "engine/core/fields.hpp"
#include "engine/core/ids.hpp"

namespace parley {

enum class ProtocolKind : std::uint8_t { mediator, alternating };

/// Which end of an issue a role counts from: up where more of it is 1, down where the axis is mirrored.
enum class Direction : std::int8_t { up = 1, down = -1 };

struct Layout {
  Dimensions n;
  ProtocolKind protocol = ProtocolKind::mediator;

  // Roles. A position of −1 inside this plain struct means that nobody plays the role; read it through has_*().
  int front_issue = -1;      ///< moves with the front
  int guarantee_issue = -1;  ///< makes a peace durable
  Direction guarantee_direction = Direction::up;
  int energy_actor = -1;     ///< whose energy is at stake
  int mediator = -1;
  std::uint16_t belligerents = 0;   ///< bit i: actor i fights
  std::uint8_t conquest = 0;        ///< bit k: conquest is read from issue k
  std::uint8_t conquest_down = 0;   ///< bit k: … and its axis runs the other way

  std::uint8_t settles[max_rungs] = {};  ///< bit k: the rung settles issue k
  std::uint16_t seats[max_rungs] = {};   ///< bit i: actor i sits at the rung
  int link_first[max_links] = {}, link_second[max_links] = {};

  std::uint32_t actor_stream[max_actors] = {}, issue_stream[max_issues] = {};
  int by_stream[max_actors] = {};  ///< actors by rising stream number: ties are broken so, whatever the order of the labels

  Range<Actor> actors() const { return {n.actors}; }
  Range<Issue> issues() const { return {n.issues}; }
  Range<Rung> rungs() const { return {n.rungs}; }
  Range<Link> links() const { return {n.links}; }

  bool has_front() const { return front_issue >= 0; }
  bool has_guarantee() const { return guarantee_issue >= 0; }
  Issue front() const { return Issue{front_issue}; }
  bool is_front(Issue k) const { return k.value == front_issue; }
  bool fights(Actor i) const { return (belligerents >> i.value & 1) != 0; }
  bool mediates(Actor i) const { return i.value == mediator; }
  bool settles_issue(Rung r, Issue k) const { return (settles[r.value] >> k.value & 1) != 0; }
  bool seats_actor(Rung r, Actor i) const { return (seats[r.value] >> i.value & 1) != 0; }
  int settled_count(Rung r) const { return __builtin_popcount(settles[r.value]); }
  bool is_truce(Rung r) const { return settles[r.value] == 0; }
  bool is_comprehensive(Rung r) const { return settled_count(r) == n.issues; }
  bool reads_conquest(Issue k) const { return (conquest >> k.value & 1) != 0; }
  bool conquest_mirrored(Issue k) const { return (conquest_down >> k.value & 1) != 0; }
  Issue link_a(Link l) const { return Issue{link_first[l.value]}; }
  Issue link_b(Link l) const { return Issue{link_second[l.value]}; }
};

}  // namespace parley
