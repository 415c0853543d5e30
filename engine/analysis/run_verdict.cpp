#include "engine/analysis/run_verdict.hpp"

#include <algorithm>
#include <utility>

#include "engine/analysis/box_search.hpp"
#include "engine/sweep/single_run.hpp"

namespace parley {

namespace {

constexpr BoxSearch quick{.scan = 128, .restarts = 1, .generations = 80, .precision = 1e-5};

enum class Within { zone, anywhere };

/// The least margin of those whose consent is needed; the same for nobody at the table as for a willing one.
double margin_of(const std::vector<Answer>& answers, Within within) {
  double least = 1;
  for (const Answer& a : answers) {
    if (!a.seated) continue;
    least = std::min({least, -a.shortfall, -a.support_shortfall});
    if (within == Within::zone) least = std::min(least, a.over_fighting_on);
  }
  return least;
}

bool all_agree(const std::vector<Answer>& answers) {
  return std::all_of(answers.begin(), answers.end(), [](const Answer& a) { return a.agrees || !a.seated; });
}

/// Looks for packages in the rounds of one run; remembers where it found the last, as states change slowly.
class Searcher {
 public:
  explicit Searcher(const Layout& layout) : layout_(layout), last_(static_cast<std::size_t>(layout.n.rungs)) {}

  FoundPackage best_on(int rung, const RoundRecord& round, const RoundAsker& ask) {
    std::vector<double> text = round.text;
    std::vector<std::size_t> free;
    for (int k = 0; k < layout_.n.issues; ++k)
      if (layout_.settles_issue(Rung{rung}, Issue{k})) free.push_back(static_cast<std::size_t>(k));
    Within within = Within::zone;
    if (!free.empty()) {
      const auto put = [&](std::span<const double> x) {
        for (std::size_t d = 0; d < free.size(); ++d) text[free[d]] = x[d];
      };
      const auto search = [&] {
        std::vector<double> tabled;
        for (const std::size_t k : free) tabled.push_back(round.text[k]);
        std::vector<std::vector<double>> hints = {tabled};
        if (!last_[static_cast<std::size_t>(rung)].empty()) hints.push_back(last_[static_cast<std::size_t>(rung)]);
        const BoxMaximum best = maximise([&](std::span<const double> x) { put(x); return margin_of(ask(rung, text).answers, within); },
                                         free.size(), hints, quick);
        put(best.point);
        last_[static_cast<std::size_t>(rung)] = best.point;
        return best.value;
      };
      if (search() <= 0) {
        within = Within::anywhere;
        search();
      }
    }
    FoundPackage found{.rung = rung, .settles = layout_.settled_count(Rung{rung}), .heard = ask(rung, text)};
    const auto& answers = found.heard.answers;
    found.margin = margin_of(answers, within);
    found.signable = all_agree(answers);
    found.in_zone = std::all_of(answers.begin(), answers.end(), [](const Answer& a) { return !a.seated || a.over_fighting_on >= 0; });
    return found;
  }

 private:
  const Layout& layout_;
  std::vector<std::vector<double>> last_;
};

}  // namespace

const FoundPackage* RoundVerdict::possible() const {
  const FoundPackage* best = nullptr;
  for (const FoundPackage& f : found) {
    if (!f.signable) continue;
    if (best == nullptr || std::pair(f.in_zone, f.settles) > std::pair(best->in_zone, best->settles)) best = &f;
  }
  return best;
}

const FoundPackage& RoundVerdict::nearest() const {
  return *std::max_element(found.begin(), found.end(), [](const FoundPackage& a, const FoundPackage& b) { return a.margin < b.margin; });
}

RunVerdict judge_run(const Plan& plan, std::uint64_t run, WatchedTeller teller) {
  const Layout& layout = plan.negotiation().structure.layout;
  RunVerdict verdict;
  Searcher searcher(layout);
  const SingleRun single(plan, run);
  verdict.told = teller(single.task(), [&](const RoundRecord& round, const RoundAsker& ask) {
    RoundVerdict v{.round = round.round, .rung = round.rung, .signed_now = false, .heard = ask(round.rung, round.text), .found = {}};
    v.signed_now = all_agree(v.heard.answers);
    for (const Rung r : layout.rungs())
      if (round.fighting || !layout.is_truce(r)) v.found.push_back(searcher.best_on(r.value, round, ask));  // no truce while one holds
    verdict.rounds.push_back(std::move(v));
  });
  return verdict;
}

}  // namespace parley
