#include "engine/drivers/cli/verb_arguments.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iostream>
#include <sstream>
#include <utility>

#include "engine/core/check.hpp"

namespace parley {
namespace po = boost::program_options;

VerbArguments::VerbArguments(VerbUsage usage) : usage_(std::move(usage)) {
  options_.add_options()("help,h", po::bool_switch(), "print this help");
}

VerbArguments& VerbArguments::add_value(const std::string& name, const std::string& default_value,
                                        const std::string& meaning) {
  auto* value = po::value<std::string>();
  if (!default_value.empty()) value->default_value(default_value);
  options_.add_options()(name.c_str(), value, meaning.c_str());
  return *this;
}

VerbArguments& VerbArguments::add_list(const std::string& name, const std::string& meaning) {
  options_.add_options()(name.c_str(), po::value<std::vector<std::string>>(), meaning.c_str());
  return *this;
}

std::vector<std::string> VerbArguments::list(const std::string& name) const {
  return has(name) ? values_[name].as<std::vector<std::string>>() : std::vector<std::string>{};
}

VerbArguments& VerbArguments::add_switch(const std::string& name, const std::string& meaning) {
  options_.add_options()(name.c_str(), po::bool_switch(), meaning.c_str());
  return *this;
}

bool VerbArguments::parse(const std::vector<std::string>& arguments) {
  po::options_description all;
  all.add(options_).add_options()("file", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("file", -1);
  try {
    po::store(po::command_line_parser(arguments).options(all).positional(positional).run(), values_);
    po::notify(values_);
  } catch (const po::error& error) {
    throw UsageError(std::string(error.what()) + ". See parley " + usage_.verb + " --help.");
  }
  if (is_set("help")) {
    std::cout << "parley " << usage_.verb << ' ' << usage_.files << " [options]\n\n"
              << usage_.purpose << "\n\n"
              << options_ << "\nExamples:\n"
              << usage_.examples << '\n';
    return false;
  }
  if (values_.count("file") != 0) files_ = values_["file"].as<std::vector<std::string>>();
  if (files_.size() < usage_.least_files || files_.size() > usage_.most_files)
    throw UsageError(std::to_string(files_.size()) + " files given (" + usage_.files + " expected). See parley " +
                     usage_.verb + " --help.");
  return true;
}

std::uint64_t VerbArguments::whole(const std::string& name, std::uint64_t low, std::uint64_t high) const {
  const std::string& given = text(name);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
  if (error != std::errc() || end != given.data() + given.size() || number < low || number > high)
    throw UsageError("--" + name + " " + given + " is not a whole number from " + std::to_string(low) + " to " +
                     std::to_string(high) + ". Give such a number.");
  return number;
}

double VerbArguments::to_real(const std::string& name, const std::string& given, double low, double high) {
  double number = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
  if (error != std::errc() || end != given.data() + given.size() || !(number >= low && number <= high)) {
    std::ostringstream message;
    message << "--" << name << ' ' << given << " is not a number from " << low << " to " << high
            << ". Give such a number.";
    throw UsageError(message.str());
  }
  return number;
}

const std::string& VerbArguments::choice(const std::string& name, const std::vector<std::string>& allowed) const {
  const std::string& given = text(name);
  if (std::find(allowed.begin(), allowed.end(), given) != allowed.end()) return given;
  std::string list;
  for (const std::string& each : allowed) list += (list.empty() ? "" : ", ") + each;
  throw UsageError("--" + name + " " + given + " is not known (" + list + " are). Choose one of them.");
}

}  // namespace parley
