// A small result whose parts were exchanged through HDF5 itself: the file is sound, what it holds is anything. Types,
// shapes, sizes, attributes, links and texts are changed as the input says, and everything that reads a result reads it.
#include <hdf5.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "engine/core/check.hpp"
#include "engine/drivers/cli/result_identity.hpp"
#include "engine/drivers/cli/run_tables.hpp"
#include "engine/drivers/store/result_reader.hpp"
#include "engine/drivers/store/store_error.hpp"
#include "tests/fuzz/hdf5_memory.hpp"
#include "tests/fuzz/scratch_file.hpp"

namespace {

using namespace parley;
using fuzz::Choices;

/// A result of the corpus of the fuzzer of files, and the names of what it holds.
struct Result {
  std::vector<char> bytes;
  std::vector<std::string> names;

  explicit Result(const std::string& name);
};

herr_t note_name(hid_t, const char* name, const H5O_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}
herr_t note_attribute_name(hid_t, const char* name, const H5A_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

Result::Result(const std::string& name) {
  const std::string path = PARLEY_SOURCE_DIR "/tests/fuzz/corpus/result/" + name;
  std::ifstream stream(path, std::ios::binary);
  bytes.assign(std::istreambuf_iterator<char>(stream), {});
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_NATIVE, note_name, &names, H5O_INFO_BASIC);
  H5Fclose(file);
  if (names.empty()) std::abort();
}

hid_t any_type(Choices& choices) {
  const std::uint8_t choice = choices.byte() % 14;
  const hid_t plain[] = {H5T_STD_U8LE, H5T_STD_U16LE, H5T_STD_U32LE, H5T_STD_U64LE, H5T_IEEE_F32LE, H5T_IEEE_F64LE, H5T_STD_I64LE, H5T_IEEE_F32BE, H5T_STD_REF_OBJ};
  if (choice < 9) return H5Tcopy(plain[choice]);
  if (choice == 9) return H5Tvlen_create(H5T_STD_U8LE);
  if (choice == 10) return H5Tcreate(H5T_OPAQUE, 1 + choices.byte());
  if (choice == 11) {
    const hid_t type = H5Tenum_create((choices.byte() & 1) != 0 ? H5T_STD_U8LE : H5T_STD_I32LE);
    for (int member = choices.byte() % 5; member >= 0; --member) {
      const std::int32_t value = member * 50;
      H5Tenum_insert(type, choices.text(choices.byte() % 4).c_str(), &value);
    }
    return type;
  }
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, choice == 12 ? H5T_VARIABLE : 1 + choices.byte());
  return type;
}

hsize_t any_extent(Choices& choices) {
  const hsize_t usual[] = {0, 1, 2, 3, 5, 8, 64, 8191, 65537, 1u << 20, hsize_t{1} << 32, hsize_t{1} << 60};
  const std::uint8_t choice = choices.byte();
  return choice < 240 ? usual[choice % 12] : choices.number();
}

hid_t any_space(Choices& choices, int& rank) {
  const std::uint8_t choice = choices.byte() % 8;
  rank = choice < 5 ? 1 : choice == 5 ? 2 : choice == 6 ? 3 : 0;
  if (choice == 7) return H5Screate((choices.byte() & 1) != 0 ? H5S_NULL : H5S_SCALAR);
  hsize_t extent[3];
  for (int d = 0; d < rank; ++d) extent[d] = any_extent(choices);
  return H5Screate_simple(rank, extent, nullptr);
}

