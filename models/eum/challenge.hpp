// The expected-utility ("challenge") model of Bueno de Mesquita as a game on the engine's loop.
//
// Actors i with positions x_i, capabilities c_i and saliences s_i on an issue of range R; d_ij = |x_i − x_j| / R,
// e_ij = (|x_i − μ| + |x_i − x_j|) / R with μ the Condorcet median. In every round:
//   vote of k between j and i   v_k = c_k s_k (d_kj^r_k − d_ki^r_k)
//   chance that i beats j       P_ij = Σ_k max(v_k, 0) / Σ over all k and all ordered pairs of actors of |v_k|
//   i challenges j, seen by i   E_ij = s_j (P_ij U_s + (1 − P_ij) U_f) + (1 − s_j) U_s − Q U_q − (1 − Q) (U_b or U_w)
//     U_s = 2 − 4(½ − ½d)^r, U_f = 2 − 4(½ + ½d)^r, U_q = 2 − 4(½)^r, U_b = 2 − 4(½ − ¼e)^r, U_w = 2 − 4(½ + ¼e)^r;
//     U_b where the other's move to μ would help the challenger: |x_i − μ| < |x_i − x_j|
//   security and risk, at r = 1 S_i = Σ_j E_ji, ρ_i = (2S_i − max S − min S)/(max S − min S), r_i = (1 − ρ_i/3)/(1 + ρ_i/3)
//   with a = E_ij, b = E_ji, both at r_i: b > a > 0 conflict, i goes to x_j; a < 0 < b, b > |a| compromise, i moves
//     (x_j − x_i)|a/b|; a < 0 < b ≤ |a| capitulation, i goes to x_j; otherwise i ignores j. Where b equals |a| up to
//     rounding the two moves are the same; it counts as capitulation
//   i answers one challenge: conflict before compromise before capitulation; all move at once.
// Source: Scholz, Calbert, Smith (2011), "Unravelling Bueno De Mesquita's group decision model", Journal of Theoretical
// Politics 23:510. The denominator of P and the compromise that `scholz_compatible` picks are not the printed ones but
// those with which the paper's Table 2 comes out; r is in [½, 2].
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "engine/core/math.hpp"
#include "engine/core/real.hpp"

namespace parley::eum {

/// Which challenge an actor answers among those of one class.
/// least_move: the smallest move; equal moves go to the challenger who expects more, and split the difference if even
/// that is equal, so that neither the order of the actors nor the direction of the axis counts.
/// scholz_compatible: as the authors' program did, the first of the smallest moves, but among compromises the lowest
/// (|a| x_i + |b| x_j)/(|a| + |b|), which favours low positions. For comparison with the published table.
enum class Variant { least_move, scholz_compatible };

struct Options {
  Variant variant = Variant::least_move;
  int rounds = 3;
  double q = 1.0;  ///< chance that the other stays where he is if not challenged, 0 to 1
};

/// The state of an issue: one number an actor.
template <class Real>
struct Standing {
  std::vector<Real> capability, salience, position;
  double low = 0;    ///< lower end of the scale
  double range = 1;  ///< of the scale, above 0
};

/// What everybody expects of challenging everybody, seen by the row's actor: [i · n + j].
template <class Real>
struct Challenges {
  std::vector<Real> own;     ///< a = E_ij
  std::vector<Real> theirs;  ///< b = E_ji
};

template <class Real>
PARLEY_INLINE Real magnitude(Real x) {
  return real_of(bits_of(x) & Word<Real>(0x7fffffffffffffffull));
}

template <class Real>
class Challenge {
 public:
  Challenge(Standing<Real> start, Options options)
      : now_(std::move(start)),
        options_(options),
        n_(now_.position.size()),
        weight_(n_),
        exponent_(n_, Real(1.0)),
        risk_(n_, Real(0.0)),
        security_(n_),
        next_(n_),
        per_pair_(n_ * n_) {
    challenges_.own.resize(n_ * n_);
    challenges_.theirs.resize(n_ * n_);
    for (std::size_t i = 0; i < n_; ++i) weight_[i] = now_.capability[i] * now_.salience[i];
  }

