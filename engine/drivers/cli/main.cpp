#include <string>
#include <vector>

#include "engine/drivers/cli/verbs.hpp"

int main(int count, char** arguments) {
  return parley::run_command_line(std::vector<std::string>(arguments + 1, arguments + count));
}
