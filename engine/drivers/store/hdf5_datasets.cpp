#include "engine/drivers/store/hdf5_datasets.hpp"

#include <hdf5_hl.h>

#include <algorithm>

namespace parley {
namespace {

constexpr std::uint32_t table_chunk_rows = 16384;
constexpr std::uint64_t small_bytes = 1u << 16;

hid_t plain_type(ColumnType type) {
  switch (type) {
    case ColumnType::u8:
      return H5T_STD_U8LE;
    case ColumnType::u16:
      return H5T_STD_U16LE;
    case ColumnType::u32:
      return H5T_STD_U32LE;
    case ColumnType::u64:
      return H5T_STD_U64LE;
    case ColumnType::f32:
      return H5T_IEEE_F32LE;
    case ColumnType::f64:
      return H5T_IEEE_F64LE;
  }
  return H5T_STD_U8LE;
}

Handle type_of(const Column& column) {
  const std::string doing = "describe the type of column " + column.name;
  if (column.labels.empty()) return Handle(H5Tcopy(plain_type(column.type)), H5Tclose, doing);
  Handle type(H5Tenum_create(H5T_STD_U8LE), H5Tclose, doing);
  for (const auto& [name, value] : column.labels) checked(H5Tenum_insert(type.id(), name.c_str(), &value), doing);
  return type;
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "describe a text");
  checked(H5Tset_size(type.id(), H5T_VARIABLE), "describe a text");
  checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "describe a text");
  return type;
}

Handle space_of(const std::vector<hsize_t>& extent) {
  return Handle(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose, "shape a dataset");
}

void write_typed_attribute(hid_t object, const std::string& name, hid_t type, std::vector<hsize_t> extent,
                           const void* value) {
  const std::string doing = "write attribute " + name;
  const Handle space = extent.empty() ? Handle(H5Screate(H5S_SCALAR), H5Sclose, doing) : space_of(extent);
  Handle attribute(H5Acreate2(object, name.c_str(), type, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose, doing);
  checked(H5Awrite(attribute.id(), type, value), doing);
  attribute.close(doing);
}

void write_text_attribute(hid_t object, const std::string& name, const std::string& text) {
  const Handle type = text_type();
  const char* bytes = text.c_str();
  write_typed_attribute(object, name, type.id(), {}, &bytes);
}

void write_flags(hid_t dataset, const Column& column) {
  std::vector<std::uint8_t> values;
  std::string meanings;
  for (const auto& [name, value] : column.labels) {
    values.push_back(value);
    std::string word = name;
    std::replace(word.begin(), word.end(), ' ', '_');
    meanings += (meanings.empty() ? "" : " ") + word;
  }
  write_typed_attribute(dataset, "flag_values", H5T_STD_U8LE, {values.size()}, values.data());
  write_text_attribute(dataset, "flag_meanings", meanings);
}

Handle creation_properties(const Column& column, const DatasetShape& shape) {
  const std::string doing = "lay out column " + column.name;
  Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, doing);
  std::uint64_t chunk_rows = shape.chunk_rows;
  if (chunk_rows == 0 && shape.rows * column.row_bytes() > small_bytes) {
    chunk_rows = std::min<std::uint64_t>(shape.rows, table_chunk_rows);
  }
  if (chunk_rows == 0) return properties;
  const hsize_t chunk[2] = {chunk_rows, column.width};
  checked(H5Pset_chunk(properties.id(), column.dimension.empty() ? 1 : 2, chunk), doing);
  checked(H5Pset_fill_time(properties.id(), H5D_FILL_TIME_NEVER), doing);
  if (shape.compression == Compression::gzip) {
    checked(H5Pset_shuffle(properties.id()), doing);
    checked(H5Pset_deflate(properties.id(), 1), doing);
  }
  return properties;
}

Handle create_text_scale(hid_t group, const std::string& name, const std::vector<std::string>& positions) {
  const std::string doing = "write the names along dimension " + name;
  const Handle type = text_type();
  const Handle space = space_of({positions.size()});
  Handle dataset(H5Dcreate2(group, name.c_str(), type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                 H5Dclose, doing);
  std::vector<const char*> texts;
  for (const std::string& position : positions) texts.push_back(position.c_str());
  checked(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), doing);
  make_scale(dataset.id(), name);
  return dataset;
}

}  // namespace

Handle create_group(hid_t parent, const std::string& name) {
  return Handle(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
                "create group " + name);
}

