// Tests the random numbers: published answers, an independent implementation, streams apart, distributions.
#include "engine/core/rng.hpp"

#include <Random123/threefry.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/support/statistics.hpp"

namespace parley {
namespace {

using Words = WordPair<std::uint64_t>;
constexpr Stream world{Stream::Kind::world, 0};

// Random123's own known answers (tests/kat_vectors, "threefry2x64 13"; Salmon, Moraes, Dror, Shaw 2011): counter, key,
// answer.
struct KnownAnswer {
  Words counter, key, answer;
};
constexpr std::uint64_t ones = ~0ull;
constexpr KnownAnswer known_answers[] = {
    {{0, 0}, {0, 0}, {0xf167b032c3b480bdull, 0xe91f9fee4b7a6fb5ull}},
    {{ones, ones}, {ones, ones}, {0xccdec5c917a874b1ull, 0x4df53abca26ceb01ull}},
    {{0x243f6a8885a308d3ull, 0x13198a2e03707344ull},
     {0xa4093822299f31d0ull, 0x082efa98ec4e6c89ull},
     {0xc3aac71561042993ull, 0x3fe7ae8801aff316ull}},
};

TEST(Rng, GivesThePublishedAnswers) {
  for (const KnownAnswer& known : known_answers) {
    const Words answer = threefry(known.counter, known.key);
    EXPECT_EQ(answer.first, known.answer.first);
    EXPECT_EQ(answer.second, known.answer.second);
  }
}

TEST(Rng, GivesThePublishedAnswersInEveryLane) {
  using Packet = Pack<isa::Portable, 2>;
  WordPair<Word<Packet>> counter{Word<Packet>(0), Word<Packet>(0)}, key = counter;
  for (int l = 0; l < 3; ++l) {
    set_lane(counter.first, l, known_answers[l].counter.first);
    set_lane(counter.second, l, known_answers[l].counter.second);
    set_lane(key.first, l, known_answers[l].key.first);
    set_lane(key.second, l, known_answers[l].key.second);
  }
  const auto answer = threefry(counter, key);
  for (int l = 0; l < 3; ++l) {
    EXPECT_EQ(lane(answer.first, l), known_answers[l].answer.first);
    EXPECT_EQ(lane(answer.second, l), known_answers[l].answer.second);
  }
}

TEST(Rng, AgreesWithTheAuthorsImplementation) {
  std::uint64_t state = 1;
  const auto next = [&state] { return state = state * 6364136223846793005ull + 1442695040888963407ull; };
  for (int i = 0; i < 100000; ++i) {
    const Words counter{next(), next()}, key{next(), next()};
    const auto theirs = threefry2x64_R(13, {{counter.first, counter.second}}, {{key.first, key.second}});
    const Words ours = threefry(counter, key);
    ASSERT_EQ(ours.first, theirs.v[0]);
    ASSERT_EQ(ours.second, theirs.v[1]);
  }
}

TEST(Rng, EveryPartOfADrawsNameCounts) {
  std::set<std::uint64_t> seen;
  int draws = 0;
  const auto look = [&](std::uint64_t seed, std::uint64_t replicate, std::uint64_t round, Stream stream, std::uint8_t use) {
    const auto words = Draws<double>(seed, replicate, round).words(stream, use);
    seen.insert(words.first);
    seen.insert(words.second);
    draws += 2;
  };
  const Stream::Kind kinds[] = {Stream::Kind::world, Stream::Kind::actor, Stream::Kind::issue, Stream::Kind::rung,
                                Stream::Kind::design};
  for (const std::uint64_t seed : {0ull, 1ull, 7ull, 1ull << 63})
    for (const std::uint64_t replicate : {0ull, 1ull, 255ull, 256ull, 1ull << 40})
      for (const std::uint64_t round : {0ull, 1ull, 51ull, 255ull, 256ull, 4096ull, 65535ull})
        for (const Stream::Kind kind : kinds)
          for (const std::uint32_t number : {0u, 1u, 2u, 255u, 256u, 65535u})
            for (const int use : {0, 1, 2, 255}) look(seed, replicate, round, {kind, number}, static_cast<std::uint8_t>(use));
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(draws)) << "two draws with different names share a word";
}

TEST(Rng, ADrawIsAFunctionOfItsNameAlone) {
  const Draws<double> draws(7, 3, 5);
  const double first = draws.uniform(world, 9);
  draws.uniform({Stream::Kind::actor, 4}, 9);
  EXPECT_EQ(draws.uniform(world, 9), first);
  EXPECT_EQ(Draws<double>(7, 3, 5).uniform(world, 9), first);
}

TEST(Rng, LanesDrawWhatSingleRunsDraw) {
  using Packet = Pack<isa::Portable, 2>;
  Word<Packet> replicates(0), rounds(0);
  for (int l = 0; l < lanes<Packet>; ++l) {
    set_lane(replicates, l, static_cast<std::uint64_t>(1000 + 17 * l));
    set_lane(rounds, l, static_cast<std::uint64_t>(3 * l));
  }
  const Draws<Packet> wide(42, replicates, rounds);
  for (int stream = 0; stream < 50; ++stream) {
    const Stream name{Stream::Kind::issue, static_cast<std::uint32_t>(stream)};
    const auto uniforms = wide.uniforms(name, 3);
    const auto normals = wide.normals(name, 3);
    for (int l = 0; l < lanes<Packet>; ++l) {
      const Draws<double> single(42, lane(replicates, l), lane(rounds, l));
      EXPECT_EQ(lane(uniforms.first, l), single.uniforms(name, 3).first);
      EXPECT_EQ(lane(uniforms.second, l), single.uniforms(name, 3).second);
      EXPECT_EQ(bits_of(lane(normals.first, l)), bits_of(single.normals(name, 3).first));
      EXPECT_EQ(bits_of(lane(normals.second, l)), bits_of(single.normals(name, 3).second));
    }
  }
}

TEST(Rng, UniformsAreNeverZeroOrOne) {
  EXPECT_GT(unit_interval<double>(0), 0.0);
  EXPECT_LT(unit_interval<double>(~0ull), 1.0);
  EXPECT_EQ(unit_interval<double>(0), 0x1p-53);
  EXPECT_EQ(unit_interval<double>(~0ull), 1 - 0x1p-53);
  EXPECT_EQ(unit_interval<double>(1ull << 63), 0.5 + 0x1p-53);
}

std::vector<double> sample(std::size_t count, const std::function<double(const Draws<double>&)>& draw) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = draw(Draws<double>(7, i / 52, i % 52));
  return values;
}

