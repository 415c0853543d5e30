// The verbs of the command line, in the order in which `parley --help` shows them.
#pragma once

#include <string>
#include <vector>

namespace parley {

struct Verb {
  const char* name;
  const char* summary;
  int (*main)(const std::vector<std::string>& arguments);
};

const std::vector<Verb>& verbs();

/// Runs the verb that the arguments name. Exit codes: 0 done, 1 bad input, 2 bad usage, 130 interrupted.
int run_command_line(const std::vector<std::string>& arguments);

int verb_run(const std::vector<std::string>& arguments);
int verb_replay(const std::vector<std::string>& arguments);
int verb_explain(const std::vector<std::string>& arguments);
int verb_inspect(const std::vector<std::string>& arguments);
int verb_analyse(const std::vector<std::string>& arguments);
int verb_describe(const std::vector<std::string>& arguments);
int verb_polls(const std::vector<std::string>& arguments);
int verb_solve(const std::vector<std::string>& arguments);
int verb_validate(const std::vector<std::string>& arguments);
int verb_backtest(const std::vector<std::string>& arguments);
int verb_eum(const std::vector<std::string>& arguments);
int verb_saop(const std::vector<std::string>& arguments);
int verb_merge(const std::vector<std::string>& arguments);
int verb_compare(const std::vector<std::string>& arguments);
int verb_hindcast(const std::vector<std::string>& arguments);
int verb_report(const std::vector<std::string>& arguments);
int verb_bench(const std::vector<std::string>& arguments);

}  // namespace parley
