// The HDF5 form of groups, columns, dimension scales and attributes. For the store's own sources.
//
// Names and units are held the way xarray reads them (units, long_name, _FillValue, CF's flag_values and
// flag_meanings); enumerations are HDF5 enum types besides, which h5py reads by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/drivers/store/hdf5_handle.hpp"
#include "engine/drivers/store/layout.hpp"

namespace parley {

/// Rows of a dataset. Chunks of 0 rows mean that it is small: one piece, or chunks as the store sees fit.
struct DatasetShape {
  std::uint64_t rows = 0;
  std::uint32_t chunk_rows = 0;
  Compression compression = Compression::gzip;
};

Handle create_group(hid_t parent, const std::string& name);
void write_attribute(hid_t object, const std::string& name,
                     const std::variant<std::string, std::int64_t, std::uint64_t, double>& value);

/// An empty dataset with its type, units, meaning and labels.
Handle create_column(hid_t group, const Column& column, const DatasetShape& shape);
void write_all(hid_t dataset, const Column& column, std::span<const std::byte> values);
void write_texts(hid_t group, const TextColumn& texts, std::uint64_t rows, hid_t row_scale);

void make_scale(hid_t dataset, const std::string& name);
/// The dimension scale first, first + 1, …
Handle create_numbered_scale(hid_t group, const std::string& name, std::uint64_t first, std::uint64_t rows);

/// The scales along the second dimensions of some columns: one a dimension, holding the names of its positions.
class LabelScales {
 public:
  LabelScales(hid_t group, const std::vector<Column>& columns);
  /// Ties a column to the scales of its dimensions.
  void attach(hid_t dataset, const Column& column, hid_t row_scale) const;

 private:
  std::map<std::string, Handle> scales_;
};

/// Throws unless a closed file opens again and says that it is complete.
void check_is_whole(const std::string& path);

}  // namespace parley
