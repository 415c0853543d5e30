#include "engine/analysis/negotiation_solutions.hpp"

#include <algorithm>

#include "engine/analysis/condorcet_election.hpp"

namespace parley {

namespace {

constexpr std::size_t sample_size = 8192;  // of the issue space, by the Halton sequence

/// Every concept looks at the negotiation through this: values of packages on one rung.
class Look {
 public:
  Look(const Negotiation& n, const std::vector<double>& values, int rung) : n_(n), rung_(rung), paced_(paced(n, values)) {
    const Task task{.layout = &n.structure.layout, .values = paced_.data(), .stride = paced_.size(), .seed = 1, .jobs = nullptr, .count = 0, .rows = nullptr};
    appraise_ = n.model->appraiser(task);
    const auto at_half = appraise(std::vector<double>(static_cast<std::size_t>(n.structure.layout.n.issues), 0.5));
    for (std::size_t i = 0; i < at_half.size(); ++i) {
      fighting_on.push_back(at_half[i].fighting_on);
      if (at_half[i].seated) parties.push_back(static_cast<int>(i));
    }
  }

  std::vector<Appraisal> appraise(std::span<const double> package) const { return appraise_(rung_, package); }

  NamedSolution named(const std::string& name, const std::vector<double>& package) const {
    NamedSolution s{name, package, {}, {}, {}};
    for (const Appraisal& a : appraise(package)) {
      s.utilities.push_back(a.utility);
      s.gains.push_back(a.utility - a.fighting_on);
      s.ratification.push_back(a.ratification);
    }
    return s;
  }

  BargainingProblem problem(const std::vector<int>& among) const {
    BargainingProblem p{static_cast<std::size_t>(n_.structure.layout.n.issues), {}, {}, {}};
    for (const int i : among) {
      p.utilities.push_back([this, i](std::span<const double> x) { return appraise(x)[static_cast<std::size_t>(i)].utility; });
      p.disagreement.push_back(fighting_on[static_cast<std::size_t>(i)]);
    }
    return p;
  }

  std::vector<int> parties;
  std::vector<double> fighting_on;

 private:
  const Negotiation& n_;
  int rung_;
  std::vector<double> paced_;
  Appraiser appraise_;
};

void measure_win_sets(const Look& look, std::size_t issues, NegotiationSolutions& out) {
  out.win_sets.resize(look.fighting_on.size());
  const double unit = 1.0 / sample_size;
  for (std::size_t point = 0; point < sample_size; ++point) {
    const auto views = look.appraise(halton_point(point + 1, issues));
    bool all_prefer = true, all_ratify = true;
    for (std::size_t i = 0; i < views.size(); ++i) {
      const bool prefers = views[i].utility >= views[i].fighting_on, ratifies = views[i].ratification >= 0.5;
      out.win_sets[i].leadership += prefers ? unit : 0;
      out.win_sets[i].ratified += prefers && ratifies ? unit : 0;
      if (!views[i].seated) continue;
      all_prefer = all_prefer && prefers;
      all_ratify = all_ratify && ratifies;
    }
    out.zone_leaderships += all_prefer ? unit : 0;
    out.zone_ratified += all_prefer && all_ratify ? unit : 0;
  }
}

double value_at(const Negotiation& n, const std::vector<double>& values, const std::string& path) {
  return values[n.catalog.find(path)->slot];
}

/// The baselines that know no war and no public: positions, saliences and capabilities alone.
void add_baselines(const Negotiation& n, const std::vector<double>& values, const Look& look, NegotiationSolutions& out) {
  std::vector<std::vector<double>> ideals, weights;
  for (const ActorInfo& actor : n.structure.actors) {
    ideals.emplace_back();
    weights.emplace_back();
    for (const IssueInfo& issue : n.structure.issues) {
      const std::string prefix = "actors." + actor.name + ".";
      ideals.back().push_back(value_at(n, values, prefix + "ideal." + issue.name));
      weights.back().push_back(value_at(n, values, prefix + "capability") * value_at(n, values, prefix + "salience." + issue.name));
    }
  }
  const auto weighted = [&] {
    for (std::size_t k = 0; k < n.structure.issues.size(); ++k) {
      double sum = 0;
      for (const auto& w : weights) sum += w[k];
      if (sum <= 0) return false;
    }
    return true;
  }();
  if (!weighted) return;  // an issue that nobody cares about has neither mean nor median
  out.solutions.push_back(look.named("weighted_mean", mean_package(ideals, weights)));
  out.solutions.push_back(look.named("condorcet_median", median_package(ideals, weights)));
  std::vector<double> elected;
  for (std::size_t k = 0; k < n.structure.issues.size(); ++k) {
    std::vector<SpatialVoter> voters;
    for (std::size_t i = 0; i < ideals.size(); ++i) voters.push_back({weights[i][k], {ideals[i][k]}, {1.0}});
    const std::vector<double> chance = spatial_election(voters).probability;
    double mean = 0, total = 0;
    for (std::size_t i = 0; i < ideals.size(); ++i) {  // actors at one position share its chance
      const auto same = static_cast<double>(std::count_if(ideals.begin(), ideals.end(), [&](const auto& other) { return other[k] == ideals[i][k]; }));
      mean += chance[i] / same * ideals[i][k];
      total += chance[i] / same;
    }
    elected.push_back(mean / total);
    out.election.push_back(chance);
  }
  out.solutions.push_back(look.named("condorcet_election", elected));
}

}  // namespace

NegotiationSolutions solve(const Negotiation& n, const std::vector<double>& values, int rung) {
  const Look look(n, values, rung);
  const auto issues = static_cast<std::size_t>(n.structure.layout.n.issues);
  NegotiationSolutions out;
  out.rung = n.structure.rungs[static_cast<std::size_t>(rung)].name;
  out.parties = look.parties;
  out.fighting_on = look.fighting_on;
  measure_win_sets(look, issues, out);

  const BoxSearch search{.scan = 512, .restarts = 2, .generations = 300, .precision = 1e-7};
  const SolutionConcepts concepts(look.problem(look.parties), search);
  out.witness = look.named("widest_gain", concepts.zone().witness.package);
  out.widest_gain = concepts.zone().widest_gain;
  const auto add = [&](const char* name, const std::optional<SolutionPoint>& point) {
    out.solutions.push_back(point ? look.named(name, point->package) : NamedSolution{name, {}, {}, {}, {}});
  };
  add("nash", concepts.nash());
  add("kalai_smorodinsky", concepts.kalai_smorodinsky());
  add("egalitarian", concepts.egalitarian());
  add("utilitarian", concepts.utilitarian());
  add_baselines(n, values, look, out);

  std::vector<int> belligerents;
  for (const int i : look.parties)
    if (n.structure.layout.fights(Actor{i})) belligerents.push_back(i);
  if (belligerents.size() == 2)
    for (const SolutionPoint& point : SolutionConcepts(look.problem(belligerents), search).frontier(11)) out.frontier.push_back(point.utilities);
  return out;
}

}  // namespace parley
