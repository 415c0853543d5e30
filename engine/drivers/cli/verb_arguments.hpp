// The arguments of one verb: what is allowed, --help with examples, and numbers that are checked when read.
#pragma once

#include <boost/program_options.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parley {

/// How a verb is called. `files` is the name of the positional arguments in the usage line.
struct VerbUsage {
  std::string verb;      ///< "eum"
  std::string files;     ///< "ACTORS.csv"
  std::string purpose;   ///< one or two sentences
  std::string examples;  ///< lines as one would type them
  std::size_t least_files = 1;
  std::size_t most_files = 1;
};

/// Numbers are given to `add` as text and read by the functions below, so that 1e9, -1 or "ten" are refused by name.
class VerbArguments {
 public:
  explicit VerbArguments(VerbUsage usage);

  VerbArguments& add_value(const std::string& name, const std::string& default_value, const std::string& meaning);
  VerbArguments& add_switch(const std::string& name, const std::string& meaning);
  /// An option that may be given more than once.
  VerbArguments& add_list(const std::string& name, const std::string& meaning);

  /// False if help was asked for and printed. Throws UsageError for arguments that do not fit.
  bool parse(const std::vector<std::string>& arguments);

  const std::vector<std::string>& files() const { return files_; }
  bool has(const std::string& name) const { return values_.count(name) != 0; }  ///< given, or with a default
  std::vector<std::string> list(const std::string& name) const;
  bool is_set(const std::string& name) const { return values_[name].as<bool>(); }
  const std::string& text(const std::string& name) const { return values_[name].as<std::string>(); }
  std::uint64_t whole(const std::string& name, std::uint64_t low, std::uint64_t high) const;
  double real(const std::string& name, double low, double high) const { return to_real(name, text(name), low, high); }
  /// The same for a piece of an option's text.
  static double to_real(const std::string& name, const std::string& given, double low, double high);
  /// One of `allowed`, else refused with the list.
  const std::string& choice(const std::string& name, const std::vector<std::string>& allowed) const;

 private:
  VerbUsage usage_;
  boost::program_options::options_description options_{"Options"};
  boost::program_options::variables_map values_;
  std::vector<std::string> files_;
};

}  // namespace parley
