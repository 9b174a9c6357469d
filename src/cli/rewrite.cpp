#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "command.hpp"
#include "commands.hpp"
#include "ecr6/core/diff.hpp"
#include "ecr6/core/text.hpp"
#include "rewrite_report.hpp"
#include "wide_names.hpp"

namespace ecr6::cli {

namespace {

constexpr std::size_t most_to_diff = std::size_t{256} * 1024 * 1024;
/// Hints of other things to change are looked for in the start of each file.
constexpr std::size_t hint_head = std::size_t{1024} * 1024;

struct RewriteOptions {
  std::vector<std::string> paths;
  bool diff{}, in_place{}, check{}, list{}, json{};

  [[nodiscard]] std::string mode() const {
    return diff ? "diff" : in_place ? "in_place" : check ? "check" : list ? "list" : "filter";
  }
  [[nodiscard]] bool only_reports() const { return check || list; }
};

void declare(CLI::App& parser, RewriteOptions& options) {
  parser.add_option("PATH", options.paths, "files, directories; standard input when there is none, or -");
  auto* const diff = parser.add_flag("--diff", options.diff, "print a unified diff that 'patch -p0' applies");
  auto* const in_place = parser.add_flag("--in-place", options.in_place,
                                         "change the files; mode and owner stay. A symbolic link that is named is "
                                         "followed, one in a directory is not");
  auto* const check = parser.add_flag("--check", options.check, "print each name as FILE:LINE:COLUMN; exit 1 on any");
  auto* const list = parser.add_flag("--list", options.list, "the same, exit 0");
  for (auto* const one : {diff, in_place, check, list})
    for (auto* const other : {diff, in_place, check, list})
      if (one != other) one->excludes(other);
  parser.add_flag("--json", options.json, "print the ecr6.rewrite/1 object instead of the text");
}

class Run {
 public:
  Run(const RewriteOptions& options, Console& console) : options_{options}, console_{console} {
    report_.mode = options.mode();
  }

  int run() {
    Walk walk{[&](const std::string& path) { one_file(path); },
              [&](const std::string& path, const std::string& what) { problem(path, what); }, Walk::Links::pass};
    for (const std::string& path : options_.paths) {
      std::error_code ignored;
      if (path != "-" && std::filesystem::is_directory(path, ignored))
        walk.directory(path);
      else
        one_file(path);
    }
    report_.files.passed = walk.passed();
    report_.exit_code = exit_code();
    // The others say what has to change along with a name.
    if (report_.rewritten == 0)
      std::erase_if(report_.warnings, [](const FileWarning& warning) { return warning.hint.id != "encoding"; });
    if (options_.json)
      console_.print(render_json(report_));
    else
      summarise();
    return report_.exit_code;
  }

 private:
  [[nodiscard]] int exit_code() const {
    if (!report_.errors.empty()) return exit_unknown;
    if (options_.list) return exit_ok;
    if (options_.check && report_.rewritten > 0) return exit_warning;
    return report_.left_alone > 0 || lost_binary_ ? exit_warning : exit_ok;
  }

  void one_file(const std::string& path) {
    head_.clear();
    const std::size_t rewritten = report_.rewritten;
    if (options_.diff)
      diff(path);
    else if (options_.in_place)
      replace(path);
    else
      scan(
          path, options_.only_reports() || options_.json ? aws::Rewriter::Text{}
                                                         : [&](std::string_view text) { console_.print(text); });
    if (report_.rewritten > rewritten && options_.in_place) ++report_.files.changed;
    for (aws::RewriteHint& hint : aws::rewrite_hints(head_)) warn(path, std::move(hint));
  }

  /// Reads the file through a rewriter; `text` gets the output. False when it could not be read or is binary.
  bool scan(const std::string& path, const aws::Rewriter::Text& text) {
    aws::Rewriter rewriter{text, [&](const aws::Sighting& name) { seen(path, name); }};
    bool first = true;
    bool binary = false;
    WideNames wide;
    const auto error = read_blocks(path, [&](std::string_view block) {
      if (std::exchange(first, false)) binary = is_binary(block);
      if (binary) return pass(block, text, wide);
      head_ += block.substr(0, hint_head - std::min(hint_head, head_.size()));
      rewriter.feed(block);
      return true;
    });
    if (!binary) rewriter.finish();
    if (error) problem(path, *error);
    if (binary) skip_binary(path, wide.found());
    ++(binary ? report_.files.binary : report_.files.read);
    return !error && !binary;
  }

  /// A filter must not lose what it cannot read as text; elsewhere the rest is read only to look for names.
  static bool pass(std::string_view block, const aws::Rewriter::Text& text, WideNames& wide) {
    if (text) text(block);
    wide.feed(block);
    return text != nullptr || wide.is_wide();
  }

  void skip_binary(const std::string& path, bool holds_names) {
    const bool named = std::find(options_.paths.begin(), options_.paths.end(), path) != options_.paths.end();
    if (!named && !holds_names) return;
    lost_binary_ = true;
    warn(path, {"encoding", 1,
                fmt::format("{}, left alone; convert UTF-16 with iconv first",
                            holds_names ? "UTF-16 with ECR names in it" : "binary or UTF-16")});
  }

