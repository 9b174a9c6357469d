#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include <cstring>

#include "host/linux_netlink.hpp"
#include "host/network.hpp"

namespace ecr6::host {

namespace {

constexpr std::size_t most_neighbours = 65'536;

std::string state_word(std::uint16_t state) {
  switch (state) {
    case NUD_INCOMPLETE:
      return "incomplete";
    case NUD_REACHABLE:
      return "reachable";
    case NUD_STALE:
      return "stale";
    case NUD_DELAY:
      return "delay";
    case NUD_PROBE:
      return "probe";
    case NUD_FAILED:
      return "failed";
    case NUD_NOARP:
      return "noarp";
    case NUD_PERMANENT:
      return "permanent";
    default:
      return "none";
  }
}

/// The state of `address` on the interface `index`. A dump with a filter, since asking for one entry needs Linux 5.0.
std::optional<std::string> state_of(const Address& address, unsigned index) {
  NetlinkRequest request{RTM_GETNEIGH, NLM_F_DUMP};
  request.part<ndmsg>().ndm_family = address.is_v6() ? AF_INET6 : AF_INET;
  request.attribute(NDA_IFINDEX, std::uint32_t{index});
  std::string state = "none";
  std::size_t seen{};
  const auto take = [&](const nlmsghdr& message) {
    ndmsg fixed{};
    std::memcpy(&fixed, reinterpret_cast<const char*>(&message) + NLMSG_HDRLEN, sizeof fixed);
    const bool is_entry = message.nlmsg_type == RTM_NEWNEIGH && fixed.ndm_ifindex == static_cast<int>(index);
    if (is_entry && (fixed.ndm_flags & NTF_PROXY) == 0 &&
        Attributes{message, sizeof fixed}.address(NDA_DST) == address) {
      state = state_word(fixed.ndm_state);
      return false;
    }
    return ++seen < most_neighbours;
  };
  const int error = dump_from_kernel(request, take, [&] {
    state = "none";
    seen = 0;
  });
  return error == 0 && seen < most_neighbours ? std::optional{state} : std::nullopt;
}

}  // namespace

std::optional<Neighbour> next_hop(const Route& route, const Address& destination) {
  if (route.type != "unicast" || route.interface.empty()) return std::nullopt;
  const unsigned index = ::if_nametoindex(route.interface.c_str());
  const Address address = route.gateway.value_or(destination);
  const auto state = index != 0 ? state_of(address, index) : std::nullopt;
  return state ? std::optional{Neighbour{address, route.interface, *state}} : std::nullopt;
}

}  // namespace ecr6::host
