// Polls as people write them down: tables of waves and of questions, read with every error at its file, line and column.
//
// The columns are described in configs/polls/README.md. Dates are days since 1970-01-01. A wave whose days are not known
// keeps the span (its month or year) in which it lies.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/check.hpp"
#include "engine/sweep/polls_spec.hpp"

namespace parley {

class CsvTable;

/// Days since 1970-01-01 of "YYYY-MM-DD"; none where the text is no date.
std::optional<int> day_of(std::string_view text);
std::string date_text(int day);

/// What a question is good for: its public's mood is measured by it; it speaks to a package; or it is a series only.
enum class Measures { nothing, package, mood };

struct PollQuestion {
  std::string id, actor, text;
  int direction = 0;  ///< 1: support speaks for a deal on such terms, −1: against, 0: neither
  Measures measures = Measures::nothing;
  std::vector<std::pair<std::string, double>> speaks_to;  ///< issue and position; silent on all others
  Place place;
};

struct PollWave {
  std::string organisation, country;  ///< country is empty for a whole public
  std::size_t question = 0;
  int first = 0, last = 0;  ///< days of fieldwork, or the span in which it lies
  bool exact = false;       ///< the days themselves are known
  std::optional<double> support, oppose, undecided, other;  ///< shares of all respondents
  std::optional<double> n, n_total;
  Place place;  ///< of its n, or of the row where there is no such column

  int day() const { return (first + last) / 2; }
};

struct PollData {
  std::vector<PollQuestion> questions;
  std::vector<PollWave> waves;
  std::size_t without_shares = 0, without_date = 0;  ///< rows that no estimate can use
};

/// Reads tables; one with the columns `direction` and `question_id` but no share is one of questions. Where none is, the file
/// questions.csv beside the first is read too. Throws InputError.
PollData read_polls(const std::vector<std::string>& files);
/// The same for tables that are read already.
PollData polls_in(const std::vector<CsvTable>& tables);

}  // namespace parley
