#include "engine/sweep/polls_reader.hpp"

#include "engine/bargain/catalog.hpp"

namespace parley {

namespace {

double number_in(const SettingValue& value, const Setting& s) {
  if (const auto* number = std::get_if<double>(&value.value)) return *number;
  throw input_error(s.place, s.path() + " holds something that is not a number. Write numbers.");
}

const SettingList& list_in(const SettingValue& value, const Setting& s) {
  if (const auto* list = std::get_if<SettingList>(&value.value)) return *list;
  throw input_error(s.place, s.path() + " is not a list. Write one, such as [0.5, 1].");
}

std::vector<double> numbers_in(const SettingValue& value, const Setting& s) {
  std::vector<double> numbers;
  for (const SettingValue& item : list_in(value, s)) numbers.push_back(number_in(item, s));
  return numbers;
}

PosteriorTable& table_of(const Setting& s, PollsTable& polls) {
  for (PlacedPosterior& placed : polls.posteriors)
    if (placed.table.actor == s.keys[2]) return placed.table;
  polls.posteriors.push_back({{.actor = s.keys[2], .mood = 0, .response = {}, .covariance = {}}, s.place});
  return polls.posteriors.back().table;
}

/// polls.posterior.ACTOR.mood, .response, .covariance
void read_posterior(const Setting& s, PollsTable& polls) {
  static const std::vector<std::string> known = {"mood", "response", "covariance"};
  const std::string& key = s.keys[3];
  if (key == known[0]) table_of(s, polls).mood = number_in(s.value, s);
  else if (key == known[1]) table_of(s, polls).response = numbers_in(s.value, s);
  else if (key == known[2]) {
    PosteriorTable& table = table_of(s, polls);
    table.covariance.clear();
    for (const SettingValue& row : list_in(s.value, s)) table.covariance.push_back(numbers_in(row, s));
  } else throw input_error(s.place, "Unknown key " + s.path() + " of what polls say. Did you mean " + Catalog::nearest(key, known) + "?");
}

std::string text_in(const SettingValue& value, const Setting& s) {
  if (const auto* text = std::get_if<std::string>(&value.value)) return *text;
  throw input_error(s.place, s.path() + " holds something that is not text. Write it in quotes.");
}

std::vector<std::string> texts_in(const Setting& s) {
  std::vector<std::string> texts;
  for (const SettingValue& item : list_in(s.value, s)) texts.push_back(text_in(item, s));
  return texts;
}

/// The position of a word among those that a key knows.
std::size_t choice_in(const Setting& s, const std::vector<std::string>& known) {
  const std::string word = text_in(s.value, s);
  for (std::size_t k = 0; k < known.size(); ++k)
    if (known[k] == word) return k;
  throw input_error(s.place, s.path() + " is \"" + word + "\". Did you mean \"" + Catalog::nearest(word, known) + "\"?");
}

/// A number of the poll model, its key and its bounds.
struct PollNumber {
  const char* key;
  double PollsSpec::*field;
  double low, high;
};
constexpr PollNumber poll_numbers[] = {
    {"default_n", &PollsSpec::default_n, 0, 1e9},     {"design_effect", &PollsSpec::design_effect, 0.1, 100}, {"daily_sd", &PollsSpec::daily_sd, 0, 1},
    {"house_sd", &PollsSpec::house_sd, 0, 3},         {"country_sd", &PollsSpec::country_sd, 0, 3},           {"wording_sd", &PollsSpec::wording_sd, 0.001, 5},
    {"response_sd", &PollsSpec::response_sd, 0, 10},
};

bool read_number(const Setting& s, PollsSpec& spec) {
  for (const PollNumber& n : poll_numbers) {
    if (s.keys[1] != n.key) continue;
    const double value = number_in(s.value, s);
    if (!(value >= n.low && value <= n.high))
      throw input_error(s.place, s.path() + " is out of bounds. Write a number from " + std::to_string(n.low) + " to " + std::to_string(n.high) + ".");
    spec.*n.field = value;
    return true;
  }
  return false;
}

}  // namespace

const std::vector<PollKey>& poll_keys() {
  static const std::vector<PollKey> keys = {
      {"polls.files", "list of files", "tables of polls and of questions, beside the configuration (configs/polls/README.md has their columns)"},
      {"polls.more", "list of files", "tables read besides: for --set"},
      {"polls.as_of", "day", "polls whose fieldwork ended later are unknown (YYYY-MM-DD); where silent, all are known"},
      {"polls.without", "list of names", "organisations that are left out"},
      {"polls.undecided", "word", "what undecided respondents count as: against, excluded or half"},
      {"polls.split_samples", "word", "whose size counts where a sample was split: part or whole"},
      {"polls.default_n", "number", "people in a poll whose organisation never states n; 0 refuses such rows"},
      {"polls.design_effect", "number", "how much more the error varies than that of a simple sample (Kish 1965); 1.5 is assumed"},
      {"polls.daily_sd", "logits", "centre of the prior of how far opinion moves in a day"},
      {"polls.house_sd", "logits", "how far organisations lean; assumed"},
      {"polls.country_sd", "logits", "how far a country leans within its public; assumed"},
      {"polls.wording_sd", "logits", "what the wording of a question adds; assumed"},
      {"polls.response_sd", "share", "prior sd of a response coefficient, as a share of its size or of 1 where it is smaller; assumed"},
      {"polls.posterior.*", "table", "what the polls said: mood, response and covariance of a public; result files hold it"},
  };
  return keys;
}

void read_polls_setting(const Setting& s, PollsTable& polls) {
  PollsSpec& spec = polls.spec;
  if (spec.place.file.empty()) spec.place = s.place;
  if (s.keys.size() == 4 && s.keys[1] == "posterior") return read_posterior(s, polls);
  const std::string key = s.keys.size() == 2 ? s.keys[1] : "";
  if (key == "files") spec.files = texts_in(s);
  else if (key == "more") for (const std::string& file : texts_in(s)) spec.files.push_back(file);
  else if (key == "without") spec.without = texts_in(s);
  else if (key == "as_of") spec.as_of = text_in(s.value, s);
  else if (key == "undecided") spec.undecided = static_cast<Undecided>(choice_in(s, {"against", "excluded", "half"}));
  else if (key == "split_samples") spec.split_samples = static_cast<SplitSamples>(choice_in(s, {"part", "whole"}));
  else if (key.empty() || !read_number(s, spec)) {
    std::vector<std::string> known;
    for (const PollKey& k : poll_keys()) known.push_back(k.path);
    throw input_error(s.place, "Unknown key " + s.path() + " (nothing about polls reads it). Did you mean " + Catalog::nearest(s.path(), known) + "?");
  }
}

OpinionPosterior posterior_of(const PlacedPosterior& placed, const Negotiation& negotiation) {
  try {
    return OpinionPosterior(negotiation, placed.table);
  } catch (const InputError& error) {
    throw input_error(placed.place, error.what());
  }
}

}  // namespace parley
