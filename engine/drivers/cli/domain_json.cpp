#include "engine/drivers/cli/domain_json.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "engine/analysis/text_file.hpp"
#include "engine/core/check.hpp"

namespace parley {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t most_bytes = TextLimits::domain;
constexpr int deepest = 32;

/// One value of a file, with the way that leads to it for messages.
class Node {
 public:
  Node(const Json& value, std::string file, std::string path)
      : value_(value), file_(std::move(file)), path_(std::move(path)) {}

  [[noreturn]] void refuse(const std::string& message) const {
    throw input_error({.file = file_}, (path_.empty() ? std::string("the file") : path_) + " " + message);
  }
  const Json& json() const { return value_; }

  void expect_object() const {
    if (!value_.is_object()) refuse("is not an object. Write {\"…\": …} there.");
  }
  bool has(const std::string& key) const { return value_.contains(key) && !value_[key].is_null(); }
  Node at(const std::string& key) const {
    expect_object();
    if (!has(key)) refuse("has no " + in_quotes(key) + ". Add it.");
    return {value_[key], file_, path_.empty() ? key : path_ + "." + key};
  }
  Node at(std::size_t index) const { return {value_[index], file_, path_ + "[" + std::to_string(index) + "]"}; }
  /// Refuses a key that nothing reads.
  void allow(std::initializer_list<const char*> keys) const {
    expect_object();
    for (const auto& [key, unused] : value_.items())
      if (std::none_of(keys.begin(), keys.end(), [&key = key](const char* known) { return key == known; })) {
        std::string list;
        for (const char* known : keys) list += (list.empty() ? "" : ", ") + std::string(known);
        refuse("has the key " + in_quotes(key) + " that nothing reads (" + list + " are read). Remove or rename it.");
      }
  }
  double number() const {
    if (!value_.is_number()) refuse("is not a number. Write one, without quotes.");
    const double number = value_.get<double>();
    if (!std::isfinite(number)) refuse("is not a finite number. Write a smaller one.");
    return number;
  }
  std::string text() const {
    if (!value_.is_string()) refuse("is not text. Put it in quotes.");
    return value_.get<std::string>();
  }
  std::size_t list_size() const {
    if (!value_.is_array()) refuse("is not a list. Write [ … ] there.");
    return value_.size();
  }

 private:
  const Json& value_;
  std::string file_, path_;
};

Place place_of_byte(std::string_view text, std::size_t byte, const std::string& file) {
  const std::string_view before = text.substr(0, std::min(byte == 0 ? 0 : byte - 1, text.size()));
  const std::size_t line_begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {.file = file,
          .line = static_cast<unsigned>(std::count(before.begin(), before.end(), '\n')) + 1,
          .column = static_cast<unsigned>(before.size() - line_begin) + 1};
}

/// Parses strictly: no key twice in an object, no deeper than `deepest`.
Json parse_json(std::string_view text, const std::string& file) {
  if (text.size() > most_bytes)
    throw input_error({.file = file}, "is larger than " + std::to_string(most_bytes) +
                                          " bytes (the limit for a domain or profile). Shorten it.");
  std::vector<std::set<std::string>> keys;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if (depth > deepest)
      throw input_error({.file = file}, "is nested deeper than " + std::to_string(deepest) +
                                            " levels (no domain or profile is). Mend the brackets.");
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end) keys.pop_back();
    if (event == Event::key && !keys.back().insert(parsed.get<std::string>()).second)
      throw input_error({.file = file}, "has the key " + in_quotes(parsed.get<std::string>()) +
                                            " twice in one object (which one counts?). Remove one.");
    return true;
  };
  try {
    return Json::parse(text.begin(), text.end(), watch);
  } catch (const Json::parse_error& error) {
    throw input_error(place_of_byte(text, error.byte, file),
                      "is not valid JSON here (a comma, quote or bracket is missing or too many). Mend it.");
  } catch (const Json::exception& error) {
    throw input_error({.file = file},
                      "holds a value that cannot be read (" + std::string(error.what()) + "). Mend it.");
  }
}

saop::Issue issue_of(const std::string& name, const Node& node) {
  node.expect_object();
  if (node.has("values") == node.has("range")) node.refuse("needs either values or range. Give one of them.");
  node.allow({"values", "range"});
  if (node.has("values")) {
    const Node values = node.at("values");
    const std::size_t count = values.list_size();
    if (count > saop::Issue::max_levels)
      values.refuse("has more than " + std::to_string(saop::Issue::max_levels) + " entries. Merge some.");
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back(values.at(i).text());
    return saop::Issue::discrete(name, std::move(names));
  }
  const Node range = node.at("range");
  if (range.list_size() != 3) range.refuse("must be [low, high, step]. Give three numbers.");
  return saop::Issue::numeric(name, range.at(0).number(), range.at(1).number(), range.at(2).number());
}