  void diff(const std::string& path) {
    std::string before;
    bool fits = true;
    const auto error = read_blocks(path, [&](std::string_view block) {
      fits = before.size() + block.size() <= most_to_diff;
      if (fits) before += block;
      return fits;
    });
    if (!fits) return problem(path, fmt::format("larger than {} MiB; use --in-place or a filter", most_to_diff >> 20));
    if (error) return problem(path, *error);
    if (is_binary(before)) {
      WideNames wide;
      wide.feed(before);
      ++report_.files.binary;
      return skip_binary(path, wide.found());
    }
    ++report_.files.read;
    head_ = before.substr(0, hint_head);
    std::vector<Edit> edits;
    aws::Rewriter rewriter{{}, [&](const aws::Sighting& name) {
                             seen(path, name);
                             if (name.fate == aws::Fate::rewritten)
                               edits.push_back({name.offset, name.offset + name.text.size(), name.replacement});
                           }};
    rewriter.feed(before);
    rewriter.finish();
    const std::string text = unified_diff(path == "-" ? "stdin" : path, before, edits);
    if (options_.json)
      report_.diff += text;
    else
      console_.print(text);
  }

  void replace(const std::string& path) {
    const std::size_t rewritten = report_.rewritten;
    if (const auto why = unchangeable(path)) return problem(path, *why);
    if (!scan(path, {}) || report_.rewritten == rewritten) return;
    Replacement replacement{path};
    aws::Rewriter rewriter{[&](std::string_view text) { replacement.write(text); }, {}};
    auto error = read_blocks(path, [&](std::string_view block) {
      rewriter.feed(block);
      return true;
    });
    rewriter.finish();
    if (!error) error = replacement.commit();
    if (!error) return;
    report_.rewritten = rewritten;
    problem(path, *error);
  }

  void seen(const std::string& path, const aws::Sighting& name) {
    const bool rewritten = name.fate == aws::Fate::rewritten;
    ++(rewritten ? report_.rewritten : report_.left_alone);
    if (rewritten && name.is_key)
      warn(path, {"credentials", name.line,
                  name.text + " is a key: Docker's credentials are kept per exact host, so log in to the new one too"});
    if (rewritten && name.is_login)
      warn(path,
           {"login", name.line, "credentials are kept per exact host: log in to the host that images are pulled from"});
    if (options_.json) {
      if (report_.names.size() < RewriteReport::most_names) report_.names.push_back({shown(path), name});
    } else if (options_.only_reports()) {
      console_.print(render_name(shown(path), name));
    } else if (!rewritten) {
      console_.note(render_name(shown(path), name));
    }
  }

  void warn(const std::string& path, aws::RewriteHint hint) {
    for (const auto& [file, known] : report_.warnings)
      if (known.id == hint.id && file == shown(path) && known.message == hint.message) return;
    if (report_.warnings.size() < RewriteReport::most_warnings)
      report_.warnings.push_back({shown(path), std::move(hint)});
    else
      ++report_.warnings_left_out;
  }

  void problem(const std::string& path, const std::string& what) {
    report_.errors.push_back({shown(path), what});
    if (!options_.json) console_.complain(fmt::format("{}: {}", shown(path), what));
  }

  void summarise() {
    for (const FileWarning& warning : report_.warnings) console_.complain(render_warning(warning));
    if (report_.warnings_left_out > 0) console_.complain(fmt::format("{} more warnings", report_.warnings_left_out));
    const auto& files = report_.files;
    const bool skipped = files.binary + files.passed.git_directories + files.passed.links + files.passed.special > 0;
    if (options_.in_place)
      console_.print(render_counts(report_) + "\n");
    else if (skipped || options_.paths.size() > 1)
      console_.note(render_counts(report_) + "\n");
  }

  static std::string shown(const std::string& path) { return path == "-" ? "standard input" : path; }

  const RewriteOptions& options_;
  Console& console_;
  RewriteReport report_;
  std::string head_;
  bool lost_binary_{};  ///< one that was asked for
};

/// A filter makes one text; the files of a directory are not one.
std::optional<std::string> complaint_about(const RewriteOptions& options) {
  if (options.mode() != "filter" || options.json) return std::nullopt;
  for (const std::string& path : options.paths) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
      return fmt::format("{} is a directory: choose --diff, --in-place, --check or --list", path);
  }
  return std::nullopt;
}

}  // namespace

int run_rewrite(const Arguments& arguments, Console& console) {
  const auto parser = make_parser("rewrite",
                                  "Today's ECR names in any text become their dual-stack names; nothing else changes. "
                                  "Offline. Without an option: a filter.");
  RewriteOptions options;
  declare(*parser, options);
  if (const auto status = parse(*parser, arguments, console)) return *status;
  if (options.paths.empty()) options.paths.emplace_back("-");
  if (const auto complaint = complaint_about(options)) return fail(console, *complaint, options.json);
  return Run{options, console}.run();
}

}  // namespace ecr6::cli
