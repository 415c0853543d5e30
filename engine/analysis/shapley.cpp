#include "engine/analysis/shapley.hpp"

#include <bit>
#include <cmath>
#include <string>

#include "engine/core/check.hpp"

namespace parley {

ShapleyWeights::ShapleyWeights(int players) : players_(players) {
  if (players < 1 || players > 20)
    throw InputError("A game of " + std::to_string(players) + " players cannot be shared out exactly (1 to 20 can; each one more doubles the coalitions). Sample it.");
  const auto factorial = [](int n) { return std::tgamma(n + 1.0); };
  const int n = players;
  for (int size = 0; size <= n; ++size) {
    joined_.push_back(size == 0 ? 0 : factorial(size - 1) * factorial(n - size) / factorial(n));
    missing_.push_back(size == n ? 0 : factorial(size) * factorial(n - size - 1) / factorial(n));
    pair_.push_back(size > n - 2 ? 0 : factorial(size) * factorial(n - size - 2) / factorial(n - 1));
  }
}

std::vector<double> ShapleyWeights::values(std::span<const double> worth) const {
  std::vector<double> shares(static_cast<std::size_t>(players_), 0.0);
  for (Coalition s = 0; s <= everybody(); ++s) {
    if (worth[s] == 0) continue;
    const auto size = static_cast<std::size_t>(std::popcount(s));
    for (int i = 0; i < players_; ++i)
      shares[static_cast<std::size_t>(i)] += worth[s] * ((s >> i & 1) != 0 ? joined_[size] : -missing_[size]);
  }
  return shares;
}

std::vector<double> ShapleyWeights::interactions(std::span<const double> worth) const {
  std::vector<double> all;
  for (int i = 0; i < players_; ++i)
    for (int j = i + 1; j < players_; ++j) {
      const Coalition a = Coalition{1} << i, b = Coalition{1} << j;
      double sum = 0;
      for (Coalition s = 0; s <= everybody(); ++s)
        if ((s & (a | b)) == 0)
          sum += pair_[static_cast<std::size_t>(std::popcount(s))] * (worth[s | a | b] - worth[s | a] - worth[s | b] + worth[s]);
      all.push_back(sum);
    }
  return all;
}

std::vector<Coalition> joining(std::span<const int> order) {
  std::vector<Coalition> coalitions = {0};
  for (const int player : order) coalitions.push_back(coalitions.back() | Coalition{1} << player);
  return coalitions;
}

std::vector<double> marginal_contributions(std::span<const int> order, std::span<const double> worth) {
  std::vector<double> shares(order.size(), 0.0);
  for (std::size_t place = 0; place < order.size(); ++place)
    shares[static_cast<std::size_t>(order[place])] = worth[place + 1] - worth[place];
  return shares;
}

}  // namespace parley