  bool over() const { return round_ >= options_.rounds; }

  /// Expectations of the round: first at r = 1 for the risks, then at each actor's own r.
  void advance() {
    measure_distances();
    if (options_.q < 1.0) measure_drift();
    votes_when_neutral();
    count_votes();
    find_risks();
    votes_with_risk();
    count_votes();
    expect();
  }
  const Challenges<Real>& table() const { return challenges_; }
  const std::vector<Real>& decide(const Challenges<Real>& challenges);
  void learn(const Challenges<Real>&, const std::vector<Real>&) {}
  void settle(const Challenges<Real>&, const std::vector<Real>& moved) {
    now_.position = moved;
    ++round_;
  }

  const std::vector<Real>& positions() const { return now_.position; }
  const std::vector<Real>& risks() const { return risk_; }          ///< ρ of the last round
  const std::vector<Real>& exponents() const { return exponent_; }  ///< r of the last round
  Real weighted_mean() const;
  /// The position that no other beats, votes being linear in distance: it has the least weighted distance to all.
  /// Of several, the middle (scholz_compatible: the lowest).
  Real median() const;

 private:
  struct PerPair {
    explicit PerPair(std::size_t cells)
        : distance(cells),
          log_distance(cells),
          log_near(cells),
          log_far(cells),
          log_drift(cells),
          vote(cells),
          chance(cells) {}
    std::vector<Real> distance, log_distance;  ///< d_ij
    std::vector<Real> log_near, log_far;       ///< of ½ − ½d and ½ + ½d
    std::vector<Real> log_drift;               ///< of ½ ∓ ¼e, i challenging j; only if Q < 1
    std::vector<Real> vote;                    ///< what voter k loses at the position of i: [i · n + k]
    std::vector<Real> chance;                  ///< P_ij
  };

  void measure_distances();
  void votes_when_neutral();
  void votes_with_risk();
  void count_votes();
  void find_risks();
  void expect();
  void measure_drift();
  /// (1 − Q)(U_b or U_w) of i as the challenger of j, at exponent r.
  PARLEY_INLINE Real drift(std::size_t i, std::size_t j, Real r) const {
    return (1.0 - options_.q) * (2.0 - 4.0 * exp(r * per_pair_.log_drift[i * n_ + j]));
  }

  Standing<Real> now_;
  Options options_;
  std::size_t n_;
  int round_ = 0;
  std::vector<Real> weight_, exponent_, risk_, security_, next_;
  PerPair per_pair_;
  Challenges<Real> challenges_;
};

template <class Real>
void Challenge<Real>::measure_distances() {
  const double scale = 1.0 / now_.range;
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const Real d = magnitude(now_.position[i] - now_.position[j]) * scale;
      const Real parts[3] = {log(d), log(max(0.5 - 0.5 * d, Real(0.0))), log(0.5 + 0.5 * d)};
      for (const std::size_t cell : {i * n_ + j, j * n_ + i}) {
        per_pair_.distance[cell] = d;
        per_pair_.log_distance[cell] = parts[0];
        per_pair_.log_near[cell] = parts[1];
        per_pair_.log_far[cell] = parts[2];
      }
    }
  }
}

/// What comes of leaving j alone, should he move to the median: good for i if that brings him nearer than he is.
template <class Real>
void Challenge<Real>::measure_drift() {
  const Real middle = median();
  for (std::size_t i = 0; i < n_; ++i) {
    const Real to_median = magnitude(now_.position[i] - middle);
    for (std::size_t j = 0; j < n_; ++j) {
      const Real to_other = magnitude(now_.position[i] - now_.position[j]);
      const Real e = (to_median + to_other) * (1.0 / now_.range);
      const Real base = 0.5 + select(to_median < to_other, Real(-0.25), Real(0.25)) * e;
      per_pair_.log_drift[i * n_ + j] = log(max(base, Real(0.0)));
    }
  }
}

