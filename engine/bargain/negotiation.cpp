#include "engine/bargain/negotiation.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include "engine/core/math.hpp"

namespace parley {

namespace {

constexpr std::size_t no_slot = static_cast<std::size_t>(-1);

std::size_t slot_of(const Negotiation& n, const std::string& path) {
  const Entry* entry = n.catalog.find(path);
  return entry == nullptr ? no_slot : entry->slot;
}

std::string number(double x) {
  std::ostringstream text;
  text << x;
  return text.str();
}

/// Small enough to need no heap.
using SalienceMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, max_issues, max_issues>;

}  // namespace

Pacing::Pacing(const Negotiation& n) : unit_days_(n.structure.unit_days), days_(slot_of(n, "rounds.days")) {
  for (const Entry& e : n.catalog.entries())
    if (e.described->parameter.pace != Pace::none) rates_.push_back({e.slot, e.described->parameter.pace});
}

std::vector<double> Pacing::operator()(std::vector<double> values) const {
  const double s = (days_ == no_slot ? NAN : values[days_]) / unit_days_;
  if (s == 1) return values;
  for (const Rate& rate : rates_) {
    double& v = values[rate.slot];
    switch (rate.pace) {
      case Pace::none: break;
      case Pace::rate: v = v * s; break;
      case Pace::acceleration: v = v * s * s; break;
      case Pace::diffusion: v = v * sqrt(s); break;
      case Pace::share: v = v >= 1 ? 1 : 1 - pow(1 - v, s); break;
      case Pace::rounds: v = v / s; break;
      case Pace::discount: v = pow(v, s); break;
    }
  }
  return values;
}

std::vector<double> paced(const Negotiation& n, const std::vector<double>& values) { return Pacing(n)(values); }

std::vector<SlotValue> off_values(const Negotiation& n, const std::string& mechanism) {
  std::vector<SlotValue> off;
  for (const Entry& e : n.catalog.entries()) {
    const Parameter& p = e.described->parameter;
    if (p.mechanism == nullptr || p.mechanism != mechanism) continue;
    // A seat is a matter of third parties: those who fight or mediate cannot lose theirs.
    const bool third_party = e.actor >= 0 && !n.structure.layout.fights(Actor{e.actor}) && !n.structure.layout.mediates(Actor{e.actor});
    if (mechanism == "seat" && !third_party) continue;
    off.push_back({e.slot, p.off.value()});
  }
  return off;
}

void switch_off(const Negotiation& n, const std::string& mechanism, std::vector<double>& values) {
  for (const SlotValue& off : off_values(n, mechanism)) values[off.slot] = off.value;
}

ValueCheck::ValueCheck(const Negotiation& n, const std::vector<std::size_t>& changing) : changing_(changing) {
  std::sort(changing_.begin(), changing_.end());
  const Layout& layout = n.structure.layout;
  for (int i = 0; i < layout.n.actors; ++i) {
    Saliences a{i, {}};
    bool changes = false;
    for (const Entry& e : n.catalog.entries()) {
      if (e.actor != i) continue;
      const std::string path = e.described->parameter.path;
      if (path == "actors.*.salience.*") a.cells.push_back({e.issue, e.issue, e.slot});
      else if (path == "actors.*.linkage.*") a.cells.push_back({layout.link_first[e.link], layout.link_second[e.link], e.slot});
      else continue;
      changes = changes || std::binary_search(changing_.begin(), changing_.end(), e.slot);
    }
    if (changes) matrices_.push_back(std::move(a));
  }
}

std::string ValueCheck::fault(const Negotiation& n, const std::vector<double>& values) const {
  for (const std::size_t slot : changing_) {
    const Entry& e = n.catalog.entries()[slot];
    const Parameter& p = e.described->parameter;
    const double v = values[slot];
    if (!(v >= p.low && v <= p.high))
      return e.path + " = " + number(v) + " is out of bounds (" + p.meaning + "). Write a number from " + number(p.low) +
             " to " + number(p.high) + ".";
  }
  for (const Saliences& saliences : matrices_)
    if (std::string fault = fault_of_matrix(n, saliences, values); !fault.empty()) return fault;
  const std::size_t slot = slot_of(n, "rounds.horizon");
  const double horizon = slot == no_slot ? NAN : values[slot];
  if (std::isfinite(horizon) && horizon != std::floor(horizon))
    return "rounds.horizon = " + number(horizon) + " is not a whole number (it counts rounds). Write one.";
  return "";
}

std::string ValueCheck::fault_of_matrix(const Negotiation& n, const Saliences& saliences, const std::vector<double>& values) const {
  const int issues = n.structure.layout.n.issues;
  SalienceMatrix a = SalienceMatrix::Zero(issues, issues);
  for (const auto& cell : saliences.cells) {
    a(cell.row, cell.column) += values[cell.slot];
    if (cell.row != cell.column) a(cell.column, cell.row) += values[cell.slot];
  }
  // A Cholesky factor proves it fine, and costs a tenth of the eigenvalues.
  if (Eigen::LLT<SalienceMatrix>(a).info() == Eigen::Success) return "";
  const double least = Eigen::SelfAdjointEigenSolver<SalienceMatrix>(a, Eigen::EigenvaluesOnly).eigenvalues().minCoeff();
  if (least >= -1e-9) return "";
  std::string pairs;
  for (const LinkInfo& link : n.structure.links) pairs += (pairs.empty() ? "" : ", ") + link.name;
  return "actors." + n.structure.actors[static_cast<std::size_t>(saliences.actor)].name +
         ".linkage makes its matrix of saliences and linkages not positive semidefinite (smallest eigenvalue " +
         number(least) + ": moving away from its ideal point would please it). Make the linkage (" + pairs +
         ") no larger than the root of the product of the two saliences.";
}

std::string fault_in(const Negotiation& n, const std::vector<double>& values) {
  std::vector<std::size_t> all(n.catalog.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return ValueCheck(n, all).fault(n, values);
}

}  // namespace parley
