#include "engine/drivers/store/result_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/hdf5_datasets.hpp"
#include "engine/drivers/store/hdf5_handle.hpp"

namespace parley {
namespace {

constexpr std::size_t metadata_cache_bytes = 1u << 16;
/// Half of what a node of an index of chunks holds. HDF5 would take 32, and keeps nodes of 17 kB in memory for each
/// column; with these the way from the root to the last chunk of every column fits the cache above.
constexpr unsigned index_node_chunks = 8;
/// Bytes that may gather before the disk is set to work on them, so that little is left to wait for at the end.
constexpr std::uint64_t write_back_bytes = 1u << 23;

/// HDF5 keeps ten times what it counts for an index of chunks, and lets it grow with the file; a fixed, small cache
/// keeps memory independent of the number of rows.
void limit_metadata_cache(hid_t access, const std::string& doing) {
  H5AC_cache_config_t config{};
  config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
  checked(H5Pget_mdc_config(access, &config), doing);
  config.set_initial_size = true;
  config.initial_size = metadata_cache_bytes;
  config.min_size = metadata_cache_bytes;
  config.max_size = metadata_cache_bytes;
  config.incr_mode = H5C_incr__off;
  config.flash_incr_mode = H5C_flash_incr__off;
  config.decr_mode = H5C_decr__off;
  checked(H5Pset_mdc_config(access, &config), doing);
}

}  // namespace

struct ResultFile::Open {
  Handle file;
  Handle about;
  Handle runs;
  std::vector<Handle> columns;  ///< of /runs
  Handle run_numbers;
  std::uint32_t chunk_rows = 0;

  int descriptor() const {
    void* handle = nullptr;
    checked(H5Fget_vfd_handle(file.id(), H5P_DEFAULT, &handle), "reach the file of a result");
    return *static_cast<int*>(handle);
  }
};

ResultFile::ResultFile(const std::string& path, Replace replace)
    : open_((prepare_hdf5(), std::make_unique<Open>())), path_(path), temporary_(path + ".tmp"), replace_(replace) {
  remove_if_there(temporary_);
  const std::string doing = "create " + temporary_;
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, doing);
  // The journal's lock guards this file too, and HDF5's own lock fails on some network file systems.
  checked(H5Pset_file_locking(access.id(), false, true), doing);
  checked(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), doing);
  limit_metadata_cache(access.id(), doing);
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, doing);
  checked(H5Pset_istore_k(creation.id(), index_node_chunks), doing);
  try {
    open_->file = Handle(H5Fcreate(temporary_.c_str(), H5F_ACC_EXCL, creation.id(), access.id()), H5Fclose, doing);
    open_->about = create_group(open_->file.id(), "about");
  } catch (const StoreError&) {
    abandon();
    throw;
  }
}

ResultFile::~ResultFile() {
  if (open_->file.id() >= 0) abandon();
}

void ResultFile::abandon() noexcept {
  // HDF5 1.10 writes what it holds when it closes, even after an error, and may crash when that fails again. Here it
  // may write all it likes, to nowhere.
  void* handle = nullptr;
  if (H5Fget_vfd_handle(open_->file.id(), H5P_DEFAULT, &handle) >= 0) {
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere >= 0) {
      ::dup2(nowhere, *static_cast<int*>(handle));
      ::close(nowhere);
    }
  }
  open_.reset();
  ::unlink(temporary_.c_str());
}

void ResultFile::reserve(std::uint64_t bytes) {
  if (::fallocate(open_->descriptor(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(bytes)) == 0) return;
  const int error = errno;
  if (error != ENOSPC && error != EDQUOT && error != EFBIG) return;
  throw StoreError("Cannot write " + path_, error);
}

void ResultFile::write_facts(const Facts& facts) {
  for (const Fact& fact : facts) write_attribute(open_->about.id(), fact.name, fact.value);
}

void ResultFile::write_table(const Table& table) {
  check_columns(table.columns, table.dimension);
  check_block(table.columns, table.values);
  const Handle group = create_group(open_->file.id(), table.group);
  Handle scale;
  const auto own = std::find_if(table.columns.begin(), table.columns.end(),
                                [&](const Column& column) { return column.name == table.dimension; });
  if (own == table.columns.end()) {
    scale = create_numbered_scale(group.id(), table.dimension, table.values.first_row, table.values.rows);
  } else {
    scale = create_column(group.id(), *own, {table.values.rows});
    make_scale(scale.id(), table.dimension);
    write_all(scale.id(), *own, table.values.columns[static_cast<std::size_t>(own - table.columns.begin())]);
  }
  const LabelScales labels(group.id(), table.columns);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (column.name == table.dimension) continue;
    Handle dataset = create_column(group.id(), column, {table.values.rows});
    labels.attach(dataset.id(), column, scale.id());
    std::vector<std::byte> values = table.values.columns[i];
    make_nans_canonical(column.type, values);
    write_all(dataset.id(), column, values);
    dataset.close("close a column of /" + table.group);
  }
  for (const TextColumn& texts : table.texts) write_texts(group.id(), texts, table.values.rows, scale.id());
}

void ResultFile::begin_runs(const RunLayout& layout, std::uint64_t rows) {
  const DatasetShape shape{rows, static_cast<std::uint32_t>(std::min<std::uint64_t>(layout.block_rows, rows)),
                           layout.compression};
  open_->chunk_rows = shape.chunk_rows;
  open_->runs = create_group(open_->file.id(), "runs");
  open_->run_numbers = create_column(open_->runs.id(), run_column(), shape);
  make_scale(open_->run_numbers.id(), "run");
  const LabelScales labels(open_->runs.id(), layout.columns);
  for (const Column& column : layout.columns) {
    open_->columns.push_back(create_column(open_->runs.id(), column, shape));
    labels.attach(open_->columns.back().id(), column, open_->run_numbers.id());
  }
}

std::uint32_t ResultFile::chunk_rows() const { return open_->chunk_rows; }

void ResultFile::write_chunk(std::uint64_t file_row, const PackedColumn& run_numbers, const PackedBlock& chunk) {
  const auto write = [&](const Handle& dataset, const PackedColumn& column) {
    const hsize_t offset[2] = {file_row, 0};
    checked(H5Dwrite_chunk(dataset.id(), H5P_DEFAULT, 0, offset, column.stored.size(), column.stored.data()),
            "write rows to " + temporary_);
  };
  write(open_->run_numbers, run_numbers);
  std::uint64_t bytes = run_numbers.stored.size();
  for (std::size_t i = 0; i < chunk.columns.size(); ++i) {
    write(open_->columns[i], chunk.columns[i]);
    bytes += chunk.columns[i].stored.size();
  }
  start_writing_back(bytes);
}

void ResultFile::start_writing_back(std::uint64_t bytes) {
  waiting_ += bytes;
  if (waiting_ < write_back_bytes) return;
  waiting_ = 0;
  // A hint: what it cannot do, commit() does.
  (void)::sync_file_range(open_->descriptor(), 0, 0, SYNC_FILE_RANGE_WRITE);
}

void ResultFile::commit() {
  const std::string doing = "finish " + temporary_;
  for (Handle& column : open_->columns) column.close(doing);
  open_->run_numbers.close(doing);
  open_->runs.close(doing);
  open_->about.close(doing);
  checked(H5Fflush(open_->file.id(), H5F_SCOPE_GLOBAL), doing);
  try {
    open_->file.close(doing);
    check_is_whole(temporary_);
    publish(temporary_, path_, replace_);
  } catch (const StoreError&) {
    ::unlink(temporary_.c_str());
    throw;
  }
}

}  // namespace parley
