#include "ecr6/logs/summary.hpp"

#include <fmt/format.h>

#include "ecr6/core/text.hpp"

namespace ecr6::logs {

namespace {

/// Texts of events hold no NUL, so that it can keep the parts of a key apart.
constexpr char separator = '\0';

std::string key_of(const Event& event) {
  std::string key{static_cast<char>('0' + static_cast<int>(event.way))};
  for (const std::string* part : {&event.principal, &event.client, &event.host, &event.vpc_endpoint}) {
    key += separator;
    key += *part;
  }
  return key;
}

bool is_private(const Address& address) {
  return address.is_private_v4() || address.is_unique_local() || address.is_link_local() || address.is_loopback();
}

std::string prefix_key_of(const Event& event) {
  const bool in_vpc = !event.vpc_endpoint.empty() || is_private(*event.address);
  const Prefix prefix{*event.address, event.address->is_v6() ? 64 : 32};
  return prefix.masked().to_string() + separator + (in_vpc ? "aws:VpcSourceIp" : "aws:SourceIp");
}

}  // namespace

void Summary::add(const Event& event) {
  all.add(event);
  services.add(event.service, event);
  actions.add(event.action, event);
  regions.add(event.region, event);
  principals.add(event.principal, event);
  clients.add(event.client, event, event.user_agent);
  hosts.add(event.host, event);
  callers.add(key_of(event), event, event.source_text);
  if (event.address) prefixes.add(prefix_key_of(event), event);
  if (event.source == Source::aws) aws_sources.add(event.source_text, event);
  if (!event.vpc_endpoint.empty()) vpc_endpoints.add(event.vpc_endpoint, event);
  timeline.add(event);
}

Caller caller_of(std::string_view key) {
  const auto parts = split(key, separator);
  return {all_ways.at(static_cast<std::size_t>(parts.at(0).at(0) - '0')), std::string{parts.at(1)},
          std::string{parts.at(2)}, std::string{parts.at(3)}, std::string{parts.at(4)}};
}

SourcePrefix source_prefix_of(std::string_view key) {
  const auto parts = split(key, separator);
  return {std::string{parts.at(0)}, std::string{parts.at(1)}};
}

void Input::add(Problem problem) {
  ++problem_count;
  if (problems.size() < problem_limit) problems.push_back(std::move(problem));
}

}  // namespace ecr6::logs
