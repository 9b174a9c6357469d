#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "command.hpp"
#include "commands.hpp"
#include "ecr6/core/text.hpp"
#include "policy_files.hpp"

namespace ecr6::cli {

namespace {

using policy::PolicyType;

struct PolicyOptions {
  std::vector<std::string> files, identity, resource, scp, registry, endpoint;
  std::vector<std::string> sources, prefixes;
  bool source_vpce{};
  bool force{};
  bool json{};
};

void declare_typed(CLI::App& parser, PolicyOptions& options) {
  const auto typed = [&](const char* name, std::vector<std::string>& into, const char* what) {
    parser.add_option(name, into, what)->type_name("FILE")->allow_extra_args(false);
  };
  typed("--identity", options.identity, "a policy of a user, group or role");
  typed("--resource", options.resource, "a policy of a repository");
  typed("--registry", options.registry, "the policy of the registry");
  typed("--scp", options.scp, "a service control policy, or another one that only caps (boundary, RCP)");
  typed("--endpoint", options.endpoint, "the policy of a VPC endpoint");
}

void declare(CLI::App& parser, PolicyOptions& options) {
  parser.add_option("FILE", options.files, "policies, AWS CLI answers, directories of them; - is standard input");
  declare_typed(parser, options);
  parser.add_option("--source", options.sources, "the outcome for a caller with this address; repeatable")
      ->type_name("ADDRESS")
      ->allow_extra_args(false);
  parser.add_flag("--source-vpce", options.source_vpce, "the outcome for a caller through a VPC endpoint");
  parser.add_option("--suggest", options.prefixes, "print the edit that lets these IPv6 prefixes in, as a diff")
      ->type_name("PREFIX...")
      ->allow_extra_args(false);
  parser.add_flag("--force", options.force,
                  "suggest also prefixes wider than /32, single addresses, unique local ones");
  parser.add_flag("--json", options.json, "print the ecr6.policy/1 object");
}

/// `--suggest` takes one prefix; further ones behind it arrive among the files.
void sort_out_prefixes(PolicyOptions& options) {
  if (options.prefixes.empty()) return;
  const auto is_prefix = [](const std::string& text) { return Prefix::parse(text).has_value(); };
  const auto first = std::stable_partition(options.files.begin(), options.files.end(), std::not_fn(is_prefix));
  options.prefixes.insert(options.prefixes.end(), first, options.files.end());
  options.files.erase(first, options.files.end());
}

std::vector<PolicyInput> inputs_of(const PolicyOptions& options) {
  std::vector<PolicyInput> inputs;
  const auto add = [&](const std::vector<std::string>& paths, std::optional<PolicyType> type) {
    for (const std::string& path : paths) inputs.push_back({path, type});
  };
  add(options.files, std::nullopt);
  add(options.identity, PolicyType::identity);
  add(options.resource, PolicyType::resource);
  add(options.registry, PolicyType::registry);
  add(options.scp, PolicyType::scp);
  add(options.endpoint, PolicyType::endpoint);
  if (inputs.empty() && ::isatty(STDIN_FILENO) == 0) inputs.push_back({"-", std::nullopt});
  return inputs;
}

/// What the options ask for beside the audit, read and checked; `sentence` when they cannot be used.
struct Wishes {
  std::vector<policy::Caller> callers;
  std::vector<Prefix> prefixes;
  std::string sentence;
};

Wishes wishes_of(const PolicyOptions& options) {
  Wishes wishes;
  for (const std::string& source : options.sources) {
    const auto address = Address::parse(source);
    if (!address) return {{}, {}, fmt::format("--source {}: expected an IPv4 or IPv6 address", source)};
    wishes.callers.push_back({policy::Path::internet, address});
  }
  if (options.source_vpce) wishes.callers.push_back({policy::Path::vpc_endpoint, std::nullopt});
  for (const std::string& text : options.prefixes) {
    const policy::PrefixChoice choice = policy::suggestable_prefix(text, options.force);
    if (!choice.prefix) return {{}, {}, fmt::format("--suggest {}: {}", text, choice.refusal)};
    if (std::find(wishes.prefixes.begin(), wishes.prefixes.end(), *choice.prefix) == wishes.prefixes.end())
      wishes.prefixes.push_back(*choice.prefix);
  }
  if (!wishes.prefixes.empty() && !wishes.callers.empty() && !options.json)
    wishes.sentence = "--suggest prints a diff and nothing else; add --json to have --source beside it";
  return wishes;
}

std::string sentence_of(const policy::FileProblem& problem, std::size_t others) {
  std::string out = problem.file;
  if (problem.place) out += fmt::format(":{}", to_text(*problem.place));
  out += fmt::format(": {}", problem.message);
  return others == 0 ? out : out + fmt::format(" (and {} more like it)", others);
}

void judge(policy::Report& report, const std::vector<PolicyFile>& files, const Wishes& wishes) {
  policy::audit_all(report);
  for (const policy::Caller& caller : wishes.callers)
    report.callers.push_back(
        {caller, policy::decide(report.documents, caller), policy::caveats(report.documents, caller)});
  report.suggesting = !wishes.prefixes.empty();
  if (!report.suggesting) return;
  for (const PolicyFile& file : files) {
    std::vector<const policy::Document*> documents;
    for (std::size_t i = file.first; i < file.first + file.count; ++i) documents.push_back(&report.documents[i]);
    report.suggestions.push_back(policy::suggest_for(file.name, file.text->view(), documents, wishes.prefixes));
  }
}

/// A diff has to stay as it is for `patch`, but a terminal is not to act on it.
std::string for_terminal(const std::string& diff) {
  std::string out;
  for (const std::string_view line : split(diff, '\n')) out += printable(line) + "\n";
  out.pop_back();
  return out;
}

void print(const policy::Report& report, bool json, Console& console) {
  if (json) {
    console.print(policy::render_json(report));
    return;
  }
  if (!report.suggesting) {
    console.print(policy::render_text(report));
    return;
  }
  const std::string diff = policy::render_diff(report);
  console.print(console.out_is_terminal() ? for_terminal(diff) : diff);
  console.note(policy::render_remaining(report));
  if (diff.empty()) console.note("nothing to suggest: no statement about ECR leaves IPv6 callers out in a list\n");
}

void complain_about(const policy::Report& report, Console& console) {
  for (const policy::FileProblem& problem : report.problems) console.complain(sentence_of(problem, 0));
  for (const policy::Document& document : report.documents)
    for (const policy::Problem& problem : document.problems)
      console.complain(sentence_of({document.file, problem.place, problem.message}, 0));
}

}  // namespace

int run_policy(const Arguments& arguments, Console& console) {
  PolicyOptions options;
  const auto parser = make_parser("policy", "What IAM and ECR policies do to a caller that comes over IPv6.");
  declare(*parser, options);
  if (const auto code = parse(*parser, arguments, console)) return *code;
  sort_out_prefixes(options);
  const auto inputs = inputs_of(options);
  if (inputs.empty())
    return fail(console, "no policy given; name a file, a directory, or - for standard input", options.json);
  const Wishes wishes = wishes_of(options);
  if (!wishes.sentence.empty()) return fail(console, wishes.sentence, options.json);

  policy::Report report;
  const auto files = read_policy_files(inputs, report);
  if (report.documents.empty() && report.problems.empty())
    return fail(console, fmt::format("{}: no policy in it", inputs.front().path), options.json);
  if (report.documents.empty())
    return fail(console, sentence_of(report.problems.front(), report.problems.size() - 1), options.json);
  judge(report, files, wishes);
  print(report, options.json, console);
  complain_about(report, console);
  return exit_code(report);
}

}  // namespace ecr6::cli
