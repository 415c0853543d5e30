#include "engine/drivers/store/hdf5_reading.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>

#include "engine/drivers/store/file.hpp"
#include "engine/drivers/store/layout.hpp"

namespace parley {
namespace {

constexpr std::uint64_t max_attributes = 4096;
constexpr std::uint64_t max_text_bytes = std::uint64_t{256} << 20;
constexpr std::uint64_t max_read_bytes = std::uint64_t{1} << 30;
constexpr std::uint64_t max_texts = std::uint64_t{1} << 24;

[[noreturn]] void refuse(const std::string& what, const std::string& why) {
  throw StoreError(what + " cannot be read", why, "Give a result that parley wrote.");
}

std::string name_of(hid_t object) {
  const ssize_t length = checked(H5Iget_name(object, nullptr, 0), "name an object");
  if (length > 65536) refuse("An object", "its name is too long");
  std::string name(static_cast<std::size_t>(length) + 1, '\0');
  checked(H5Iget_name(object, name.data(), name.size()), "name an object");
  name.pop_back();
  return name.substr(name.find_last_of('/') + 1);
}

std::vector<hsize_t> extent_of(hid_t space) {
  const int rank = checked(H5Sget_simple_extent_ndims(space), "read a shape");
  if (rank > 2) refuse("A dataset", "it has more than two dimensions");
  std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
  if (rank != 0) checked(H5Sget_simple_extent_dims(space, extent.data(), nullptr), "read a shape");
  return extent;
}

std::vector<hsize_t> shape_of(hid_t dataset) {
  const Handle space(H5Dget_space(dataset), H5Sclose, "read a shape");
  if (H5Sget_simple_extent_type(space.id()) == H5S_NULL) refuse("A dataset", "it has no extent");
  return extent_of(space.id());
}

std::uint64_t rows_of(hid_t dataset) {
  const std::vector<hsize_t> shape = shape_of(dataset);
  if (shape.empty()) refuse("A dataset", "it has no rows");
  return shape.front();
}

bool is(hid_t type, hid_t expected) { return checked(H5Tequal(type, expected), "read a type") > 0; }
bool is_text(hid_t type) {
  return H5Tget_class(type) == H5T_STRING && checked(H5Tis_variable_str(type), "read a type") > 0;
}

Handle text_in_memory() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "describe a text");
  checked(H5Tset_size(type.id(), H5T_VARIABLE), "describe a text");
  checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "describe a text");
  return type;
}

std::optional<ColumnType> column_type_of(hid_t type) {
  if (is(type, H5T_STD_U8LE)) return ColumnType::u8;
  if (is(type, H5T_STD_U16LE)) return ColumnType::u16;
  if (is(type, H5T_STD_U32LE)) return ColumnType::u32;
  if (is(type, H5T_STD_U64LE)) return ColumnType::u64;
  if (is(type, H5T_IEEE_F32LE)) return ColumnType::f32;
  if (is(type, H5T_IEEE_F64LE)) return ColumnType::f64;
  return std::nullopt;
}

std::vector<std::pair<std::string, std::uint8_t>> labels_of(hid_t type) {
  const int count = checked(H5Tget_nmembers(type), "read an enumeration");
  if (count > 256) refuse("An enumeration", "it has more than 256 labels");
  std::vector<std::pair<std::string, std::uint8_t>> labels;
  for (unsigned i = 0; i < static_cast<unsigned>(count); ++i) {
    std::uint8_t value = 0;
    checked(H5Tget_member_value(type, i, &value), "read an enumeration");
    char* name = H5Tget_member_name(type, i);
    if (name == nullptr) throw hdf5_error("read an enumeration");
    labels.emplace_back(name, value);
    H5free_memory(name);
  }
  std::sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return labels;
}

/// A type as parley writes it, or an error.
void describe_type(hid_t dataset, Column& column) {
  const Handle type(H5Dget_type(dataset), H5Tclose, "read a type");
  std::optional<ColumnType> found;
  if (H5Tget_class(type.id()) == H5T_ENUM) {
    const Handle base(H5Tget_super(type.id()), H5Tclose, "read a type");
    if (is(base.id(), H5T_STD_U8LE)) {
      column.labels = labels_of(type.id());
      found = ColumnType::u8;
    }
  } else {
    found = column_type_of(type.id());
  }
  if (!found) refuse("Column " + column.name, "its type is none that parley writes");
  column.type = *found;
}

