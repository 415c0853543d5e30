#include "engine/analysis/attribution.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/analysis/intervals.hpp"
#include "engine/core/check.hpp"
#include "engine/core/rng.hpp"

namespace parley {

namespace {

constexpr std::size_t runs_a_piece = 16384;  // of work for one thread at a time; the result does not depend on it
constexpr int most_mechanisms = 20;

/// Sums over replicates, merged in a fixed order.
struct Moments {
  double sum = 0, squares = 0;

  void add(double x) { sum += x; squares += x * x; }
  void add(const Moments& other) { sum += other.sum; squares += other.squares; }

  /// Half-width as Wilson's (1927) with the sample's variance in place of p(1 − p): never 0, however alike the replicates.
  Estimate mean(std::uint32_t n) const {
    const double count = n, m = sum / count, z = two_sided_z(0.95);
    const double variance = std::max(0.0, squares / count - m * m);
    const double half = z * std::sqrt(variance / count + z * z / (4 * count * count));
    return {m, std::max(-1.0, m - half), std::min(1.0, m + half)};
  }
  /// Of a share: counts of 0 and 1.
  Estimate share(std::uint32_t n) const {
    const auto interval = wilson_interval(static_cast<std::uint64_t>(std::llround(sum)), n);
    return {sum / n, interval.low, interval.high};
  }
};

/// What is summed over replicates: one entry a mechanism, or a pair of them.
struct Sums {
  std::uint32_t counted = 0, failed = 0;
  Moments all, none, difference;
  std::vector<Moments> shapley, without, lift, only, interaction, without_pair;

  Sums(std::size_t players, std::size_t pairs)
      : shapley(players), without(players), lift(players), only(players), interaction(pairs), without_pair(pairs) {}

  void add(const Sums& other) {
    counted += other.counted;
    failed += other.failed;
    all.add(other.all);
    none.add(other.none);
    difference.add(other.difference);
    for (auto member : {&Sums::shapley, &Sums::without, &Sums::lift, &Sums::only, &Sums::interaction, &Sums::without_pair})
      for (std::size_t i = 0; i < (this->*member).size(); ++i) (this->*member)[i].add((other.*member)[i]);
  }
};

/// The games of the replicates: who plays, with which numbers, and what each replicate says of each mechanism.
class Games {
 public:
  Games(const Plan& plan, std::uint64_t cell, const std::vector<std::size_t>& at_work, const AttributionOptions& options)
      : plan_(plan), n_(plan.negotiation()), seed_(plan.seed()), options_(options), base_(plan.cell(cell).values) {
    for (const std::size_t m : at_work) {
      std::vector<double> off = plan.stated_values(cell);
      switch_off(n_, n_.model->mechanisms[m].name, off);
      off = paced(n_, off);
      off_.emplace_back();
      for (std::size_t slot = 0; slot < base_.size(); ++slot)
        if (off[slot] != base_[slot]) off_.back().emplace_back(slot, off[slot]);
    }
    players_ = static_cast<int>(off_.size());
    exact_ = players_ <= options.most_exact;
    if (exact_ && players_ > 0) weights_.emplace(players_);
    everybody_ = (Coalition{1} << players_) - 1;
    per_replicate_ = coalitions_of(0).size();
  }

  bool exact() const { return exact_; }
  std::size_t coalitions() const { return per_replicate_; }
  std::size_t pairs() const { return exact_ ? static_cast<std::size_t>(players_ * (players_ - 1) / 2) : 0; }
  Sums empty() const { return {static_cast<std::size_t>(players_), pairs()}; }
  std::uint32_t replicates_a_piece() const {
    return static_cast<std::uint32_t>(std::max<std::size_t>(8, runs_a_piece / per_replicate_));
  }

