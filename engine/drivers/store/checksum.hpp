// The fingerprint of all that a result holds beside the values of /runs, which `bits` stands for: facts, small tables, the
// numbers of the runs and how the columns of /runs are described.
//
// `checksum` = XXH3-64 over the digests of these parts, eight little-endian bytes each, in byte order of their names
// ("about" and the groups). What writes a result and what reads it back feed the same functions.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/drivers/store/digest.hpp"
#include "engine/sweep/sink.hpp"

namespace parley {

/// Of /about, without the facts `checksum` and `complete`.
NamedDigest digest_of_facts(Facts facts);
/// Of a table, whose columns may come in any order.
NamedDigest digest_of_table(const Table& table);
/// Of /runs: its columns, and the digest of the run numbers as consecutive u64.
NamedDigest digest_of_runs(const std::vector<Column>& columns, std::uint64_t run_numbers);

/// Adds the numbers first, first + 1, … to a digest of run numbers.
void add_numbers(Hasher& hasher, std::uint64_t first, std::uint64_t count);

}  // namespace parley
