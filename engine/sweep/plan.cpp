#include "engine/sweep/plan.hpp"

#include <algorithm>
#include <numeric>

namespace parley {

Plan::Plan(const Config& config, std::uint32_t replicates, std::uint64_t seed)
    : config_(config), replicates_(replicates), seed_(seed), design_(config.sweep, seed), check_(config.negotiation, {}), pacing_(config.negotiation) {
  if (config.polls.present() && config.posteriors.empty())
    throw input_error(config.polls.place, "The polls that the configuration names were not read (only [polls.posterior] stands for them). Load the configuration from its file.");
  if (cells() > 0xffffffffull || cells() * replicates > (1ull << 48))
    throw InputError("The plan has too many runs (" + std::to_string(cells()) + " cells of " + std::to_string(replicates) +
                     "; the limit is 2^48 in all). Ask for fewer.");
  if (config.sweep.luck == Luck::own && runs() > (1ull << 32))
    throw input_error(config.sweep.place, "The sweep gives each of its " + std::to_string(runs()) +
                                              " runs luck of its own (there is room for 2^32). Take fewer samples or replicates.");
  const Negotiation& n = negotiation();
  const std::string prefix = "mechanisms.";
  for (const SweptPath& swept : config_.sweep.swept()) {
    Reach reach;
    if (const Entry* entry = n.catalog.find(swept.path)) reach.slot = entry->slot;
    else if (swept.path.rfind(prefix, 0) == 0) reach.off = off_values(n, swept.path.substr(prefix.size()));
    if (reach.slot)
      for (OpinionPosterior& posterior : config_.posteriors) posterior.fix(*reach.slot);
    reach_.push_back(std::move(reach));
  }
  for (const auto& [mechanism, on] : config_.mechanisms)
    if (!on)
      for (const SlotValue& off : off_values(n, mechanism)) off_.push_back(off);
  changing_ = changing();
  check_ = ValueCheck(n, changing_);
}

std::vector<std::size_t> Plan::changing() const {
  std::vector<std::size_t> slots;
  if (fault_in(negotiation(), negotiation().values).empty()) {
    for (const Reach& reach : reach_) {
      if (reach.slot) slots.push_back(*reach.slot);
      for (const SlotValue& off : reach.off) slots.push_back(off.slot);
    }
  } else {  // a configuration put together by hand: anything may be wrong in any cell
    slots.resize(negotiation().catalog.size());
    std::iota(slots.begin(), slots.end(), std::size_t{0});
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  return slots;
}

std::vector<double> Plan::stated(const std::vector<double>& row) const {
  std::vector<double> values = negotiation().values;
  for (std::size_t d = 0; d < row.size(); ++d)
    if (reach_[d].slot) values[*reach_[d].slot] = row[d];
  // Switches come last, so that a mechanism that is off stays off whatever else varies.
  for (const SlotValue& off : off_) values[off.slot] = off.value;
  for (std::size_t d = 0; d < row.size(); ++d)
    if (row[d] == 0)
      for (const SlotValue& off : reach_[d].off) values[off.slot] = off.value;
  return values;
}

std::vector<double> Plan::swept_values(std::uint64_t c) const {
  return config_.sweep.design == DesignKind::none ? std::vector<double>{} : design_.row(c);
}

std::vector<double> Plan::stated_values(std::uint64_t c) const { return stated(swept_values(c)); }

double Plan::stated_value(std::uint64_t c, std::size_t slot) const {
  if (std::binary_search(changing_.begin(), changing_.end(), slot)) return stated_values(c)[slot];
  const auto off = std::find_if(off_.rbegin(), off_.rend(), [&](const SlotValue& v) { return v.slot == slot; });
  return off == off_.rend() ? negotiation().values[slot] : off->value;
}

Cell Plan::cell(std::uint64_t c) const {
  Cell cell{swept_values(c), {}, {}};
  std::vector<double> values = stated(cell.swept);
  cell.fault = check_.fault(negotiation(), values);
  if (cell.fault.empty()) cell.values = pacing_(std::move(values));
  return cell;
}

Cell Plan::cell_of_run(std::uint64_t run) const {
  Cell own = cell(run / replicates_);
  if (own.fault.empty()) draw(luck_of_run(run), own.values.data());
  return own;
}

void Plan::draw(std::uint32_t luck, double* values) const {
  for (const OpinionPosterior& posterior : config_.posteriors) posterior.draw(seed_, luck, values);
}

}  // namespace parley