template <class Real>
void Challenge<Real>::votes_when_neutral() {
  for (std::size_t i = 0; i < n_; ++i)
    for (std::size_t k = 0; k < n_; ++k) per_pair_.vote[i * n_ + k] = weight_[k] * per_pair_.distance[i * n_ + k];
}

template <class Real>
void Challenge<Real>::votes_with_risk() {
  for (std::size_t i = 0; i < n_; ++i)
    for (std::size_t k = 0; k < n_; ++k)
      per_pair_.vote[i * n_ + k] = weight_[k] * exp(exponent_[k] * per_pair_.log_distance[i * n_ + k]);
}

/// Σ max(v, 0) = (Σ |v| + Σ v) / 2 in one direction and (Σ |v| − Σ v) / 2 in the other.
template <class Real>
void Challenge<Real>::count_votes() {
  Real all(0.0);
  for (std::size_t i = 0; i < n_; ++i) {
    per_pair_.chance[i * n_ + i] = Real(0.0);
    for (std::size_t j = 0; j < i; ++j) {
      const Real* at_i = &per_pair_.vote[i * n_];
      const Real* at_j = &per_pair_.vote[j * n_];
      Real net(0.0), cast(0.0);
      for (std::size_t k = 0; k < n_; ++k) {
        const Real vote = at_j[k] - at_i[k];
        net += vote;
        cast += magnitude(vote);
      }
      per_pair_.chance[i * n_ + j] = cast + net;
      per_pair_.chance[j * n_ + i] = cast - net;
      all += cast;
    }
  }
  // Both factors ½ and the two orders of a pair: the denominator is 2 Σ cast, the numerators are halves.
  const Real share = select(all > Real(0.0), 0.25 / all, Real(0.0));
  for (Real& chance : per_pair_.chance) chance *= share;
}

template <class Real>
void Challenge<Real>::find_risks() {
  const Real one(1.0);
  Real highest(-1e300), lowest(1e300);
  for (std::size_t i = 0; i < n_; ++i) {
    Real sum(0.0);
    for (std::size_t j = 0; j < n_; ++j) {
      if (j == i) continue;
      const Real success = 2.0 * per_pair_.distance[i * n_ + j];  // at r = 1 failure is −success, the status quo 0
      const Real chance = per_pair_.chance[j * n_ + i];
      const Real resist = now_.salience[i];
      sum += resist * (chance * success - (one - chance) * success) + (one - resist) * success;
      if (options_.q < 1.0) sum -= drift(j, i, one);
    }
    security_[i] = sum;
    highest = max(highest, sum);
    lowest = min(lowest, sum);
  }
  // Rounding alone must not make actors who are equally secure differ in risk.
  const auto differ = highest - lowest > 1e-12 * (1.0 + magnitude(highest) + magnitude(lowest));
  for (std::size_t i = 0; i < n_; ++i) {
    risk_[i] = select(differ, (2.0 * security_[i] - highest - lowest) / (highest - lowest), Real(0.0));
    exponent_[i] = (1.0 - risk_[i] * (1.0 / 3.0)) / (1.0 + risk_[i] * (1.0 / 3.0));
  }
}

template <class Real>
void Challenge<Real>::expect() {
  for (std::size_t i = 0; i < n_; ++i) {
    const Real r = exponent_[i];
    const Real status_quo = options_.q * (2.0 - 4.0 * exp(r * -0.69314718055994530942));
    for (std::size_t j = 0; j < n_; ++j) {
      if (j == i) continue;
      const std::size_t ij = i * n_ + j, ji = j * n_ + i;
      const Real success = 2.0 - 4.0 * exp(r * per_pair_.log_near[ij]);
      const Real failure = 2.0 - 4.0 * exp(r * per_pair_.log_far[ij]);
      const Real at_stake = failure - success;
      const Real own_loss = now_.salience[j] * (1.0 - per_pair_.chance[ij]);
      const Real their_loss = now_.salience[i] * (1.0 - per_pair_.chance[ji]);
      challenges_.own[ij] = success + own_loss * at_stake - status_quo;
      challenges_.theirs[ij] = success + their_loss * at_stake - status_quo;
      if (options_.q < 1.0) {
        challenges_.own[ij] -= drift(i, j, r);
        challenges_.theirs[ij] -= drift(j, i, r);
      }
    }
  }
}

