#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "command.hpp"
#include "commands.hpp"
#include "ecr6/clients/audit.hpp"
#include "ecr6/clients/environment_file.hpp"
#include "ecr6/clients/render.hpp"
#include "host/client_files.hpp"

namespace ecr6::cli {

namespace {

struct ConfigOptions {
  std::string root;
  std::optional<std::string> profile;
  std::vector<std::string> variables;
  bool fix{};
  bool json{};
};

void declare(CLI::App& parser, ConfigOptions& options) {
  parser.add_option("--root", options.root, "read the files of another machine, below this directory")
      ->type_name("DIR");
  parser.add_option("--profile", options.profile, "only this AWS profile (default: every profile)")->type_name("NAME");
  parser.add_option("--env", options.variables, "a variable that the clients have; repeatable")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  auto* const fix =
      parser.add_flag("--fix", options.fix, "print the commands and edits that would help; change nothing");
  parser.add_flag("--json", options.json, "print the ecr6.config/1 object")->excludes(fix);
}

/// A sentence when the options cannot be used.
std::optional<std::string> check(const ConfigOptions& options) {
  struct stat about {};
  if (!options.root.empty() && (::stat(options.root.c_str(), &about) != 0 || !S_ISDIR(about.st_mode)))
    return fmt::format("--root {}: not a directory that can be read; name the directory that stands for /",
                       options.root);
  for (const std::string& variable : options.variables)
    if (variable.find('=') == std::string::npos || variable.front() == '=')
      return fmt::format("--env {}: expected NAME=VALUE", variable);
  return std::nullopt;
}

void add(clients::Environment& environment, std::string_view assignment, const std::string& source) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos) return;
  environment.set({std::string{assignment.substr(0, equals)}, std::string{assignment.substr(equals + 1)}, source});
}

/// HOME, else what the user database says.
std::string home_of(const clients::Environment& environment) {
  if (const std::string_view home = environment.value("HOME"); home.starts_with('/')) return std::string{home};
  const passwd* const user = ::getpwuid(::geteuid());
  return user != nullptr && user->pw_dir != nullptr && *user->pw_dir == '/' ? user->pw_dir : "/";
}

/// This process's environment for this machine; for another one, what its /etc/environment gives to everybody.
clients::Snapshot start(const ConfigOptions& options) {
  clients::Snapshot snapshot;
  if (options.root.empty()) {
    for (char** variable = environ; *variable != nullptr; ++variable)
      add(snapshot.environment, *variable, "environment");
    snapshot.homes = {home_of(snapshot.environment)};
  } else {
    snapshot.homes = host::homes_below(options.root);
    snapshot.files.push_back(host::read_client_file(options.root, "/etc/environment"));
    clients::read_environment_file("/etc/environment", snapshot.files.back().text, snapshot.environment);
  }
  for (const std::string& variable : options.variables) add(snapshot.environment, variable, "--env");
  return snapshot;
}

/// Of another machine's homes only those that say something; at least one.
void drop_silent_homes(clients::Snapshot& snapshot) {
  const auto silent = [&](const std::string& home) {
    return std::none_of(snapshot.files.begin(), snapshot.files.end(), [&](const clients::ClientFile& file) {
      return file.state != clients::FileState::absent && file.path.starts_with(home + '/');
    });
  };
  const std::string first = snapshot.homes.front();
  std::erase_if(snapshot.homes, silent);
  if (snapshot.homes.empty()) snapshot.homes = {first};
}

}  // namespace

int run_config(const Arguments& arguments, Console& console) {
  ConfigOptions options;
  const auto parser = make_parser("config", "Which endpoint the AWS CLI, the SDKs, Docker and containerd really use.");
  declare(*parser, options);
  if (const auto code = parse(*parser, arguments, console)) return *code;
  if (const auto sentence = check(options)) return fail(console, *sentence, options.json);

  clients::Snapshot snapshot = start(options);
  host::read_client_files(options.root.empty() ? "/" : options.root, snapshot);
  drop_silent_homes(snapshot);
  const clients::Survey survey = clients::survey(snapshot, options.profile);
  const std::vector<clients::Finding> findings = clients::audit(survey);
  const clients::Report report{options.root.empty() ? "/" : options.root, snapshot, survey, findings};
  console.print(options.json  ? clients::render_json(report)
                : options.fix ? clients::render_fixes(report)
                              : clients::render_text(report));
  return clients::exit_code(findings);
}

}  // namespace ecr6::cli
