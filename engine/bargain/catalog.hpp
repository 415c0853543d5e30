// Every parameter of one negotiation by its full path, and where its value stands in the flat block of a cell.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/bargain/model.hpp"
#include "engine/bargain/structure.hpp"

namespace parley {

/// One number: "actors.russia.ideal.territory" and its place.
struct Entry {
  std::string path;
  const DescribedParameter* described;
  std::size_t slot;
  int actor = -1, issue = -1, rung = -1, link = -1;  ///< what it belongs to, −1 where it does not
};

class Catalog {
 public:
  Catalog() = default;
  Catalog(const Model& model, const Structure& structure);

  const std::vector<Entry>& entries() const { return entries_; }
  std::size_t size() const { return entries_.size(); }

  /// The entry of a full path, or none.
  const Entry* find(const std::string& path) const;
  /// The entries of a vector path ("actors.russia.ideal" for all its issues), empty if there is none.
  std::vector<const Entry*> find_vector(const std::string& path) const;

  /// The known path that is nearest to a mistyped one.
  static std::string nearest(const std::string& path, const std::vector<std::string>& known);

 private:
  std::vector<Entry> entries_;        // in the order of the flat block: entry e has slot e
  std::vector<std::size_t> by_path_;  // slots in the order of their paths
};

}  // namespace parley