/// Whatever HDF5 refuses is left undone.
void change_one_thing(hid_t file, const std::vector<std::string>& names, Choices& choices) {
  const std::string& name = names[choices.number(2) % names.size()];
  const std::string& other = names[choices.number(2) % names.size()];
  switch (choices.byte() % 8) {
    case 0: H5Ldelete(file, name.c_str(), H5P_DEFAULT); break;
    case 1: {
      int rank = 0;
      const hid_t type = any_type(choices), space = any_space(choices, rank), properties = H5Pcreate(H5P_DATASET_CREATE);
      if (rank > 0 && (choices.byte() & 1) != 0) {
        hsize_t chunk[3];
        for (hsize_t& c : chunk) c = std::max<hsize_t>(any_extent(choices), 1);
        H5Pset_chunk(properties, rank, chunk);
        if ((choices.byte() & 1) != 0) H5Pset_deflate(properties, 1);
      }
      H5Ldelete(file, name.c_str(), H5P_DEFAULT);
      const hid_t made = H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
      H5Dclose(made), H5Pclose(properties), H5Sclose(space), H5Tclose(type);
      break;
    }
    case 2: {
      const hid_t object = H5Oopen(file, name.c_str(), H5P_DEFAULT);
      std::vector<std::string> attributes;
      H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, note_attribute_name, &attributes);
      if (!attributes.empty()) {
        const std::string attribute = attributes[choices.byte() % attributes.size()];
        H5Adelete(object, attribute.c_str());
        int rank = 0;
        const hid_t type = any_type(choices), space = any_space(choices, rank);
        const hid_t made = H5Acreate2(object, attribute.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Aclose(made), H5Sclose(space), H5Tclose(type);
      }
      H5Oclose(object);
      break;
    }
    case 3: {
      H5Ldelete(file, name.c_str(), H5P_DEFAULT);
      const std::uint8_t kind = choices.byte() % 4;
      if (kind == 0) H5Gclose(H5Gcreate2(file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
      if (kind == 1) H5Lcreate_soft(other.c_str(), file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
      if (kind == 2) H5Lcreate_external("/dev/zero", "/x", file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
      if (kind == 3) H5Lcreate_hard(file, other.c_str(), file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
      break;
    }
    case 4: {
      const hid_t dataset = H5Dopen2(file, name.c_str(), H5P_DEFAULT), type = H5Dget_type(dataset), space = H5Dget_space(dataset);
      std::vector<std::uint8_t> values(4096);
      for (std::uint8_t& value : values) value = choices.byte();
      if (H5Tdetect_class(type, H5T_VLEN) == 0 && H5Tis_variable_str(type) == 0 && static_cast<std::uint64_t>(H5Sget_simple_extent_npoints(space)) <= values.size() / std::max<std::size_t>(H5Tget_size(type), 1))
        H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
      H5Sclose(space), H5Tclose(type), H5Dclose(dataset);
      break;
    }
    case 5: {
      const char* const facts[] = {"configuration", "settings", "identity", "runs", "seed", "threads", "title", "shard"};
      const char* const fact = facts[choices.byte() % 8];
      const hid_t about = H5Gopen2(file, "about", H5P_DEFAULT), type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
      H5Tset_size(type, H5T_VARIABLE);
      H5Adelete(about, fact);
      const hid_t attribute = H5Acreate2(about, fact, type, space, H5P_DEFAULT, H5P_DEFAULT);
      const std::string text = choices.text(choices.number(2) % 2048);
      const char* const value = text.c_str();
      H5Awrite(attribute, type, &value);
      H5Aclose(attribute), H5Sclose(space), H5Tclose(type), H5Gclose(about);
      break;
    }
    case 6: H5Lmove(file, name.c_str(), file, other.c_str(), H5P_DEFAULT, H5P_DEFAULT); break;
    case 7: {
      const hid_t dataset = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
      const hsize_t extent[3] = {any_extent(choices), any_extent(choices), any_extent(choices)};
      H5Dset_extent(dataset, extent);
      H5Dclose(dataset);
      break;
    }
  }
}

void read_as_every_verb_does(const std::string& path) {
  const ResultReader result(path);
  for (const std::string& group : result.groups())
    if (group != "runs") {
      const Table table = result.read_table(group);
      if (group == "summary") static_cast<void>(tallies_of(table));
    }
  static_cast<void>(result.complete());
  static_cast<void>(costs_of(result));
  static_cast<void>(identity_differences(result.identity(), result.about()));
  if (!result.has("runs")) return;
  static_cast<void>(result.computed_bits());
  static_cast<void>(result.row_of(3));
  static_cast<void>(refusals_in(result, config_in(result).negotiation));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string path = fuzz::scratch_path("structure.h5");
  fuzz::keep_hdf5_memory();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  // One dataset of each kind is read several times as fast as all that a run writes.
  static const Result narrow("narrow.h5"), whole("tiny.h5");
  const Result& result = size != 0 && data[size - 1] == 0 ? whole : narrow;
  fuzz::write_scratch(path, result.bytes.data(), result.bytes.size());
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  Choices choices(data, size);
  for (int change = 0; change < 6 && !choices.empty(); ++change) change_one_thing(file, result.names, choices);
  H5Fclose(file);
  try {
    read_as_every_verb_does(path);
  } catch (const StoreError&) {
  } catch (const InputError&) {
  }
  std::remove(path.c_str());
  return 0;
}
