// The columns of /runs, and blocks of rows in them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/bargain/negotiation.hpp"
#include "engine/sweep/record.hpp"
#include "engine/sweep/sink.hpp"

namespace parley {

/// The datasets of /runs for a negotiation, in the order in which `to_block` fills them.
std::vector<Column> run_columns(const Negotiation& negotiation);

/// Rows of consecutive runs as columns; `replicates` is how many runs a cell has.
Block to_block(const Negotiation& negotiation, std::span<const RunRow> rows, std::uint64_t first_run, std::uint32_t replicates);

/// The same in pieces: a block whose runs are numbered and whose fields are zero, and rows that take their place in it.
Block numbered_block(const Negotiation& negotiation, const RowRange& runs, std::uint32_t replicates);
void put_rows(const Negotiation& negotiation, std::span<const RunRow> rows, std::uint64_t first_run, Block& block);

/// The rows that such a block holds; `columns` says in which order, as run_columns or a file gives them.
std::vector<RunRow> rows_of(const Negotiation& negotiation, const std::vector<Column>& columns, const Block& block);

}  // namespace parley
