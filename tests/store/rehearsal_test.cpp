// A file that makes the reader crash costs a child process, not the program.
#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/core/check.hpp"
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

TEST(Rehearsal, AReadingWithoutEndIsEndedAndReported) {
  try {
    rehearse(sound, [](const ResultReader& result) { while (result.complete()) {} }, {.time = std::chrono::milliseconds(50)});
    FAIL() << "an endless reading ended by itself";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("takes longer"), std::string::npos) << error.what();
  }
}

TEST(Rehearsal, ASoundFileIsLeftToTheCaller) {
  EXPECT_NO_THROW(rehearse(sound, [](const ResultReader& result) { static_cast<void>(result.computed_bits()); }));
}

// After an error, HDF5 may free what it never had: what failed in the child must not be tried again.
TEST(Rehearsal, AnErrorOfTheReadingIsThrownHereWithItsWords) {
  std::string here;
  try {
    ResultReader{torn};
  } catch (const StoreError& error) {
    here = error.what() + error.cause();
  }
  try {
    rehearse(torn, [](const ResultReader&) {});
    FAIL() << "an error went unnoticed";
  } catch (const StoreError& error) {
    EXPECT_EQ(error.what() + error.cause(), here);
  }
  try {
    rehearse(sound, [](const ResultReader&) { throw StoreError("It cannot be", ENOSPC); });
    FAIL() << "an error went unnoticed";
  } catch (const StoreError& error) {
    EXPECT_EQ(std::string(error.what()), StoreError("It cannot be", ENOSPC).what());
    EXPECT_EQ(error.system_error(), ENOSPC);
  }
  EXPECT_THROW(rehearse(sound, [](const ResultReader&) { throw UsageError("so"); }), UsageError);
  EXPECT_THROW(rehearse(sound, [](const ResultReader&) { throw InputError("so"); }), InputError);
}

#ifndef PARLEY_SANITIZED  // sanitizers reserve more than any limit
TEST(Rehearsal, AReadingThatTakesTooMuchMemoryIsReported) {
  try {
    rehearse(sound, [](const ResultReader& result) { std::vector<std::string> much(std::size_t{1} << 24, result.path()); }, {.memory = 1u << 26});
    FAIL() << "there was no bound";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("more memory"), std::string::npos) << error.what();
  }
}
#endif

}  // namespace
}  // namespace parley
