#include <fmt/format.h>

#include <cmath>
#include <set>

#include "engine/core/check.hpp"
#include "engine/drivers/validate/validate.hpp"

namespace parley {

namespace {

using nlohmann::json;

constexpr std::size_t most_entries = 100000;
constexpr int deepest = 32;

Place place_at(const std::string& text, std::size_t offset, const std::string& file) {
  Place place{file, 1, 1};
  for (std::size_t k = 0; k < offset && k < text.size(); ++k) {
    ++place.column;
    if (text[k] == '\n') {
      ++place.line;
      place.column = 1;
    }
  }
  return place;
}

/// Where each entry of the outer list begins; refuses deep nesting before any of it is built.
std::vector<std::size_t> scan(const std::string& text, const std::string& file) {
  std::vector<std::size_t> entries;
  int depth = 0;
  bool quoted = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const char c = text[k];
    if (quoted) {
      if (c == '\\')
        ++k;
      else if (c == '"')
        quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '[' || c == '{') {
      if (depth == 1) entries.push_back(k);
      if (++depth > deepest)
        throw input_error(place_at(text, k, file),
                          fmt::format("the file is nested too deeply (more than {} levels). Flatten it", deepest));
    }
    if (c == ']' || c == '}') --depth;
  }
  return entries;
}

/// nlohmann's message without its code and its own count of the position.
std::string reason_of(const json::exception& error) {
  std::string reason = error.what();
  for (const char* mark : {"] ", "column "})
    if (const auto at = reason.find(mark); at != std::string::npos)
      reason = reason.substr(at + std::string(mark).size());
  if (const auto at = reason.find(": "); at != std::string::npos && at < 12) reason = reason.substr(at + 2);
  return reason;
}

json parse(const std::string& text, const std::string& file) {
  std::vector<std::set<std::string>> keys;
  const auto watch = [&](int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second)
      throw input_error({file, 0, 0},
                        fmt::format("the key '{}' stands twice in one object (only one would count). Remove one",
                                    value.get<std::string>().substr(0, 100)));
    return true;
  };
  try {
    return json::parse(text, watch);
  } catch (const json::parse_error& error) {
    throw input_error(place_at(text, error.byte > 0 ? error.byte - 1 : 0, file),
                      fmt::format("this is not JSON ({}). Mend the file", reason_of(error)));
  } catch (const json::exception& error) {
    throw input_error({file, 0, 0},
                      fmt::format("this is not JSON that can be kept ({}). Mend the file", reason_of(error)));
  }
}

/// Says which entry a message is about.
class EntryReader {
 public:
  EntryReader(const json& entry, std::size_t index, Place place)
      : entry_(entry), index_(index), place_(std::move(place)) {
    if (!entry.is_object()) refuse("is not an object (an oracle is {\"name\": ..., \"model\": ...})");
  }

  std::string text(const char* key) const {
    if (!at(key).is_string()) refuse(fmt::format("has a '{}' that is not text", key));
    return at(key).get<std::string>();
  }
  std::string text_or_nothing(const char* key) const { return entry_.contains(key) ? text(key) : std::string(); }

  const json& object(const char* key) const {
    if (!at(key).is_object()) refuse(fmt::format("has '{}' that are not an object", key));
    return at(key);
  }

  double tolerance() const {
    const json& value = at("tolerance");
    const double number = value.is_number() ? value.get<double>() : -1.0;
    if (!(number >= 0.0) || !std::isfinite(number)) refuse("has a 'tolerance' that is not a number of 0 or more");
    if (entry_.contains("tolerance_is") && entry_["tolerance_is"] != "absolute")
      refuse("has a 'tolerance_is' other than \"absolute\" (no other is known)");
    return number;
  }

  [[noreturn]] void refuse(const std::string& problem) const {
    const auto name = entry_.is_object() ? entry_.find("name") : entry_.end();
    const bool named = entry_.is_object() && name != entry_.end() && name->is_string();
    throw input_error(place_, fmt::format("entry {}{} {}. Mend the entry", index_ + 1,
                                          named ? " (" + name->get<std::string>().substr(0, 100) + ")" : "", problem));
  }

 private:
  const json& at(const char* key) const {
    if (!entry_.contains(key)) refuse(fmt::format("has no '{}' (every oracle needs one)", key));
    return entry_.at(key);
  }

  const json& entry_;
  std::size_t index_;
  Place place_;
};

}  // namespace

std::vector<OracleEntry> read_oracles(const std::string& text, const std::string& file) {
  if (text.size() > largest_oracle_file)
    throw input_error({file, 0, 0}, fmt::format("the file is too large ({} bytes; at most {} are read). Split it",
                                                text.size(), largest_oracle_file));
  const std::vector<std::size_t> starts = scan(text, file);
  const json list = parse(text, file);
  if (!list.is_array())
    throw input_error(
        {file, 1, 1},
        "the file is not a list of oracles (its outermost value is something else). Put the entries in [ ... ]");
  if (list.size() > most_entries)
    throw input_error({file, 0, 0}, fmt::format("the file has {} entries (at most {} are read). Split it", list.size(),
                                                most_entries));
  std::vector<OracleEntry> entries;
  for (std::size_t k = 0; k < list.size(); ++k) {
    // Entries that are not objects or lists are not in `starts`; then only the number of the entry is told.
    Place place{file, 0, 0};
    if (starts.size() == list.size()) place = place_at(text, starts[k], file);
    const EntryReader reader(list[k], k, place);
    OracleEntry entry{reader.text("name"),     reader.text("model"),      reader.text_or_nothing("source"),
                      reader.object("inputs"), reader.object("expected"), reader.tolerance()};
    if (entry.expected.empty()) reader.refuse("expects nothing ('expected' is empty)");
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace parley
