#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>

#include "ecr6/core/text.hpp"
#include "host/keep_what_matters.hpp"
#include "host/linux_links.hpp"
#include "host/linux_routes.hpp"
#include "host/network.hpp"
#include "host/text_file.hpp"

namespace ecr6::host {

namespace {

constexpr std::size_t most_digits = 64;

/// The number in a file of /proc or /sys; empty when there is none, or it may not be read.
std::optional<int> number_in(const std::string& path) {
  const auto text = read_text_file(path, most_digits);
  if (!text || !*text) return std::nullopt;
  int number{};
  const char* const end = (*text)->data() + (*text)->size();
  return std::from_chars((*text)->data(), end, number).ec == std::errc{} ? std::optional{number} : std::nullopt;
}

/// EAFNOSUPPORT is the kernel's word for no IPv6 at all; any other failure says nothing about it.
std::optional<bool> can_make_ipv6_sockets() {
  const int descriptor = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return errno == EAFNOSUPPORT ? std::optional{false} : std::nullopt;
  ::close(descriptor);
  return true;
}

/// The router advertisements (ICMPv6 type 134) that came to a device, whether the kernel took them or not. The file has
/// a line for each type that was ever seen; one that is not there is 0.
std::optional<std::uint64_t> advertisements_received(const std::string& device) {
  constexpr std::size_t most_bytes = std::size_t{64} * 1024;
  constexpr std::string_view key = "Icmp6InType134";
  const auto text = read_text_file("/proc/net/dev_snmp6/" + device, most_bytes);
  if (!text || !*text) return std::nullopt;
  for (const std::string_view line : split(**text, '\n')) {
    if (!line.starts_with(key)) continue;
    const std::string_view digits = trimmed(line.substr(key.size()));
    std::uint64_t count{};
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
  }
  return 0;
}

}  // namespace

std::optional<NetworkFacts> network_facts() {
  NetworkFacts network;
  if (read_links(network.interfaces) != 0 || read_default_routes(network) != 0) return std::nullopt;
  network.ipv6_in_kernel = can_make_ipv6_sockets();
  if (const auto off = number_in("/sys/module/ipv6/parameters/disable")) network.ipv6_off_at_boot = *off != 0;
  network.ipv6_default_disable = number_in("/proc/sys/net/ipv6/conf/default/disable_ipv6");
  keep_what_matters(network, {});
  for (Interface& interface : network.interfaces)
    if (!interface.loopback) interface.advertisements_received = advertisements_received(interface.name);
  return network;
}

}  // namespace ecr6::host
