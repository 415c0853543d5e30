#include "engine/sweep/plan.hpp"

namespace parley {

Plan::Plan(const Config& config, std::uint32_t replicates, std::uint64_t seed)
    : config_(config), replicates_(replicates), seed_(seed), design_(config.sweep, seed) {
  if (cells() > 0xffffffffull || cells() * replicates > (1ull << 48))
    throw InputError("The plan has too many runs (" + std::to_string(cells()) + " cells of " + std::to_string(replicates) +
                     "; the limit is 2^48 in all). Ask for fewer.");
}

std::vector<double> Plan::stated(const std::vector<double>& row) const {
  const Negotiation& n = negotiation();
  std::vector<double> values = n.values;
  const std::vector<SweptPath>& swept = config_.sweep.swept();
  for (std::size_t d = 0; d < swept.size(); ++d)
    if (const Entry* entry = n.catalog.find(swept[d].path)) values[entry->slot] = row[d];
  // Switches come last, so that a mechanism that is off stays off whatever else varies.
  for (const auto& [mechanism, on] : config_.mechanisms)
    if (!on) switch_off(n, mechanism, values);
  const std::string prefix = "mechanisms.";
  for (std::size_t d = 0; d < swept.size(); ++d)
    if (swept[d].path.rfind(prefix, 0) == 0 && row[d] == 0) switch_off(n, swept[d].path.substr(prefix.size()), values);
  return values;
}

std::vector<double> Plan::stated_values(std::uint64_t c) const {
  return config_.sweep.design == DesignKind::none ? stated({}) : stated(design_.row(c));
}

Cell Plan::cell(std::uint64_t c) const {
  Cell cell;
  if (config_.sweep.design != DesignKind::none) cell.swept = design_.row(c);
  const std::vector<double> values = stated(cell.swept);
  cell.fault = fault_in(negotiation(), values);
  if (cell.fault.empty()) cell.values = paced(negotiation(), values);
  return cell;
}

}  // namespace parley
