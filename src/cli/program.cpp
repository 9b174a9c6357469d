#include "program.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::cli {

namespace {

std::string usage() {
  std::string text =
      "ecr6: can this host reach Amazon ECR over IPv6, and if not, what is in the way?\n\n"
      "usage: ecr6 COMMAND [ARGUMENTS]\n\ncommands:\n";
  for (const Command& command : commands()) text += fmt::format("  {:<10} {}\n", command.name, command.summary);
  return text +
         "\n'ecr6 COMMAND --help' lists a command's options; 'ecr6 --version' prints the version.\n"
         "exit codes: 0 ready, 1 degraded, 2 not ready, 3 unknown (could not be tested, bad usage or input)\n";
}

std::string nearest_command(std::string_view word) {
  const auto by_distance = [&](const Command& left, const Command& right) {
    return edit_distance(word, left.name) < edit_distance(word, right.name);
  };
  const auto all = commands();
  const auto nearest = std::min_element(all.begin(), all.end(), by_distance);
  if (nearest == all.end() || edit_distance(word, nearest->name) > 2) return "run 'ecr6 --help' for the commands";
  return fmt::format("did you mean '{}'?", nearest->name);
}

int dispatch(const std::vector<std::string>& arguments, Console& console) {
  const std::string word = arguments.empty() ? "--help" : arguments.front();
  if (word == "--help" || word == "-h" || word == "help") {
    console.print(usage());
    return arguments.empty() ? exit_unknown : exit_ok;
  }
  if (word == "--version" || word == "-V") {
    console.print("ecr6 " ECR6_VERSION "\n");
    return exit_ok;
  }
  for (const Command& command : commands())
    if (command.name == word) return command.run({arguments.begin() + 1, arguments.end()}, console);
  return fail(console, fmt::format("unknown command '{}'; {}", word, nearest_command(word)), wants_json(arguments));
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
  Console console;
  try {
    return console.finish(dispatch(arguments, console));
  } catch (const std::bad_alloc&) {
    return fail(console, "out of memory", false);
  } catch (const std::exception& error) {
    return console.finish(fail(console, error.what(), wants_json(arguments)));
  }
}

}  // namespace ecr6::cli
