#include "engine/drivers/validate/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

#include "engine/core/check.hpp"

namespace parley {

namespace {

using nlohmann::json;

struct Comparison {
  bool pass = true;
  double difference = 0.0;
};

void compare(const json& expected, const json* computed, double tolerance, Comparison& result) {
  if (expected.is_null()) return;
  const auto fail = [&] { result.pass = false; };
  if (computed == nullptr) return fail();
  if (expected.is_number()) {
    if (!computed->is_number()) return fail();
    const double difference = std::abs(computed->get<double>() - expected.get<double>());
    result.difference = std::max(result.difference, difference);
    if (!(difference <= tolerance)) fail();
  } else if (expected.is_array()) {
    if (!computed->is_array() || computed->size() != expected.size()) return fail();
    for (std::size_t k = 0; k < expected.size(); ++k) compare(expected[k], &(*computed)[k], tolerance, result);
  } else if (expected.is_object()) {
    if (!computed->is_object()) return fail();
    for (const auto& [key, value] : expected.items()) {
      const auto found = computed->find(key);
      compare(value, found == computed->end() ? nullptr : &*found, tolerance, result);
    }
  } else if (expected != *computed) {
    fail();
  }
}

OracleResult judge(const OracleEntry& entry, const OracleRegistry& registry) {
  OracleResult result{entry, OracleStatus::failed, {}, {}, {}};
  const OracleFunction* compute = registry.find(entry.kind);
  if (compute == nullptr) {
    result.status = OracleStatus::unknown;
    result.error = fmt::format("the kind '{}' is not known (the nearest known is '{}'). Correct 'model'", entry.kind,
                               registry.nearest(entry.kind));
    return result;
  }
  json computed;
  try {
    const OracleInputs inputs(entry.inputs);
    computed = (*compute)(inputs);
    result.unread = inputs.unread();
  } catch (const InputError& error) {
    result.error = error.what();
  } catch (const std::bad_alloc&) {
    result.error = "the inputs ask for more memory than there is (a size is too large). Lower it";
  }
  bool all = result.error.empty();
  for (const auto& [field, expected] : entry.expected.items()) {
    const auto found = computed.is_object() ? computed.find(field) : computed.end();
    const bool exists = computed.is_object() && found != computed.end();
    Comparison comparison;
    compare(expected, exists ? &*found : nullptr, entry.tolerance, comparison);
    all = all && comparison.pass;
    result.fields.push_back(
        {field, expected, exists ? *found : json(), comparison.pass && result.error.empty(), comparison.difference});
  }
  if (all) result.status = OracleStatus::passed;
  return result;
}

/// A value in the width of a column: numbers to twelve digits, anything longer cut.
std::string cell(const json& value, std::size_t width) {
  std::string text = value.is_number_float() ? fmt::format("{:.12g}", value.get<double>())
                                             : value.dump(-1, ' ', true, json::error_handler_t::replace);
  if (text.size() > width) text = text.substr(0, width - 3) + "...";
  return text;
}

std::string clipped(std::string text, std::size_t width) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 32; }, ' ');
  if (text.size() <= width) return text;
  std::size_t end = width - 3;  // never in the middle of a letter of several bytes
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

const char* status_text(OracleStatus status) {
  switch (status) {
    case OracleStatus::passed:
      return "pass";
    case OracleStatus::failed:
      return "FAIL";
    case OracleStatus::unknown:
      return "UNKNOWN";
  }
  return "";
}

}  // namespace

std::size_t OracleReport::count(OracleStatus status) const {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [&](const OracleResult& r) { return r.status == status; }));
}

OracleReport validate(const std::vector<OracleEntry>& entries, const OracleRegistry& registry) {
  OracleReport report;
  for (const OracleEntry& entry : entries) report.results.push_back(judge(entry, registry));
  return report;
}

json report_json(const OracleReport& report) {
  json results = json::array();
  for (const OracleResult& r : report.results) {
    json fields = json::array();
    for (const OracleField& f : r.fields)
      fields.push_back({{"field", f.field},
                        {"expected", f.expected},
                        {"computed", f.computed},
                        {"difference", number_or_null(f.difference)},
                        {"pass", f.pass}});
    json result{
        {"name", r.entry.name},        {"model", r.entry.kind},          {"pass", r.status == OracleStatus::passed},
        {"fields", std::move(fields)}, {"tolerance", r.entry.tolerance}, {"source", r.entry.source}};
    if (!r.error.empty()) result["error"] = r.error;
    if (!r.unread.empty()) result["unread_inputs"] = r.unread;
    results.push_back(std::move(result));
  }
  return {{"passed", report.count(OracleStatus::passed)},
          {"failed", report.count(OracleStatus::failed)},
          {"unknown", report.count(OracleStatus::unknown)},
          {"results", std::move(results)}};
}

std::string report_table(const OracleReport& report) {
  constexpr const char* row = "{:<34} {:<30} {:>26} {:>26} {:>10} {:>9} {:<7} {}\n";
  std::string table = fmt::format(fmt::runtime(row), "name", "field", "computed", "expected", "difference", "tolerance",
                                  "pass", "source");
  for (const OracleResult& r : report.results) {
    std::string name = clipped(r.entry.name, 34);
    for (const OracleField& f : r.fields) {
      table += fmt::format(fmt::runtime(row), name, clipped(f.field, 30), cell(f.computed, 26), cell(f.expected, 26),
                           fmt::format("{:.1e}", f.difference), fmt::format("{:.0e}", r.entry.tolerance),
                           r.status == OracleStatus::unknown ? "UNKNOWN"
                           : f.pass                          ? "pass"
                                                             : "FAIL",
                           name.empty() ? "" : clipped(r.entry.source, 60));
      name.clear();
    }
    if (!r.error.empty())
      table += fmt::format("{:<34} {}: {}\n", clipped(r.entry.name, 34), status_text(r.status), clipped(r.error, 400));
    for (const std::string& key : r.unread)
      table += fmt::format("{:<34} note: the input '{}' has no effect on this kind\n", clipped(r.entry.name, 34),
                           clipped(key, 60));
  }
  return table + fmt::format("{} passed, {} failed, {} unknown\n", report.count(OracleStatus::passed),
                             report.count(OracleStatus::failed), report.count(OracleStatus::unknown));
}

}  // namespace parley
