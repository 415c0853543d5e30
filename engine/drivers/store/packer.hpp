// Turns blocks of rows into the bytes that HDF5 chunks hold, and back.
//
// Filters: HDF5's shuffle (all first bytes of the values, then all second bytes, …), then a zlib stream (RFC 1950).
// Any valid stream may stand in a gzip chunk, so byte planes are treated as suits them: the low bytes of a mantissa are
// noise and are stored as they are, the rest is coded.
#pragma once

#include "engine/drivers/store/layout.hpp"

namespace parley {

/// Also makes NaNs canonical. Throws StoreError where the block is not of these columns.
PackedBlock pack_block(const std::vector<Column>& columns, Block block, Compression compression);

/// The rows again. Throws StoreError where the bytes are not those that were packed.
Block unpack_block(const std::vector<Column>& columns, const PackedBlock& block, Compression compression);

/// Whether a block still holds the raw bytes: one that was read back holds the stored ones only.
bool has_raw(const PackedBlock& block, Compression compression);
/// Gives them to it, checked as `unpack_block` does.
void restore_raw(const std::vector<Column>& columns, PackedBlock& block, Compression compression);

/// The most bytes that a packed column of this size can take.
std::uint64_t packed_bound(std::uint64_t raw_bytes);

}  // namespace parley
