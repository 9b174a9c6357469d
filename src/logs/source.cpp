#include <algorithm>

#include "ecr6/aws/recognise.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/logs/event.hpp"

namespace ecr6::logs {

namespace {

Address without_mapping(const Address& address) {
  if (!address.is_v4_mapped()) return address;
  return Address::from_bytes(address.bytes().last<4>());
}

/// `ecs-tasks.amazonaws.com`, `prod.frontend.ecr.aws.internal`: a name of AWS's own in place of an address.
bool is_service_name(std::string_view text) {
  const auto host_byte = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  };
  const std::string lower = to_lower(text);
  if (!std::all_of(lower.begin(), lower.end(), host_byte)) return false;
  static constexpr std::string_view suffixes[] = {".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu",
                                                  ".aws.internal",  ".amazon.com",       ".aws.dev"};
  return std::any_of(std::begin(suffixes), std::end(suffixes),
                     [&](std::string_view suffix) { return lower.ends_with(suffix); });
}

}  // namespace

SourceFacts source_of(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  if (const auto address = Address::parse(text)) {
    const Address plain = without_mapping(*address);
    return {plain.is_v6() ? Source::ipv6 : Source::ipv4, plain};
  }
  if (equal_ignoring_case(text, "AWS Internal") || is_service_name(text)) return {Source::aws, std::nullopt};
  return {};
}

HostKind host_kind_of(std::string_view host) {
  if (host.empty()) return HostKind::not_recorded;
  const auto name = aws::recognise(host);
  if (!name) return HostKind::other;
  if (name->spelling == aws::Spelling::wrong) return HostKind::wrong;
  if (name->spelling == aws::Spelling::vpc_endpoint) return HostKind::vpc_endpoint;
  if (!name->endpoint.addressing) return HostKind::other;
  return *name->endpoint.addressing == Addressing::dual_stack ? HostKind::dual_stack : HostKind::ipv4_only;
}

}  // namespace ecr6::logs
