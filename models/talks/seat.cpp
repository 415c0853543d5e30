// A human answers for one actor of a run.
#include "models/talks/model.hpp"
#include "models/talks/told.hpp"

namespace parley::talks {

namespace {

/// A game of the engine's loop that asks a player wherever its actor's consent is needed, and stops where no move is left.
class Seated : public Told {
 public:
  Seated(const Task& task, int actor, std::span<const Move> moves) : Told(task), me_{actor}, moves_(moves) {}

  bool over() { return waiting_ || Told::over(); }
  bool waiting() const { return waiting_; }

  Table<double> table() {
    const Table<double> mediated = Told::table();
    asked_ = state().talking && mediated.seated[me_];
    waiting_ = asked_ && next_ == moves_.size();
    if (!asked_ || waiting_ || moves_[next_].reply != Reply::propose) return mediated;
    IssueArray<double> text{};
    for (const Issue k : layout().issues()) text[k] = moves_[next_].text[static_cast<std::size_t>(k.value)];
    put_forward(text);
    return laid_out(moves_[next_].rung, text);
  }

  Answers<double> decide(const Table<double>& table) {
    Answers<double> answers = Told::decide(table);
    if (!asked_ || waiting_) return answers;
    answers.leadership[me_] = moves_[next_++].reply != Reply::refuse;
    answers.agrees[me_] = answers.leadership[me_] && answers.ratifies[me_];
    answers.accepted = true;
    for (const Actor i : layout().actors()) answers.accepted = answers.accepted && (answers.agrees[i] || !table.seated[i]);
    return answers;
  }

  void learn(const Table<double>& table, const Answers<double>& answers) {
    if (waiting_) write_down(table, answers);
    else Told::learn(table, answers);
  }
  void settle(const Table<double>& table, const Answers<double>& answers) {
    if (!waiting_) Told::settle(table, answers);
  }

 private:
  Actor me_;
  std::span<const Move> moves_;
  std::size_t next_ = 0;
  bool asked_ = false, waiting_ = false;
};

}  // namespace

Sitting sit(const Task& task, int actor, std::span<const Move> moves) {
  Seated game(task, actor, moves);
  play(game);
  return {std::move(game.transcript), !game.waiting()};
}

}  // namespace parley::talks
