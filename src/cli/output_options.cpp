#include "output_options.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "output_file.hpp"

namespace ecr6::cli {

namespace {

constexpr const char* group = "Output";

template <class Word>
using Words = std::vector<std::pair<std::string_view, Word>>;

/// An option whose value is one word of a list.
template <class Word, class Target>
CLI::Option* add_word(CLI::App& parser, const std::string& name, const Words<Word>& words, Target& target) {
  std::string list;
  for (const auto& [text, word] : words) list += (list.empty() ? "" : "|") + std::string{text};
  const auto read = [name, words, list, &target](const std::string& given) {
    for (const auto& [text, word] : words) {
      if (text != given) continue;
      target = word;
      return;
    }
    throw CLI::ValidationError(fmt::format("{} {}", name, given), fmt::format("expected one of {}", list));
  };
  return parser.add_option_function<std::string>(name, read)->type_name(list)->group(group);
}

void add_format(CLI::App& parser, OutputOptions& options) {
  const Words<Format> words{{"text", Format::text}, {"verbose", Format::verbose}, {"json", Format::json}};
  auto* const format = add_word(parser, "--format", words, options.format);
  format->description("a table, a transcript as curl's, or JSON; text unless told otherwise");
  auto* const verbose = parser.add_flag_callback(
      "-v,--verbose", [&options] { options.format = Format::verbose; }, "short for --format verbose");
  auto* const json = parser.add_flag_callback(
      "--json", [&options] { options.format = Format::json; }, "short for --format json");
  auto* const quiet = parser.add_flag("-q,--quiet", options.quiet, "the summary line alone");
  for (auto* const option : {verbose, json, quiet}) option->group(group);
  parser.parse_complete_callback([format, verbose, json, quiet] {
    if ((format->count() > 0) + (verbose->count() > 0) + (json->count() > 0) + (quiet->count() > 0) > 1)
      throw CLI::ValidationError("--format, -v, --json, -q", "expected at most one of them");
  });
}

void add_verdict(CLI::App& parser, OutputOptions& options) {
  const Words<Require> words{
      {"ipv6", Require::ipv6}, {"migrate", Require::migrate}, {"dual", Require::dual}, {"any", Require::any}};
  add_word(parser, "--require", words, options.require)
      ->description("what decides the exit code; ipv6 unless told otherwise");
  parser.add_flag("--strict", options.strict, "degraded exits with 2 instead of 1")->group(group);
}

int terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::clamp<int>(size.ws_col, 60, 120);
}

}  // namespace

void add_output_options(CLI::App& parser, OutputOptions& options) {
  add_format(parser, options);
  const auto name_file = [&options](const std::string& given) {
    if (given.empty()) throw CLI::ValidationError("--output", "expected the name of a file");
    options.file = given;
  };
  parser.add_option_function<std::string>("-o,--output", name_file, "write to FILE: beside it, then renamed")
      ->type_name("FILE")
      ->group(group);
  const Words<Colour> words{{"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}};
  add_word(parser, "--color", words, options.colour)->description("auto: on a terminal, unless NO_COLOR is set");
  parser.add_flag("--redact", options.redact, "stand-ins for accounts, nameservers, this host's names and addresses")
      ->group(group);
  add_verdict(parser, options);
}

void apply_verdict_options(const OutputOptions& options, RunSettings& settings) {
  if (options.require) settings.require = *options.require;
  if (options.strict) settings.strict = true;
}

report::Style style_for(const OutputOptions& options, const Console& console) {
  const bool terminal = !options.to_file() && console.out_is_terminal();
  const char* const no_colour = std::getenv("NO_COLOR");
  const bool wanted = terminal && (no_colour == nullptr || *no_colour == '\0');
  const bool colour = options.colour == Colour::always || (options.colour == Colour::automatic && wanted);
  return {.colour = colour, .width = terminal ? terminal_width() : 80};
}

std::optional<std::string> deliver(const OutputOptions& options, std::string_view text, Console& console) {
  if (options.to_file()) return write_file(options.file, text);
  console.print(text);
  return std::nullopt;
}

}  // namespace ecr6::cli
