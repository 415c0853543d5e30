// Reads a result in a child process first: a damaged or hostile HDF5 file may crash the library, never this program.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "engine/drivers/store/result_reader.hpp"

namespace parley {

/// What a rehearsal may use up before the file counts as unreadable.
struct RehearsalLimits {
  std::uint64_t memory = std::uint64_t{2} << 30;  ///< bytes of address space beyond what is in use
  std::chrono::milliseconds time{20000};          ///< of the processor, and a second for each 20 MB of the file
};

/// Opens `path` and does `reading` in a child process with limits. Throws StoreError where the child crashed or ran into a
/// limit, and the error that it met otherwise: after an error, HDF5 may free what it never had, so this process reads only
/// what was read to its end before. `reading` reads all that the caller is going to read. Call it before any thread is started.
void rehearse(const std::string& path, const std::function<void(const ResultReader&)>& reading, const RehearsalLimits& limits = {});

}  // namespace parley
