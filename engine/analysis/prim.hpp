// Scenario discovery: boxes of inputs in which the cases of interest are dense.
//
//   PRIM (Friedman and Fisher 1999, Stat Comp 9:123): from the whole space, again and again peel the slice holding the
//   share α of what is left whose removal leaves the densest box; afterwards paste slices back while that makes it
//   denser. Judged by coverage (share of the cases of interest inside), density (share of the inside that is of
//   interest) and support (share of everything that is inside) (Bryant and Lempert 2010, TFSC 77:34).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace parley {

struct InputBox {
  std::vector<double> low, high;
};

struct BoxQuality {
  double coverage, density, support;  ///< density and coverage are 0 where there is nothing to divide by
};

enum class Edge { low, high };

struct BoxSide {
  std::size_t input;
  Edge edge;
};

/// What boxes are judged over: a sample, or a population known exactly.
class DiscoveryMeasure {
 public:
  virtual ~DiscoveryMeasure() = default;
  virtual InputBox everything() const = 0;
  virtual BoxQuality quality(const InputBox& box) const = 0;
  /// The box without the slice at `side` that holds the share `alpha` of it.
  virtual InputBox peeled(const InputBox& box, BoxSide side, double alpha) const = 0;
  /// The box with a slice added at `side` that holds the share `alpha` of the box, or what there is.
  virtual InputBox pasted(const InputBox& box, BoxSide side, double alpha) const = 0;
};

/// Inputs uniform on [0, 1]^n, of which those inside `target` are of interest.
class UniformPopulation final : public DiscoveryMeasure {
 public:
  explicit UniformPopulation(InputBox target);
  InputBox everything() const override;
  BoxQuality quality(const InputBox& box) const override;
  InputBox peeled(const InputBox& box, BoxSide side, double alpha) const override;
  InputBox pasted(const InputBox& box, BoxSide side, double alpha) const override;

 private:
  InputBox target_;
};

/// Rows of inputs, one list an input, with a mark for those of interest. The lists must outlive the measure.
class SampleMeasure final : public DiscoveryMeasure {
 public:
  SampleMeasure(std::vector<std::span<const double>> inputs, const std::vector<bool>& of_interest);
  /// A row stands for `cases`, of which `of_interest` are: the runs of a cell, and those that ended in a deal.
  SampleMeasure(std::vector<std::span<const double>> inputs, std::vector<double> of_interest, std::vector<double> cases);
  InputBox everything() const override;
  BoxQuality quality(const InputBox& box) const override;
  InputBox peeled(const InputBox& box, BoxSide side, double alpha) const override;
  InputBox pasted(const InputBox& box, BoxSide side, double alpha) const override;

 private:
  bool inside(const InputBox& box, std::size_t row) const;

  std::vector<std::span<const double>> inputs_;
  std::vector<double> of_interest_, cases_;
  double all_of_interest_ = 0, all_cases_ = 0;
};

struct DiscoveryStep {
  InputBox box;
  BoxQuality quality;
};

struct DiscoveryOptions {
  double alpha = 0.05;          ///< share peeled at a time
  double least_support = 0.05;  ///< where peeling stops
};

/// The peeling trajectory from everything on, the last box pasted.
std::vector<DiscoveryStep> discover(const DiscoveryMeasure& measure, const DiscoveryOptions& options = {});

/// The best single peel of a box: the one that leaves it densest, of equals the first.
DiscoveryStep best_peel(const DiscoveryMeasure& measure, const InputBox& box, double alpha);

}  // namespace parley
