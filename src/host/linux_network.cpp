#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>

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

}  // namespace

std::optional<NetworkFacts> network_facts() {
  NetworkFacts network;
  if (read_links(network.interfaces) != 0 || read_default_routes(network) != 0) return std::nullopt;
  network.ipv6_in_kernel = can_make_ipv6_sockets();
  if (const auto off = number_in("/sys/module/ipv6/parameters/disable")) network.ipv6_off_at_boot = *off != 0;
  network.ipv6_default_disable = number_in("/proc/sys/net/ipv6/conf/default/disable_ipv6");
  keep_what_matters(network, {});
  return network;
}

}  // namespace ecr6::host
