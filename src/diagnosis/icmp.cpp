#include "icmp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace ecr6 {

namespace {

constexpr int any_code = -1;

struct Row {
  int type;
  int code;
  std::string_view words;
  IcmpMeaning meaning;
};

using enum IcmpMeaning;

constexpr Row icmpv6[] = {
    {1, 0, "no route to destination", no_route},
    {1, 1, "administratively prohibited", rejected},
    {1, 2, "beyond the scope of the source address", beyond_scope},
    {1, 3, "address unreachable", address_unreachable},
    {1, 4, "port unreachable", rejected},
    {1, 5, "source address failed the ingress or egress policy", source_refused},
    {1, 6, "reject route to destination", rejected},
    {1, 7, "error in the source routing header", parameter_problem},
    {1, any_code, "destination unreachable", rejected},
    {2, any_code, "packet too big", rejected},
    {3, 0, "hop limit exceeded", hop_limit_exceeded},
    {3, any_code, "time exceeded", rejected},
    {4, any_code, "parameter problem", parameter_problem},
};

constexpr Row icmpv4[] = {
    {3, 0, "network unreachable", no_route},
    {3, 1, "host unreachable", address_unreachable},
    {3, 2, "protocol unreachable", rejected},
    {3, 3, "port unreachable", rejected},
    {3, 4, "fragmentation needed", rejected},
    {3, 5, "source route failed", parameter_problem},
    {3, 6, "destination network unknown", no_route},
    {3, 7, "destination host unknown", address_unreachable},
    {3, 9, "network administratively prohibited", rejected},
    {3, 10, "host administratively prohibited", rejected},
    {3, 13, "communication administratively prohibited", rejected},
    {3, any_code, "destination unreachable", rejected},
    {11, 0, "time to live exceeded", hop_limit_exceeded},
    {11, any_code, "time exceeded", rejected},
    {12, any_code, "parameter problem", parameter_problem},
};

template <std::size_t N>
const Row* find(const Row (&rows)[N], const IcmpError& error) {
  const auto found = std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) {
    return row.type == error.type && (row.code == any_code || row.code == error.code);
  });
  return found == std::end(rows) ? nullptr : found;
}

/// The family of the sender is that of the error: ICMP over IPv4 has other numbers than ICMPv6. Connections to an
/// IPv4-mapped address leave as IPv4, whatever the family of their socket.
bool is_icmpv6(const IcmpError& error) { return error.offender.is_v6() && !error.offender.is_v4_mapped(); }

const Row* find(const IcmpError& error) { return is_icmpv6(error) ? find(icmpv6, error) : find(icmpv4, error); }

bool is_of_this_host(const Address& address, const HostFacts& host) {
  // Any router may be fe80::1, and so may a bridge of this host.
  if (!host.network || address.is_link_local()) return false;
  const auto& interfaces = host.network->interfaces;
  return std::any_of(interfaces.begin(), interfaces.end(), [&](const Interface& interface) {
    return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                       [&](const InterfaceAddress& own) { return own.address == address; });
  });
}

/// "[::1]:8443" or "192.0.2.7:8443".
std::optional<Address> host_in(std::string_view text) {
  const bool bracketed = text.starts_with('[');
  const auto end = bracketed ? text.find(']') : text.rfind(':');
  return end == text.npos ? std::nullopt : Address::parse(text.substr(bracketed, end - bracketed));
}

bool is_destination(const Address& address, const Attempt& attempt) {
  return attempt.diverted_to.empty() ? address == attempt.address : host_in(attempt.diverted_to) == address;
}

}  // namespace

IcmpMeaning meaning_of(const IcmpError& error) {
  const Row* row = find(error);
  return row ? row->meaning : rejected;
}

std::string words_of(const IcmpError& error) {
  const Row* row = find(error);
  return fmt::format("ICMP{}{} (type {}, code {})", is_icmpv6(error) ? "v6" : "",
                     row ? fmt::format(" '{}'", row->words) : "", error.type, error.code);
}

Offender offender_of(const Attempt& attempt, const HostFacts& host) {
  const Address& sender = attempt.icmp->offender;
  if (sender == attempt.source_address || sender.is_loopback() || is_of_this_host(sender, host))
    return Offender::this_host;
  return is_destination(sender, attempt) ? Offender::destination : Offender::hop;
}

std::string sender_of(const Attempt& attempt) {
  const Address& sender = attempt.icmp->offender;
  std::string text = sender.to_string();
  if (sender == attempt.source_address) return text + ", this host itself";
  if (is_destination(sender, attempt)) return text + ", the address itself";
  return attempt.route && attempt.route->gateway == sender ? text + ", this host's next hop" : text;
}

}  // namespace ecr6