  /// Plays replicates [first, end) and sums them up.
  Sums play(std::uint32_t first, std::uint32_t end) const {
    const auto games = end - first;
    std::vector<Coalition> wanted;  // of all replicates, replicate by replicate
    for (std::uint32_t r = first; r < end; ++r) {
      const auto coalitions = coalitions_of(r);
      wanted.insert(wanted.end(), coalitions.begin(), coalitions.end());
    }
    // Jobs coalition by coalition, so that the lanes of a packet mostly hold the same numbers.
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
    std::vector<double> values;
    std::vector<Job> jobs;
    for (std::size_t j = 0; j < order.size(); ++j) {
      const std::uint32_t replicate = first + static_cast<std::uint32_t>(order[j] / per_replicate_);
      if (j == 0 || wanted[order[j]] != wanted[order[j - 1]] || plan_.draws_values()) append_values(wanted[order[j]], replicate, values);
      jobs.push_back({static_cast<std::uint32_t>(values.size() / base_.size() - 1), replicate});
    }
    std::vector<RunRow> rows(jobs.size());
    options_.kernel({.layout = &n_.structure.layout, .values = values.data(), .stride = base_.size(), .seed = seed_,
                     .jobs = jobs.data(), .count = jobs.size(), .rows = rows.data()});
    std::vector<double> worth(jobs.size());  // in the order of `wanted`
    for (std::size_t j = 0; j < order.size(); ++j)
      worth[order[j]] = rows[j].scenario == Scenario::failed ? NAN : rows[j].scenario == Scenario::stalemate ? 1 : 0;

    Sums sums = empty();
    for (std::uint32_t g = 0; g < games; ++g)
      add_game(first + g, {worth.data() + g * per_replicate_, per_replicate_}, sums);
    return sums;
  }

 private:
  /// Exact: all, by number. Sampled: nobody, everybody, each alone, all but each; then along an order and along its reverse.
  std::vector<Coalition> coalitions_of(std::uint32_t replicate) const {
    std::vector<Coalition> all;
    if (exact_) {
      for (Coalition s = 0; s <= everybody_; ++s) all.push_back(s);
      return all;
    }
    all = {0, everybody_};
    for (int i = 0; i < players_; ++i) all.push_back(Coalition{1} << i);
    for (int i = 0; i < players_; ++i) all.push_back(everybody_ & ~(Coalition{1} << i));
    for (const auto& order : orders_of(replicate)) {
      const auto along = joining(order);
      all.insert(all.end(), along.begin(), along.end());
    }
    return all;
  }

  /// An order drawn for the replicate (Fisher and Yates), and its reverse.
  std::vector<std::vector<int>> orders_of(std::uint32_t replicate) const {
    std::vector<int> order(static_cast<std::size_t>(players_));
    std::iota(order.begin(), order.end(), 0);
    for (std::uint32_t left = static_cast<std::uint32_t>(players_); left > 1; --left) {
      const Draws<double> draws(seed_ ^ 0x6f7264657273ull, replicate, left);
      const double u = draws.uniform({Stream::Kind::design, 0}, 0);
      std::swap(order[left - 1], order[static_cast<std::size_t>(u * left)]);
    }
    return {order, {order.rbegin(), order.rend()}};
  }

  /// With what the replicate draws, if it draws anything.
  void append_values(Coalition in_force, std::uint32_t replicate, std::vector<double>& values) const {
    const std::size_t at = values.size();
    values.insert(values.end(), base_.begin(), base_.end());
    plan_.draw(replicate, values.data() + at);
    for (int i = 0; i < players_; ++i)
      if ((in_force >> i & 1) == 0)
        for (const auto& [slot, value] : off_[static_cast<std::size_t>(i)]) values[at + slot] = value;
  }

