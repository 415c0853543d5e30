// Tests that parameters land where their positions say, in the order in which a part describes them.
#include "engine/core/fields.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <type_traits>
#include <vector>

#include "engine/core/check.hpp"

namespace parley {
namespace {

template <class Left, class Right>
concept Comparable = requires(Left left, Right right) { left == right; };

TEST(Ids, OneKindIsNeverTakenForAnother) {
  EXPECT_TRUE((Comparable<Actor, Actor>));
  EXPECT_FALSE((Comparable<Actor, Issue>));
  EXPECT_FALSE((std::is_convertible_v<int, Actor>));
  EXPECT_FALSE((std::is_convertible_v<Actor, Issue>));
  EXPECT_TRUE(Actor{2} == Actor{2});
  EXPECT_FALSE(Actor{2} == Actor{3});
}

TEST(Ids, ARangeVisitsEveryPositionInOrder) {
  std::vector<int> visited;
  for (const Issue k : Range<Issue>{4}) visited.push_back(k.value);
  EXPECT_EQ(visited, (std::vector<int>{0, 1, 2, 3}));
  for (const Actor i : Range<Actor>{0}) FAIL() << "an empty range has position " << i.value;
}

TEST(Ids, AnArrayIsIndexedByItsOwnKind) {
  ActorArray<double> cost{};
  cost[Actor{3}] = 2.5;
  EXPECT_EQ(cost[Actor{3}], 2.5);
  EXPECT_EQ(cost.items[3], 2.5);
  EXPECT_FALSE((std::is_invocable_v<decltype([](auto& array, auto id) -> decltype(array[id]) { return array[id]; }),
                                    ActorArray<double>&, Issue>));
}

constexpr Dimensions sizes{.actors = 4, .issues = 6, .rungs = 3, .links = 2};

TEST(Fields, ExtentsHaveTheirSizes) {
  EXPECT_EQ(size_of(Extent::scalar, sizes), 1);
  EXPECT_EQ(size_of(Extent::actor, sizes), 4);
  EXPECT_EQ(size_of(Extent::issue, sizes), 6);
  EXPECT_EQ(size_of(Extent::rung, sizes), 3);
  EXPECT_EQ(size_of(Extent::actor_issue, sizes), 24);
  EXPECT_EQ(size_of(Extent::actor_link, sizes), 8);
}

/// A part with one field of each kind.
struct Part {
  Scalar<double> drift;
  PerActor<double> cost;
  PerIssue<double> text;
  PerRung<double> value;
  PerActorIssue<double> salience;
  PerActorLink<double> linkage;

  template <class Visitor>
  void fields(Visitor&& visit) {
    const auto about = [](const char* path) { return Parameter{path, 0, 0, 1, "1", "", ""}; };
    visit(drift, about("war.drift"));
    visit(cost, about("actors.*.cost"));
    visit(text, about("issues.*.text"));
    visit(value, about("rungs.*.value"));
    visit(salience, about("actors.*.salience.*"));
    visit(linkage, about("actors.*.linkage.*"));
  }
};

TEST(Fields, ABinderLaysPartsOutWithoutGapsOrOverlaps) {
  std::vector<double> block(1 + 4 + 6 + 3 + 24 + 8);
  std::iota(block.begin(), block.end(), 0.0);
  Part part;
  part.fields(Binder<double>(block.data(), sizes));
  EXPECT_EQ(*part.drift, 0);
  EXPECT_EQ(static_cast<double>(part.drift), 0);
  EXPECT_EQ(part.cost[Actor{0}], 1);
  EXPECT_EQ(part.cost[Actor{3}], 4);
  EXPECT_EQ(part.text[Issue{5}], 10);
  EXPECT_EQ(part.value[Rung{2}], 13);
  EXPECT_EQ(part.salience(Actor{0}, Issue{0}), 14);
  EXPECT_EQ(part.salience(Actor{1}, Issue{0}), 20);
  EXPECT_EQ(part.salience(Actor{3}, Issue{5}), 37);
  EXPECT_EQ(part.linkage(Actor{0}, Link{1}), 39);
  EXPECT_EQ(part.linkage(Actor{3}, Link{1}), block.back());
}

TEST(Check, AMessageSaysWhere) {
  EXPECT_STREQ(input_error({"x.toml", 3, 7}, "A (b). C").what(), "x.toml:3:7: A (b). C");
  EXPECT_STREQ(input_error({"x.toml", 3}, "A (b). C").what(), "x.toml:3: A (b). C");
  EXPECT_STREQ(input_error({"x.toml"}, "A (b). C").what(), "x.toml: A (b). C");
  EXPECT_STREQ(input_error({}, "A (b). C").what(), "A (b). C");
  EXPECT_THROW(throw UsageError("A (b). C"), InputError);
}

}  // namespace
}  // namespace parley
