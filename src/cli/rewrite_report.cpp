#include "rewrite_report.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "ecr6/core/json.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::cli {

namespace {

namespace json = boost::json;

std::string count_of(std::size_t count, std::string_view noun, std::string_view nouns) {
  return fmt::format("{} {}", count, count == 1 ? noun : nouns);
}

json::object to_json(const FoundName& found) {
  const aws::Sighting& name = found.name;
  const bool rewritten = name.fate == aws::Fate::rewritten;
  return {{"file", repaired_utf8(found.file)},
          {"line", name.line},
          {"column", name.column},
          {"offset", name.offset},
          {"name", repaired_utf8(name.text)},
          {"replacement", rewritten ? json::value(repaired_utf8(name.replacement)) : json::value(nullptr)},
          {"fate", aws::to_string(name.fate)},
          {"reason", rewritten ? json::value(nullptr) : json::value(aws::reason(name.fate))},
          {"role", name.role ? json::value(to_string(*name.role)) : json::value(nullptr)}};
}

json::object to_json(const FileCounts& files) {
  return {{"read", files.read},
          {"changed", files.changed},
          {"skipped_binary", files.binary},
          {"skipped_git", files.passed.git_directories},
          {"skipped_links", files.passed.links},
          {"skipped_special", files.passed.special}};
}

}  // namespace

std::string render_name(const std::string& file, const aws::Sighting& name) {
  const std::string place = fmt::format("{}:{}:{}: {}", printable(file), name.line, name.column, printable(name.text));
  if (name.fate == aws::Fate::rewritten) return fmt::format("{} -> {}\n", place, printable(name.replacement));
  return fmt::format("{} left alone: {}\n", place, aws::reason(name.fate));
}

std::string render_warning(const FileWarning& warning) {
  return fmt::format("{}:{}: warning: {}", warning.file, warning.hint.line, warning.hint.message);
}

std::string render_counts(const RewriteReport& report) {
  std::string text = count_of(report.rewritten, "name", "names") + " with a dual-stack one";
  if (report.left_alone > 0) text += fmt::format(", {} left alone", report.left_alone);
  text += " in " + count_of(report.files.read, "file", "files");
  std::vector<std::string> skipped;
  const auto add = [&](std::size_t count, std::string_view noun, std::string_view nouns) {
    if (count > 0) skipped.push_back(count_of(count, noun, nouns));
  };
  add(report.files.binary, "binary file", "binary files");
  add(report.files.passed.git_directories, ".git", ".git");
  add(report.files.passed.links, "symbolic link", "symbolic links");
  add(report.files.passed.special, "special file", "special files");
  if (!skipped.empty()) text += "; skipped: " + join(skipped, ", ");
  return text;
}

std::string render_json(const RewriteReport& report) {
  json::array names;
  for (const FoundName& name : report.names) names.push_back(to_json(name));
  json::array warnings;
  for (const auto& [file, hint] : report.warnings)
    warnings.push_back(
        {{"id", hint.id}, {"file", repaired_utf8(file)}, {"line", hint.line}, {"message", hint.message}});
  json::array errors;
  for (const auto& [file, message] : report.errors)
    errors.push_back({{"file", repaired_utf8(file)}, {"message", repaired_utf8(message)}});
  json::object value{{"schema", "ecr6.rewrite/1"},
                     {"mode", report.mode},
                     {"rewritten", report.rewritten},
                     {"left_alone", report.left_alone},
                     {"names_left_out", report.rewritten + report.left_alone - names.size()},
                     {"names", std::move(names)},
                     {"warnings", std::move(warnings)},
                     {"warnings_left_out", report.warnings_left_out},
                     {"files", to_json(report.files)},
                     {"errors", std::move(errors)},
                     {"exit_code", report.exit_code}};
  if (report.mode == "diff") value["diff"] = repaired_utf8(report.diff);
  return to_text(value) + "\n";
}

}  // namespace ecr6::cli
