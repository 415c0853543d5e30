// Any bytes as a result file: read in a child process first, so that whatever HDF5 does with them ends in a message here.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>

#include <unistd.h>

#include "engine/core/check.hpp"
#include "engine/drivers/store/rehearsal.hpp"
#include "engine/drivers/store/store_error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const std::string path = "/tmp/parley-result-fuzz-" + std::to_string(getpid()) + ".h5";
  if (std::FILE* file = std::fopen(path.c_str(), "wb")) {
    std::fwrite(data, 1, size, file);
    std::fclose(file);
  }
  const auto read_all = [](const ResultReader& result) {
    for (const std::string& group : result.groups())
      if (group != "runs") static_cast<void>(result.read_table(group));
    if (result.has("runs")) static_cast<void>(result.computed_bits());
  };
  try {
    rehearse(path, read_all);
    read_all(ResultReader(path));
  } catch (const StoreError&) {
  } catch (const InputError&) {
  }
  std::remove(path.c_str());
  return 0;
}
