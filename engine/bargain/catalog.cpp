#include "engine/bargain/catalog.hpp"

#include <algorithm>
#include <numeric>

namespace parley {

namespace {

std::string replace_first(std::string path, const std::string& what, const std::string& with) {
  const auto at = path.find(what);
  return at == std::string::npos ? path : path.replace(at, what.size(), with);
}

}  // namespace

Catalog::Catalog(const Model& model, const Structure& s) {
  for (const DescribedParameter& d : model.parameters) {
    const std::string path = d.parameter.path;
    const auto add = [&](const std::string& full, int actor, int issue, int rung, int link) {
      entries_.push_back({full, &d, entries_.size(), actor, issue, rung, link});
    };
    switch (d.extent) {
      case Extent::scalar: add(path, -1, -1, -1, -1); break;
      case Extent::actor:
        for (int i = 0; i < s.layout.n.actors; ++i) add(replace_first(path, "*", s.actors[i].name), i, -1, -1, -1);
        break;
      case Extent::issue:
        for (int k = 0; k < s.layout.n.issues; ++k) add(replace_first(path, "*", s.issues[k].name), -1, k, -1, -1);
        break;
      case Extent::rung:
        for (int r = 0; r < s.layout.n.rungs; ++r) add(replace_first(path, "*", s.rungs[r].name), -1, -1, r, -1);
        break;
      case Extent::actor_issue:
        for (int i = 0; i < s.layout.n.actors; ++i)
          for (int k = 0; k < s.layout.n.issues; ++k)
            add(replace_first(replace_first(path, "*", s.actors[i].name), "*", s.issues[k].name), i, k, -1, -1);
        break;
      case Extent::actor_link:
        for (int i = 0; i < s.layout.n.actors; ++i)
          for (int l = 0; l < s.layout.n.links; ++l)
            add(replace_first(replace_first(path, "*", s.actors[i].name), "*", s.links[l].name), i, -1, -1, l);
        break;
    }
  }
  by_path_.resize(entries_.size());
  std::iota(by_path_.begin(), by_path_.end(), std::size_t{0});
  std::sort(by_path_.begin(), by_path_.end(), [&](std::size_t a, std::size_t b) { return entries_[a].path < entries_[b].path; });
}

const Entry* Catalog::find(const std::string& path) const {
  const auto at = std::lower_bound(by_path_.begin(), by_path_.end(), path,
                                   [&](std::size_t slot, const std::string& wanted) { return entries_[slot].path < wanted; });
  return at == by_path_.end() || entries_[*at].path != path ? nullptr : &entries_[*at];
}

std::vector<const Entry*> Catalog::find_vector(const std::string& path) const {
  std::vector<const Entry*> found;
  for (const Entry& e : entries_) {
    const bool spread = e.described->extent == Extent::actor_issue || e.described->extent == Extent::actor_link;
    if (spread && e.path.size() > path.size() && e.path.compare(0, path.size(), path) == 0 &&
        e.path[path.size()] == '.' && e.path.find('.', path.size() + 1) == std::string::npos)
      found.push_back(&e);
  }
  return found;
}

std::string Catalog::nearest(const std::string& path, const std::vector<std::string>& known) {
  std::string best;
  std::size_t least = static_cast<std::size_t>(-1);
  std::vector<std::size_t> row(path.size() + 1);
  for (const std::string& candidate : known) {  // Levenshtein's distance
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t j = 1; j <= candidate.size(); ++j) {
      std::size_t diagonal = row[0];
      row[0] = j;
      for (std::size_t i = 1; i <= path.size(); ++i) {
        const std::size_t change = diagonal + (path[i - 1] == candidate[j - 1] ? 0 : 1);
        diagonal = row[i];
        row[i] = std::min({row[i] + 1, row[i - 1] + 1, change});
      }
    }
    if (row[path.size()] < least) {
      least = row[path.size()];
      best = candidate;
    }
  }
  return best;
}

}  // namespace parley
