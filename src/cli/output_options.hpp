#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "console.hpp"
#include "ecr6/observation/observation.hpp"
#include "ecr6/report/report.hpp"

/// The output options that `check` and `report` share, and what they mean.
namespace ecr6::cli {

enum class Format { text, verbose, json };
enum class Colour { automatic, always, never };

struct OutputOptions {
  Format format{Format::text};
  bool quiet{};      ///< -q: the summary line alone; never together with another format
  std::string file;  ///< --output; empty or "-": standard output
  Colour colour{Colour::automatic};
  bool redact{};
  std::optional<Require> require;  ///< empty: not given
  bool strict{};

  [[nodiscard]] bool json() const { return format == Format::json; }
  [[nodiscard]] bool to_file() const { return !file.empty() && file != "-"; }
};

/// Declares --format, -v, --json, -q, --output, --color, --redact, --require and --strict on `parser`, in their own
/// group of the help. Contradictions (-q with --json, --format text with -v) are usage errors of the parser.
/// `options` has to outlive the parsing.
void add_output_options(CLI::App& parser, OutputOptions& options);

/// --require and --strict as given, laid over the settings of a run.
void apply_verdict_options(const OutputOptions& options, RunSettings& settings);

/// Colour on a terminal unless NO_COLOR has a value, or as --color says; the terminal's width, 80 elsewhere.
[[nodiscard]] report::Style style_for(const OutputOptions& options, const Console& console);

/// Text to standard output, or to the file of --output. Empty when that worked, otherwise one sentence. What standard
/// output makes of it is for Console::finish to say.
[[nodiscard]] std::optional<std::string> deliver(const OutputOptions& options, std::string_view text, Console& console);

}  // namespace ecr6::cli
