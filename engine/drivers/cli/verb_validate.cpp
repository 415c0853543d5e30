// parley validate: computes every oracle afresh and says which agree with what is expected.
#include <iostream>
#include <string>
#include <vector>

#include "engine/analysis/text_file.hpp"
#include "engine/drivers/cli/verb_arguments.hpp"
#include "engine/drivers/cli/verbs.hpp"
#include "engine/drivers/validate/validate.hpp"

namespace parley {

namespace {

VerbArguments described() {
  return VerbArguments(
      {.verb = "validate",
       .files = "[--oracles FILE.json] [--json]",
       .purpose = "Computes known results of bargaining theory, statistics and published models from their inputs and\n"
                  "compares them with what is expected. Without --oracles the set that ships with this build is run.\n"
                  "The exit code is 0 if every entry passed and every kind was known.",
       .examples =
           "  parley validate                              a table of all shipped oracles\n"
           "  parley validate --json                       the same for a program\n"
           "  parley validate --oracles my_oracles.json    your own entries, in the same format:\n"
           "    [{\"name\": \"patient\", \"model\": \"alternating_offers\", \"inputs\": {\"d1\": 0.99, \"d2\": 0.9},\n"
           "      \"expected\": {\"share1_when_1_proposes\": 0.91743}, \"tolerance\": 1e-5, \"source\": \"Rubinstein "
           "1982\"}]\n",
       .least_files = 0,
       .most_files = 0});
}

}  // namespace

int verb_validate(const std::vector<std::string>& arguments) {
  VerbArguments given = described();
  given.add_value("oracles", "", "a JSON list of oracles to run instead of those that ship")
      .add_switch("json", "print JSON: passed, failed, unknown and results")
      .add_switch("kinds", "list the kinds that are known");
  if (!given.parse(arguments)) return 0;
  const OracleRegistry registry = shipped_oracles();
  if (given.is_set("kinds")) {
    for (const std::string& kind : registry.kinds()) std::cout << kind << '\n';
    return 0;
  }
  const bool own = given.has("oracles");
  const std::string file = own ? given.text("oracles") : "shipped oracles";
  const OracleReport report =
      validate(read_oracles(own ? read_text_file(file, largest_oracle_file) : shipped_oracles_text(), file), registry);
  std::cout << (given.is_set("json") ? report_json(report).dump(2) + "\n" : report_table(report));
  return report.all_passed() ? 0 : 1;
}

}  // namespace parley
