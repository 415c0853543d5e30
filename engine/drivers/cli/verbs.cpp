#include "engine/drivers/cli/verbs.hpp"

#include <cerrno>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>

#include "engine/bargain/catalog.hpp"
#include "engine/core/check.hpp"
#include "engine/drivers/cli/provenance.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {

namespace {

void print_help() {
  std::cout << "parley " << program_version() << ": agent-based negotiation simulation\n\nusage: parley VERB [arguments]\n\n";
  for (const Verb& verb : verbs()) std::printf("  %-10s %s\n", verb.name, verb.summary);
  std::cout << "\n`parley VERB --help` explains a verb, with examples. Start with\n"
               "  parley run configs/ukraine-2026-01.toml\n"
               "  parley replay configs/ukraine-2026-01.toml --run 0\n";
}

/// Words that did not arrive (a full disk) are a failure, whatever was done.
int said(int status) {
  const bool taken = std::cout.flush().good();
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && taken) return status;
  const StoreError lost("The output is not whole", errno != 0 ? errno : EIO, "Make room where it goes; result files are not affected.");
  std::cerr << "parley: " << lost.what() << "\n";
  return status == 0 ? 1 : status;
}

}  // namespace

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = {
      {"run", "play a configuration: scenario shares with intervals, and a result file", &verb_run},
      {"replay", "tell one run round by round: what was tabled, who refused and why", &verb_replay},
      {"explain", "why the talks stall: what each mechanism adds, and which to lift first", &verb_explain},
      {"inspect", "what a result file holds, what made it, and whether it is whole", &verb_inspect},
      {"analyse", "which parameters of a sweep matter, how much is luck, and where deals happen", &verb_analyse},
      {"describe", "every part and parameter: path, default, bounds, unit, meaning, source", &verb_describe},
      {"polls", "what polls say: the mood of each public and how it answers a package", &verb_polls},
      {"solve", "win-sets, the zone of agreement and what solution concepts would pick", &verb_solve},
      {"compare", "what differs between two results or configurations, in input and in outcome", &verb_compare},
      {"hindcast", "score a configuration of the past on what happened since", &verb_hindcast},
      {"report", "a result as one HTML page with charts that opens anywhere", &verb_report},
      {"validate", "compare the engine with theory: every oracle, computed and expected", &verb_validate},
      {"backtest", "the error of solution concepts and dynamic models on decisions that are known", &verb_backtest},
      {"eum", "the expected-utility (challenge) model on a table of actors", &verb_eum},
      {"saop", "stacked alternating offers between negotiators with profiles", &verb_saop},
      {"merge", "join the shards of a run", &verb_merge},
      {"bench", "rounds a second on this machine: by kernel, threads, size, cells and storing", &verb_bench},
  };
  return all;
}

int run_command_line(const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
    print_help();
    return said(arguments.empty() ? 2 : 0);
  }
  if (arguments[0] == "--version") {
    std::cout << "parley " << program_version() << "\n";
    return said(0);
  }
  std::vector<std::string> names;
  for (const Verb& verb : verbs()) {
    names.push_back(verb.name);
    if (arguments[0] != verb.name) continue;
    const std::string who = "parley " + arguments[0] + ": ";
    try {
      return said(verb.main({arguments.begin() + 1, arguments.end()}));
    } catch (const UsageError& error) {
      std::cerr << who << error.what() << "\n";
      return 2;
    } catch (const InputError& error) {
      std::cerr << who << error.what() << "\n";
    } catch (const StoreError& error) {
      std::cerr << who << error.what() << "\n";
    } catch (const std::bad_alloc&) {
      std::cerr << who << "There is not enough memory (the plan is too large for this machine). Ask for fewer cells at a time.\n";
    } catch (const std::exception& error) {
      std::cerr << who << "Something failed that should not (" << error.what() << "). Please report it with the command and its files.\n";
    }
    return 1;
  }
  std::cerr << "parley: There is no verb " << arguments[0] << ". Did you mean " << Catalog::nearest(arguments[0], names) << "? `parley --help` lists them.\n";
  return 2;
}

}  // namespace parley
