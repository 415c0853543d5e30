// What makes two results the same, and what a result file tells of its making.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/drivers/cli/run_report.hpp"
#include "engine/drivers/store/result_reader.hpp"

namespace parley {

/// XXH3-64 of the resolved configuration, 16 hex digits.
std::string configuration_hash(const Config& config);

/// Equal facts mean equal rows: hash, seed, runs, what is stored, shard, stopping rule and version.
Facts identity_of(const Plan& plan, const std::string& store, const std::string& shard, const std::optional<double>& until);

/// Provenance beside the identity: configuration text, --set, commit, compiler, flags, command, costs.
Facts about_of(const Plan& plan, const RunCosts& costs, const std::string& kernel, const std::vector<std::string>& arguments);

RunCosts costs_of(const ResultReader& reader);
Refusals refusals_in(const ResultReader& reader, const Negotiation& negotiation);

/// The configuration that a result was made from, read again from its own text.
Config config_in(const ResultReader& reader);


/// True for a name that ends as result files do; anything else is taken for a configuration.
bool is_result_name(const std::string& path);

}  // namespace parley
