#include "engine/drivers/validate/oracle_registry.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace parley {

namespace {
/// Levenshtein's distance between two words, of which only the first hundred letters are looked at.
std::size_t edit_distance(const std::string& whole_a, const std::string& whole_b) {
  const std::string a = whole_a.substr(0, 100), b = whole_b.substr(0, 100);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row.back();
}
}  // namespace

void OracleRegistry::add(const std::string& kind, OracleFunction compute) { functions_[kind] = std::move(compute); }

const OracleFunction* OracleRegistry::find(const std::string& kind) const {
  const auto found = functions_.find(kind);
  return found == functions_.end() ? nullptr : &found->second;
}

std::string OracleRegistry::nearest(const std::string& kind) const {
  std::string best;
  std::size_t least = 1000;
  for (const auto& [name, function] : functions_)
    if (const std::size_t distance = edit_distance(kind, name); distance < least) {
      least = distance;
      best = name;
    }
  return best;
}

std::vector<std::string> OracleRegistry::kinds() const {
  std::vector<std::string> names;
  for (const auto& [name, function] : functions_) names.push_back(name);
  return names;
}

OracleRegistry shipped_oracles() {
  OracleRegistry registry;
  add_bargaining_oracles(registry);
  add_war_oracles(registry);
  add_preference_oracles(registry);
  add_opinion_oracles(registry);
  add_analysis_oracles(registry);
  add_eum_oracles(registry);
  add_saop_oracles(registry);
  return registry;
}

}  // namespace parley
