#include "engine/sweep/opinion_posterior.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "engine/core/check.hpp"
#include "engine/core/rng.hpp"

namespace parley {

namespace {

/// Uses of the posterior's streams.
constexpr std::uint8_t mood_use = 0, response_use = 1;
/// A pivot smaller than this is rounding of the written covariance: nothing is left to draw.
constexpr double rounding = 1e-6;

std::string decimal(double x) {
  char text[40];
  std::snprintf(text, sizeof text, "%.8f", x);
  return text;
}

std::string list_text(const std::vector<double>& numbers) {
  std::string text;
  for (const double x : numbers) text += (text.empty() ? "" : ", ") + decimal(x);
  return "[" + text + "]";
}

/// Lower triangle L with L Lᵀ = c, row by row; a direction without variance gives a column of zeros.
std::vector<double> cholesky(const std::vector<double>& c, std::size_t n, const std::string& actor) {
  std::vector<double> l(n * n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    double pivot = c[j * n + j];
    for (std::size_t k = 0; k < j; ++k) pivot -= l[j * n + k] * l[j * n + k];
    if (!(pivot > -rounding))
      throw InputError("polls.posterior." + actor + ".covariance is no covariance (it is not positive semidefinite). Write a matrix of variances and covariances.");
    if (pivot <= rounding * rounding) continue;
    const double root = std::sqrt(pivot);
    for (std::size_t i = j; i < n; ++i) {
      double rest = c[i * n + j];
      for (std::size_t k = 0; k < j; ++k) rest -= l[i * n + k] * l[j * n + k];
      l[i * n + j] = rest / root;
    }
  }
  return l;
}

}  // namespace

std::string posterior_text(const std::vector<PosteriorTable>& tables) {
  std::string text;
  for (const PosteriorTable& table : tables) {
    text += "\n[polls.posterior." + table.actor + "]\nmood = " + decimal(table.mood) + "\nresponse = " + list_text(table.response) + "\ncovariance = [\n";
    for (const std::vector<double>& row : table.covariance) text += "  " + list_text(row) + ",\n";
    text += "]\n";
  }
  return text;
}

OpinionPosterior::OpinionPosterior(const Negotiation& n, const PosteriorTable& table) {
  const Structure& s = n.structure;
  const std::string path = "actors." + table.actor, name = "polls.posterior." + table.actor;
  const Entry* mood = n.catalog.find(path + ".mood");
  const std::vector<const Entry*> response = n.catalog.find_vector(path + ".response");
  if (mood == nullptr || response.size() != s.issues.size())
    throw InputError(name + " belongs to no public of this model (no actor of that name has a mood and a response). Name an actor of the configuration.");
  const std::size_t size = 1 + response.size();
  const bool square = table.covariance.size() == size && std::all_of(table.covariance.begin(), table.covariance.end(), [&](const auto& row) { return row.size() == size; });
  if (table.response.size() + 1 != size || !square)
    throw InputError(name + " does not fit the " + std::to_string(size - 1) + " issues (response has one number an issue, covariance a row and a column for the mood and for each issue). Write that many.");

  std::vector<std::size_t> order(size);  // positions in the table, in drawing order
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto stream = [&](std::size_t position) { return s.layout.issue_stream[position - 1]; };
  std::sort(order.begin() + 1, order.end(), [&](std::size_t a, std::size_t b) { return stream(a) < stream(b); });

  actor_stream_ = s.layout.actor_stream[mood->actor];
  for (const std::size_t at : order) {
    const Entry& entry = at == 0 ? *mood : *response[at - 1];
    const double mean = at == 0 ? table.mood : table.response[at - 1];
    const Parameter& p = entry.described->parameter;
    if (!(mean >= p.low && mean <= p.high))
      throw InputError(name + " puts " + entry.path + " at " + std::to_string(mean) + ", out of its bounds (" + std::to_string(p.low) + " to " + std::to_string(p.high) + "). Write a number between.");
    slots_.push_back(entry.slot);
    streams_.push_back(at == 0 ? 0 : stream(at));
    means_.push_back(mean);
    low_.push_back(p.low);
    high_.push_back(p.high);
    for (const std::size_t other : order) {
      const double c = table.covariance[at][other];
      if (!(std::fabs(c - table.covariance[other][at]) <= rounding) || !(std::fabs(c) <= 1e6))
        throw InputError(name + ".covariance is not symmetric or not finite. Write a matrix of variances and covariances.");
      covariance_.push_back(c);
    }
  }
  factor_ = cholesky(covariance_, size, table.actor);
  fixed_.assign(size, false);
}

void OpinionPosterior::fix(std::size_t slot) {
  for (std::size_t i = 0; i < slots_.size(); ++i)
    if (slots_[i] == slot) fixed_[i] = true;
}

std::string OpinionPosterior::resolved() const {
  std::string text = "posterior " + std::to_string(actor_stream_);
  const auto exact = [](double x) {
    char written[32];
    std::snprintf(written, sizeof written, " %.17g", x);
    return std::string(written);
  };
  for (std::size_t i = 0; i < slots_.size(); ++i) text += " " + std::to_string(slots_[i]) + (fixed_[i] ? " fixed" : exact(means_[i]));
  for (const double c : covariance_) text += exact(c);
  return text + "\n";
}

void OpinionPosterior::draw(std::uint64_t seed, std::uint32_t replicate, double* values) const {
  const Draws<double> draws(seed, replicate, actor_stream_);
  double z[1 + max_issues];
  z[0] = draws.normal({Stream::Kind::posterior, 0}, mood_use);
  for (std::size_t i = 1; i < slots_.size(); ++i) z[i] = draws.normal({Stream::Kind::posterior, streams_[i]}, response_use);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (fixed_[i]) continue;
    double value = means_[i];
    for (std::size_t k = 0; k <= i; ++k) value += factor_[i * slots_.size() + k] * z[k];
    values[slots_[i]] = std::min(std::max(value, low_[i]), high_[i]);
  }
}

}  // namespace parley
