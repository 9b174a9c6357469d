#include "lab/scenario.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "command.hpp"
#include "commands.hpp"
#include "ecr6/core/json.hpp"

namespace ecr6::cli {

namespace {

std::string as_table() {
  std::string text = "exit  scenario               what is wrong\n";
  for (const lab::Scenario& scenario : lab::scenarios())
    text += fmt::format("{:>4}  {:<21}  {}\n", scenario.exit_code, scenario.name, scenario.summary);
  return text + "\n'ecr6 check --lab SCENARIO us-west-2' runs against one, on loopback alone.\n";
}

std::string as_json() {
  boost::json::array list;
  for (const lab::Scenario& scenario : lab::scenarios())
    list.push_back({{"name", scenario.name}, {"summary", scenario.summary}, {"exit_code", scenario.exit_code}});
  return to_text(boost::json::object{{"schema", "ecr6.lab/1"}, {"scenarios", std::move(list)}}) + "\n";
}

}  // namespace

int run_lab(const Arguments& arguments, Console& console) {
  const auto parser = make_parser("lab", "The scenarios of the embedded ECR, with the exit code of each.");
  bool json = false;
  parser->add_flag("--json", json, "print JSON (docs/schema/ecr6.lab-1.json)");
  if (const auto status = parse(*parser, arguments, console)) return *status;
  console.print(json ? as_json() : as_table());
  return exit_ok;
}

}  // namespace ecr6::cli
