// A file that makes the reader crash costs a child process, not the program.
#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/drivers/store/rehearsal.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

const std::string sound = PARLEY_SOURCE_DIR "/tests/fuzz/corpus/result/small.h5";
const std::string torn = PARLEY_SOURCE_DIR "/tests/fuzz/corpus/result/torn.h5";

TEST(Rehearsal, ACrashIsReportedInWords) {
  try {
    rehearse(sound, [](const ResultReader&) { std::abort(); });
    FAIL() << "a crash went unnoticed";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("it is damaged"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find(sound), std::string::npos) << error.what();
  }
}

TEST(Rehearsal, ASoundFileAndAnErrorInWordsAreLeftToTheCaller) {
  EXPECT_NO_THROW(rehearse(sound, [](const ResultReader& result) { static_cast<void>(result.computed_bits()); }));
  EXPECT_NO_THROW(rehearse(torn, [](const ResultReader&) {}));
  EXPECT_THROW(ResultReader{torn}, StoreError);
}

}  // namespace
}  // namespace parley