/// No more memory and no other file than the column is worth.
void check_storage(hid_t dataset, const Column& column, std::uint64_t rows, std::uint64_t file_bytes) {
  const std::string what = "Column " + column.name;
  const Handle properties(H5Dget_create_plist(dataset), H5Pclose, "read a layout");
  const H5D_layout_t layout = H5Pget_layout(properties.id());
  if (layout == H5D_CHUNKED) {
    std::array<hsize_t, 2> chunk{1, 1};
    const int rank = checked(H5Pget_chunk(properties.id(), 2, chunk.data()), "read a layout");
    if (rank > 2 || chunk[0] > max_block_bytes || chunk[1] > max_column_width ||
        chunk[0] * chunk[1] * bytes_of(column.type) > max_block_bytes) {
      refuse(what, "its chunks are too large");
    }
    const int filters = checked(H5Pget_nfilters(properties.id()), "read a layout");
    for (int i = 0; i < filters; ++i) {
      unsigned flags = 0;
      unsigned configuration = 0;
      std::size_t values = 0;
      const H5Z_filter_t filter = H5Pget_filter2(properties.id(), static_cast<unsigned>(i), &flags, &values, nullptr, 0,
                                                 nullptr, &configuration);
      if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE) refuse(what, "it has an unknown filter");
    }
  } else if (layout == H5D_VIRTUAL || H5Pget_external_count(properties.id()) != 0) {
    refuse(what, "its values lie in another file");
  }
  // A gzip stream expands at most 1032 times, so this refuses sizes that nothing in the file can fill.
  const std::uint64_t stored = H5Dget_storage_size(dataset);
  if (stored > file_bytes || rows > (stored * 1100 + 65536) / column.row_bytes()) {
    refuse(what, "its size does not fit what the file holds");
  }
}

std::string text_attribute(hid_t object, const char* name) {
  if (checked(H5Aexists(object, name), "read an attribute") == 0) return {};
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "read an attribute");
  const Handle type(H5Aget_type(attribute.id()), H5Tclose, "read an attribute");
  const Handle space(H5Aget_space(attribute.id()), H5Sclose, "read an attribute");
  if (!is_text(type.id()) || H5Sget_simple_extent_type(space.id()) != H5S_SCALAR) return {};
  const Handle memory = text_in_memory();
  char* text = nullptr;
  checked(H5Aread(attribute.id(), memory.id(), &text), "read an attribute");
  std::string copy = text == nullptr ? "" : text;
  H5free_memory(text);
  return copy;
}

std::optional<std::uint64_t> missing_of(hid_t dataset) {
  if (checked(H5Aexists(dataset, "_FillValue"), "read an attribute") == 0) return std::nullopt;
  const Handle attribute(H5Aopen(dataset, "_FillValue", H5P_DEFAULT), H5Aclose, "read an attribute");
  const Handle type(H5Aget_type(attribute.id()), H5Tclose, "read an attribute");
  const Handle space(H5Aget_space(attribute.id()), H5Sclose, "read an attribute");
  if (H5Tget_class(type.id()) != H5T_INTEGER || H5Sget_simple_extent_npoints(space.id()) != 1) return std::nullopt;
  std::uint64_t value = 0;
  checked(H5Aread(attribute.id(), H5T_STD_U64LE, &value), "read an attribute");
  return value;
}

/// HDF5 reads the list of a dataset's scales into memory for one entry a dimension, whatever the list is.
void check_dimension_list(hid_t dataset) {
  const std::string doing = "read a dimension";
  const Handle attribute(H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT), H5Aclose, doing);
  const Handle type(H5Aget_type(attribute.id()), H5Tclose, doing);
  const Handle space(H5Aget_space(attribute.id()), H5Sclose, doing);
  bool sound = H5Tget_class(type.id()) == H5T_VLEN && H5Sget_simple_extent_ndims(space.id()) == 1 &&
               H5Sget_simple_extent_npoints(space.id()) == static_cast<hssize_t>(shape_of(dataset).size());
  if (sound) {
    const Handle entry(H5Tget_super(type.id()), H5Tclose, doing);
    sound = is(entry.id(), H5T_STD_REF_OBJ);
  }
  if (!sound) refuse("A column", "the list of its dimensions is none that parley writes");
}

