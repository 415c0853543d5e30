// A run that is written down round by round while it plays: the same model text on plain doubles.
#pragma once

#include <utility>

#include "engine/bargain/play.hpp"
#include "engine/bargain/transcript.hpp"
#include "models/talks/talks.hpp"

namespace parley::talks {

/// A game of the engine's loop that writes down every round.
class Told : public Talks<double> {
 public:
  explicit Told(const Task& task) : Talks<double>(*task.layout, task.values, task.seed) { begin(true, task.jobs[0].replicate); }

  bool over() {
    if (!finished()) return false;
    transcript.row = row(0);
    return true;
  }

  void advance() {
    transcript.rounds.emplace_back();
    RoundRecord& r = transcript.rounds.back();
    r.round = static_cast<int>(state().round);
    r.fighting = state().fighting;
    r.talking = state().talking;
    Talks<double>::advance();
  }

  void learn(const Table<double>& table, const Answers<double>& answers) {
    write_down(table, answers);
    Talks<double>::learn(table, answers);
  }

  void settle(const Table<double>& table, const Answers<double>& answers) {
    const double relapses = state().tally.relapses;
    RoundRecord& r = transcript.rounds.back();
    r.signed_now = r.talking && answers.accepted;
    Talks<double>::settle(table, answers);
    r.collapsed = state().tally.relapses > relapses;
    r.decided = state().decided;
  }

  Transcript transcript;

 protected:
  void write_down(const Table<double>& table, const Answers<double>& answers) {
    const State<double>& s = state();
    RoundRecord& r = transcript.rounds.back();
    r.front = s.front;
    r.energy = s.energy;
    r.rung = r.talking ? static_cast<int>(table.rung) : -1;
    r.hazard = table.hazard;
    r.survival = table.survival;
    for (const Issue k : layout().issues()) {
      r.text.push_back(s.text[k]);
      r.package.push_back(table.package[k]);
    }
    for (const Actor i : layout().actors()) {
      ActorRound a;
      a.mood = s.mood[i];
      a.support = answers.support[i];
      a.ratification = answers.ratification[i];
      a.utility = answers.utility[i];
      a.fighting_on = s.fighting_on[i];
      a.gain = answers.gain[i];
      a.weight = s.weight[i];
      a.seated = table.seated[i];
      a.leadership = answers.leadership[i];
      a.ratifies = answers.ratifies[i];
      a.agrees = answers.agrees[i];
      a.worst_term = static_cast<int>(answers.worst_term[i]);
      Answers<double> again = answers;
      const TermArray<double> terms = weigh(i, table, again);
      a.terms.assign(terms.items, terms.items + term_count);
      r.actors.push_back(std::move(a));
    }
  }
};

}  // namespace parley::talks
