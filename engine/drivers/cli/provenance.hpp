// What made a result: version, commit, compiler and flags of this program.
#pragma once

#include <string>

namespace parley {

std::string program_version();
std::string program_commit();  ///< "unknown" where the program was not built from a repository
std::string program_compiler();
std::string program_flags();

}  // namespace parley
