#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "console.hpp"

namespace ecr6::cli {

using Arguments = std::vector<std::string>;

/// One subcommand. Its options are only built when it is the one that was called.
struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(const Arguments& arguments, Console& console);
};

/// Every command, in the order of the help.
[[nodiscard]] std::span<const Command> commands();

/// An option parser for `ecr6 NAME`, with the house's settings.
[[nodiscard]] std::unique_ptr<CLI::App> make_parser(std::string_view name, std::string_view description);

/// For options whose empty value would otherwise mean "not given": a script's unset variable is a mistake, not a wish.
[[nodiscard]] CLI::Validator not_empty();

/// Parses; empty when the command is to run, otherwise the exit code: 0 after --help, 3 after bad usage, which has
/// been explained in one sentence.
[[nodiscard]] std::optional<int> parse(CLI::App& parser, const Arguments& arguments, Console& console);

/// Whether the arguments ask for JSON, read before they are parsed: also an error is then JSON.
[[nodiscard]] bool wants_json(const Arguments& arguments);

}  // namespace ecr6::cli
