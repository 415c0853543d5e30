#include "engine/drivers/cli/provenance.hpp"

#include "build_facts.hpp"  // generated: PARLEY_VERSION, PARLEY_COMMIT, PARLEY_FLAGS

namespace parley {

std::string program_version() { return PARLEY_VERSION; }
std::string program_commit() { return PARLEY_COMMIT; }
std::string program_flags() { return PARLEY_FLAGS; }

std::string program_compiler() {
#if defined(__clang__)
  return "clang " + std::to_string(__clang_major__) + "." + std::to_string(__clang_minor__) + "." + std::to_string(__clang_patchlevel__);
#elif defined(__GNUC__)
  return "g++ " + std::to_string(__GNUC__) + "." + std::to_string(__GNUC_MINOR__) + "." + std::to_string(__GNUC_PATCHLEVEL__);
#else
  return "unknown";
#endif
}

}  // namespace parley
