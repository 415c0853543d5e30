// Reads the inputs of one oracle entry by name, checks them, and remembers what was read.
#pragma once

#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace parley {

/// The closed interval a number must lie in; an open end is given by the nearest number inside.
struct Bounds {
  double low = -std::numeric_limits<double>::max();
  double high = std::numeric_limits<double>::max();
};

namespace bounds {
inline constexpr Bounds any{};
inline constexpr Bounds share{0.0, 1.0};                                                                   ///< [0, 1]
inline constexpr Bounds below_one{0.0, 1.0 - std::numeric_limits<double>::epsilon() / 2};                  ///< [0, 1)
inline constexpr Bounds not_negative{0.0, std::numeric_limits<double>::max()};                             ///< [0, ∞)
inline constexpr Bounds positive{std::numeric_limits<double>::min(), std::numeric_limits<double>::max()};  ///< (0, ∞)
}  // namespace bounds

/// Every reader throws InputError naming the key when it is missing, of the wrong type or out of its bounds.
class OracleInputs {
 public:
  /// The largest list, and the largest number of cells of a matrix, that is read.
  static constexpr std::size_t largest_list = 100000;
  static constexpr std::size_t largest_side = 256;

  /// `inputs` must be an object; it is not copied and must outlive this reader.
  explicit OracleInputs(const nlohmann::json& inputs);

  bool has(const std::string& key) const;
  bool is_list(const std::string& key) const;
  bool is_number(const std::string& key) const;

  double number(const std::string& key, Bounds bounds = bounds::any) const;
  double number_or(const std::string& key, double fallback, Bounds bounds = bounds::any) const;
  long integer(const std::string& key, long low, long high) const;
  long integer_or(const std::string& key, long fallback, long low, long high) const;
  bool boolean(const std::string& key) const;
  std::string text(const std::string& key) const;

  /// One of `allowed`, else refused by name; the first of them where the key is absent.
  std::string choice(const std::string& key, const std::vector<std::string>& allowed) const;

  /// A list of numbers; a single number is read as a list of one.
  std::vector<double> numbers(const std::string& key, Bounds bounds = bounds::any) const;
  /// A list of exactly `size` numbers.
  std::vector<double> numbers(const std::string& key, std::size_t size, Bounds bounds = bounds::any) const;
  /// Rows of equal length, at most `largest_side` of them unless the caller allows more.
  std::vector<std::vector<double>> matrix(const std::string& key, Bounds bounds = bounds::any,
                                          std::size_t most_rows = largest_side) const;
  std::vector<std::vector<double>> square_matrix(const std::string& key, Bounds bounds = bounds::any) const;
  std::vector<std::string> texts(const std::string& key) const;

  /// Anything else, for a kind that reads it itself.
  const nlohmann::json& raw(const std::string& key) const;

  /// Keys that are not text and that nothing read: named to the user, as they had no effect.
  std::vector<std::string> unread() const;

 private:
  const nlohmann::json& inputs_;
  mutable std::set<std::string> read_;
};

/// Checks that a number read from within a `raw` value is one, finite and within bounds; `where` names it in the
/// message.
double checked_number(const nlohmann::json& value, const std::string& where, Bounds bounds = bounds::any);

/// Refuses an input by name: "input 'key' <problem> (why). <what to do>".
[[noreturn]] void refuse_input(const std::string& key, const std::string& message);

/// A finite number as itself, anything else as null.
nlohmann::json number_or_null(double value);

/// Sets `prefix + number + suffix` for every usual way to write the number in a name: 0.2 as "0.2", "0_2", "0.20",
/// "0_20"; 100 as "100"; −100 as "minus_100" too.
void set_named(nlohmann::json& object, const std::string& prefix, double number, const nlohmann::json& value,
               const std::string& suffix = "");

}  // namespace parley
