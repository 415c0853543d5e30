// What every actor would make of a package at the start of the talks, before any luck: for solution concepts.
#include <memory>

#include "models/talks/model.hpp"
#include "models/talks/talks.hpp"

namespace parley::talks {

namespace {

/// Holds the values of a cell and the talks as they stand at the start; moods are the polls' estimates, not a draw.
class Start {
 public:
  explicit Start(const Task& task) : values_(certain(task)), talks_(*task.layout, values_.data(), task.seed) {
    talks_.begin(true, 0);
    talks_.take_stock();
  }

  std::vector<Appraisal> appraise(int rung, std::span<const double> package) const {
    IssueArray<double> text{};
    for (const Issue k : talks_.layout().issues()) text[k] = package[static_cast<std::size_t>(k.value)];
    const Table<double> table = talks_.laid_out(rung, text);
    Answers<double> answers = talks_.heard(table);
    std::vector<Appraisal> out;
    for (const Actor i : talks_.layout().actors()) {
      talks_.weigh(i, table, answers);
      out.push_back({.utility = answers.utility[i], .fighting_on = talks_.state().fighting_on[i], .support = answers.support[i],
                     .ratification = answers.ratification[i], .seated = table.seated[i]});
    }
    return out;
  }

 private:
  /// The values of the cell with the uncertainty of every mood taken away.
  static std::vector<double> certain(const Task& task) {
    std::vector<double> values(task.values, task.values + task.stride);
    Parts<double> parts;
    Binder<double> bind(values.data(), task.layout->n);
    parts.fields(bind);
    for (const Actor i : task.layout->actors()) values[static_cast<std::size_t>(&parts.opinion.mood_sd[i] - values.data())] = 0;
    return values;
  }

  std::vector<double> values_;
  Talks<double> talks_;
};

}  // namespace

Appraiser appraiser(const Task& task) {
  const auto start = std::make_shared<const Start>(task);
  return [start](int rung, std::span<const double> package) { return start->appraise(rung, package); };
}

}  // namespace parley::talks
