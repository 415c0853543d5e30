// Solution concepts of bargaining for any utilities over a box of issues [0, 1]^K.
//
//   gain_i = u_i − d_i.  Nash (weighted): max Π gain_i^w_i;  Kalai–Smorodinsky: max of the least gain_i/(M_i − d_i),
//   M_i the most i can have while nobody falls below disagreement (for two sides and a concave frontier the point on
//   the line to M); egalitarian: max of the least gain_i;  utilitarian: max Σ u_i, whatever d. Zone of agreement:
//   packages with every gain_i ≥ 0. Sources as in models/theory/axiomatic.hpp, whose closed forms are the test of this
//   search.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/analysis/box_search.hpp"

namespace parley {

using PackageUtility = std::function<double(std::span<const double>)>;

struct BargainingProblem {
  std::size_t issues = 0;
  std::vector<PackageUtility> utilities;  ///< finite on the whole box
  std::vector<double> disagreement;       ///< one an actor
  std::vector<double> weights = {};       ///< bargaining weights of the Nash point; empty for equal ones
};

struct SolutionPoint {
  std::vector<double> package;
  std::vector<double> utilities;
};

struct AgreementZone {
  double share = 0.0;        ///< of the box, by a low-discrepancy sample
  double widest_gain = 0.0;  ///< of the actor that gains least, at the witness; negative where there is no zone
  SolutionPoint witness;     ///< where the least gain is greatest, the egalitarian point
  bool exists() const { return widest_gain >= 0.0; }
};

/// All the solutions of one problem; the parts that others start from are computed once.
class SolutionConcepts {
 public:
  explicit SolutionConcepts(BargainingProblem problem, BoxSearch search = {});

  const AgreementZone& zone() const { return zone_; }

  SolutionPoint utilitarian() const;
  /// None of these exists without a zone of agreement.
  std::optional<SolutionPoint> egalitarian() const;
  std::optional<SolutionPoint> nash() const;
  std::optional<SolutionPoint> kalai_smorodinsky() const;
  /// M_i of every actor.
  std::optional<std::vector<double>> ideal() const;

  /// `count` Pareto-efficient packages of two actors, from the first one's best to the second's.
  std::vector<SolutionPoint> frontier(std::size_t count) const;

 private:
  SolutionPoint point_at(std::vector<double> package) const;
  double gain(std::size_t actor, std::span<const double> package) const;
  /// The package with the greatest least (u_i − from_i) / scale_i; ties broken by the sum.
  std::vector<double> fairest(const std::vector<double>& from, const std::vector<double>& scale) const;
  std::vector<double> best_for(std::size_t actor, bool within_zone) const;

  BargainingProblem problem_;
  BoxSearch search_;
  std::vector<double> spread_;  ///< of each utility over the box, for scaling
  AgreementZone zone_;
};

/// Σ_i w_ik θ_ik / Σ_i w_ik on each issue, and the Condorcet median likewise; rows are actors, columns issues. Weights
/// are capability × salience.
std::vector<double> mean_package(const std::vector<std::vector<double>>& ideals,
                                 const std::vector<std::vector<double>>& weights);
std::vector<double> median_package(const std::vector<std::vector<double>>& ideals,
                                   const std::vector<std::vector<double>>& weights);

}  // namespace parley
