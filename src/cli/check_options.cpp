#include "check_options.hpp"

#include <fmt/format.h>

#include <charconv>

#include "command.hpp"
#include "ecr6/aws/host_port.hpp"
#include "ecr6/core/text.hpp"
#include "host/interface_option.hpp"

namespace ecr6::cli {

namespace {

constexpr const char* what = "What to probe";
constexpr const char* how = "How to probe";
constexpr const char* bounds = "Bounds";

/// Throws the parser's own error: OPTION VALUE: what was expected.
[[noreturn]] void refuse(const std::string& option, std::string_view given, std::string_view expected) {
  throw CLI::ValidationError(fmt::format("{} {}", option, given), fmt::format("expected {}", expected));
}

/// "3", "0.5", "2s" or "500ms".
std::optional<Duration> parse_duration(std::string_view text) {
  double scale = 1000;
  if (text.ends_with("ms")) {
    scale = 1;
    text.remove_suffix(2);
  } else if (text.ends_with('s')) {
    text.remove_suffix(1);
  }
  double value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return from_ms(value * scale);
}

CLI::Option* add_duration(CLI::App& parser, const std::string& name, Duration& target, Duration longest) {
  const auto read = [name, longest, &target](const std::string& given) {
    const auto value = parse_duration(given);
    if (!value || *value < std::chrono::milliseconds{1} || *value > longest)
      refuse(name, given, fmt::format("a time such as 3, 0.5 or 500ms, at most {}", to_text(longest)));
    target = *value;
  };
  return parser.add_option_function<std::string>(name, read)->type_name("SECONDS")->group(bounds);
}

CLI::Option* add_count(CLI::App& parser, const std::string& name, std::size_t& target, std::size_t most) {
  const auto read = [name, most, &target](const std::string& given) {
    std::size_t value{};
    const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (error != std::errc{} || end != given.data() + given.size() || value < 1 || value > most)
      refuse(name, given, fmt::format("a number from 1 to {}", most));
    target = value;
  };
  return parser.add_option_function<std::string>(name, read)->type_name("N")->group(bounds);
}

void add_roles(CLI::App& parser, CheckOptions& options) {
  const auto read = [&options](const std::string& given) {
    for (const auto word : split(given, ',')) {
      const auto role = word_from<Role>(word);
      if (!role)
        refuse("--only", given,
               "roles with commas between: api registry layers public_api public_registry "
               "public_layers other");
      options.plan.only.push_back(*role);
    }
  };
  parser.add_option_function<std::string>("--only", read, "probe only these roles, for example api,registry")
      ->type_name("ROLES")
      ->group(what);
}

void add_targets(CLI::App& parser, CheckOptions& options) {
  add_target_options(parser, options.targets);
  add_roles(parser, options);
  parser.add_flag("!--no-current", options.plan.current, "leave today's IPv4-only names out")->group(what);
  const auto read_port = [&options](const std::string& given) {
    options.plan.port = aws::parse_port(given);
    if (!options.plan.port) refuse("--port", given, "a port from 1 to 65535");
  };
  parser.add_option_function<std::string>("--port", read_port, "for targets that name none (443)")
      ->type_name("PORT")
      ->group(what);
  parser
      .add_option("--lab", options.settings.lab, "probe the embedded ECR on loopback; 'ecr6 lab' lists the scenarios")
      ->type_name("SCENARIO")
      ->check(not_empty())
      ->group(what);
}

void add_wire_options(CLI::App& parser, CheckOptions& options) {
  auto* const only_v4 = parser.add_flag_callback(
      "-4,--ipv4", [&options] { options.settings.ipv6 = false; }, "IPv4 only");
  auto* const only_v6 = parser.add_flag_callback(
      "-6,--ipv6", [&options] { options.settings.ipv4 = false; }, "IPv6 only");
  only_v4->excludes(only_v6)->group(how);
  only_v6->group(how);
  parser.add_option("--resolver", options.resolvers, "ask this nameserver instead of the system's; repeatable")
      ->type_name("ADDRESS[:PORT]")
      ->allow_extra_args(false)
      ->group(how);
  const auto read_connect_to = [&options](const std::vector<std::string>& all) {
    for (const auto& given : all) {
      auto rule = probe::parse_connect_to(given);
      if (const auto* problem = std::get_if<std::string>(&rule)) throw CLI::ValidationError(*problem);
      options.connect_to.push_back(std::get<probe::ConnectTo>(std::move(rule)));
      options.settings.connect_to.push_back(given);
    }
  };
  parser
      .add_option_function<std::vector<std::string>>("--connect-to", read_connect_to,
                                                     "connect to HOST2:PORT2 instead, as in curl; repeatable")
      ->type_name("HOST1:PORT1:HOST2:PORT2")
      ->allow_extra_args(false)
      ->group(how);
  parser
      .add_option("--interface", options.settings.interface,
                  "use this interface, or this source address and its family")
      ->type_name("NAME")
      ->check(not_empty())
      ->group(how);
  parser.add_option("--ca-file", options.trust.ca_file, "trust these certificates (PEM) instead of the system's")
      ->type_name("FILE")
      ->group(how);
  parser.add_option("--ca-path", options.trust.ca_path, "trust this hash directory instead of the system's")
      ->type_name("DIR")
      ->group(how);
}

/// What is asked beyond the endpoints' own answers, only when the user wants it.
void add_extras(CLI::App& parser, CheckOptions& options) {
  parser.add_flag("--ping", options.settings.ping, "send each address an ICMP echo request, too")->group(how);
  parser.add_flag("--ec2", options.settings.ec2, "ask EC2's metadata service whether this instance has IPv6")
      ->group(how);
  parser.add_option("--ip-ranges", options.ip_ranges, "look every address up in this copy of AWS's ip-ranges.json")
      ->type_name("FILE")
      ->check(not_empty())
      ->group(how);
}

void add_bounds(CLI::App& parser, CheckOptions& options) {
  using namespace std::chrono_literals;
  add_duration(parser, "--timeout", options.settings.timeout, 300s)->description("for each stage (3)");
  add_duration(parser, "--deadline", options.settings.deadline, 3600s)->description("for the whole run (15)");
  add_count(parser, "--concurrency", options.settings.concurrency, 10000)
      ->description("lookups and attempts at once (256)");
  add_count(parser, "--max-addresses", options.settings.max_addresses, 512)
      ->description("addresses of each family to try (16)");
}

/// A source address has one family: the other cannot be tested from it.
std::optional<std::string> settle_interface(RunSettings& settings) {
  const std::string& interface = settings.interface;
  if (interface.empty()) return std::nullopt;
  if (auto refusal = host::refusal_of_interface(interface)) return refusal;
  const auto source = Address::parse(interface);
  if (!source) return std::nullopt;
  if (source->is_v6() ? !settings.ipv6 : !settings.ipv4)
    return fmt::format("--interface {} with {} can never connect; leave one of them out", interface,
                       source->is_v6() ? "-4" : "-6");
  (source->is_v6() ? settings.ipv4 : settings.ipv6) = false;
  return std::nullopt;
}

}  // namespace

void add_check_options(CLI::App& parser, CheckOptions& options) {
  options.settings.concurrency = 256;
  add_targets(parser, options);
  add_wire_options(parser, options);
  add_extras(parser, options);
  add_bounds(parser, options);
  add_output_options(parser, options.output);
}

std::optional<std::string> settle(CheckOptions& options) {
  const auto& require = options.output.require;
  if (options.settings.ec2 && !options.settings.lab.empty())
    return "--lab stays on loopback, and the metadata service is not there; leave --ec2 out";
  if (auto refusal = settle_interface(options.settings)) return refusal;
  if (!options.settings.ipv6 && require == Require::ipv6)
    return "-4, or an IPv4 source, with --require ipv6 can never succeed: IPv6 is switched off; leave one of them out";
  if (!options.settings.ipv4 && require == Require::dual)
    return "-6, or an IPv6 source, with --require dual can never succeed: IPv4 is switched off; leave one of them out";
  if (!options.settings.ipv6 && require == Require::dual)
    return "-4, or an IPv4 source, with --require dual can never succeed: IPv6 is switched off; leave one of them out";
  if (!options.settings.ipv6) options.settings.require = Require::any;
  apply_verdict_options(options.output, options.settings);
  return std::nullopt;
}

}  // namespace ecr6::cli
