#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ecr6/core/endpoint.hpp"
#include "ecr6/core/time.hpp"
#include "ecr6/observation/attempt.hpp"
#include "ecr6/observation/confirmation.hpp"
#include "ecr6/observation/host_facts.hpp"
#include "ecr6/observation/lookup.hpp"
#include "ecr6/observation/names.hpp"
#include "ecr6/observation/ping.hpp"

namespace ecr6 {

/// What decides the exit code.
enum class Require { ipv6, migrate, dual, any };
[[nodiscard]] std::string_view to_string(Require word);
template <>
std::optional<Require> word_from<Require>(std::string_view word);

/// Where the roots came from that certificates were checked against.
enum class Trust {
  unknown,      ///< the record does not say
  system,       ///< this machine's store
  environment,  ///< SSL_CERT_FILE, SSL_CERT_DIR
  option,       ///< --ca-file, --ca-path
  lab,          ///< the embedded ECR's own
};
[[nodiscard]] std::string_view to_string(Trust word);
template <>
std::optional<Trust> word_from<Trust>(std::string_view word);

/// One endpoint as planned and as seen.
struct EndpointObservation {
  Endpoint endpoint;
  bool required{};                        ///< decides the verdicts
  std::string why;                        ///< why the plan has it, in words: "the API of us-west-2"
  std::optional<std::string> right_name;  ///< of a wrong name: the name that carries the verdict instead
  bool placeholder_account{};             ///< the registry was probed under the label 123456789012

  std::optional<Lookup> ipv6_lookup, ipv4_lookup;  ///< empty when switched off, or the name is an address literal
  std::vector<Attempt> attempts;                   ///< one per address tried, IPv6 first
  std::size_t ipv6_left_out{}, ipv4_left_out{};    ///< addresses beyond --max-addresses
  std::vector<Confirmation> confirmations;
  std::vector<HopSearch> hop_searches;  ///< at most one per family
  Race race;
  std::optional<SystemAnswer> system;  ///< empty when getaddrinfo(3) was not asked, or the run ended before it was
  std::vector<Ping> pings;             ///< with --ping: one per address, in the order of the attempts

  [[nodiscard]] const std::optional<Lookup>& lookup(Family family) const {
    return family == Family::ipv6 ? ipv6_lookup : ipv4_lookup;
  }
  [[nodiscard]] std::optional<Lookup>& lookup(Family family) {
    return family == Family::ipv6 ? ipv6_lookup : ipv4_lookup;
  }
  friend bool operator==(const EndpointObservation&, const EndpointObservation&) = default;
};

/// The options of the run that a later reading needs.
struct RunSettings {
  bool ipv6{true}, ipv4{true};  ///< false: switched off by -4 or -6
  Require require{Require::ipv6};
  bool strict{};
  Duration timeout{3'000'000};    ///< per stage
  Duration deadline{15'000'000};  ///< of the run
  std::size_t concurrency{};
  std::size_t max_addresses{16};
  std::string interface;                ///< --interface, or empty
  std::vector<std::string> connect_to;  ///< as given
  std::string lab;                      ///< the scenario of the embedded ECR, or empty: nothing real was probed
  bool ping{};                          ///< --ping
  bool ec2{};                           ///< --ec2
  Trust trust{Trust::unknown};          ///< where the roots came from
  [[nodiscard]] bool has(Family family) const { return family == Family::ipv6 ? ipv6 : ipv4; }
  friend bool operator==(const RunSettings&, const RunSettings&) = default;
};

/// One run: all that was seen, no opinion. Goes to JSON and back without loss.
struct Observation {
  std::string tool_version;
  Moment started_at{};
  Duration duration{};
  bool interrupted{};        ///< the user stopped it
  bool deadline_exceeded{};  ///< --deadline stopped it
  RunSettings settings;
  HostFacts host;
  std::vector<Nameserver> nameservers;
  std::vector<EndpointObservation> endpoints;
  std::vector<std::string> notes;     ///< the plan's and the run's: names left out, bounds hit, in words
  std::optional<Lookup> nat64;        ///< AAAA of ipv4only.arpa (RFC 7050); only the nameservers that answered in time
  std::optional<IpRanges> ip_ranges;  ///< empty without --ip-ranges

  friend bool operator==(const Observation&, const Observation&) = default;
};

}  // namespace ecr6
