#include "models/eum/actors.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/check.hpp"

namespace parley::eum {
namespace {

double lowest(const Uncertain& number) {
  return number.shape == Shape::fixed ? number.value : std::min(number.value, number.low);
}
double highest(const Uncertain& number) {
  return number.shape == Shape::fixed ? number.value : std::max(number.value, number.high);
}

Scale span_of(const std::vector<Actor>& actors) {
  if (actors.empty()) return {};
  Scale span{.low = lowest(actors[0].position), .high = highest(actors[0].position)};
  for (const Actor& actor : actors) {
    span.low = std::min(span.low, lowest(actor.position));
    span.high = std::max(span.high, highest(actor.position));
  }
  return span;
}

[[noreturn]] void refuse(const Actor& actor, const std::string& what, const std::string& mend) {
  throw InputError("actor \"" + actor.name + "\": " + what + ". " + mend + ".");
}

constexpr const char* moderate = " of at most 1e12 in size";
static_assert(Case::largest_number == 1e12);

/// What is not a number is not moderate either.
bool is_moderate(double number) { return std::fabs(number) <= Case::largest_number; }

void check_number(const Actor& actor, const std::string& name, const Uncertain& number) {
  if (!is_moderate(number.value)) refuse(actor, name + " is no number" + moderate, "Give one, if need be in another unit");
  if (number.shape == Shape::fixed) return;
  if (!is_moderate(number.sd) || !is_moderate(number.low) || !is_moderate(number.high))
    refuse(actor, name + " has a spread or bounds that are no numbers" + moderate, "Give such, if need be in another unit");
  if (number.sd < 0) refuse(actor, name + " has a negative standard deviation", "Give 0 or more");
  if (number.low > number.value || number.value > number.high)
    refuse(actor, name + " lies outside its own bounds", "Put it between low and high");
}

}  // namespace

Case::Case(std::string issue, std::vector<Actor> actors)
    : issue_(std::move(issue)), actors_(std::move(actors)), scale_(span_of(actors_)) {
  check();
}

Case::Case(std::string issue, std::vector<Actor> actors, Scale scale)
    : issue_(std::move(issue)), actors_(std::move(actors)), scale_(scale) {
  check();
}

bool Case::is_uncertain() const {
  return std::any_of(actors_.begin(), actors_.end(), [](const Actor& actor) {
    return actor.capability.shape != Shape::fixed || actor.position.shape != Shape::fixed ||
           actor.salience.shape != Shape::fixed;
  });
}

void Case::check() const {
  if (actors_.size() < 2)
    throw InputError("fewer than two actors (nobody to challenge). Give at least two actors an issue.");
  if (actors_.size() > max_actors)
    throw InputError(std::to_string(actors_.size()) + " actors (at most " + std::to_string(max_actors) +
                     " are taken). Merge actors that stand together.");
  double weight = 0;
  for (const Actor& actor : actors_) {
    check_number(actor, "capability", actor.capability);
    check_number(actor, "position", actor.position);
    check_number(actor, "salience", actor.salience);
    if (lowest(actor.capability) < 0) refuse(actor, "capability is negative", "Give 0 or more");
    if (lowest(actor.salience) < 0 || highest(actor.salience) > 1)
      refuse(actor, "salience is outside 0 to 1", "Give a share; divide percentages by 100");
    weight += actor.capability.value * actor.salience.value;
  }
  if (!(weight > 0))
    throw InputError("capability times salience adds up to zero (nobody's vote counts). Give at least one actor both.");
  const Scale span = span_of(actors_);
  if (!is_moderate(scale_.low) || !is_moderate(scale_.high))
    throw InputError(std::string("the scale has ends that are no numbers") + moderate + ". Give two, low then high.");
  if (span.low < scale_.low || span.high > scale_.high)
    throw InputError("positions span " + std::to_string(span.low) + " to " + std::to_string(span.high) +
                     ", more than the scale from " + std::to_string(scale_.low) + " to " + std::to_string(scale_.high) +
                     ". Widen the scale.");
}

}  // namespace parley::eum