TEST(Rng, UniformsAreUniform) {
  const auto first = sample(800000, [](const auto& draws) { return draws.uniforms(world, 1).first; });
  const auto second = sample(800000, [](const auto& draws) { return draws.uniforms(world, 1).second; });
  for (const auto& values : {first, second}) {
    std::vector<double> counts(16);
    for (const double value : values) counts[static_cast<std::size_t>(value * 16)] += 1;
    EXPECT_TRUE(statistics::has_frequencies(counts, std::vector<double>(16, 1.0 / 16)));
    EXPECT_TRUE(statistics::has_distribution(values, [](double x) { return x; }));
  }
  std::vector<double> pairs(16);
  for (std::size_t i = 0; i < first.size(); ++i) {
    pairs[static_cast<std::size_t>(first[i] * 4) * 4 + static_cast<std::size_t>(second[i] * 4)] += 1;
  }
  EXPECT_TRUE(statistics::has_frequencies(pairs, std::vector<double>(16, 1.0 / 16))) << "a pair is not independent";
}

TEST(Rng, NormalsAreNormal) {
  const auto first = sample(500000, [](const auto& draws) { return draws.normals(world, 1).first; });
  const auto second = sample(500000, [](const auto& draws) { return draws.normals(world, 1).second; });
  for (const auto& values : {first, second}) {
    EXPECT_TRUE(statistics::has_mean(values, 0, 1));
    std::vector<double> squares;
    for (const double value : values) squares.push_back(value * value);
    EXPECT_TRUE(statistics::has_mean(squares, 1, 1));
    EXPECT_TRUE(statistics::has_distribution(values, [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }));
  }
  std::vector<double> products;
  for (std::size_t i = 0; i < first.size(); ++i) products.push_back(first[i] * second[i]);
  EXPECT_TRUE(statistics::has_mean(products, 0, 1)) << "a pair is correlated";
}

TEST(Rng, NeighbouringStreamsRoundsAndReplicatesAreIndependent) {
  const auto base = [](const Draws<double>& draws) { return draws.normal({Stream::Kind::actor, 1}, 1); };
  std::vector<double> streams, rounds, replicates, uses;
  for (std::uint64_t i = 0; i < 300000; ++i) {
    const double here = base(Draws<double>(7, i, 10));
    streams.push_back(here * Draws<double>(7, i, 10).normal({Stream::Kind::actor, 2}, 1));
    uses.push_back(here * Draws<double>(7, i, 10).normal({Stream::Kind::actor, 1}, 2));
    rounds.push_back(here * base(Draws<double>(7, i, 11)));
    replicates.push_back(here * base(Draws<double>(7, i + 1, 10)));
  }
  for (const auto& products : {streams, rounds, replicates, uses}) EXPECT_TRUE(statistics::has_mean(products, 0, 1));
}

}  // namespace
}  // namespace parley
