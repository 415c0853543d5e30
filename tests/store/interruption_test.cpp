// What the store keeps when a run is killed, the disk is full, or a folder is in the way.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <functional>

#include "engine/drivers/store/file_sink.hpp"
#include "engine/drivers/store/packer.hpp"
#include "engine/drivers/store/result_file.hpp"
#include "engine/drivers/store/result_reader.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/store/sample.hpp"

/// What a user may still write, as a file system with a quota would count it; nobody has one until a test sets it.
static std::atomic<std::int64_t> quota_left{INT64_MAX};

/// Stands before the C library's, for the store and for HDF5 alike.
extern "C" ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
  if (quota_left != INT64_MAX && (quota_left -= static_cast<std::int64_t>(count)) < 0) {
    quota_left = 0;
    errno = EDQUOT;
    return -1;
  }
  return ::syscall(SYS_pwrite64, file, bytes, count, at);
}
extern "C" int fallocate(int file, int mode, off_t at, off_t length) {
  if (quota_left != INT64_MAX) {
    errno = EOPNOTSUPP;  // so that HDF5 meets the limit itself
    return -1;
  }
  return static_cast<int>(::syscall(SYS_fallocate, file, mode, at, length));
}

namespace parley {
namespace {

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const StoreError& error) {
    return error.what();
  }
  return "no error";
}

void expect_in(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' is not in: " << text;
}

bool covers(const std::vector<RowRange>& present, std::uint64_t row) {
  return std::any_of(present.begin(), present.end(),
                     [&](const RowRange& range) { return range.first <= row && row < range.end(); });
}

/// As `parley run` asks for them: the result grows beside the journal.
FileSinkOptions resuming(const std::string& path, std::uint64_t rows, std::uint32_t block_rows) {
  FileSinkOptions options = sample::options(path, block_rows);
  options.expected_rows = rows;
  options.expected = Expected::exactly;
  options.partial = Partial::resume;
  return options;
}

/// Writes what is missing of rows [0, rows) and finishes.
std::string resume(const std::string& path, std::uint64_t rows, std::uint32_t block_rows) {
  FileSink sink(resuming(path, rows, block_rows));
  const std::vector<RowRange> present = sink.present();
  for (std::uint64_t first = 0; first < rows; first += block_rows) {
    if (!covers(present, first)) sink.write(sink.pack(sample::block(first, block_rows)));
  }
  return *sink.finish(sample::closing()).bits;
}

bool has_ended(pid_t child) {
  siginfo_t state{};
  return ::waitid(P_PID, static_cast<id_t>(child), &state, WEXITED | WNOHANG | WNOWAIT) == 0 && state.si_pid == child;
}

