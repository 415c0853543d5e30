// Runs oracles: entries of inputs and expected values, computed afresh and compared field by field.
//
// A file is a JSON list of objects with `name`, `model` (the kind), `inputs`, `expected`, `tolerance` (absolute, at
// least 0) and `source`; other keys are notes. An expected null is not compared.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/drivers/validate/oracle_registry.hpp"

namespace parley {

struct OracleEntry {
  std::string name, kind, source;
  nlohmann::json inputs, expected;
  double tolerance = 0.0;
};

/// Bytes of a file that are read.
inline constexpr std::size_t largest_oracle_file = std::size_t{16} << 20;

/// Throws InputError naming the file, with line and column where the text is at fault, else with the entry and its key.
std::vector<OracleEntry> read_oracles(const std::string& text, const std::string& file);

struct OracleField {
  std::string field;
  nlohmann::json expected, computed;
  bool pass;
  double difference;  ///< the largest within the field; 0 where only words and truths are compared
};

enum class OracleStatus { passed, failed, unknown };

struct OracleResult {
  OracleEntry entry;
  OracleStatus status = OracleStatus::failed;
  std::vector<OracleField> fields;
  std::string error;                ///< why nothing was computed; empty otherwise
  std::vector<std::string> unread;  ///< inputs that nothing read
};

struct OracleReport {
  std::vector<OracleResult> results;
  std::size_t count(OracleStatus status) const;
  bool all_passed() const { return count(OracleStatus::passed) == results.size(); }
};

OracleReport validate(const std::vector<OracleEntry>& entries, const OracleRegistry& registry);

nlohmann::json report_json(const OracleReport& report);
std::string report_table(const OracleReport& report);

/// The file that ships with this build.
std::string shipped_oracles_text();

}  // namespace parley
