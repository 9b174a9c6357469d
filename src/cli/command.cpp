#include "command.hpp"

#include <algorithm>
#include <memory>

namespace ecr6::cli {

std::unique_ptr<CLI::App> make_parser(std::string_view name, std::string_view description) {
  auto parser = std::make_unique<CLI::App>(std::string{description}, "ecr6 " + std::string{name});
  parser->get_formatter()->column_width(28);
  parser->set_help_flag("-h,--help", "print this help");
  return parser;
}

CLI::Validator not_empty() {
  const auto check = [](const std::string& given) {
    return std::string{given.empty() ? "expected a value, found an empty text" : ""};
  };
  return {check, ""};
}

std::optional<int> parse(CLI::App& parser, const Arguments& arguments, Console& console) {
  try {
    // CLI11 takes its arguments from the back.
    parser.parse(Arguments{arguments.rbegin(), arguments.rend()});
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    console.print(parser.help());
    return exit_ok;
  } catch (const CLI::ParseError& error) {
    return fail(console, std::string{error.what()} + "; see '" + parser.get_name() + " --help'", wants_json(arguments));
  }
}

bool wants_json(const Arguments& arguments) {
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    if (arguments[i] == "--json" || arguments[i] == "--format=json") return true;
    if (arguments[i] == "--format" && i + 1 < arguments.size() && arguments[i + 1] == "json") return true;
  }
  return false;
}

}  // namespace ecr6::cli
