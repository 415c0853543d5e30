// Reads descriptions and values out of an HDF5 file that nobody vouches for. For the store's own sources.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/drivers/store/hdf5_handle.hpp"
#include "engine/drivers/store/result_reader.hpp"

namespace parley {

Handle open_to_read(const std::string& path);

/// Names of what a group holds itself, in byte order; links to elsewhere are refused.
std::vector<std::string> names_in(hid_t group);

Facts read_attributes(hid_t object);

/// A group's table, with its datasets opened under their names.
struct OpenTable {
  StoredTable description;
  std::map<std::string, Handle> datasets;
};
OpenTable open_table(hid_t file, const std::string& group);

/// `rows` lie within the dataset.
std::vector<std::byte> read_values(hid_t dataset, const Column& column, const RowRange& rows);
std::vector<std::string> read_strings(hid_t dataset);

}  // namespace parley
