#include <fmt/format.h>

#include <filesystem>

#include "command.hpp"
#include "commands.hpp"
#include "ecr6/logs/report.hpp"
#include "log_files.hpp"
#include "log_lines.hpp"

namespace ecr6::cli {

namespace {

struct Options {
  std::vector<std::string> paths, fail_on, lines;
  std::string command;
  std::size_t rows{10};
  int time_limit_s{10};
  bool json{}, samples{};
};

std::unique_ptr<CLI::App> parser_of(Options& options) {
  auto parser = make_parser("logs", "Who still calls ECR over IPv4, from CloudTrail files (nothing is sent anywhere).");
  parser->add_option("PATH", options.paths,
                     "files (.json, JSON Lines, either as .gz), directories of them, or - for standard input");
  parser->add_option("--fail-on", options.fail_on, "exit 1 when there were such calls: ipv4-only-name, ipv4")
      ->check(CLI::IsMember({"ipv4-only-name", "ipv4"}))
      ->allow_extra_args(false)
      ->type_name("WHAT");
  parser->add_option("--top", options.rows, "rows of each table (default 10, 0 for all)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  parser->add_flag("--json", options.json, "print JSON (docs/schema/)");
  parser->add_flag("--samples", options.samples, "print log lines with every spelling of an IPv6 address");
  parser
      ->add_option("--try", options.command,
                   "feed these lines to a parser of yours (through sh -c) and say which addresses did not come out")
      ->type_name("COMMAND");
  parser
      ->add_option("--lines", options.lines,
                   "only these lines for --samples and --try: cloudtrail, s3_access, combined")
      ->check(CLI::IsMember({"cloudtrail", "s3_access", "combined"}))
      ->allow_extra_args(false)
      ->type_name("FORMAT");
  parser
      ->add_option("--time-limit", options.time_limit_s,
                   "seconds that the parser of --try may take per format (default 10)")
      ->check(CLI::Range(1, 3600))
      ->type_name("SECONDS");
  return parser;
}

/// What is wrong with the options taken together; empty when nothing is.
std::string conflict(const Options& options, const CLI::App& parser) {
  const bool tries = parser.count("--try") > 0;
  if (options.samples && tries) return "--samples and --try exclude each other: --try prints the result, not the lines";
  if (tries && options.command.empty()) return "--try expects a command for the shell, got an empty text";
  const bool about_lines = options.samples || tries;
  if (!about_lines && (!options.lines.empty() || parser.count("--time-limit") > 0))
    return "--lines and --time-limit only go with --samples or --try; give one of these, or leave them out";
  if (options.samples && parser.count("--time-limit") > 0) return "--time-limit only goes with --try; leave it out";
  if (about_lines && (!options.paths.empty() || !options.fail_on.empty() || parser.count("--top") > 0))
    return "--samples and --try read no log: leave out PATH, --fail-on and --top";
  if (!about_lines && options.paths.empty())
    return "no log given; expected at least one PATH (a CloudTrail file or directory, or - for standard input)";
  return {};
}

/// A path that is not there is a slip of the pen, not a broken file. The first one; empty for none.
std::string missing_path(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && std::filesystem::status(path, error).type() == std::filesystem::file_type::not_found)
      return path;
  }
  return {};
}

std::uint64_t objections(const Options& options, const logs::Summary& summary, const Console& console) {
  std::uint64_t sum = 0;
  for (const std::string& what : options.fail_on) {
    const std::uint64_t events =
        what == "ipv4" ? summary.all.of(logs::Source::ipv4) : summary.all.of(logs::Way::ipv4_only_name);
    const auto* const words = what == "ipv4" ? "came over IPv4" : "called an IPv4-only name";
    if (events > 0)
      console.complain(fmt::format("--fail-on {}: {} event{} {}", what, events, events == 1 ? "" : "s", words));
    sum += events;
  }
  return sum;
}

int report(const Options& options, Console& console) {
  if (const auto path = missing_path(options.paths); !path.empty())
    return fail(console, fmt::format("PATH '{}' does not exist; expected a file or directory of CloudTrail logs", path),
                options.json);
  logs::Summary summary;
  LogFiles files{console, summary};
  for (const std::string& path : options.paths) files.read(path);
  files.finish();
  const bool objects = objections(options, summary, console) > 0;
  const int status = objects || files.input().broken_files > 0 ? exit_warning : exit_ok;
  console.print(options.json ? logs::render_json(files.input(), summary, status)
                             : logs::render_text(files.input(), summary, {options.rows}));
  return status;
}

}  // namespace

int run_logs(const std::vector<std::string>& arguments, Console& console) {
  Options options;
  const auto parser = parser_of(options);
  if (const auto status = parse(*parser, arguments, console)) return *status;
  if (const auto sentence = conflict(options, *parser); !sentence.empty()) return fail(console, sentence, options.json);
  if (options.samples) return print_samples(options.lines, options.json, console);
  if (!options.command.empty())
    return try_parser({options.command, options.lines, std::chrono::seconds{options.time_limit_s}, options.json},
                      console);
  return report(options, console);
}

}  // namespace ecr6::cli
