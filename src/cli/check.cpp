#include <fmt/format.h>

#include <algorithm>

#include "check_options.hpp"
#include "commands.hpp"
#include "descriptors.hpp"
#include "host/host_facts.hpp"
#include "host/resolv_conf.hpp"
#include "interrupts.hpp"
#include "ip_ranges_option.hpp"
#include "lab/lab.hpp"
#include "present.hpp"
#include "probe/observe.hpp"
#include "progress_line.hpp"

namespace ecr6::cli {

namespace {

/// One run being prepared: each step may fail with a sentence.
struct Preparation {
  CheckOptions options;
  Observation plan;
  std::unique_ptr<lab::Lab> lab;
  std::optional<IpRangesFile> ip_ranges;
};

using Problem = std::optional<std::string>;

std::string why(const aws::PlannedEndpoint& planned) {
  std::string words;
  for (const aws::Because& because : planned.because) words += (words.empty() ? "" : "; ") + aws::to_text(because);
  return words;
}

EndpointObservation blank(const aws::PlannedEndpoint& planned) {
  EndpointObservation seen;
  seen.endpoint = planned.endpoint;
  seen.required = planned.required;
  seen.why = why(planned);
  if (!planned.right_name.empty()) seen.right_name = planned.right_name;
  seen.placeholder_account = planned.placeholder_account;
  return seen;
}

Problem plan_endpoints(Preparation& run) {
  const auto planned = plan_targets(run.options.targets, run.options.plan);
  if (!planned) return planned.error().sentence;
  std::vector<std::string> names;
  for (const aws::PlannedEndpoint& endpoint : planned->endpoints) {
    run.plan.endpoints.push_back(blank(endpoint));
    names.push_back(endpoint.endpoint.name);
  }
  run.plan.notes = planned->notes;
  run.plan.host = host::look_around(names, run.options.settings.lab.empty());
  return std::nullopt;
}

bool needs_names(const Observation& plan) {
  return std::any_of(plan.endpoints.begin(), plan.endpoints.end(),
                     [](const EndpointObservation& seen) { return !Address::parse(seen.endpoint.name); });
}

Problem take_resolvers(Preparation& run) {
  for (const std::string& given : run.options.resolvers) {
    const auto nameserver = host::parse_resolver(given);
    if (!nameserver) return nameserver.error().sentence;
    run.plan.nameservers.push_back(*nameserver);
  }
  if (!run.plan.nameservers.empty() || !needs_names(run.plan)) return std::nullopt;
  const auto file = host::read_resolv_conf();
  if (!file) return file.error().sentence;
  run.plan.nameservers = file->nameservers;
  run.plan.host.resolv_conf = run.plan.nameservers.front().source;
  run.plan.host.notes.insert(run.plan.host.notes.end(), file->problems.begin(), file->problems.end());
  return std::nullopt;
}

/// Starts the embedded ECR and sends everything there: the nameserver, and by --connect-to every address.
Problem start_lab(Preparation& run) {
  const std::string& wanted = run.options.settings.lab;
  const lab::Scenario* const scenario = lab::find_scenario(wanted);
  if (scenario == nullptr)
    return fmt::format("--lab: there is no scenario '{}'; did you mean '{}'? 'ecr6 lab' lists them", wanted,
                       lab::nearest_scenario(wanted));
  if (!run.options.resolvers.empty() || !run.options.connect_to.empty())
    return "--lab brings its own nameserver and connections; leave --resolver and --connect-to out";
  std::vector<lab::Name> names;
  for (const EndpointObservation& seen : run.plan.endpoints) {
    if (Address::parse(seen.endpoint.name))
      return fmt::format("--lab knows names alone; '{}' is an address", seen.endpoint.name);
    names.push_back({seen.endpoint.name, seen.endpoint.addressing != Addressing::ipv4_only});
  }
  auto started = lab::Lab::start(*scenario, names);
  if (auto* problem = std::get_if<std::string>(&started)) return std::move(*problem);
  run.lab = std::get<std::unique_ptr<lab::Lab>>(std::move(started));
  const lab::Whereabouts& where = run.lab->whereabouts();
  run.options.resolvers = {fmt::format("127.0.0.1:{}", where.dns_port)};
  run.options.connect_to = {{"", {}, "::1", where.ipv6_port}, {"", {}, "127.0.0.1", where.ipv4_port}};
  run.options.trust = {{}, {}, where.authority};
  return std::nullopt;
}

Problem take_ip_ranges(Preparation& run) {
  if (run.options.ip_ranges.empty()) return std::nullopt;
  auto file = read_ip_ranges(run.options.ip_ranges);
  if (!file) return file.error().sentence;
  run.ip_ranges = std::move(*file);
  return std::nullopt;
}

Problem prepare(Preparation& run) {
  if (auto problem = settle(run.options)) return problem;
  if (auto problem = take_ip_ranges(run)) return problem;
  if (auto problem = plan_endpoints(run)) return problem;
  if (auto problem = too_few_descriptors()) return problem;
  if (!run.options.settings.lab.empty())
    if (auto problem = start_lab(run)) return problem;
  if (auto problem = take_resolvers(run)) return problem;
  run.plan.tool_version = ECR6_VERSION;
  run.plan.settings = run.options.settings;
  run.plan.settings.trust = probe::trust_of(run.options.trust);
  if (auto note = fit_descriptors(run.plan)) run.plan.notes.push_back(std::move(*note));
  return std::nullopt;
}

}  // namespace

int run_check(const Arguments& arguments, Console& console) {
  HeldInterrupts interrupts;
  const auto parser =
      make_parser("check", "Which endpoints of ECR answer over IPv6 and over IPv4, address by address.");
  Preparation run;
  add_check_options(*parser, run.options);
  if (const auto status = parse(*parser, arguments, console)) return *status;
  const bool as_json = run.options.output.json();
  if (const auto problem = prepare(run)) return fail(console, *problem, as_json);
  const auto tls = probe::make_tls_context(run.options.trust);
  if (const auto* problem = std::get_if<std::string>(&tls)) return fail(console, *problem, as_json);

  ProgressLine progress{console};
  // The embedded ECR's names are in nobody's DNS; and with --resolver the system's own answer is another question's.
  const bool is_real = run.options.settings.lab.empty();
  const probe::ObserveOptions how{run.options.connect_to, progress.listener(), is_real,
                                  is_real && run.options.resolvers.empty()};
  Observation seen = probe::observe(std::move(run.plan), std::get<probe::TlsContext>(tls), how);
  if (run.ip_ranges) seen.ip_ranges = matched_ranges(*run.ip_ranges, run.options.ip_ranges, seen);
  progress.clear();

  const report::Style style = style_for(run.options.output, console);
  const Presented presented = present(seen, run.options.output, style);
  interrupts.release();
  if (const auto problem = deliver(run.options.output, presented.text, console))
    return fail(console, *problem, as_json);
  return presented.exit_code;
}

}  // namespace ecr6::cli
