#include "engine/bargain/negotiation.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>
#include <sstream>

#include "engine/core/math.hpp"

namespace parley {

namespace {

double value_at(const Negotiation& n, const std::vector<double>& values, const std::string& path) {
  const Entry* entry = n.catalog.find(path);
  return entry == nullptr ? NAN : values[entry->slot];
}

std::string number(double x) {
  std::ostringstream text;
  text << x;
  return text.str();
}

/// The matrix A of one actor: saliences on the diagonal, linkages off it.
Eigen::MatrixXd salience_matrix(const Negotiation& n, const std::vector<double>& values, int actor) {
  const Layout& layout = n.structure.layout;
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(layout.n.issues, layout.n.issues);
  for (const Entry& e : n.catalog.entries()) {
    if (e.actor != actor) continue;
    const std::string path = e.described->parameter.path;
    if (path == "actors.*.salience.*") a(e.issue, e.issue) = values[e.slot];
    if (path == "actors.*.linkage.*") {
      const int p = layout.link_first[e.link], q = layout.link_second[e.link];
      a(p, q) += values[e.slot];
      a(q, p) += values[e.slot];
    }
  }
  return a;
}

}  // namespace

std::vector<double> paced(const Negotiation& n, const std::vector<double>& values) {
  const double s = value_at(n, values, "rounds.days") / n.structure.unit_days;
  std::vector<double> out = values;
  if (s == 1) return out;
  for (const Entry& e : n.catalog.entries()) {
    double& v = out[e.slot];
    switch (e.described->parameter.pace) {
      case Pace::none: break;
      case Pace::rate: v = v * s; break;
      case Pace::acceleration: v = v * s * s; break;
      case Pace::diffusion: v = v * sqrt(s); break;
      case Pace::share: v = v >= 1 ? 1 : 1 - pow(1 - v, s); break;
      case Pace::rounds: v = v / s; break;
      case Pace::discount: v = pow(v, s); break;
    }
  }
  return out;
}

void switch_off(const Negotiation& n, const std::string& mechanism, std::vector<double>& values) {
  for (const Entry& e : n.catalog.entries()) {
    const Parameter& p = e.described->parameter;
    if (p.mechanism == nullptr || p.mechanism != mechanism) continue;
    // A seat is a matter of third parties: those who fight or mediate cannot lose theirs.
    const bool third_party = e.actor >= 0 && !n.structure.layout.fights(Actor{e.actor}) && !n.structure.layout.mediates(Actor{e.actor});
    if (mechanism == "seat" && !third_party) continue;
    values[e.slot] = p.off.value();
  }
}

std::string fault_in(const Negotiation& n, const std::vector<double>& values) {
  for (const Entry& e : n.catalog.entries()) {
    const Parameter& p = e.described->parameter;
    const double v = values[e.slot];
    if (!(v >= p.low && v <= p.high))
      return e.path + " = " + number(v) + " is out of bounds (" + p.meaning + "). Write a number from " + number(p.low) +
             " to " + number(p.high) + ".";
  }
  for (std::size_t i = 0; i < n.structure.actors.size(); ++i) {
    const Eigen::MatrixXd a = salience_matrix(n, values, static_cast<int>(i));
    if (a.size() == 0) continue;
    const double least = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(a, Eigen::EigenvaluesOnly).eigenvalues().minCoeff();
    if (least < -1e-9) {
      std::string pairs;
      for (const LinkInfo& link : n.structure.links) pairs += (pairs.empty() ? "" : ", ") + link.name;
      return "actors." + n.structure.actors[i].name +
             ".linkage makes its matrix of saliences and linkages not positive semidefinite (smallest eigenvalue " +
             number(least) + ": moving away from its ideal point would please it). Make the linkage (" + pairs +
             ") no larger than the root of the product of the two saliences.";
    }
  }
  const double horizon = value_at(n, values, "rounds.horizon");
  if (std::isfinite(horizon) && horizon != std::floor(horizon))
    return "rounds.horizon = " + number(horizon) + " is not a whole number (it counts rounds). Write one.";
  return "";
}

}  // namespace parley