void write_attribute(hid_t object, const std::string& name,
                     const std::variant<std::string, std::int64_t, std::uint64_t, double>& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return write_text_attribute(object, name, *text);
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return write_typed_attribute(object, name, H5T_STD_I64LE, {}, number);
  }
  if (const auto* number = std::get_if<std::uint64_t>(&value)) {
    return write_typed_attribute(object, name, H5T_STD_U64LE, {}, number);
  }
  write_typed_attribute(object, name, H5T_IEEE_F64LE, {}, &std::get<double>(value));
}

Handle create_column(hid_t group, const Column& column, const DatasetShape& shape) {
  const std::string doing = "create column " + column.name;
  const Handle type = type_of(column);
  std::vector<hsize_t> extent = {shape.rows};
  if (!column.dimension.empty()) extent.push_back(column.width);
  const Handle space = space_of(extent);
  const Handle properties = creation_properties(column, shape);
  Handle dataset(
      H5Dcreate2(group, column.name.c_str(), type.id(), space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
      H5Dclose, doing);
  write_text_attribute(dataset.id(), "units", column.unit.empty() ? "1" : column.unit);
  write_text_attribute(dataset.id(), "meaning", column.meaning);
  write_text_attribute(dataset.id(), "long_name", column.meaning);
  for (const auto& [name, number] : column.numbers) write_attribute(dataset.id(), name, number);
  if (!column.labels.empty()) write_flags(dataset.id(), column);
  if (column.missing) {
    // Little-endian, so a shorter type takes the bytes that it needs.
    const std::uint64_t missing = *column.missing;
    write_typed_attribute(dataset.id(), "_FillValue", plain_type(column.type), {}, &missing);
  }
  return dataset;
}

void write_all(hid_t dataset, const Column& column, std::span<const std::byte> values) {
  if (values.empty()) return;
  const Handle type = type_of(column);
  checked(H5Dwrite(dataset, type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "write column " + column.name);
}

void write_texts(hid_t group, const TextColumn& texts, std::uint64_t rows, hid_t row_scale) {
  const std::string doing = "write column " + texts.name;
  if (texts.values.size() != rows) {
    throw StoreError("Cannot " + doing, "it has another number of rows than its table", "Give it one text a row.");
  }
  const Handle type = text_type();
  const Handle space = space_of({rows});
  Handle dataset(H5Dcreate2(group, texts.name.c_str(), type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                 H5Dclose, doing);
  write_text_attribute(dataset.id(), "meaning", texts.meaning);
  write_text_attribute(dataset.id(), "long_name", texts.meaning);
  checked(H5DSattach_scale(dataset.id(), row_scale, 0), doing);
  std::vector<const char*> values;
  for (const std::string& value : texts.values) values.push_back(value.c_str());
  if (rows != 0) checked(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, text_transfer().id(), values.data()), doing);
  dataset.close(doing);
}

void make_scale(hid_t dataset, const std::string& name) {
  checked(H5DSset_scale(dataset, name.c_str()), "make dimension " + name);
}

Handle create_numbered_scale(hid_t group, const std::string& name, std::uint64_t first, std::uint64_t rows) {
  Column column;
  column.name = name;
  column.type = ColumnType::u64;
  column.meaning = "number of the " + name;
  Handle dataset = create_column(group, column, {rows});
  std::vector<std::uint64_t> numbers(rows);
  for (std::uint64_t i = 0; i < rows; ++i) numbers[i] = first + i;
  write_all(dataset.id(), column, std::as_bytes(std::span(numbers)));
  make_scale(dataset.id(), name);
  return dataset;
}

LabelScales::LabelScales(hid_t group, const std::vector<Column>& columns) {
  for (const Column& column : columns) {
    if (column.dimension.empty() || scales_.count(column.dimension) != 0) continue;
    scales_.emplace(column.dimension, create_text_scale(group, column.dimension, column.positions));
  }
}

void LabelScales::attach(hid_t dataset, const Column& column, hid_t row_scale) const {
  const std::string doing = "name the dimensions of column " + column.name;
  checked(H5DSattach_scale(dataset, row_scale, 0), doing);
  if (!column.dimension.empty()) {
    checked(H5DSattach_scale(dataset, scales_.at(column.dimension).id(), 1), doing);
  }
}

void check_is_whole(const std::string& path) {
  const std::string doing = "read " + path + " again";
  Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, doing);
  checked(H5Pset_file_locking(access.id(), false, true), doing);
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose, doing);
  if (checked(H5Aexists_by_name(file.id(), "about", "complete", H5P_DEFAULT), doing) == 0) {
    throw StoreError("Cannot " + doing, "it is not complete", "Check the disk.");
  }
  file.close(doing);
}

}  // namespace parley