/// Where everybody goes. A challenge's key is its class (0, 2, 4; 6 for none) plus its move as a share of the range.
template <class Real>
const std::vector<Real>& Challenge<Real>::decide(const Challenges<Real>& challenges) {
  const bool least_move = options_.variant == Variant::least_move;
  const double share = 1.0 / now_.range, tie = least_move ? 1e-13 : 0.0;
  const Real zero(0.0), none(6.0), rounding(1e-14);  // of utilities between −2 and 2
  for (std::size_t i = 0; i < n_; ++i) {
    const Real here = now_.position[i];
    Real best_key = none, best_eagerness(-1e300), lowest_goal = here, highest_goal = here;
    for (std::size_t j = 0; j < n_; ++j) {
      if (j == i) continue;
      const std::size_t ij = i * n_ + j;
      const Real there = now_.position[j], a = challenges.own[ij], b = challenges.theirs[ij];
      const auto apart = per_pair_.distance[ij] > zero;
      const auto conflict = apart & (a > zero) & (b > a);
      const auto pressed = apart & (a < zero) & (b > zero);
      const auto compromise = pressed & (b + a > rounding), capitulation = pressed & (b + a <= rounding);
      const Real step = select(compromise, -a / b, Real(1.0));
      const Real goal = select(compromise, here + (there - here) * step, there);
      Real size = per_pair_.distance[ij] * step;
      if (!least_move) size = select(compromise, ((b * there - a * here) / (b - a) - now_.low) * share, size);
      const Real key = select(conflict, size, select(compromise, 2.0 + size, select(capitulation, 4.0 + size, none)));
      const auto equal_move = magnitude(key - best_key) <= Real(tie);
      const auto better = (key < best_key - tie) | (equal_move & (b > best_eagerness + tie));
      const auto equal = equal_move & (magnitude(b - best_eagerness) <= Real(tie));
      if (least_move) {
        lowest_goal = select(better, goal, select(equal, min(lowest_goal, goal), lowest_goal));
        highest_goal = select(better, goal, select(equal, max(highest_goal, goal), highest_goal));
        best_eagerness = select(better, b, best_eagerness);
        best_key = select(better, key, best_key);
      } else {
        const auto first = key < best_key;
        lowest_goal = select(first, goal, lowest_goal);
        best_key = select(first, key, best_key);
      }
    }
    const Real goal = least_move ? 0.5 * (lowest_goal + highest_goal) : lowest_goal;
    next_[i] = select(best_key < none, goal, here);
  }
  return next_;
}

template <class Real>
Real Challenge<Real>::weighted_mean() const {
  Real sum(0.0), weight(0.0), plain(0.0);
  for (std::size_t i = 0; i < n_; ++i) {
    sum += weight_[i] * now_.position[i];
    weight += weight_[i];
    plain += now_.position[i];
  }
  return select(weight > Real(0.0), sum / weight, plain / Real(static_cast<double>(n_)));
}

template <class Real>
Real Challenge<Real>::median() const {
  Real all(0.0), least(1e300), lowest(0.0), highest(0.0);
  for (std::size_t i = 0; i < n_; ++i) all += weight_[i];
  const Real tie = all * (1e-12 * now_.range);
  for (std::size_t j = 0; j < n_; ++j) {
    const Real position = now_.position[j];
    Real cost(0.0);
    for (std::size_t i = 0; i < n_; ++i) cost += weight_[i] * magnitude(now_.position[i] - position);
    const auto better = cost < least - tie, equal = magnitude(cost - least) <= tie;
    lowest = select(better, position, select(equal, min(lowest, position), lowest));
    highest = select(better, position, select(equal, max(highest, position), highest));
    least = select(better, cost, least);
  }
  return options_.variant == Variant::least_move ? 0.5 * (lowest + highest) : lowest;
}

}  // namespace parley::eum
