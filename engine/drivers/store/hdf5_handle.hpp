// HDF5 with every return checked. For the store's own sources: nothing else sees HDF5.
#pragma once

#include <hdf5.h>

#include <string>
#include <utility>

#include "engine/drivers/store/store_error.hpp"

namespace parley {

/// Readies the library: no loading of filter plugins, no cleaning up at exit, where a file that could not be written
/// would be tried again, and no printing of errors by this thread, since they are thrown.
void prepare_hdf5();

/// What HDF5 last complained about, as an error that says what was being done.
StoreError hdf5_error(const std::string& doing);

/// Passes a good return on and throws for a bad one.
template <typename Return>
Return checked(Return code, const std::string& doing) {
  if (code < 0) throw hdf5_error(doing);
  return code;
}

/// An HDF5 object of any kind, closed at the end of its life.
class Handle {
 public:
  using Closer = herr_t (*)(hid_t);

  Handle() = default;
  Handle(hid_t id, Closer closer, const std::string& doing) : id_(checked(id, doing)), closer_(closer) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(closer_, other.closer_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) closer_(id_);
  }

  hid_t id() const { return id_; }
  void close(const std::string& doing) {
    if (id_ >= 0) checked(closer_(std::exchange(id_, -1)), doing);
  }

 private:
  hid_t id_ = -1;
  Closer closer_ = nullptr;
};

/// Properties for moving texts. HDF5 clears its whole buffer, a megabyte where nothing is said, for the smallest of them.
Handle text_transfer();

}  // namespace parley