saop::Domain domain_of(const Node& root, const std::string& file) {
  root.allow({"name", "issuesValues"});
  const Node issues = root.at("issuesValues");
  issues.expect_object();
  if (issues.json().size() > saop::Domain::max_issues)
    issues.refuse("has " + std::to_string(issues.json().size()) + " issues (at most " +
                  std::to_string(saop::Domain::max_issues) + "). Merge or drop some.");
  try {
    std::vector<saop::Issue> list;
    for (const auto& [name, unused] : issues.json().items()) list.push_back(issue_of(name, issues.at(name)));
    return {root.at("name").text(), std::move(list)};
  } catch (const InputError& error) {
    const std::string message = error.what();
    throw message.rfind(file + ":", 0) == 0 ? error : input_error({.file = file}, message);
  }
}

bool same(const saop::Domain& a, const saop::Domain& b) {
  const auto same_issue = [](const saop::Issue& x, const saop::Issue& y) {
    return x.name() == y.name() && x.values() == y.values() && x.low() == y.low() && x.high() == y.high() &&
           x.step() == y.step();
  };
  if (a.size() != b.size()) return false;
  return std::all_of(a.issues().begin(), a.issues().end(), [&](const saop::Issue& issue) {
    return std::any_of(b.issues().begin(), b.issues().end(),
                       [&](const saop::Issue& other) { return same_issue(issue, other); });
  });
}

/// Where a value of the file stands on an issue, 0 to 1.
double place_of(const Node& node, const saop::Issue& issue) {
  if (issue.is_discrete()) {
    const std::string value = node.text();
    const auto at = std::find(issue.values().begin(), issue.values().end(), value);
    if (at == issue.values().end())
      node.refuse("is " + in_quotes(value) + ", no value of issue " + in_quotes(issue.name()) +
                  ". Choose one of its values.");
    return issue.place_of(static_cast<std::size_t>(at - issue.values().begin()));
  }
  const double number = node.number();
  if (number < issue.low() || number > issue.high())
    node.refuse("lies outside the range of issue " + in_quotes(issue.name()) + ". Choose a number within.");
  return issue.high() > issue.low() ? (number - issue.low()) / (issue.high() - issue.low()) : 0.0;
}

std::vector<double> discrete_utilities(const Node& node, const saop::Issue& issue) {
  if (!issue.is_discrete())
    node.refuse("is for named values, but issue " + in_quotes(issue.name()) + " is a range. Use numberutils.");
  node.allow({"valueUtilities"});
  const Node table = node.at("valueUtilities");
  std::vector<double> utilities;
  for (const std::string& value : issue.values()) utilities.push_back(table.at(value).number());
  if (table.json().size() != utilities.size())
    table.refuse("has values that issue " + in_quotes(issue.name()) + " has not. Remove them.");
  return utilities;
}

std::vector<double> number_utilities(const Node& node, const saop::Issue& issue) {
  if (issue.is_discrete())
    node.refuse("is for a range, but issue " + in_quotes(issue.name()) + " has named values. Use discreteutils.");
  node.allow({"lowValue", "lowUtility", "highValue", "highUtility"});
  const double low = node.at("lowValue").number(), high = node.at("highValue").number();
  const double low_utility = node.at("lowUtility").number(), high_utility = node.at("highUtility").number();
  if (low > issue.low() || high < issue.high() || !(low < high))
    node.refuse("does not span the range of issue " + in_quotes(issue.name()) + ". Give its low and high value.");
  const std::size_t count = issue.is_continuous() ? 2 : issue.levels();
  std::vector<double> utilities;
  for (std::size_t i = 0; i < count; ++i) {
    const double value = issue.number_at(count < 2 ? 0.0 : static_cast<double>(i) / static_cast<double>(count - 1));
    utilities.push_back(low_utility + (value - low) / (high - low) * (high_utility - low_utility));
  }
  return utilities;
}

/// The utilities of an issue under any of the names that stand for them.
std::vector<double> utilities_of(const Node& node, const saop::Issue& issue) {
  node.expect_object();
  if (node.json().size() == 1)
    for (const char* name : {"discreteutils", "DiscreteValueSetUtilities"})
      if (node.has(name)) return discrete_utilities(node.at(name), issue);
  if (node.json().size() == 1)
    for (const char* name : {"numberutils", "NumberValueSetUtilities"})
      if (node.has(name)) return number_utilities(node.at(name), issue);
  node.refuse("must hold discreteutils or numberutils, and nothing else. Give the one that fits the issue.");
}

/// One entry an issue, and none for an issue that is not there.
void expect_all_issues(const Node& node, const saop::Domain& domain) {
  node.expect_object();
  for (const saop::Issue& issue : domain.issues()) node.at(issue.name());
  if (node.json().size() != domain.size()) node.refuse("has issues that the domain has not. Remove them.");
}