  void add_game(std::uint32_t replicate, std::span<const double> worth, Sums& sums) const {
    if (std::any_of(worth.begin(), worth.end(), [](double w) { return std::isnan(w); })) {
      ++sums.failed;
      return;
    }
    ++sums.counted;
    const auto n = static_cast<std::size_t>(players_);
    const double none = worth[0], all = exact_ ? worth[everybody_] : worth[1];
    sums.all.add(all);
    sums.none.add(none);
    sums.difference.add(all - none);
    const auto shapley = exact_ ? exact_values(worth) : sampled_values(replicate, worth);
    for (std::size_t i = 0; i < n; ++i) {
      const Coalition alone = Coalition{1} << i;
      const double only = exact_ ? worth[alone] : worth[2 + i], without = exact_ ? worth[everybody_ & ~alone] : worth[2 + n + i];
      sums.shapley[i].add(shapley[i]);
      sums.only[i].add(only);
      sums.without[i].add(without);
      sums.lift[i].add(without - all);
    }
    if (pairs() == 0) return;
    const auto interactions = weights_->interactions(worth);
    std::size_t pair = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i + 1; j < n; ++j, ++pair) {
        sums.interaction[pair].add(interactions[pair]);
        sums.without_pair[pair].add(worth[everybody_ & ~(Coalition{1} << i | Coalition{1} << j)]);
      }
  }

  std::vector<double> exact_values(std::span<const double> worth) const {
    return weights_ ? weights_->values(worth) : std::vector<double>{};
  }
  std::vector<double> sampled_values(std::uint32_t replicate, std::span<const double> worth) const {
    const auto n = static_cast<std::size_t>(players_);
    std::vector<double> mean(n, 0.0);
    std::size_t at = 2 + 2 * n;
    for (const auto& order : orders_of(replicate)) {
      const auto shares = marginal_contributions(order, worth.subspan(at, n + 1));
      for (std::size_t i = 0; i < n; ++i) mean[i] += 0.5 * shares[i];
      at += n + 1;
    }
    return mean;
  }

  const Plan& plan_;
  const Negotiation& n_;
  std::uint64_t seed_;
  const AttributionOptions& options_;
  std::vector<double> base_;                                       ///< as configured, paced
  std::vector<std::vector<std::pair<std::size_t, double>>> off_;   ///< by player: what switching it off writes where
  int players_ = 0;
  bool exact_ = true;
  Coalition everybody_ = 0;
  std::size_t per_replicate_ = 0;
  std::optional<ShapleyWeights> weights_;
};

void require_playable(const Plan& plan, std::uint64_t cell, const AttributionOptions& options) {
  if (options.replicates < 2) throw InputError("One run of each coalition shows no spread (an interval needs two). Ask for more runs.");
  if (options.most_exact < 0 || options.most_exact > 16) throw InputError("At most 2^16 coalitions can be played for each replicate. Lower the number of mechanisms up to which all are.");
  if (cell >= plan.cells()) throw InputError("There is no cell " + std::to_string(cell) + " (the plan has " + std::to_string(plan.cells()) + ", from 0). Choose one of those.");
  const std::string fault = plan.cell(cell).fault;
  if (!fault.empty()) throw InputError("Cell " + std::to_string(cell) + " cannot be played (" + fault + "). Choose another cell.");
}

/// Whether the configuration, or the cell of its sweep, switches the mechanism off.
bool is_switched_off(const Plan& plan, const std::vector<double>& swept_values, const std::string& mechanism) {
  const auto& switches = plan.config().mechanisms;
  const auto stated = switches.find(mechanism);
  if (stated != switches.end() && !stated->second) return true;
  const auto& swept = plan.config().sweep.swept();
  for (std::size_t d = 0; d < swept_values.size(); ++d)
    if (swept[d].path == "mechanisms." + mechanism && swept_values[d] == 0) return true;
  return false;
}

/// Sorts the mechanisms by falling Shapley value; `place_of` tells where each went.
std::vector<MechanismShare> sorted_shares(std::vector<MechanismShare> shares, std::vector<std::size_t>& place_of) {
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return shares[a].shapley.value > shares[b].shapley.value; });
  std::vector<MechanismShare> sorted;
  place_of.resize(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    place_of[order[place]] = place;
    sorted.push_back(std::move(shares[order[place]]));
  }
  return sorted;
}

}  // namespace

std::uint64_t coalitions_played(int mechanisms, int most_exact) {
  return mechanisms <= most_exact ? std::uint64_t{1} << mechanisms : static_cast<std::uint64_t>(4 * mechanisms + 4);
}

