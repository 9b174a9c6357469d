#include "host/linux_routes.hpp"

#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "host/linux_netlink.hpp"
#include "host/network.hpp"

namespace ecr6::host {

namespace {

rtmsg fixed_part(const nlmsghdr& message) {
  rtmsg fixed{};
  std::memcpy(&fixed, reinterpret_cast<const char*>(&message) + NLMSG_HDRLEN, sizeof fixed);
  return fixed;
}

std::string type_word(unsigned char type) {
  switch (type) {
    case RTN_UNICAST:
      return "unicast";
    case RTN_LOCAL:
      return "local";
    case RTN_BLACKHOLE:
      return "blackhole";
    case RTN_UNREACHABLE:
      return "unreachable";
    case RTN_PROHIBIT:
      return "prohibit";
    case RTN_THROW:
      return "throw";
    default:
      return std::to_string(type);
  }
}

/// As `ip route` calls them.
std::string origin_word(unsigned char protocol) {
  switch (protocol) {
    case RTPROT_REDIRECT:
      return "redirect";
    case RTPROT_KERNEL:
      return "kernel";
    case RTPROT_BOOT:
      return "boot";
    case RTPROT_STATIC:
      return "static";
    case RTPROT_RA:
      return "ra";
    case RTPROT_DHCP:
      return "dhcp";
    default:
      return std::to_string(protocol);
  }
}

std::string name_of(std::uint32_t index) {
  std::array<char, IF_NAMESIZE> name{};
  return index != 0 && ::if_indextoname(index, name.data()) ? name.data() : "";
}

/// RTA_GATEWAY; or RTA_VIA, a family and an address of it: an IPv4 route may go through an IPv6 router.
std::optional<Address> gateway_in(const Attributes& attributes) {
  if (const auto gateway = attributes.address(RTA_GATEWAY)) return gateway;
  struct Via {
    std::uint16_t family;
    std::array<std::uint8_t, 16> bytes;
  };
  const auto via = attributes.structure<Via>(RTA_VIA);
  return via ? address_of(via->bytes.data(), via->family == AF_INET6 ? 16 : 4) : std::nullopt;
}

std::optional<std::uint32_t> seconds_left(const Attributes& attributes) {
  const auto cache = attributes.structure<rta_cacheinfo>(RTA_CACHEINFO);
  const long ticks = ::sysconf(_SC_CLK_TCK);
  if (!cache || cache->rta_expires <= 0 || ticks <= 0) return std::nullopt;
  return static_cast<std::uint32_t>(cache->rta_expires / ticks);
}

DefaultRoute default_route(const rtmsg& fixed, const Attributes& attributes) {
  DefaultRoute route;
  route.family = fixed.rtm_family == AF_INET6 ? Family::ipv6 : Family::ipv4;
  route.type = type_word(fixed.rtm_type);
  route.interface = name_of(attributes.number(RTA_OIF).value_or(0));
  route.gateway = gateway_in(attributes);
  route.metric = attributes.number(RTA_PRIORITY).value_or(0);
  route.table = attributes.number(RTA_TABLE).value_or(fixed.rtm_table);
  route.origin = origin_word(fixed.rtm_protocol);
  route.expires_s = seconds_left(attributes);
  return route;
}

/// One for each next hop of a route with several.
void add_default_routes(const rtmsg& fixed, const Attributes& attributes, std::vector<DefaultRoute>& routes) {
  const DefaultRoute route = default_route(fixed, attributes);
  const std::vector<char> hops = attributes.bytes(RTA_MULTIPATH);
  if (hops.empty()) routes.push_back(route);
  for (std::size_t at = 0; at + sizeof(rtnexthop) <= hops.size();) {
    rtnexthop hop{};
    std::memcpy(&hop, hops.data() + at, sizeof hop);
    if (hop.rtnh_len < sizeof hop || at + hop.rtnh_len > hops.size()) break;
    DefaultRoute each = route;
    each.interface = name_of(static_cast<std::uint32_t>(hop.rtnh_ifindex));
    each.gateway = gateway_in(Attributes{hops.data() + at + sizeof hop, hop.rtnh_len - sizeof hop});
    routes.push_back(std::move(each));
    at += NLMSG_ALIGN(hop.rtnh_len);
  }
}

/// IPv6's placeholder on the loopback interface, which says that there is no default route, is not one.
bool is_default(const rtmsg& fixed, const Attributes& attributes) {
  if (fixed.rtm_dst_len != 0 || fixed.rtm_src_len != 0 || (fixed.rtm_flags & RTM_F_CLONED) != 0) return false;
  if (fixed.rtm_type == RTN_LOCAL || fixed.rtm_type == RTN_MULTICAST || fixed.rtm_type == RTN_THROW) return false;
  return !(fixed.rtm_family == AF_INET6 && attributes.number(RTA_PRIORITY) == 0xffffffffU &&
           fixed.rtm_protocol == RTPROT_KERNEL);
}

int add_default_routes_of(int family, NetworkFacts& network) {
  NetlinkRequest request{RTM_GETROUTE, NLM_F_DUMP};
  request.part<rtmsg>().rtm_family = static_cast<unsigned char>(family);
  std::size_t seen{};
  std::vector<DefaultRoute> routes;
  const auto take = [&](const nlmsghdr& message) {
    if (message.nlmsg_type != RTM_NEWROUTE) return true;
    const rtmsg fixed = fixed_part(message);
    const Attributes attributes{message, sizeof fixed};
    if (fixed.rtm_family == family && is_default(fixed, attributes)) add_default_routes(fixed, attributes, routes);
    if (++seen < most_routes && routes.size() < most_default_routes) return true;
    network.routes_cut_off = true;
    return false;
  };
  const auto forget = [&] {
    seen = 0;
    routes.clear();
  };
  const int error = dump_from_kernel(request, take, forget);
  network.default_routes.insert(network.default_routes.end(), routes.begin(), routes.end());
  return error;
}

NetlinkRequest request_for(const RouteQuery& query) {
  NetlinkRequest request{RTM_GETROUTE, 0};
  auto& fixed = request.part<rtmsg>();
  fixed.rtm_family = query.destination.is_v6() ? AF_INET6 : AF_INET;
  fixed.rtm_dst_len = query.destination.is_v6() ? 128 : 32;
  const auto own = query.source ? query.source : Address::parse(query.interface);
  const bool has_source = own && own->family() == query.destination.family();
  if (has_source) fixed.rtm_src_len = fixed.rtm_dst_len;
  request.attribute(RTA_DST, query.destination);
  if (has_source) request.attribute(RTA_SRC, *own);
  if (const unsigned index = query.interface.empty() ? 0 : ::if_nametoindex(query.interface.c_str()))
    request.attribute(RTA_OIF, std::uint32_t{index});
  // Rules of policy routing may ask for the protocol and the port (Linux 4.17; older kernels pass them over).
  request.attribute(RTA_IP_PROTO, std::uint8_t{IPPROTO_TCP});
  request.attribute(RTA_DPORT, std::uint16_t{htons(query.port)});
  return request;
}

Route route_in(const nlmsghdr& message) {
  const rtmsg fixed = fixed_part(message);
  const Attributes attributes{message, sizeof fixed};
  Route route;
  route.type = type_word(fixed.rtm_type);
  route.interface = name_of(attributes.number(RTA_OIF).value_or(0));
  route.gateway = gateway_in(attributes);
  route.source = attributes.address(RTA_PREFSRC);
  const Attributes metrics{attributes.find(RTA_METRICS)};
  if (const auto mtu = metrics.number(RTAX_MTU)) route.mtu = static_cast<int>(*mtu);
  return route;
}

/// fib_props of the kernel (net/ipv4/fib_semantics.c), and ip6_route_info_create: each type has its errno.
std::string type_of_refusal(int error) {
  switch (error) {
    case ENETUNREACH:
      return "none";
    case EHOSTUNREACH:
      return "unreachable";
    case EACCES:
      return "prohibit";
    case EINVAL:
      return "blackhole";
    default:
      return "refused";
  }
}

}  // namespace

int read_default_routes(NetworkFacts& network) {
  for (const int family : {AF_INET6, AF_INET})
    if (const int error = add_default_routes_of(family, network)) return error;
  return 0;
}

std::optional<Route> route_to(const RouteQuery& query) {
  std::optional<Route> route;
  const int error = ask_kernel(request_for(query), [&](const nlmsghdr& message) {
    if (message.nlmsg_type == RTM_NEWROUTE) route = route_in(message);
    return true;
  });
  if (error == 0 && route && !route->source) route->source = query.source;  // IPv4 does not repeat what it was told
  if (error == 0) return route;
  if (error != ENETUNREACH && error != EHOSTUNREACH && error != EACCES && error != EINVAL) return std::nullopt;
  Route refused;
  refused.type = type_of_refusal(error);
  refused.refusal = std::generic_category().message(error);
  return refused;
}

}  // namespace ecr6::host
