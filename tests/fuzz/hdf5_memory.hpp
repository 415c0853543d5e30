// Opening a file, HDF5 takes a megabyte: a fuzzer lets it keep that from one file to the next, which the program does not.
#pragma once

#include <hdf5.h>

#include "engine/drivers/store/hdf5_handle.hpp"

namespace parley::fuzz {

inline void keep_hdf5_memory() {
  prepare_hdf5();
  constexpr int list = 1 << 22, all_lists = 1 << 24;
  H5set_free_list_limits(all_lists, list, all_lists, list, all_lists, list);
}

}  // namespace parley::fuzz