/// Runs in a child process, killed that many microseconds after it began, or after `begun`; gives its wait status.
int in_child(const std::function<void()>& action, useconds_t kill_after = 0, const std::function<bool()>& begun = {}) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      action();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      ::_exit(1);
    }
    ::_exit(0);
  }
  if (kill_after != 0) {
    while (begun && !begun() && !has_ended(child)) ::usleep(100);
    ::usleep(kill_after);
    ::kill(child, SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

/// Kills the action at a moment drawn from its own length, which is measured here: machines differ, and so do their
/// moods. Where the action was done first, it is undone and an earlier moment is tried.
void kill_at_a_moment(unsigned draw, useconds_t length, const std::function<void()>& action,
                      const std::function<void()>& undo, const std::function<bool()>& begun) {
  for (useconds_t moment = 1 + sample::mix(draw) % length;; moment = 1 + moment * 3 / 4) {
    const int status = in_child(action, moment, begun);
    if (WIFSIGNALED(status)) return;
    ASSERT_EQ(status, 0);
    undo();
  }
}

TEST(Interruption, KilledAtAnyMomentResumesToTheSame) {
  const sample::Folder folder;
  constexpr std::uint64_t rows = 40000;
  constexpr std::uint32_t block_rows = 500;
  const std::string expected = sample::write_file(folder / "whole.h5", rows, block_rows);
  const auto started = std::chrono::steady_clock::now();
  ASSERT_EQ(in_child([&] { resume(folder / "timed.h5", rows, block_rows); }), 0);
  const std::chrono::duration<double, std::micro> length = std::chrono::steady_clock::now() - started;
  int with_rows = 0;
  for (unsigned attempt = 0; attempt < 50; ++attempt) {
    const std::string path = folder / ("a" + std::to_string(attempt) + ".h5");
    const auto has_rows = [&] { return exists(journal_of(path)) && std::filesystem::file_size(journal_of(path)) > 50000; };
    // Four in five are counted from its first rows.
    kill_at_a_moment(attempt, static_cast<useconds_t>(length.count()) + 1, [&] { resume(path, rows, block_rows); },
                     [&] { std::filesystem::remove(path); }, attempt % 5 == 0 ? std::function<bool()>() : has_rows);
    if (!exists(path)) {
      with_rows += has_rows();
      ASSERT_EQ(resume(path, rows, block_rows), expected);
    }
    const ResultReader reader(path);
    ASSERT_TRUE(reader.complete());
    ASSERT_EQ(reader.stored_bits(), expected);
    ASSERT_EQ(reader.computed_bits(), expected);
    ASSERT_FALSE(exists(path + ".tmp"));
    std::filesystem::remove(path);
  }
  EXPECT_GT(with_rows, 10) << "the moments miss the writing of rows";
}

TEST(Interruption, ReadsBackWhatAnInterruptedRunLeft) {
  const sample::Folder folder;
  {
    FileSink sink(sample::options(folder / "a.h5"));
    sink.write(sink.pack(sample::block(1000, 1000)));
  }
  FileSinkOptions options = sample::options(folder / "a.h5");
  expect_in(message_of([&] { FileSink sink(options); }), "--resume");
  options.partial = Partial::resume;
  FileSink sink(options);
  ASSERT_EQ(sink.present(), (std::vector<RowRange>{{1000, 1000}}));
  EXPECT_EQ(sink.read({1000, 1000}).columns[3], sample::block(1000, 1000).columns[3]);
}

TEST(Interruption, ExistingResultIsKeptUnlessReplaced) {
  const sample::Folder folder;
  sample::write_file(folder / "a.h5", 100, 100);
  FileSinkOptions options = sample::options(folder / "a.h5", 100);
  expect_in(message_of([&] { FileSink sink(options); }), "--force");
  options.replace = Replace::yes;
  {
    FileSink unfinished(options);
    unfinished.write(unfinished.pack(sample::block(0, 100)));
  }
  EXPECT_EQ(ResultReader(folder / "a.h5").table("runs").rows, 100u);
  options.partial = Partial::discard;
  FileSink sink(options);
  sample::write_all(sink, 200, 100);
  sink.finish({});
  EXPECT_EQ(ResultReader(folder / "a.h5").table("runs").rows, 200u);
}

TEST(Interruption, ResultThatAppearsMeanwhileIsKept) {
  const sample::Folder folder;
  FileSink sink(sample::options(folder / "a.h5", 100));
  sample::write_all(sink, 100, 100);
  std::ofstream(folder / "a.h5") << "somebody else's";
  expect_in(message_of([&] { sink.finish({}); }), "it exists");
  EXPECT_EQ(std::filesystem::file_size(folder / "a.h5"), 15u);
  EXPECT_FALSE(exists(folder / "a.h5.tmp"));
  std::filesystem::remove(folder / "a.h5");
  EXPECT_EQ(sink.finish({}).rows, 100u);
}

TEST(Interruption, FoldersThatCannotBeWritten) {
  const sample::Folder folder;
  expect_in(message_of([&] { FileSink sink(sample::options(folder / "missing/a.h5")); }), "Make the folder first");
  std::ofstream(folder / "file") << "x";
  expect_in(message_of([&] { FileSink sink(sample::options(folder / "file/a.h5")); }), "Make the folder first");
  std::filesystem::create_directory(folder / "a.h5.partial");
  expect_in(message_of([&] { FileSink sink(sample::options(folder / "a.h5")); }), "Name a file");
  expect_in(message_of([&] { FileSink sink(sample::options("/proc/a.h5")); }), "/proc/a.h5.partial");
  if (::geteuid() == 0) return;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  expect_in(message_of([&] { FileSink sink(sample::options(folder / "b.h5")); }), "folder that can be written");
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

TEST(Interruption, TwoProcessesCannotWriteOneResult) {
  const sample::Folder folder;
  FileSink sink(sample::options(folder / "a.h5"));
  sink.write(sink.pack(sample::block(0, 1000)));
  FileSinkOptions options = sample::options(folder / "a.h5");
  for (const Partial partial : {Partial::refuse, Partial::resume, Partial::discard}) {
    options.partial = partial;
    const int status = in_child([&] {
      if (message_of([&] { FileSink second(options); }).find("another process") == std::string::npos) ::_exit(2);
    });
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(sink.finish({}).rows, 1000u);
}

/// Writes until space runs out, then checks that the error tells, that nothing stands at the final name, and that the
/// rows are still there. Gives the number of rows kept.
void expect_clean_failure(const std::string& path, std::uint64_t rows, std::uint32_t block_rows, Expected expected) {
  FileSinkOptions options = resuming(path, rows, block_rows);
  options.expected = expected;
  FileSink sink(options);
  const std::string message = message_of([&] {
    for (std::uint64_t first = 0; first < rows; first += block_rows) {
      if (!covers(sink.present(), first)) sink.write(sink.pack(sample::block(first, block_rows)));
    }
    sink.finish(sample::closing());
  });
  expect_in(message, "needed");
  expect_in(message, "--resume");
  expect_in(message, "finished rows are kept");
  EXPECT_FALSE(exists(path));
  EXPECT_FALSE(exists(path + ".tmp"));
}

TEST(Interruption, LimitOnFileSizes) {
  const sample::Folder folder;
  constexpr std::uint64_t rows = 20000;
  constexpr std::uint32_t block_rows = 500;
  const std::string expected = sample::write_file(folder / "whole.h5", rows, block_rows);
  const std::uint64_t size = std::filesystem::file_size(folder / "whole.h5");
  for (const Expected way : {Expected::at_most, Expected::exactly}) {
    const std::string path = folder / (way == Expected::exactly ? "grows.h5" : "a.h5");
    for (const std::uint64_t limit : {size / 100, size / 10, size / 2, size * 9 / 10}) {
      const int status = in_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit files{limit, limit};
        ::setrlimit(RLIMIT_FSIZE, &files);
        expect_clean_failure(path, rows, block_rows, way);
        if (::testing::Test::HasFailure()) ::_exit(2);
      });
      EXPECT_EQ(status, 0) << "at " << limit << " bytes";
    }
    EXPECT_EQ(resume(path, rows, block_rows), expected);
    EXPECT_EQ(ResultReader(path).computed_bits(), expected);
  }
}

TEST(Interruption, FirstErrorOfHdf5IsFinal) {
  // Without a reservation HDF5 itself meets the limit, at every stage of a file.
  const sample::Folder folder;
  const std::vector<Column> columns = sample::columns();
  const PackedBlock chunk = pack_block(columns, sample::block(0, 500), Compression::gzip);
  Column number;
  number.name = "run";
  number.type = ColumnType::u64;
  const PackedBlock numbers = pack_block({number}, Block{0, 500, {std::vector<std::byte>(4000)}}, Compression::gzip);
  const auto write = [&](const std::string& path) {
    ResultFile file(path, Replace::no);
    file.write_facts(sample::closing().about);
    file.write_table(sample::cells(3));
    file.begin_runs({columns, 500, Compression::gzip}, 20000);
    for (std::uint64_t row = 0; row < 20000; row += 500) file.write_chunk(row, numbers.columns[0], chunk);
    file.write_facts({{"complete", std::int64_t{1}}});
    file.commit();
  };
  write(folder / "whole.h5");
  const std::uint64_t size = std::filesystem::file_size(folder / "whole.h5");
  for (std::uint64_t step = 0; step < 40; ++step) {
    const int status = in_child([&] {
      ::signal(SIGXFSZ, SIG_IGN);
      rlimit files{};
      ::getrlimit(RLIMIT_FSIZE, &files);
      const rlim_t before = files.rlim_cur;
      files.rlim_cur = step < 20 ? 200 * step : size * step / 41;
      ::setrlimit(RLIMIT_FSIZE, &files);
      expect_in(message_of([&] { write(folder / "a.h5"); }), "File too large");
      EXPECT_FALSE(exists(folder / "a.h5"));
      EXPECT_FALSE(exists(folder / "a.h5.tmp"));
      // The library has taken no harm: the same process writes a whole file.
      files.rlim_cur = before;
      ::setrlimit(RLIMIT_FSIZE, &files);
      write(folder / "b.h5");
      EXPECT_EQ(std::filesystem::file_size(folder / "b.h5"), size);
      std::filesystem::remove(folder / "b.h5");
      if (::testing::Test::HasFailure()) ::_exit(2);
    });
    ASSERT_EQ(status, 0) << "step " << step;
  }
}

TEST(Interruption, QuotaUsedUp) {
  const sample::Folder folder;
  constexpr std::uint64_t rows = 20000;
  constexpr std::uint32_t block_rows = 500;
  const std::string expected = sample::write_file(folder / "whole.h5", rows, block_rows);
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(folder / "whole.h5"));
  // The journal alone takes as much as the result; the last of these is used up while HDF5 writes.
  for (const std::int64_t quota : {size / 10, size * 3 / 4, size * 3 / 2, size * 19 / 10}) {
    for (const Expected way : {Expected::at_most, Expected::exactly}) {
      const std::string path = folder / ("q" + std::to_string(quota) + (way == Expected::exactly ? "grows.h5" : ".h5"));
      const int status = in_child([&] {
        quota_left = quota;
        expect_clean_failure(path, rows, block_rows, way);
        if (::testing::Test::HasFailure()) ::_exit(2);
      });
      EXPECT_EQ(status, 0) << "with " << quota << " bytes";
      EXPECT_EQ(resume(path, rows, block_rows), expected);
      EXPECT_EQ(ResultReader(path).computed_bits(), expected);
    }
  }
}

struct Unmount {
  std::string path;
  ~Unmount() { ::umount2(path.c_str(), MNT_DETACH); }
};

TEST(Interruption, FullDisk) {
  const sample::Folder folder;
  if (::geteuid() != 0 || ::mount("parley", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "needs to mount a small file system: run as root";
  }
  const Unmount unmount{folder.path()};
  constexpr std::uint64_t rows = 20000;
  constexpr std::uint32_t block_rows = 500;
  const sample::Folder elsewhere;
  const std::string bits = sample::write_file(elsewhere / "a.h5", rows, block_rows);
  for (const Expected way : {Expected::at_most, Expected::exactly}) {
    // First too small for the journal, then for the journal and the result together.
    expect_clean_failure(folder / "a.h5", rows, block_rows, way);
    ASSERT_EQ(::mount("parley", folder.path().c_str(), "tmpfs", MS_REMOUNT, "size=1600k"), 0);
    expect_clean_failure(folder / "a.h5", rows, block_rows, way);
    ASSERT_EQ(::mount("parley", folder.path().c_str(), "tmpfs", MS_REMOUNT, "size=16m"), 0);
    EXPECT_EQ(resume(folder / "a.h5", rows, block_rows), bits);
    EXPECT_EQ(ResultReader(folder / "a.h5").computed_bits(), bits);
    std::filesystem::remove(folder / "a.h5");
    ASSERT_EQ(::mount("parley", folder.path().c_str(), "tmpfs", MS_REMOUNT, "size=1m"), 0);
  }
}

}  // namespace
}  // namespace parley
