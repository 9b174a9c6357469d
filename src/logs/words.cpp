#include "ecr6/logs/event.hpp"

namespace ecr6::logs {

std::string_view to_string(Source word) {
  switch (word) {
    case Source::ipv6:
      return "ipv6";
    case Source::ipv4:
      return "ipv4";
    case Source::aws:
      return "aws";
    case Source::unknown:
      return "unknown";
  }
  return {};
}

std::string_view to_string(HostKind word) {
  switch (word) {
    case HostKind::dual_stack:
      return "dual_stack";
    case HostKind::ipv4_only:
      return "ipv4_only";
    case HostKind::vpc_endpoint:
      return "vpc_endpoint";
    case HostKind::wrong:
      return "wrong";
    case HostKind::other:
      return "other";
    case HostKind::not_recorded:
      return "not_recorded";
  }
  return {};
}

std::string_view to_string(Way word) {
  switch (word) {
    case Way::ipv4_only_name:
      return "ipv4_only_name";
    case Way::dual_stack_name_over_ipv4:
      return "dual_stack_name_over_ipv4";
    case Way::other_name_over_ipv4:
      return "other_name_over_ipv4";
    case Way::ipv6:
      return "ipv6";
    case Way::aws:
      return "aws";
    case Way::unknown:
      return "unknown";
  }
  return {};
}

}  // namespace ecr6::logs
