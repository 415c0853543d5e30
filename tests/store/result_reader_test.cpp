// Files that are no results, or not whole ones: always a message. (What HDF5 itself makes of hostile files is another
// matter, for a process of its own.)
#include "engine/drivers/store/result_reader.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "engine/drivers/store/store_error.hpp"
#include "tests/store/sample.hpp"

namespace parley {
namespace {

void expect_refused(const std::string& path) {
  try {
    const ResultReader reader(path);
    if (reader.complete() && reader.computed_bits() == reader.stored_bits()) ADD_FAILURE() << path << " passed";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find(path), std::string::npos) << error.what();
  }
}

TEST(ResultReader, FilesThatAreNone) {
  const sample::Folder folder;
  expect_refused(folder / "nothing.h5");
  expect_refused(folder.path());
  std::ofstream(folder / "empty.h5");
  expect_refused(folder / "empty.h5");
  std::ofstream(folder / "text.h5") << "run,scenario\n1,stalemate\n";
  expect_refused(folder / "text.h5");
}

TEST(ResultReader, TruncatedFiles) {
  const sample::Folder folder;
  sample::write_file(folder / "a.h5", 2000);
  std::ifstream file(folder / "a.h5", std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(file), {}};
  for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 97) {
    std::ofstream(folder / "b.h5", std::ios::binary) << whole.substr(0, size);
    expect_refused(folder / "b.h5");
  }
}

/// Makes a file with h5py, altered by a line of Python on `f`.
bool altered(const std::string& from, const std::string& to, const std::string& python) {
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
  return std::system(("/usr/bin/python3 -c \"import h5py, numpy as np; f = h5py.File('" + to + "', 'a'); " + python +
                      "; f.close()\" 2>/dev/null")
                         .c_str()) == 0;
}

TEST(ResultReader, RefusesFilesOfAnotherShape) {
  const sample::Folder folder;
  sample::write_file(folder / "a.h5", 2000);
  if (!altered(folder / "a.h5", folder / "b.h5", "pass")) GTEST_SKIP() << "needs /usr/bin/python3 with h5py";
  for (const char* change : {
           "del f['about']",
           "f['about'].attrs['seed'] = np.arange(5)",
           "del f['runs/run']",
           "del f['runs/issue']",
           "f['runs/more'] = np.zeros(1999)",
           "f['runs/more'] = np.zeros(2000, 'i2')",
           "f['runs/more'] = np.zeros((2000, 2, 2))",
           "f['runs/more'] = np.zeros((2000, 3))",
           "f['runs/more'] = 5",
           "f.create_group('runs/more')",
           "f['runs/more'] = h5py.SoftLink('/runs/front')",
           "f['runs/more'] = h5py.ExternalLink('other.h5', '/runs/front')",
           "f.create_dataset('runs/more', (2000,), 'f4', data=np.zeros(2000), compression='lzf')",
           "f.create_dataset('runs/more', (2000,), 'f4', data=np.zeros(2000), chunks=(2000,), fletcher32=True)",
           "[f['runs'].pop(k) for k in list(f['runs'])]; d = f.create_dataset('runs/run', (2**60,), 'u8', "
           "chunks=(2**20,)); "
           "d.make_scale('run')",
           "[f['runs'].pop(k) for k in list(f['runs'])]; d = f.create_dataset('runs/run', (1,), 'u8', chunks=(2**28,), "
           "maxshape=(None,)); d.make_scale('run')",
       }) {
    ASSERT_TRUE(altered(folder / "a.h5", folder / "b.h5", change)) << change;
    try {
      const ResultReader reader(folder / "b.h5");
      ADD_FAILURE() << "passed: " << change;
    } catch (const StoreError& error) {
      EXPECT_NE(std::string(error.what()).find(folder / "b.h5"), std::string::npos) << error.what();
    }
  }
}

TEST(ResultReader, TellsFilesThatAreNotWhole) {
  const sample::Folder folder;
  sample::write_file(folder / "a.h5", 2000);
  if (!altered(folder / "a.h5", folder / "b.h5", "pass")) GTEST_SKIP() << "needs /usr/bin/python3 with h5py";
  for (const char* change : {"f['about'].attrs['complete'] = 0", "del f['about'].attrs['complete']",
                             "f['about'].attrs['rows'] = np.uint64(1999)"}) {
    ASSERT_TRUE(altered(folder / "a.h5", folder / "b.h5", change)) << change;
    EXPECT_FALSE(ResultReader(folder / "b.h5").complete()) << change;
  }
  for (const char* change : {"f['about'].attrs['bits'] = '0000000000000000'", "del f['runs/front']",
                             "f['runs/front'][7] = 2.0", "f.move('runs/front', 'runs/back')"}) {
    ASSERT_TRUE(altered(folder / "a.h5", folder / "b.h5", change)) << change;
    const ResultReader reader(folder / "b.h5");
    EXPECT_NE(reader.computed_bits(), reader.stored_bits()) << change;
  }
}

TEST(ResultReader, MovesAndLivesOn) {
  const sample::Folder folder;
  const std::string bits = sample::write_file(folder / "a.h5", 500);
  ResultReader first(folder / "a.h5");
  const ResultReader second(std::move(first));
  EXPECT_EQ(second.computed_bits(), bits);
}

}  // namespace
}  // namespace parley
