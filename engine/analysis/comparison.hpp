// How two sets of runs differ: scenario shares, events, timing, packages, refusals and what bound, each with an interval.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/paired_ratio.hpp"
#include "engine/bargain/negotiation.hpp"

namespace parley {

/// One thing that is compared. A side that lacks it (an issue, an actor, a rung of that name) has no value.
struct ComparedMeasure {
  std::string group;  ///< "scenarios", "stalemate_kinds", "events", "rungs", "months_until", "package", "vetoes" or "blocking"
  std::string name, title;
  std::string unit;
  bool share = false;
  Difference difference;
};

/// Counts rows of two negotiations. Rows fed as pairs are of the same replicate and seed.
class Comparison {
 public:
  /// `days_a`, `days_b`: length of a round.
  Comparison(const Negotiation& a, double days_a, const Negotiation& b, double days_b);

  void add_pairs(std::span<const RunRow> a, std::span<const RunRow> b);
  void add_a(std::span<const RunRow> rows);
  void add_b(std::span<const RunRow> rows);

  /// Only what was seen on either side, in the order of the groups above.
  std::vector<ComparedMeasure> measured() const;
  std::uint64_t failed_a() const { return failed_a_; }
  std::uint64_t failed_b() const { return failed_b_; }

 private:
  struct Value {
    double y = 0, w = 0;
  };
  struct Measure {
    std::string group, name, title, unit;
    bool share;
    int a, b;  ///< position on each side, −1 where it lacks it
    int second_a = 0, second_b = 0;
    Value (*read)(const RunRow& row, int position, int second, double days);
    PairedRatio sums = {};
  };
  void list(const Negotiation& a, const Negotiation& b);

  std::vector<Measure> measures_;
  double days_a_, days_b_;
  std::uint64_t failed_a_ = 0, failed_b_ = 0;
};

}  // namespace parley