std::vector<std::size_t> mechanisms_at_work(const Plan& plan, std::uint64_t cell) {
  const Negotiation& n = plan.negotiation();
  const std::vector<double> stated = plan.stated_values(cell);
  std::vector<std::size_t> at_work;
  for (std::size_t m = 0; m < n.model->mechanisms.size(); ++m) {
    std::vector<double> off = stated;
    switch_off(n, n.model->mechanisms[m].name, off);
    if (off != stated) at_work.push_back(m);
  }
  return at_work;
}

Attribution attribute_stalemate(const Plan& plan, std::uint64_t cell, const AttributionOptions& options) {
  require_playable(plan, cell, options);
  const Negotiation& n = plan.negotiation();
  const std::vector<std::size_t> at_work = mechanisms_at_work(plan, cell);
  if (at_work.size() > most_mechanisms)
    throw InputError("The configuration has " + std::to_string(at_work.size()) + " mechanisms at work (the limit is " + std::to_string(most_mechanisms) + "). Switch some off.");
  const Games games(plan, cell, at_work, options);

  const std::uint32_t step = games.replicates_a_piece();
  std::vector<Sums> pieces((options.replicates + step - 1) / step, games.empty());
  const auto work = [&](std::size_t piece) {
    const auto first = static_cast<std::uint32_t>(piece) * step;
    pieces[piece] = games.play(first, std::min(options.replicates, first + step));
  };
  if (options.spread) options.spread(pieces.size(), work);
  else for (std::size_t piece = 0; piece < pieces.size(); ++piece) work(piece);
  Sums sums = games.empty();
  for (const Sums& piece : pieces) sums.add(piece);
  if (sums.counted == 0) throw InputError("Every replicate failed (a number in one of its runs became infinite or undefined). Look at the configuration's values.");

  Attribution why;
  why.exact = games.exact();
  why.coalitions = games.coalitions();
  why.replicates = sums.counted;
  why.failed = sums.failed;
  why.seed = plan.seed();
  why.stalemate = sums.all.share(sums.counted);
  why.without_all = sums.none.share(sums.counted);
  why.difference = sums.difference.mean(sums.counted);
  std::vector<MechanismShare> shares;
  for (std::size_t i = 0; i < at_work.size(); ++i) {
    const Mechanism& m = n.model->mechanisms[at_work[i]];
    shares.push_back({m.name, m.title, m.meaning, sums.shapley[i].mean(sums.counted), sums.without[i].share(sums.counted),
                      sums.lift[i].mean(sums.counted), sums.only[i].share(sums.counted)});
  }
  std::vector<std::size_t> place_of;
  why.mechanisms = sorted_shares(std::move(shares), place_of);
  for (std::size_t place = 0; place < why.mechanisms.size(); ++place) {
    const double lift = why.mechanisms[place].lift.value;
    if (lift < 0 && (!why.best_single_lift || lift < why.mechanisms[*why.best_single_lift].lift.value)) why.best_single_lift = place;
  }
  std::size_t pair = 0;
  for (std::size_t i = 0; games.pairs() > 0 && i < at_work.size(); ++i)
    for (std::size_t j = i + 1; j < at_work.size(); ++j, ++pair)
      why.pairs.push_back({std::min(place_of[i], place_of[j]), std::max(place_of[i], place_of[j]), sums.interaction[pair].mean(sums.counted),
                           sums.without_pair[pair].share(sums.counted).value});
  std::stable_sort(why.pairs.begin(), why.pairs.end(), [](const MechanismPair& a, const MechanismPair& b) { return std::abs(a.interaction.value) > std::abs(b.interaction.value); });
  const std::vector<double> swept = plan.cell(cell).swept;
  for (std::size_t m = 0; m < n.model->mechanisms.size(); ++m)
    if (std::find(at_work.begin(), at_work.end(), m) == at_work.end()) {
      const Mechanism& mechanism = n.model->mechanisms[m];
      why.absent.push_back({mechanism.name, mechanism.title, is_switched_off(plan, swept, mechanism.name)});
    }
  return why;
}

}  // namespace parley
