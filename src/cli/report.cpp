#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "commands.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/observation/json.hpp"
#include "input_file.hpp"
#include "present.hpp"

namespace ecr6::cli {

namespace {

/// A run of 200 endpoints with 16 addresses each and full certificates stays far below this.
constexpr std::size_t largest_run = std::size_t{64} << 20;

constexpr std::string_view about =
    "Diagnoses and renders again what 'ecr6 check --json' recorded. Several runs exit\n"
    "with the worst of them (3 > 2 > 1 > 0). With --json one run is one object, several\n"
    "are one array in the order of the files.";

/// The runs rendered so far.
struct Report {
  std::string text;
  int exit_code{exit_ok};
};

std::variant<Observation, InputProblem> load_run(const std::string& path) {
  auto text = read_input(path, largest_run);
  if (auto* const problem = std::get_if<InputProblem>(&text)) return std::move(*problem);
  const std::string name = path == "-" ? "standard input" : path;
  if (trimmed(std::get<std::string>(text)).empty())
    return InputProblem{fmt::format("{}: empty; expected a run recorded with 'ecr6 check --json'", name)};
  auto run = observation_from_json(std::get<std::string>(text));
  if (const auto* const sentence = std::get_if<std::string>(&run))
    return InputProblem{fmt::format("{}: {}", name, *sentence)};
  return std::move(std::get<Observation>(run));
}

/// What stands before the run of this file when there are several.
std::string separator(const std::string& path, const OutputOptions& options, bool first) {
  if (options.json()) return first ? "[\n" : ",\n";
  if (options.quiet) return {};
  return fmt::format("{}==> {} <==\n", first ? "" : "\n", printable(path));
}

std::string without_final_newline(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

void add(Report& report, Presented run, const OutputOptions& options, bool several) {
  report.text += several && options.json() ? without_final_newline(std::move(run.text)) : std::move(run.text);
  report.exit_code = std::max(report.exit_code, run.exit_code);
}

std::variant<Report, InputProblem> render_all(const std::vector<std::string>& files, const OutputOptions& options,
                                              const report::Style& style) {
  const bool several = files.size() > 1;
  Report report;
  for (const std::string& path : files) {
    auto run = load_run(path);
    if (auto* const problem = std::get_if<InputProblem>(&run)) return std::move(*problem);
    if (several) report.text += separator(path, options, report.text.empty());
    add(report, present(std::move(std::get<Observation>(run)), options, style), options, several);
  }
  if (several && options.json()) report.text += "\n]\n";
  return report;
}

}  // namespace

int run_report(const Arguments& arguments, Console& console) {
  const auto parser = make_parser("report", about);
  OutputOptions options;
  std::vector<std::string> files;
  parser->add_option("FILE", files, "recorded runs; '-' is standard input")->required()->type_name("");
  add_output_options(*parser, options);
  if (const auto status = parse(*parser, arguments, console)) return *status;
  auto report = render_all(files, options, style_for(options, console));
  if (const auto* const problem = std::get_if<InputProblem>(&report))
    return fail(console, problem->sentence, options.json());
  const auto& [text, exit_code] = std::get<Report>(report);
  if (const auto problem = deliver(options, text, console)) return fail(console, *problem, options.json());
  return exit_code;
}

}  // namespace ecr6::cli
