#include "host/linux_links.hpp"

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/ipv6.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

#include "host/linux_netlink.hpp"

namespace ecr6::host {

namespace {

// <linux/if.h> has it, and cannot stand beside <net/if.h>.
constexpr unsigned lower_up = 1U << 16;
constexpr std::size_t settings_read = DEVCONF_DISABLE_IPV6 + 1;
// Since Linux 5.18; the kernel made the address from a router advertisement.
constexpr std::uint16_t ifa_proto = 11;
constexpr std::uint8_t made_from_advertisement = 2;
constexpr std::uint32_t for_ever = 0xffffffff;

/// The device's IPv6 settings, as /proc/sys/net/ipv6/conf/NAME has them; absent on a device without IPv6.
void read_ipv6_settings(const Attributes& link, Interface& interface) {
  const Attributes families{link.find(IFLA_AF_SPEC)};
  const Attributes ipv6{families.find(AF_INET6)};
  const auto conf = ipv6.structure<std::array<std::int32_t, settings_read>>(IFLA_INET6_CONF);
  if (!conf) return;
  interface.ipv6_forwarding = (*conf)[DEVCONF_FORWARDING] != 0;
  interface.accept_ra = (*conf)[DEVCONF_ACCEPT_RA];
  interface.accept_ra_defrtr = (*conf)[DEVCONF_ACCEPT_RA_DEFRTR] != 0;
  interface.ipv6_disabled = (*conf)[DEVCONF_DISABLE_IPV6] != 0;
}

Interface interface_in(const nlmsghdr& message) {
  ifinfomsg fixed{};
  std::memcpy(&fixed, reinterpret_cast<const char*>(&message) + NLMSG_HDRLEN, sizeof fixed);
  const Attributes link{message, sizeof fixed};
  Interface interface;
  interface.name = link.text(IFLA_IFNAME);
  interface.index = fixed.ifi_index;
  interface.up = (fixed.ifi_flags & IFF_UP) != 0;
  interface.running = (fixed.ifi_flags & lower_up) != 0;
  interface.loopback = (fixed.ifi_flags & IFF_LOOPBACK) != 0;
  interface.mtu = static_cast<int>(link.number(IFLA_MTU).value_or(0));
  read_ipv6_settings(link, interface);
  return interface;
}

std::string scope_word(unsigned char scope) {
  switch (scope) {
    case RT_SCOPE_UNIVERSE:
      return "global";
    case RT_SCOPE_SITE:
      return "site";
    case RT_SCOPE_LINK:
      return "link";
    case RT_SCOPE_HOST:
      return "host";
    default:
      return std::to_string(scope);
  }
}

void read_lifetimes(const Attributes& attributes, InterfaceAddress& own) {
  const auto times = attributes.structure<ifa_cacheinfo>(IFA_CACHEINFO);
  if (!times) return;
  if (times->ifa_prefered != for_ever) own.preferred_s = times->ifa_prefered;
  if (times->ifa_valid != for_ever) own.valid_s = times->ifa_valid;
}

/// The bits that mean something else for IPv4 (a second address is not a temporary one) stay unset there.
void read_flags(std::uint32_t flags, InterfaceAddress& own) {
  if (!own.address.is_v6()) return;
  own.temporary = (flags & IFA_F_TEMPORARY) != 0;
  own.deprecated = (flags & IFA_F_DEPRECATED) != 0;
  own.tentative = (flags & IFA_F_TENTATIVE) != 0;
  own.dad_failed = (flags & IFA_F_DADFAILED) != 0;
  own.optimistic = (flags & IFA_F_OPTIMISTIC) != 0;
}

struct Owned {
  int index{};
  InterfaceAddress own;
};

std::optional<Owned> address_in(const nlmsghdr& message) {
  ifaddrmsg fixed{};
  std::memcpy(&fixed, reinterpret_cast<const char*>(&message) + NLMSG_HDRLEN, sizeof fixed);
  const Attributes attributes{message, sizeof fixed};
  // On a point-to-point link IFA_ADDRESS is the peer's.
  auto address = attributes.address(IFA_LOCAL);
  if (!address) address = attributes.address(IFA_ADDRESS);
  if (!address) return std::nullopt;
  Owned owned{static_cast<int>(fixed.ifa_index), {}};
  owned.own.address = *address;
  owned.own.prefix_length = fixed.ifa_prefixlen;
  owned.own.scope = scope_word(fixed.ifa_scope);
  owned.own.from_router = attributes.byte(ifa_proto) == made_from_advertisement;
  read_flags(attributes.number(IFA_FLAGS).value_or(fixed.ifa_flags), owned.own);
  read_lifetimes(attributes, owned.own);
  return owned;
}

using Links = std::map<int, Interface>;

int read_interfaces(Links& links) {
  NetlinkRequest request{RTM_GETLINK, NLM_F_DUMP};
  request.part<ifinfomsg>();
  request.attribute(IFLA_EXT_MASK, std::uint32_t{RTEXT_FILTER_SKIP_STATS});
  const auto take = [&](const nlmsghdr& message) {
    if (message.nlmsg_type != RTM_NEWLINK) return true;
    Interface interface = interface_in(message);
    links.insert_or_assign(interface.index, std::move(interface));
    return links.size() < most_links;
  };
  return dump_from_kernel(request, take, [&] { links.clear(); });
}

int read_addresses(std::vector<Owned>& all) {
  NetlinkRequest request{RTM_GETADDR, NLM_F_DUMP};
  request.part<ifaddrmsg>();
  const auto take = [&](const nlmsghdr& message) {
    if (message.nlmsg_type != RTM_NEWADDR) return true;
    if (auto owned = address_in(message)) all.push_back(std::move(*owned));
    return all.size() < most_addresses;
  };
  return dump_from_kernel(request, take, [&] { all.clear(); });
}

}  // namespace

int read_links(std::vector<Interface>& interfaces) {
  Links links;
  std::vector<Owned> all;
  if (const int error = read_interfaces(links)) return error;
  if (const int error = read_addresses(all)) return error;
  for (Owned& owned : all)
    if (const auto link = links.find(owned.index); link != links.end())
      link->second.addresses.push_back(std::move(owned.own));
  for (auto& [index, interface] : links) interfaces.push_back(std::move(interface));
  return 0;
}

}  // namespace ecr6::host