saop::Additive additive_of(const Node& node, const saop::Domain& domain) {
  node.allow({"name", "domain", "issueUtilities", "issueWeights", "reservationBid", "reservationUtility"});
  const Node utilities = node.at("issueUtilities"), weights = node.at("issueWeights");
  expect_all_issues(utilities, domain);
  expect_all_issues(weights, domain);
  saop::Additive form;
  for (const saop::Issue& issue : domain.issues()) {
    form.weights.push_back(weights.at(issue.name()).number());
    form.values.push_back(utilities_of(utilities.at(issue.name()), issue));
  }
  return form;
}

std::size_t issue_number(const Node& node, const saop::Domain& domain) {
  const std::string name = node.text();
  for (std::size_t k = 0; k < domain.size(); ++k)
    if (domain.issues()[k].name() == name) return k;
  node.refuse("names " + in_quotes(name) + ", no issue of the domain. Choose one of its issues.");
}

saop::Quadratic quadratic_of(const Node& node, const saop::Domain& domain) {
  node.allow({"name", "domain", "ideal", "saliences", "linkages", "reservationBid", "reservationUtility"});
  const Node ideal = node.at("ideal"), saliences = node.at("saliences");
  expect_all_issues(ideal, domain);
  expect_all_issues(saliences, domain);
  const std::size_t n = domain.size();
  saop::Quadratic form{.ideal = {}, .matrix = std::vector<double>(n * n, 0.0)};
  for (std::size_t k = 0; k < n; ++k) {
    const saop::Issue& issue = domain.issues()[k];
    form.ideal.push_back(place_of(ideal.at(issue.name()), issue));
    form.matrix[k * n + k] = saliences.at(issue.name()).number();
  }
  if (!node.has("linkages")) return form;
  const Node linkages = node.at("linkages");
  const std::size_t count = linkages.list_size();
  for (std::size_t i = 0; i < count; ++i) {
    const Node linkage = linkages.at(i);
    linkage.allow({"issues", "value"});
    const Node pair = linkage.at("issues");
    if (pair.list_size() != 2) pair.refuse("must name two issues. Give two.");
    const std::size_t a = issue_number(pair.at(std::size_t{0}), domain),
                      b = issue_number(pair.at(std::size_t{1}), domain);
    if (a == b || form.matrix[a * n + b] != 0)
      pair.refuse("links an issue with itself, or a pair that is linked already. Give each pair once.");
    form.matrix[a * n + b] = form.matrix[b * n + a] = linkage.at("value").number();
  }
  return form;
}

double reservation_of(const Node& node, const saop::Domain& domain, const saop::Profile& profile) {
  if (node.has("reservationUtility")) {
    if (node.has("reservationBid"))
      node.refuse("has both reservationBid and reservationUtility (which one counts?). Remove one.");
    return node.at("reservationUtility").number();
  }
  if (!node.has("reservationBid") || node.at("reservationBid").json().empty()) return 0.0;
  const Node bid = node.at("reservationBid");
  bid.allow({"issuevalues"});
  const Node values = bid.at("issuevalues");
  if (values.json().is_object() && values.json().empty()) return 0.0;
  expect_all_issues(values, domain);
  saop::Point point;
  for (const saop::Issue& issue : domain.issues()) point.push_back(place_of(values.at(issue.name()), issue));
  return profile.utility(point);
}

}  // namespace

saop::Domain parse_domain(std::string_view text, const std::string& file) {
  const Json json = parse_json(text, file);
  return domain_of({json, file, ""}, file);
}

saop::Domain read_domain(const std::string& path) { return parse_domain(read_text_file(path, most_bytes), path); }

saop::Profile parse_profile(std::string_view text, const std::string& file, const saop::Domain& domain) {
  const Json json = parse_json(text, file);
  const Node root(json, file, "");
  root.expect_object();
  const bool quadratic = root.has("QuadraticUtilitySpace");
  if (json.size() != 1 || (!quadratic && !root.has("LinearAdditiveUtilitySpace")))
    root.refuse(
        "must hold one LinearAdditiveUtilitySpace or QuadraticUtilitySpace (other kinds of profile are not read). Give "
        "one of the two.");
  const Node node = root.at(quadratic ? "QuadraticUtilitySpace" : "LinearAdditiveUtilitySpace");
  node.expect_object();
  if (node.has("domain") && !same(domain_of(node.at("domain"), file), domain))
    node.at("domain").refuse(
        "is not the domain that is negotiated (issues or values differ). Use a profile of this domain.");
  const std::string name = node.at("name").text();
  try {
    saop::Profile profile = quadratic ? saop::Profile(name, domain, quadratic_of(node, domain))
                                      : saop::Profile(name, domain, additive_of(node, domain));
    profile.set_reservation(reservation_of(node, domain, profile));
    return profile;
  } catch (const InputError& error) {
    const std::string message = error.what();
    throw message.rfind(file + ":", 0) == 0 ? error : input_error({.file = file}, message);
  }
}

saop::Profile read_profile(const std::string& path, const saop::Domain& domain) {
  return parse_profile(read_text_file(path, most_bytes), path, domain);
}

}  // namespace parley
