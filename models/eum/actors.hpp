// The actors of one issue of the expected-utility model, and how sure their numbers are.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace parley::eum {

/// How a number is drawn in a Monte Carlo run; `fixed` numbers are never drawn.
enum class Shape { fixed, normal, uniform, triangular };

/// A number of which a run draws one value. Normal: mean `value`, standard deviation `sd`, clipped to [low, high];
/// uniform: over [low, high]; triangular: over [low, high] with mode `value`.
struct Uncertain {
  double value = 0;
  Shape shape = Shape::fixed;
  double sd = 0;
  double low = 0;
  double high = 0;
};

/// Capability: influence in any unit, not negative. Position: any unit. Salience: a share, 0 to 1.
struct Actor {
  std::string name;
  Uncertain capability;
  Uncertain position;
  Uncertain salience;
};

/// The ends of the issue; every distance is divided by high − low. It stays what it is over the rounds.
struct Scale {
  double low = 0;
  double high = 0;
};

/// One issue, checked once: at least two actors, numbers up to `largest_number` in size, some weight, all positions on the
/// scale.
class Case {
 public:
  static constexpr std::size_t max_actors = 256;
  static constexpr double largest_number = 1e12;  ///< far from where sums and products overflow

  /// The scale spans the positions and the bounds they are drawn from.
  Case(std::string issue, std::vector<Actor> actors);
  /// A scale given from outside must hold every position.
  Case(std::string issue, std::vector<Actor> actors, Scale scale);

  const std::string& issue() const { return issue_; }
  const std::vector<Actor>& actors() const { return actors_; }
  std::size_t size() const { return actors_.size(); }
  Scale scale() const { return scale_; }
  double range() const { return scale_.high - scale_.low; }
  bool is_uncertain() const;

 private:
  void check() const;

  std::string issue_;
  std::vector<Actor> actors_;
  Scale scale_;
};

}  // namespace parley::eum