/// The name of the scale along a dimension, empty where there is none.
std::string scale_along(hid_t dataset, unsigned dimension) {
  std::string name;
  if (checked(H5Aexists(dataset, "DIMENSION_LIST"), "read a dimension") == 0) return name;
  check_dimension_list(dataset);
  const auto note = [](hid_t, unsigned, hid_t scale, void* data) -> herr_t {
    // An exception must not pass through the C library.
    try {
      *static_cast<std::string*>(data) = name_of(scale);
      return 1;
    } catch (const std::exception&) {
      return -1;
    }
  };
  checked(H5DSiterate_scales(dataset, dimension, nullptr, note, &name), "read a dimension");
  return name;
}

Column describe(hid_t dataset, const std::string& name) {
  Column column;
  column.name = name;
  describe_type(dataset, column);
  const std::vector<hsize_t> shape = shape_of(dataset);
  if (shape.size() == 2) {
    if (shape[1] == 0 || shape[1] > max_column_width) refuse("Column " + name, "it is too wide");
    column.width = static_cast<std::uint32_t>(shape[1]);
    column.dimension = scale_along(dataset, 1);
    if (column.dimension.empty()) refuse("Column " + name, "its second dimension has no names");
  }
  column.unit = text_attribute(dataset, "units");
  column.meaning = text_attribute(dataset, "meaning");
  column.missing = missing_of(dataset);
  return column;
}

herr_t note_link(hid_t, const char* name, const H5L_info_t* info, void* data) {
  try {
    if (info->type != H5L_TYPE_HARD) return -1;
    static_cast<std::vector<std::string>*>(data)->emplace_back(name);
    return 0;
  } catch (const std::bad_alloc&) {
    return -1;
  }
}

herr_t note_attribute(hid_t, const char* name, const H5A_info_t*, void* data) {
  try {
    static_cast<std::vector<std::string>*>(data)->emplace_back(name);
    return 0;
  } catch (const std::bad_alloc&) {
    return -1;
  }
}

Fact read_fact(hid_t object, const std::string& name) {
  const std::string doing = "read attribute " + name;
  const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, doing);
  const Handle type(H5Aget_type(attribute.id()), H5Tclose, doing);
  const Handle space(H5Aget_space(attribute.id()), H5Sclose, doing);
  if (H5Sget_simple_extent_type(space.id()) != H5S_SCALAR) refuse("Attribute " + name, "it is not a single value");
  if (is_text(type.id())) return {name, text_attribute(object, name.c_str())};
  if (is(type.id(), H5T_STD_I64LE)) {
    std::int64_t value = 0;
    checked(H5Aread(attribute.id(), H5T_STD_I64LE, &value), doing);
    return {name, value};
  }
  if (is(type.id(), H5T_STD_U64LE)) {
    std::uint64_t value = 0;
    checked(H5Aread(attribute.id(), H5T_STD_U64LE, &value), doing);
    return {name, value};
  }
  if (is(type.id(), H5T_IEEE_F64LE)) {
    double value = 0;
    checked(H5Aread(attribute.id(), H5T_IEEE_F64LE, &value), doing);
    return {name, value};
  }
  refuse("Attribute " + name, "its type is none that parley writes");
}

/// Memory that HDF5 takes for the texts it reads: bounded, and gone with this object even where a read fails.
class TextMemory {
 public:
  Handle transfer() {
    Handle properties = text_transfer();
    checked(H5Pset_vlen_mem_manager(properties.id(), take, this, leave, this), "read texts");
    return properties;
  }
  bool used_up() const { return used_up_; }

 private:
  static void* take(std::size_t size, void* self) noexcept {
    auto& memory = *static_cast<TextMemory*>(self);
    memory.used_up_ = memory.used_up_ || size > memory.left_;
    if (memory.used_up_) return nullptr;
    memory.left_ -= size;
    try {
      memory.pieces_.push_back(std::make_unique<char[]>(size));
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
    return memory.pieces_.back().get();
  }
  static void leave(void*, void*) noexcept {}

  std::uint64_t left_ = max_text_bytes;
  bool used_up_ = false;
  std::vector<std::unique_ptr<char[]>> pieces_;
};

bool is_text_dataset(hid_t dataset) {
  const Handle type(H5Dget_type(dataset), H5Tclose, "read a type");
  return is_text(type.id());
}

}  // namespace

Handle open_to_read(const std::string& path) {
  const std::string doing = "read " + path;
  // Opening a pipe would wait for somebody to write into it.
  if (!is_ordinary(path)) throw StoreError("Cannot " + doing, exists(path) ? "it is no ordinary file" : "there is no such file", "Give a result that parley wrote.");
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, doing);
  checked(H5Pset_file_locking(access.id(), false, true), doing);
  // Where it meets an error, HDF5 leaves attributes open, and these the file.
  checked(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), doing);
  return Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose, doing);
}

