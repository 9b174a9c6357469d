#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ecr6/core/address.hpp"
#include "ecr6/core/time.hpp"
#include "ecr6/logs/splitter.hpp"

namespace ecr6::logs {

/// Where a call came from, by CloudTrail's `sourceIPAddress`.
enum class Source {
  ipv6,
  ipv4,     ///< also an IPv4-mapped IPv6 address: the packets were IPv4
  aws,      ///< `AWS Internal` or a service's name: AWS acting for somebody, or a pull whose address is not recorded
  unknown,  ///< missing, or text that is neither (`HIDDEN_DUE_TO_SECURITY_REASONS`)
};

/// What the name in `tlsDetails.clientProvidedHostHeader` is.
enum class HostKind {
  dual_stack,
  ipv4_only,
  vpc_endpoint,  ///< an interface endpoint's own name, `vpce-….vpce.amazonaws.com`
  wrong,         ///< looks like ECR's but is not: `api.ecr.<region>.api.aws`
  other,         ///< any other host: a proxy, a name of the user's own
  not_recorded,  ///< the event has no TLS details
};

/// How a call came: what a migration counts. The first that fits, in this order: aws, ipv4_only_name, ipv6, the others.
enum class Way {
  ipv4_only_name,             ///< has to change its endpoint before it can use IPv6
  dual_stack_name_over_ipv4,  ///< has the right name; its network or its policy holds it on IPv4
  other_name_over_ipv4,       ///< over IPv4, by a name that is not recorded or not a public ECR name
  ipv6,
  aws,
  unknown,
};

inline constexpr std::array all_sources{Source::ipv6, Source::ipv4, Source::aws, Source::unknown};
inline constexpr std::array all_ways{
    Way::ipv4_only_name, Way::dual_stack_name_over_ipv4, Way::other_name_over_ipv4, Way::ipv6, Way::aws, Way::unknown};

/// The JSON words, spelled like the enumerators.
[[nodiscard]] std::string_view to_string(Source word);
[[nodiscard]] std::string_view to_string(HostKind word);
[[nodiscard]] std::string_view to_string(Way word);

/// One call of ECR or ECR Public. Texts are at most 512 bytes and hold no NUL; empty: not recorded.
struct Event {
  std::string service;             ///< "ecr" or "ecr-public"
  std::string action;              ///< `eventName`
  std::string region;              ///< `awsRegion`
  std::string principal;           ///< an ARN where there is one; the role, not its session
  std::string client;              ///< the user agent without what only describes the machine
  std::string user_agent;          ///< as recorded
  std::string host;                ///< lower case, without port and final dot
  std::string source_text;         ///< `sourceIPAddress` as recorded
  std::string vpc_endpoint;        ///< `vpcEndpointId`
  std::optional<Address> address;  ///< set for Source::ipv6 and ipv4; IPv4-mapped ones as IPv4
  std::optional<Moment> at;        ///< `eventTime`
  Source source{Source::unknown};
  HostKind host_kind{HostKind::not_recorded};
  Way way{Way::unknown};
  bool denied{};  ///< `errorCode` says that access was denied
};

/// What became of a record.
struct Reading {
  std::optional<Event> event;  ///< set when it is a call of ECR or ECR Public
  std::string fault;           ///< set when it names ECR but is not JSON
};

/// Reads records into events, reusing its memory from one to the next. Records that cannot be about ECR are told by
/// a look for the service's name and never parsed. Besides plain events it reads EventBridge's (`detail`) and those of
/// `aws cloudtrail lookup-events` (`CloudTrailEvent`, a JSON text).
class EventReader {
 public:
  EventReader();
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  [[nodiscard]] Reading read(const Record& record);

 private:
  struct Working;
  std::unique_ptr<Working> working_;
};

/// Whether the record may be a CloudTrail event of any service, in any of the forms above.
[[nodiscard]] bool looks_like_event(const Record& record);

/// A user agent without comments in parentheses and without tokens about the machine (os, kernel, language build), so
/// that the same client on many hosts is one client: "docker/24.0.7 go/go1.20.10 git-commit/… (…)" is "docker/24.0.7".
[[nodiscard]] std::string client_of(std::string_view user_agent);

/// Reads `sourceIPAddress`. The address is set for Source::ipv6 and ipv4.
struct SourceFacts {
  Source source{Source::unknown};
  std::optional<Address> address;
};
[[nodiscard]] SourceFacts source_of(std::string_view source_ip_address);

/// The kind of a `clientProvidedHostHeader`.
[[nodiscard]] HostKind host_kind_of(std::string_view host);

}  // namespace ecr6::logs
