// Typed positions: an actor can never be taken for an issue.
#pragma once

namespace parley {

template <class Tag>
struct Id {
  int value = 0;
  friend constexpr bool operator==(Id a, Id b) { return a.value == b.value; }
};

using Actor = Id<struct ActorTag>;
using Issue = Id<struct IssueTag>;
using Rung = Id<struct RungTag>;
using Link = Id<struct LinkTag>;

/// All positions below `count`, for a range-based loop.
template <class Which>
struct Range {
  int count;
  struct Iterator {
    int at;
    constexpr Which operator*() const { return Which{at}; }
    constexpr Iterator& operator++() { ++at; return *this; }
    friend constexpr bool operator!=(Iterator a, Iterator b) { return a.at != b.at; }
  };
  constexpr Iterator begin() const { return {0}; }
  constexpr Iterator end() const { return {count}; }
};

/// A fixed array that only its own kind of position can index.
template <class Which, class Value, int Capacity>
struct IdArray {
  Value items[Capacity];
  constexpr Value& operator[](Which id) { return items[id.value]; }
  constexpr const Value& operator[](Which id) const { return items[id.value]; }
};

inline constexpr int max_actors = 16, max_issues = 8, max_rungs = 8, max_links = 28, max_terms = 16;

/// The most numbers one cell can have, all extents at their limits; a configuration with more is refused.
inline constexpr int max_parameters = 2048;

template <class Value>
using ActorArray = IdArray<Actor, Value, max_actors + 1>;
template <class Value>
using IssueArray = IdArray<Issue, Value, max_issues + 1>;
template <class Value>
using RungArray = IdArray<Rung, Value, max_rungs + 1>;

}  // namespace parley
