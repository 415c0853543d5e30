#include "engine/drivers/store/hdf5_handle.hpp"

#include <cstdlib>

namespace parley {
namespace {

struct Complaint {
  std::string text;
  int system_error = 0;
};

/// Called from the place of the error outwards: the first text is the nearest to the cause.
herr_t note(unsigned, const H5E_error2_t* error, void* data) {
  Complaint& complaint = *static_cast<Complaint*>(data);
  const std::string text = error->desc == nullptr ? "" : error->desc;
  if (complaint.text.empty()) complaint.text = text;
  const std::size_t at = text.find("errno = ");
  if (complaint.system_error == 0 && at != std::string::npos) complaint.system_error = std::atoi(text.c_str() + at + 8);
  return 0;
}

}  // namespace

void prepare_hdf5() {
  static const bool ready = [] {
    H5dont_atexit();
    // The library keeps megabytes of what it freed, in lists for each size.
    constexpr int list = 1 << 16, all_lists = 1 << 18;
    return H5open() >= 0 && H5PLset_loading_state(0) >= 0 &&
           H5set_free_list_limits(all_lists, list, all_lists, list, all_lists, list) >= 0;
  }();
  if (!ready || H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) < 0) {
    throw StoreError("HDF5 cannot be used", "its library does not start", "Install HDF5 again.");
  }
}

StoreError hdf5_error(const std::string& doing) {
  Complaint complaint;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note, &complaint);
  if (complaint.system_error != 0) return StoreError("Cannot " + doing, complaint.system_error);
  return StoreError("Cannot " + doing, "HDF5: " + (complaint.text.empty() ? "no reason given" : complaint.text),
                    "Check the file and the disk, or choose another name.");
}

Handle text_transfer() {
  constexpr std::size_t buffer_bytes = 1u << 14;
  Handle properties(H5Pcreate(H5P_DATASET_XFER), H5Pclose, "move texts");
  checked(H5Pset_buffer(properties.id(), buffer_bytes, nullptr, nullptr), "move texts");
  return properties;
}

}  // namespace parley
