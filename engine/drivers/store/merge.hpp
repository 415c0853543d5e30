// Joins the shards of a run into the one result that a single run would have given.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/drivers/store/file.hpp"
#include "engine/drivers/store/layout.hpp"
#include "engine/sweep/sink.hpp"

namespace parley {

/// The fact of a result's identity that says which part it is, "2/7"; the whole is "1/1".
inline constexpr const char* shard_fact = "shard";

struct MergeOptions {
  std::string out;
  std::vector<std::string> inputs;
  Replace replace = Replace::no;
  Compression compression = Compression::gzip;
  /// Makes /about and the tables of the whole from the files of the shards, which come in the order of their parts.
  std::function<Closing(const std::vector<std::string>&)> close;
};

/// Copies the rows of all shards, where they keep rows, into a new result. Throws StoreError, naming the file, where a shard is missing,
/// doubled, incomplete, damaged or of another run.
Finished merge_results(const MergeOptions& options);

}  // namespace parley
