// Reads a result in a child process first: a damaged or hostile HDF5 file may crash the library, never this program.
#pragma once

#include <functional>
#include <string>

#include "engine/drivers/store/result_reader.hpp"

namespace parley {

/// What a rehearsal may use up before the file counts as unreadable.
struct RehearsalLimits {
  static constexpr std::uint64_t memory = std::uint64_t{2} << 30;  ///< bytes of address space beyond what is in use
  static constexpr unsigned seconds = 20;                          ///< of processor time, and one for each 20 MB of the file
};

/// Opens `path` and does `reading` in a child process with limits. Throws StoreError where the child crashed or ran into a
/// limit; an error that the reading itself reports is left for the caller to meet. Call it before any thread is started.
void rehearse(const std::string& path, const std::function<void(const ResultReader&)>& reading);

}  // namespace parley
