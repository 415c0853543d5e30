// Tells one run while a watcher asks, round by round, what the actors would say to other packages.
#include "models/talks/told.hpp"
#include "models/watched.hpp"

namespace parley::talks {

namespace {

class Watched : public Told {
 public:
  Watched(const Task& task, const RoundWatcher& watcher) : Told(task), watcher_(watcher) {}

  void learn(const Table<double>& table, const Answers<double>& answers) {
    write_down(table, answers);
    if (state().talking)
      watcher_(transcript.rounds.back(), [this](int rung, std::span<const double> text) { return ask(rung, text); });
    Talks<double>::learn(table, answers);
  }

 private:
  Hearing ask(int rung, std::span<const double> text) {
    IssueArray<double> draft{};
    for (const Issue k : layout().issues()) draft[k] = text[static_cast<std::size_t>(k.value)];
    const Table<double> table = laid_out(rung, draft);
    const Answers<double> answers = decide(table);
    Hearing heard{.package = {}, .survival = table.survival, .answers = {}};
    for (const Issue k : layout().issues()) heard.package.push_back(table.package[k]);
    for (const Actor i : layout().actors()) {
      Answer a{.seated = table.seated[i], .leadership = answers.leadership[i], .ratifies = answers.ratifies[i], .agrees = answers.agrees[i]};
      a.over_fighting_on = answers.utility[i] - state().fighting_on[i];
      a.gain = answers.gain[i];
      a.shortfall = needed(i) - expected(i, answers);
      a.support = answers.support[i];
      a.support_shortfall = no_vote(table) ? -1.0 : support_needed(i) - answers.support[i];
      a.worst_term = static_cast<int>(answers.worst_term[i]);
      heard.answers.push_back(a);
    }
    return heard;
  }

  // The conditions of decision.hpp and opinion.hpp, solved for what is compared: u < σ(EU/T) and u < σ((S − threshold)/width).
  double needed(Actor i) const {
    const auto& d = parts().decision;
    return (d.reluctance[i] + odds(state().leadership_mood[i])) / d.sharpness[i];
  }
  double expected(Actor i, const Answers<double>& answers) const {
    const double foreseen = *parts().opinion.anticipated > 0 ? answers.ratification[i] : 1.0;
    return foreseen * answers.gain[i] - (1.0 - foreseen) * parts().decision.audience[i];
  }
  bool no_vote(const Table<double>& table) const { return table.truce || *parts().opinion.vote <= 0; }
  double support_needed(Actor i) const { return parts().opinion.threshold[i] + parts().opinion.width[i] * odds(state().public_mood[i]); }
  static double odds(double u) { return log(u / (1.0 - u)); }

  const RoundWatcher& watcher_;
};

}  // namespace

Transcript watch(const Task& task, const RoundWatcher& watcher) {
  Watched game(task, watcher);
  play(game);
  return std::move(game.transcript);
}

}  // namespace parley::talks