std::vector<std::string> names_in(hid_t group) {
  H5G_info_t info;
  checked(H5Gget_info(group, &info), "list a group");
  if (info.nlinks > 2 * max_columns) refuse("A group", "it holds too much");
  std::vector<std::string> names;
  checked(H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, note_link, &names), "list a group");
  return names;
}

Facts read_attributes(hid_t object) {
  H5O_info_t info;
  checked(H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS), "list attributes");
  if (info.num_attrs > max_attributes) refuse("A group", "it has too many attributes");
  std::vector<std::string> names;
  checked(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, note_attribute, &names), "list attributes");
  Facts facts;
  for (const std::string& name : names) facts.push_back(read_fact(object, name));
  return facts;
}

OpenTable open_table(hid_t file, const std::string& group_name) {
  const Handle group(H5Gopen2(file, group_name.c_str(), H5P_DEFAULT), H5Gclose, "read group " + group_name);
  hsize_t file_bytes = 0;
  checked(H5Fget_filesize(file, &file_bytes), "read group " + group_name);
  OpenTable table;
  table.description.group = group_name;
  std::map<std::string, std::vector<std::string>> positions;
  std::vector<std::string> candidates;
  for (const std::string& name : names_in(group.id())) {
    Handle dataset(H5Dopen2(group.id(), name.c_str(), H5P_DEFAULT), H5Dclose, "read dataset " + name);
    const bool scale = checked(H5DSis_scale(dataset.id()), "read dataset " + name) > 0;
    if (scale && is_text_dataset(dataset.id())) {
      positions[name] = read_strings(dataset.id());
      continue;
    }
    if (scale) table.description.dimension = name;
    candidates.push_back(name);
    table.datasets.emplace(name, std::move(dataset));
  }
  if (table.description.dimension.empty()) refuse("Group " + group_name, "its rows have no dimension");
  table.description.rows = rows_of(table.datasets.at(table.description.dimension).id());
  for (const std::string& name : candidates) {
    const hid_t dataset = table.datasets.at(name).id();
    if (rows_of(dataset) != table.description.rows) refuse("Column " + name, "it has another number of rows");
    if (is_text_dataset(dataset)) {
      table.description.texts.push_back({name, text_attribute(dataset, "meaning"), {}});
      continue;
    }
    Column column = describe(dataset, name);
    if (!column.dimension.empty()) {
      column.positions = positions[column.dimension];
      if (column.positions.size() != column.width) refuse("Column " + name, "its second dimension has other names");
    }
    check_storage(dataset, column, table.description.rows, file_bytes);
    table.description.columns.push_back(std::move(column));
  }
  return table;
}

std::vector<std::byte> read_values(hid_t dataset, const Column& column, const RowRange& rows) {
  const std::string doing = "read column " + column.name;
  if (rows.count * column.row_bytes() > max_read_bytes) refuse("Column " + column.name, "that is too much at a time");
  std::vector<std::byte> values(rows.count * column.row_bytes());
  if (values.empty()) return values;
  const Handle type(H5Dget_type(dataset), H5Tclose, doing);
  const Handle space(H5Dget_space(dataset), H5Sclose, doing);
  const hsize_t offset[2] = {rows.first, 0};
  const hsize_t extent[2] = {rows.count, column.width};
  checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, offset, nullptr, extent, nullptr), doing);
  const Handle memory(H5Screate_simple(column.dimension.empty() ? 1 : 2, extent, nullptr), H5Sclose, doing);
  checked(H5Dread(dataset, type.id(), memory.id(), space.id(), H5P_DEFAULT, values.data()), doing);
  return values;
}

std::vector<std::string> read_strings(hid_t dataset) {
  const std::string doing = "read texts";
  const std::vector<hsize_t> shape = shape_of(dataset);
  if (shape.size() != 1 || shape[0] > max_texts) refuse("A column of texts", "its shape is none that parley writes");
  if (shape[0] == 0) return {};
  const Handle type = text_in_memory();
  TextMemory memory;
  std::vector<char*> texts(shape[0], nullptr);
  const herr_t read = H5Dread(dataset, type.id(), H5S_ALL, H5S_ALL, memory.transfer().id(), texts.data());
  if (memory.used_up()) refuse("A column of texts", "it is too long");
  checked(read, doing);
  std::vector<std::string> copies;
  for (const char* text : texts) copies.emplace_back(text == nullptr ? "" : text);
  return copies;
}

}  // namespace parley
