#include "host/interface_option.hpp"

#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "ecr6/core/address.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::host {

namespace {

constexpr std::size_t max_named = 8;  // interfaces in a message

std::string names_of_interfaces() {
  const std::unique_ptr<struct if_nameindex, decltype(&if_freenameindex)> all{if_nameindex(), if_freenameindex};
  std::vector<std::string> names;
  for (const auto* each = all.get(); each && each->if_name; ++each) {
    if (names.size() == max_named) return join(names, ", ") + " and more";
    names.emplace_back(each->if_name);
  }
  return names.empty() ? "none" : join(names, ", ");
}

bool is_same(const sockaddr* own, const Address& address) {
  if (!own) return false;
  const auto bytes = address.bytes();
  if (own->sa_family == AF_INET6 && address.is_v6())
    return std::memcmp(&reinterpret_cast<const sockaddr_in6*>(own)->sin6_addr, bytes.data(), bytes.size()) == 0;
  if (own->sa_family == AF_INET && !address.is_v6())
    return std::memcmp(&reinterpret_cast<const sockaddr_in*>(own)->sin_addr, bytes.data(), bytes.size()) == 0;
  return false;
}

bool is_assigned(const Address& address) {
  ifaddrs* first{};
  if (::getifaddrs(&first) != 0) return false;
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> all{first, freeifaddrs};
  for (const ifaddrs* each = first; each; each = each->ifa_next)
    if (is_same(each->ifa_addr, address)) return true;
  return false;
}

/// True also for an address of a local route, and for any where net.ipv*.ip_nonlocal_bind allows it.
bool can_bind(const Address& address) {
  sockaddr_in6 in6{};
  sockaddr_in in4{};
  in6.sin6_family = AF_INET6;
  in4.sin_family = AF_INET;
  const auto bytes = address.bytes();
  if (address.is_v6()) std::memcpy(&in6.sin6_addr, bytes.data(), bytes.size());
  if (!address.is_v6()) std::memcpy(&in4.sin_addr, bytes.data(), bytes.size());
  const auto* const own = address.is_v6() ? reinterpret_cast<const sockaddr*>(&in6)  //
                                          : reinterpret_cast<const sockaddr*>(&in4);
  const socklen_t size = address.is_v6() ? sizeof in6 : sizeof in4;
  const int descriptor = ::socket(own->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return false;
  const bool bound = ::bind(descriptor, own, size) == 0;
  ::close(descriptor);
  return bound;
}

}  // namespace

std::optional<std::string> refusal_of_interface(const std::string& given) {
  if (const auto address = Address::parse(given)) {
    // An address that is there but cannot be used yet, or no more, is for the attempts to tell.
    if (is_assigned(*address) || can_bind(*address)) return std::nullopt;
    return fmt::format("--interface {}: this host does not have that address; 'ip address' lists its own", given);
  }
  if (::if_nametoindex(given.c_str()) != 0) return std::nullopt;
  return fmt::format("--interface {}: expected an interface or an address of this host; its interfaces are {}", given,
                     names_of_interfaces());
}

}  // namespace ecr6::host
