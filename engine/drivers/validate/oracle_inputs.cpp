#include "engine/drivers/validate/oracle_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/core/check.hpp"

namespace parley {

namespace {

std::string bounds_text(Bounds b) {
  const bool low = b.low > -std::numeric_limits<double>::max(), high = b.high < std::numeric_limits<double>::max();
  if (low && high) return fmt::format("between {:g} and {:g}", b.low, b.high);
  if (low) return b.low == std::numeric_limits<double>::min() ? "above 0" : fmt::format("at least {:g}", b.low);
  return high ? fmt::format("at most {:g}", b.high) : "finite";
}

/// The value as it may stand in a message: short, whatever it is.
std::string shown(const nlohmann::json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  std::string text = value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  if (text.size() > 40) text = text.substr(0, 37) + "...";
  return text;
}

}  // namespace

void refuse_input(const std::string& key, const std::string& message) {
  throw InputError(fmt::format("input '{}' {}", key, message));
}

double checked_number(const nlohmann::json& value, const std::string& where, Bounds bounds) {
  if (!value.is_number()) refuse_input(where, fmt::format("is {} (a number is needed). Give a number", shown(value)));
  const double number = value.get<double>();
  if (!std::isfinite(number) || number < bounds.low || number > bounds.high)
    refuse_input(where, fmt::format("is {} (it must be {}). Give such a number", shown(value), bounds_text(bounds)));
  return number;
}

OracleInputs::OracleInputs(const nlohmann::json& inputs) : inputs_(inputs) {
  if (!inputs.is_object())
    throw InputError("the inputs are not an object (they name parameters). Give {\"key\": value, ...}");
}

bool OracleInputs::has(const std::string& key) const { return inputs_.contains(key); }
bool OracleInputs::is_list(const std::string& key) const { return has(key) && inputs_.at(key).is_array(); }
bool OracleInputs::is_number(const std::string& key) const { return has(key) && inputs_.at(key).is_number(); }

const nlohmann::json& OracleInputs::raw(const std::string& key) const {
  const auto found = inputs_.find(key);
  if (found == inputs_.end()) refuse_input(key, "is missing (this kind is computed from it). Add it to the inputs");
  read_.insert(key);
  return *found;
}

double OracleInputs::number(const std::string& key, Bounds bounds) const {
  return checked_number(raw(key), key, bounds);
}

double OracleInputs::number_or(const std::string& key, double fallback, Bounds bounds) const {
  return has(key) ? number(key, bounds) : fallback;
}

long OracleInputs::integer(const std::string& key, long low, long high) const {
  const double value = number(key, {static_cast<double>(low), static_cast<double>(high)});
  if (value != std::floor(value))
    refuse_input(key, fmt::format("is {} (a whole number is needed). Give one", shown(raw(key))));
  return static_cast<long>(value);
}

long OracleInputs::integer_or(const std::string& key, long fallback, long low, long high) const {
  return has(key) ? integer(key, low, high) : fallback;
}

bool OracleInputs::boolean(const std::string& key) const {
  const auto& value = raw(key);
  if (!value.is_boolean())
    refuse_input(key, fmt::format("is {} (true or false is needed). Give one of them", shown(value)));
  return value.get<bool>();
}

std::string OracleInputs::text(const std::string& key) const {
  const auto& value = raw(key);
  if (!value.is_string()) refuse_input(key, fmt::format("is {} (text is needed). Give a text in quotes", shown(value)));
  return value.get<std::string>();
}

std::string OracleInputs::choice(const std::string& key, const std::vector<std::string>& allowed) const {
  if (!has(key)) return allowed.front();
  const std::string value = text(key);
  if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
    refuse_input(key,
                 fmt::format("is {} (known: \"{}\"). Use one of these", shown(raw(key)), fmt::join(allowed, "\", \"")));
  return value;
}

std::vector<double> OracleInputs::numbers(const std::string& key, Bounds bounds) const {
  const auto& value = raw(key);
  if (value.is_number()) return {checked_number(value, key, bounds)};
  if (!value.is_array())
    refuse_input(key, fmt::format("is {} (a list of numbers is needed). Give [ ... ]", shown(value)));
  if (value.size() > largest_list)
    refuse_input(key, fmt::format("has {} entries (at most {} are read). Shorten it", value.size(), largest_list));
  std::vector<double> list;
  for (std::size_t k = 0; k < value.size(); ++k)
    list.push_back(checked_number(value[k], fmt::format("{}[{}]", key, k), bounds));
  return list;
}

std::vector<double> OracleInputs::numbers(const std::string& key, std::size_t size, Bounds bounds) const {
  std::vector<double> list = numbers(key, bounds);
  if (list.size() != size)
    refuse_input(key, fmt::format("has {} numbers ({} are needed). Give as many", list.size(), size));
  return list;
}

std::vector<std::vector<double>> OracleInputs::matrix(const std::string& key, Bounds bounds,
                                                      std::size_t most_rows) const {
  const auto& value = raw(key);
  if (!value.is_array() || value.empty())
    refuse_input(key, fmt::format("is {} (a list of rows is needed). Give [[ ... ], ...]", shown(value)));
  if (value.size() > most_rows)
    refuse_input(key, fmt::format("has {} rows (at most {} are read). Shorten it", value.size(), most_rows));
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string where = fmt::format("{}[{}]", key, i);
    if (!value[i].is_array() || value[i].size() > largest_side || (i > 0 && value[i].size() != rows.front().size()))
      refuse_input(where,
                   fmt::format("is no row like the first (rows are lists of one length, at most {}). Complete it",
                               largest_side));
    rows.emplace_back();
    for (std::size_t j = 0; j < value[i].size(); ++j)
      rows.back().push_back(checked_number(value[i][j], fmt::format("{}[{}]", where, j), bounds));
  }
  return rows;
}

