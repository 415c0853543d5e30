// Parameters that describe themselves: a part names each of its numbers once, and the command line, the configuration
// check, the file's attributes and the reference page all read that one description.
#pragma once

#include <optional>

#include "engine/core/ids.hpp"

namespace parley {

/// How many of everything a negotiation has; the sizes of all fields follow from it.
struct Dimensions {
  int actors = 0, issues = 0, rungs = 0, links = 0;
};

/// What a parameter has one value for each of.
enum class Extent { scalar, actor, issue, rung, actor_issue, actor_link };

constexpr int size_of(Extent extent, const Dimensions& n) {
  switch (extent) {
    case Extent::scalar: return 1;
    case Extent::actor: return n.actors;
    case Extent::issue: return n.issues;
    case Extent::rung: return n.rungs;
    case Extent::actor_issue: return n.actors * n.issues;
    case Extent::actor_link: return n.actors * n.links;
  }
  return 0;
}

/// How a number stated for the unit round (rounds.unit_days) becomes one for a round s times as long.
enum class Pace {
  none,       ///< not a rate
  rate,       ///< v · s: drifts, growth
  acceleration,  ///< v · s²: growth of a drift
  diffusion,  ///< v · √s: standard deviations of noise
  share,      ///< 1 − (1 − v)^s: the share of a gap that is closed
  rounds,     ///< v / s: a time counted in rounds
  discount    ///< v^s: a factor a round
};

/// One parameter, described. `path` holds '*' where the name of the actor, issue or rung stands, a trailing ".*" the
/// second name of an actor × issue or actor × link parameter.
struct Parameter {
  const char* path;
  double fallback;  ///< the value where a configuration is silent
  double low, high;
  const char* unit;
  const char* meaning;
  const char* source;
  Pace pace = Pace::none;
  const char* mechanism = nullptr;  ///< the switch in the list of mechanisms that this belongs to
  std::optional<double> off = {};   ///< the value that switches it off
  const char* inert = nullptr;      ///< why no result can depend on it, where that is so
};

/// Views of a part's values inside one flat block; bound once, they cost a pointer.
template <class Real>
struct Scalar {
  static constexpr Extent extent = Extent::scalar;
  const Real* at = nullptr;
  operator const Real&() const { return *at; }
  const Real& operator*() const { return *at; }
  void bind(const Real* block, const Dimensions&) { at = block; }
};
template <class Real>
struct PerActor {
  static constexpr Extent extent = Extent::actor;
  const Real* at = nullptr;
  const Real& operator[](Actor i) const { return at[i.value]; }
  void bind(const Real* block, const Dimensions&) { at = block; }
};
template <class Real>
struct PerIssue {
  static constexpr Extent extent = Extent::issue;
  const Real* at = nullptr;
  const Real& operator[](Issue k) const { return at[k.value]; }
  void bind(const Real* block, const Dimensions&) { at = block; }
};
template <class Real>
struct PerRung {
  static constexpr Extent extent = Extent::rung;
  const Real* at = nullptr;
  const Real& operator[](Rung r) const { return at[r.value]; }
  void bind(const Real* block, const Dimensions&) { at = block; }
};
template <class Real>
struct PerActorIssue {
  static constexpr Extent extent = Extent::actor_issue;
  const Real* at = nullptr;
  int issues = 0;
  const Real& operator()(Actor i, Issue k) const { return at[i.value * issues + k.value]; }
  void bind(const Real* block, const Dimensions& n) { at = block; issues = n.issues; }
};
template <class Real>
struct PerActorLink {
  static constexpr Extent extent = Extent::actor_link;
  const Real* at = nullptr;
  int links = 0;
  const Real& operator()(Actor i, Link l) const { return at[i.value * links + l.value]; }
  void bind(const Real* block, const Dimensions& n) { at = block; links = n.links; }
};

/// Visitor of a part's fields: binds each to its place in `block`, in the order in which they are described.
template <class Real>
class Binder {
 public:
  Binder(const Real* block, const Dimensions& n) : cursor_(block), dimensions_(n) {}

  template <class Field>
  void operator()(Field& field, const Parameter&) {
    field.bind(cursor_, dimensions_);
    cursor_ += size_of(Field::extent, dimensions_);
  }

 private:
  const Real* cursor_;
  Dimensions dimensions_;
};

}  // namespace parley
