#include "engine/analysis/paired_ratio.hpp"

#include <algorithm>
#include <cmath>

#include "engine/analysis/intervals.hpp"

namespace parley {

double PairedRatio::Side::spread() const {
  const double ratio = y / w, scale = static_cast<double>(n) / w;
  return std::max(0.0, (yy - 2 * ratio * yw + ratio * ratio * ww) * scale * scale / static_cast<double>(n));
}

void PairedRatio::add_pair(double ya, double wa, double yb, double wb) {
  a_.add(ya, wa);
  b_.add(yb, wb);
  ++pairs_;
  ya_yb_ += ya * yb, ya_wb_ += ya * wb, wa_yb_ += wa * yb, wa_wb_ += wa * wb;
}

Difference PairedRatio::share_difference() const {
  const double na = static_cast<double>(a_.n), nb = static_cast<double>(b_.n), pa = a_.y / na, pb = b_.y / nb, z = two_sided_z(0.95);
  if (paired()) {
    const double n = na + 2, only_b = b_.y - ya_yb_ + 0.5, only_a = a_.y - ya_yb_ + 0.5, centre = (only_b - only_a) / n;
    const double half = z * std::sqrt((only_a + only_b) / n - centre * centre) / std::sqrt(n);
    return {pa, pb, pb - pa, std::max(-1.0, centre - half), std::min(1.0, centre + half)};
  }
  const ShareInterval ia = wilson_interval(static_cast<std::uint64_t>(a_.y), a_.n), ib = wilson_interval(static_cast<std::uint64_t>(b_.y), b_.n);
  return {pa, pb, pb - pa, pb - pa - std::hypot(pb - ib.low, ia.high - pa), pb - pa + std::hypot(ib.high - pb, pa - ia.low)};
}

Difference PairedRatio::difference(bool share) const {
  Difference d;
  if (a_.w > 0) d.a = a_.y / a_.w;
  if (b_.w > 0) d.b = b_.y / b_.w;
  if (!d.a || !d.b) return d;
  if (share) return share_difference();
  d.change = *d.b - *d.a;
  if (a_.n < 2 || b_.n < 2) return d;
  const double na = static_cast<double>(a_.n), nb = static_cast<double>(b_.n);
  double variance = a_.spread() / (na - 1) + b_.spread() / (nb - 1);
  if (paired()) {
    const double cross = (ya_yb_ - *d.b * ya_wb_ - *d.a * wa_yb_ + *d.a * *d.b * wa_wb_) * na / (a_.w * b_.w);
    variance = std::max(0.0, variance - 2 * cross / (na - 1));
  }
  const double half = two_sided_z(0.95) * std::sqrt(variance);
  d.low = *d.change - half;
  d.high = *d.change + half;
  return d;
}

}  // namespace parley
