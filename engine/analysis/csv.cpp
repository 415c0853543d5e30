#include "engine/analysis/csv.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "engine/analysis/text_file.hpp"

namespace parley {
namespace {

/// std::from_chars for a double. Libraries that lack it (libc++ 13) get the same from strtod, kept to what from_chars takes;
/// what is compiled with them knows one locale only.
std::from_chars_result read_double(const char* from, const char* to, double& number) {
#ifdef __cpp_lib_to_chars
  return std::from_chars(from, to, number);
#else
  const std::string text(from, to);
  if (text.empty() || text[0] == '+' || std::isspace(static_cast<unsigned char>(text[0])) || text.find_first_of("xX(") != std::string::npos)
    return {from, std::errc::invalid_argument};
  char* end = nullptr;
  errno = 0;
  number = std::strtod(text.c_str(), &end);
  if (end == text.c_str()) return {from, std::errc::invalid_argument};
  return {from + (end - text.c_str()), errno == ERANGE ? std::errc::result_out_of_range : std::errc()};
#endif
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view trimmed(std::string_view text) {
  const char* spaces = " \t";
  const std::size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

char separator_of(std::string_view header) {
  bool inside = false;
  char found = 0;
  for (const char c : header) {
    if (c == '"') inside = !inside;
    if (inside) continue;
    if (c == '\n' || c == '\r') break;
    if (c == '\t') return '\t';
    if ((c == ',' || c == ';') && found == 0) found = c;
  }
  return found == 0 ? ',' : found;
}

}  // namespace

/// One pass over the text. Fields are copied, unquoted, into the table's own text.
class CsvParser {
 public:
  CsvParser(std::string_view text, const std::string& file, const CsvLimits& limits) : in_(text), limits_(limits) {
    table_.file_ = file;
    if (text.size() > std::min<std::size_t>(limits.bytes, 0xfffffff0u))
      refuse("is larger than " + std::to_string(limits.bytes) + " bytes (the limit for a table). Split it.", 0, 0);
    const std::size_t zero = text.find('\0');
    if (zero != std::string_view::npos)
      refuse("holds a zero byte at offset " + std::to_string(zero) + " (this is no text). Save it as UTF-8.", 0, 0);
    if (text.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
    table_.text_.reserve(text.size());
  }

  CsvTable run() && {
    pass_over();
    if (at_ >= in_.size())
      refuse("is empty (a header line is expected). Put the column names on the first line.", 0, 0);
    separator_ = separator_of(in_.substr(at_));
    while (at_ < in_.size()) {
      record();
      pass_over();
    }
    return std::move(table_);
  }

 private:
  [[noreturn]] void refuse(const std::string& message, unsigned line, unsigned column) const {
    throw input_error({.file = table_.file_, .line = line, .column = column}, message);
  }
  char peek() const { return at_ < in_.size() ? in_[at_] : '\n'; }
  unsigned column() const { return static_cast<unsigned>(at_ - line_begin_) + 1; }
  bool at_line_end() const { return at_ >= in_.size() || in_[at_] == '\n' || in_[at_] == '\r'; }
  void next_line() {
    if (peek() == '\r') ++at_;
    if (at_ < in_.size() && in_[at_] == '\n') ++at_;
    ++line_;
    line_begin_ = at_;
  }

  /// Empty lines and comments, where a record could begin.
  void pass_over() {
    while (at_ < in_.size()) {
      std::size_t look = at_;
      while (look < in_.size() && in_[look] == ' ') ++look;
      const bool empty = look >= in_.size() || in_[look] == '\n' || in_[look] == '\r';
      if (!empty && in_[look] != '#') return;
      at_ = look;
      while (!at_line_end()) ++at_;
      next_line();
    }
  }

  void record() {
    const unsigned line = line_;
    std::size_t fields = 0;
    const bool is_header = table_.header_.empty();
    const std::size_t expected = is_header ? limits_.columns : table_.header_.size();
    while (true) {
      if (fields == expected) {
        refuse(is_header ? "has more than " + std::to_string(expected) + " columns (the limit). Split the table."
                         : "has more fields than the header's " + std::to_string(expected) +
                               " (a separator too many, or a field that needs quotes). Mend the line.",
               line_, column());
      }
      if (table_.cells_.size() == limits_.cells)
        refuse("has more than " + std::to_string(limits_.cells) + " cells (the limit for a table). Split it.", line_,
               1);
      field();
      ++fields;
      if (at_line_end()) break;
      ++at_;
    }
    next_line();
    if (is_header) return name_columns();
    if (fields != expected)
      refuse("has " + std::to_string(fields) + " fields where the header has " + std::to_string(expected) +
                 " (a separator is missing). Mend the line.",
             line, 1);
  }

  void field() {
    while (peek() == ' ' && at_ < in_.size()) ++at_;
    CsvTable::Cell cell{static_cast<std::uint32_t>(table_.text_.size()), 0, line_, column()};
    if (peek() == '"') {
      quoted_field();
    } else {
      const std::size_t begin = at_;
      while (!at_line_end() && in_[at_] != separator_) ++at_;
      table_.text_ += trimmed(in_.substr(begin, at_ - begin));
    }
    const std::size_t size = table_.text_.size() - cell.begin;
    if (size > limits_.field_bytes)
      refuse("has a field of " + std::to_string(size) + " bytes (at most " + std::to_string(limits_.field_bytes) +
                 "; is a quote not closed?). Mend the line.",
             cell.line, cell.column);
    cell.size = static_cast<std::uint32_t>(size);
    table_.cells_.push_back(cell);
  }

  void quoted_field() {
    const unsigned line = line_, begin = column();
    ++at_;
    while (true) {
      if (at_ >= in_.size()) refuse("has a quote that is never closed. Close it.", line, begin);
      const char c = in_[at_++];
      if (c == '"') {
        if (peek() != '"' || at_ >= in_.size()) break;
        ++at_;
      }
      if (c == '\n') {
        ++line_;
        line_begin_ = at_;
      }
      table_.text_ += c;
    }
    while (!at_line_end() && in_[at_] == ' ') ++at_;
    if (!at_line_end() && in_[at_] != separator_)
      refuse("has text after a closing quote. Double the quotes inside a quoted field.", line_, column());
  }

  void name_columns() {
    const std::size_t count = table_.cells_.size();
    std::vector<std::string> seen;
    for (const CsvTable::Cell& cell : table_.cells_) {
      table_.header_.emplace_back(table_.view(cell));
      seen.push_back(lower(table_.header_.back()));
    }
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return seen[a] < seen[b]; });
    for (std::size_t i = 1; i < count; ++i)
      if (!seen[order[i]].empty() && seen[order[i]] == seen[order[i - 1]])
        throw input_error(table_.header_place(order[i]), "the column " + in_quotes(table_.header_[order[i]]) +
                                                             " is there twice (which one counts?). Rename one.");
  }

  std::string_view in_;
  CsvLimits limits_;
  CsvTable table_;
  char separator_ = ',';
  std::size_t at_ = 0, line_begin_ = 0;
  unsigned line_ = 1;
};

CsvTable CsvTable::parse(std::string_view text, const std::string& file, const CsvLimits& limits) {
  return CsvParser(text, file, limits).run();
}

CsvTable CsvTable::read(const std::string& path, const CsvLimits& limits) {
  return parse(read_text_file(path, limits.bytes), path, limits);
}

std::optional<std::size_t> CsvTable::find(std::string_view name) const {
  const std::string wanted = lower(name);
  for (std::size_t column = 0; column < header_.size(); ++column)
    if (lower(header_[column]) == wanted) return column;
  return std::nullopt;
}

std::size_t CsvTable::require(std::string_view name) const {
  if (const auto column = find(name)) return *column;
  std::string known;
  for (std::size_t i = 0; i < std::min<std::size_t>(header_.size(), 12); ++i)
    known += (i == 0 ? "" : ", ") + in_quotes(header_[i]);
  throw input_error(header_place(0), "there is no column " + in_quotes(name) + " (the columns are " + known +
                                         "). Add it, or rename the one that is meant.");
}

bool CsvTable::missing(std::size_t row, std::size_t column) const {
  const std::string_view value = text(row, column);
  if (value.size() > 4) return false;
  const std::string word = lower(value);
  return word.empty() || word == "na" || word == "nan" || word == "null" || word == ".";
}

double CsvTable::number(std::size_t row, std::size_t column) const {
  const std::string_view value = text(row, column);
  const Place where = place(row, column);
  const std::string named = in_quotes(value) + " in column " + in_quotes(header_[column]);
  if (missing(row, column))
    throw input_error(where, "a number is missing in column " + in_quotes(header_[column]) + ". Fill it in.");
  const std::size_t plus = value.front() == '+' && value.size() > 1 && value[1] != '-' ? 1 : 0;
  double number = 0;
  const auto [end, error] = read_double(value.data() + plus, value.data() + value.size(), number);
  if (error == std::errc::result_out_of_range)
    throw input_error(where, named + " is too large or too small for a number. Use other units.");
  if (error != std::errc() || end != value.data() + value.size())
    throw input_error(where,
                      named + " is not a number" +
                          (value.find(',') != std::string_view::npos ? " (a decimal comma?). Write a decimal point."
                                                                     : ". Write digits with a decimal point."));
  if (!std::isfinite(number)) throw input_error(where, named + " is not finite. Give a finite number.");
  return number;
}

std::optional<double> CsvTable::number_if_any(std::size_t row, std::size_t column) const {
  if (missing(row, column)) return std::nullopt;
  return number(row, column);
}

Place CsvTable::place(std::size_t row, std::size_t column) const {
  const Cell& at = cell(row + 1, column);
  return {.file = file_, .line = at.line, .column = at.column};
}

Place CsvTable::header_place(std::size_t column) const {
  return {.file = file_, .line = cells_[column].line, .column = cells_[column].column};
}

}  // namespace parley