std::vector<std::vector<double>> OracleInputs::square_matrix(const std::string& key, Bounds bounds) const {
  auto rows = matrix(key, bounds);
  if (rows.front().size() != rows.size())
    refuse_input(key, fmt::format("has {} rows of {} (a square table is needed). Complete it", rows.size(),
                                  rows.front().size()));
  return rows;
}

std::vector<std::string> OracleInputs::texts(const std::string& key) const {
  const auto& value = raw(key);
  if (!value.is_array() || value.size() > largest_list)
    refuse_input(key, fmt::format("is {} (a list of texts is needed). Give [\"...\"]", shown(value)));
  std::vector<std::string> list;
  for (const auto& entry : value) {
    if (!entry.is_string()) refuse_input(key, fmt::format("holds {} (texts are needed). Quote it", shown(entry)));
    list.push_back(entry.get<std::string>());
  }
  return list;
}

std::vector<std::string> OracleInputs::unread() const {
  std::vector<std::string> keys;
  for (const auto& [key, value] : inputs_.items())
    if (!value.is_string() && read_.count(key) == 0) keys.push_back(key);
  return keys;
}

nlohmann::json number_or_null(double value) { return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(); }

void set_named(nlohmann::json& object, const std::string& prefix, double number, const nlohmann::json& value,
               const std::string& suffix) {
  const double size = std::abs(number);
  for (const std::string& digits :
       {fmt::format("{}", size), fmt::format("{:g}", size), fmt::format("{:.1f}", size), fmt::format("{:.2f}", size)}) {
    if (std::stod(digits) != size) continue;
    std::string underscored = digits;
    std::replace(underscored.begin(), underscored.end(), '.', '_');
    for (const std::string& written : {digits, underscored}) {
      object[prefix + (number < 0.0 ? "-" : "") + written + suffix] = value;
      if (number < 0.0) object[prefix + "minus_" + written + suffix] = value;
    }
  }
}

}  // namespace parley
