#include "engine/analysis/poll_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "engine/analysis/csv.hpp"
#include "engine/analysis/text_file.hpp"
#include "engine/bargain/catalog.hpp"

namespace parley {

namespace {

/// Days since 1970-01-01 of a civil date, and back (Hinnant, "chrono-compatible low-level date algorithms", 2013).
int days_from_civil(int y, int m, int d) {
  y -= m <= 2;
  const int era = y / 400, year = y - era * 400;
  const int day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

struct Civil {
  int year, month, day;
};
Civil civil_from_days(int z) {
  z += 719468;
  const int era = z / 146097, rest = z - era * 146097;
  const int year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
  const int doy = rest - (365 * year + year / 4 - year / 100), mp = (5 * doy + 2) / 153;
  const int month = mp < 10 ? mp + 3 : mp - 9;
  return {year + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

int days_in_month(int year, int month) {
  return month == 12 ? 31 : days_from_civil(year, month + 1, 1) - days_from_civil(year, month, 1);
}

/// Digits only, so that " 7" or "+7" is none.
std::optional<int> digits(std::string_view text, std::size_t width) {
  if (text.size() != width || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

constexpr int first_year = 1950, last_year = 2099;

struct Span {
  int first, last;
};
/// "YYYY-MM-DD", "YYYY-MM" or "YYYY".
std::optional<Span> span_of(std::string_view text) {
  const auto year = digits(text.substr(0, 4), 4);
  if (!year || *year < first_year || *year > last_year) return {};
  if (text.size() == 4) return Span{days_from_civil(*year, 1, 1), days_from_civil(*year, 12, 31)};
  if (text.size() < 7 || text[4] != '-') return {};
  const auto month = digits(text.substr(5, 2), 2);
  if (!month || *month < 1 || *month > 12) return {};
  const int begin = days_from_civil(*year, *month, 1), length = days_in_month(*year, *month);
  if (text.size() == 7) return Span{begin, begin + length - 1};
  const auto day = digits(text.size() == 10 && text[7] == '-' ? text.substr(8) : "", 2);
  if (!day || *day < 1 || *day > length) return {};
  return Span{begin + *day - 1, begin + *day - 1};
}

bool has_shares(const CsvTable& t) { return t.find("share_support").has_value(); }
bool has_questions(const CsvTable& t) { return t.find("direction").has_value() && !has_shares(t); }

class QuestionReader {
 public:
  QuestionReader(const CsvTable& table, PollData& into) : t_(table), into_(into) {
    for (const char* name : {"question_id", "public", "question", "direction", "measures"}) t_.require(name);
    static const std::vector<std::string> words = {"question_id", "public", "kind", "question", "support_means", "oppose_means", "direction", "measures", "note"};
    for (std::size_t c = 0; c < t_.columns(); ++c)
      if (std::find(words.begin(), words.end(), t_.header()[c]) == words.end()) issues_.push_back(c);
  }

  void read() {
    for (std::size_t r = 0; r < t_.rows(); ++r) read_row(r);
  }

 private:
  void read_row(std::size_t r) {
    PollQuestion q{.id = text(r, "question_id"), .actor = text(r, "public"), .text = text(r, "question"), .direction = 0, .measures = Measures::nothing, .speaks_to = {}, .place = t_.place(r, 0)};
    if (q.id.empty()) throw input_error(t_.place(r, t_.require("question_id")), "The question has no question_id (polls refer to it by that). Give it one.");
    for (const PollQuestion& other : into_.questions)
      if (other.id == q.id) throw input_error(t_.place(r, t_.require("question_id")), "The question " + in_quotes(q.id) + " is described twice (first in " + other.place.text() + "). Keep one.");
    const std::size_t direction = t_.require("direction"), measures = t_.require("measures");
    const double stated = t_.number_if_any(r, direction).value_or(0);
    if (stated != -1 && stated != 0 && stated != 1) throw input_error(t_.place(r, direction), "direction is neither 1, 0 nor -1 (support speaks for a deal, for neither, or against one). Write one of them.");
    q.direction = static_cast<int>(stated);
    const std::string use = text(r, "measures");
    if (use == "mood") q.measures = Measures::mood;
    else if (use == "package") q.measures = Measures::package;
    else if (!use.empty()) throw input_error(t_.place(r, measures), "measures is " + in_quotes(use) + " (mood and package are known, and nothing for a series only). Write one of them.");
    if (q.measures != Measures::nothing && q.direction == 0) throw input_error(t_.place(r, direction), "The question measures " + use + " but says neither for nor against (direction is 0). Write 1 or -1, or leave measures empty.");
    for (const std::size_t c : issues_) {
      const auto at = t_.number_if_any(r, c);
      if (at && !(*at >= 0 && *at <= 1)) throw input_error(t_.place(r, c), "The position on " + t_.header()[c] + " is not on the scale from 0 to 1. Write where on it the question's package stands.");
      if (at) q.speaks_to.emplace_back(t_.header()[c], *at);
    }
    into_.questions.push_back(std::move(q));
  }
  std::string text(std::size_t r, const char* column) const { return std::string(t_.text(r, t_.require(column))); }

  const CsvTable& t_;
  PollData& into_;
  std::vector<std::size_t> issues_;  ///< columns that are issues
};

class WaveReader {
 public:
  WaveReader(const CsvTable& table, PollData& into) : t_(table), into_(into) {
    for (const char* name : {"organisation", "question_id", "share_support"}) t_.require(name);
    if (!t_.find("start") && !t_.find("end") && !t_.find("wave"))
      throw input_error(t_.header_place(0), "The table of polls has no date (start and end, or wave, are expected). Add such columns.");
  }

  void read() {
    for (std::size_t r = 0; r < t_.rows(); ++r) read_row(r);
  }

 private:
  void read_row(std::size_t r) {
    PollWave w;
    w.place = t_.place(r, t_.find("n").value_or(0));
    w.organisation = text(r, "organisation");
    if (w.organisation.empty()) throw input_error(t_.place(r, t_.require("organisation")), "The poll names no organisation (its lean is estimated by that name). Say who asked.");
    w.country = text(r, "country");
    w.question = question(r);
    w.support = share(r, "share_support");
    w.oppose = share(r, "share_oppose");
    w.undecided = share(r, "share_undecided");
    w.other = share(r, "share_other");
    const double sum = w.support.value_or(0) + w.oppose.value_or(0) + w.undecided.value_or(0) + w.other.value_or(0);
    if (sum > 1.025) throw input_error(t_.place(r, t_.require("share_support")), "The shares of the row add up to " + std::to_string(std::lround(100 * sum)) + " (more than 100 percent). Correct them.");
    w.n = sample(r, "n");
    w.n_total = sample(r, "n_total");
    if (w.n && w.n_total && *w.n_total < *w.n) throw input_error(t_.place(r, *t_.find("n_total")), "n_total is smaller than n (the part cannot exceed the whole sample). Correct one of them.");
    const bool dated = date(r, w);
    const std::string kind = text(r, "value_kind");
    if (kind == "net" || kind == "text" || (!w.support && !w.oppose)) ++into_.without_shares;
    else if (!dated) ++into_.without_date;
    else into_.waves.push_back(std::move(w));
  }

  std::string text(std::size_t r, const char* column) const {
    const auto c = t_.find(column);
    return c ? std::string(t_.text(r, *c)) : std::string();
  }

  std::size_t question(std::size_t r) const {
    const std::string id = text(r, "question_id");
    std::vector<std::string> known;
    for (std::size_t q = 0; q < into_.questions.size(); ++q) {
      known.push_back(into_.questions[q].id);
      if (known.back() != id) continue;
      const auto column = t_.find("public");
      if (column && !t_.missing(r, *column) && t_.text(r, *column) != into_.questions[q].actor)
        throw input_error(t_.place(r, *column), "The poll is of " + in_quotes(t_.text(r, *column)) + ", its question of " + in_quotes(into_.questions[q].actor) + ". Correct one of them.");
      return q;
    }
    throw input_error(t_.place(r, t_.require("question_id")), "Unknown question " + in_quotes(id) + " (no table of questions describes it). " +
                                                                 (known.empty() ? "Give one, such as configs/polls/questions.csv." : "Did you mean " + Catalog::nearest(id, known) + "? Otherwise describe it in a table of questions."));
  }

  std::optional<double> share(std::size_t r, const char* column) const {
    const auto c = t_.find(column);
    if (!c) return {};
    const auto percent = t_.number_if_any(r, *c);
    if (!percent) return {};
    if (!(*percent >= 0 && *percent <= 100)) throw input_error(t_.place(r, *c), std::string(column) + " is " + std::string(t_.text(r, *c)) + " (a share lies between 0 and 100 percent). Correct it.");
    return *percent / 100;
  }

  std::optional<double> sample(std::size_t r, const char* column) const {
    const auto c = t_.find(column);
    if (!c) return {};
    const auto n = t_.number_if_any(r, *c);
    if (n && !(*n >= 1 && *n <= 1e9 && *n == std::floor(*n))) throw input_error(t_.place(r, *c), std::string(column) + " is no number of people. Write a whole number, or nothing where it is not known.");
    return n;
  }

  /// False where nothing is known of when the wave was.
  bool date(std::size_t r, PollWave& w) const {
    const auto start = day(r, "start"), end = day(r, "end");
    if (start && end && *end < *start) throw input_error(t_.place(r, *t_.find("end")), "The fieldwork ends before it starts (" + text(r, "end") + " is earlier than " + text(r, "start") + "). Correct one of the two.");
    w.exact = start || end;
    w.first = start ? *start : end.value_or(0);
    w.last = end ? *end : start.value_or(0);
    if (w.last - w.first > 400) throw input_error(t_.place(r, *t_.find("end")), "The fieldwork lasts more than 400 days (a year may be wrong). Correct start or end.");
    const auto column = t_.find("wave");
    if (!column || t_.missing(r, *column)) return w.exact;
    const auto span = span_of(t_.text(r, *column));
    if (!span) throw input_error(t_.place(r, *column), "wave is " + in_quotes(t_.text(r, *column)) + " (a month, YYYY-MM, or a year is expected). Correct it.");
    if (!w.exact) w.first = span->first, w.last = span->last;
    return true;
  }

  std::optional<int> day(std::size_t r, const char* column) const {
    const auto c = t_.find(column);
    if (!c || t_.missing(r, *c)) return {};
    const auto found = day_of(t_.text(r, *c));
    if (!found) throw input_error(t_.place(r, *c), std::string(column) + " is " + in_quotes(t_.text(r, *c)) + " (a day, YYYY-MM-DD, is expected). Correct it, or leave it empty and write the month in wave.");
    return found;
  }

  const CsvTable& t_;
  PollData& into_;
};

}  // namespace

std::optional<int> day_of(std::string_view text) {
  const auto span = text.size() == 10 ? span_of(text) : std::nullopt;
  return span ? std::optional(span->first) : std::nullopt;
}

std::string date_text(int day) {
  const Civil c = civil_from_days(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", c.year, c.month, c.day);
  return text;
}

PollData polls_in(const std::vector<CsvTable>& tables) {
  PollData data;
  for (const CsvTable& table : tables)
    if (has_questions(table)) QuestionReader(table, data).read();
  for (const CsvTable& table : tables)
    if (!has_questions(table)) WaveReader(table, data).read();
  return data;
}

PollData read_polls(const std::vector<std::string>& files) {
  std::vector<CsvTable> tables;
  for (const std::string& file : files) tables.push_back(CsvTable::read(file));
  if (!files.empty() && std::none_of(tables.begin(), tables.end(), has_questions)) {
    const std::filesystem::path beside = std::filesystem::path(files[0]).parent_path() / "questions.csv";
    if (std::filesystem::exists(beside)) tables.push_back(CsvTable::read(beside.string()));
  }
  return polls_in(tables);
}

}  // namespace parley
