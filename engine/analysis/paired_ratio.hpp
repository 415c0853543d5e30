// The difference of two ratios Σy/Σw over runs that share their luck, with its 95 % interval.
//
// A share is the ratio with w = 1 and y = 0 or 1, a mean over the runs that signed the one with w = 1 where a deal was
// signed and y its value, a rate of refusal the one with y refusals in w rounds: one estimator serves them all.
//
//   R = Σy/Σw; influence of run r: g_r = (y_r − R w_r) n / Σw (delta method; Cochran 1977, section 6.4).
//   Var(R_B − R_A) = [mean(g_A²) + mean(g_B²) − 2 mean(g_A g_B)] / (n − 1) for pairs, the sum of the two without.
//   Shares: paired, Agresti and Min 2005 (Statistics in Medicine 24:729): half a run added to each cell of the table of both
//   answers; unpaired, Newcombe 1998 (Statistics in Medicine 17:873, method 10): from the two Wilson intervals.
#pragma once

#include <cstdint>
#include <optional>

namespace parley {

struct Difference {
  std::optional<double> a, b;               ///< the two ratios; none where nothing stands below the line
  std::optional<double> change, low, high;  ///< b − a and its interval; none where one of them is none or too little is known
};

class PairedRatio {
 public:
  /// What one run of each side adds; `add_a` and `add_b` are for runs without a partner.
  void add_pair(double ya, double wa, double yb, double wb);
  void add_a(double y, double w) { a_.add(y, w); }
  void add_b(double y, double w) { b_.add(y, w); }

  /// `share`: every w is 1 and every y 0 or 1. Paired only if every run has a partner.
  Difference difference(bool share) const;

 private:
  struct Side {
    std::uint64_t n = 0;
    double y = 0, w = 0, yy = 0, yw = 0, ww = 0;
    void add(double yi, double wi) {
      ++n;
      y += yi, w += wi, yy += yi * yi, yw += yi * wi, ww += wi * wi;
    }
    /// Mean square of the influence.
    double spread() const;
  };
  Difference share_difference() const;
  bool paired() const { return pairs_ > 0 && pairs_ == a_.n && pairs_ == b_.n; }

  Side a_, b_;
  std::uint64_t pairs_ = 0;
  double ya_yb_ = 0, ya_wb_ = 0, wa_yb_ = 0, wa_wb_ = 0;
};

}  // namespace parley
