#include <ifaddrs.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

#include <fmt/format.h>

#include <memory>

#include "ecr6/core/text.hpp"
#include "host/network.hpp"

namespace ecr6::host {

namespace {

std::string hardware_address(const sockaddr* address) {
  const auto& link = *reinterpret_cast<const sockaddr_ll*>(address);
  return link.sll_halen == 6 ? fmt::format("{:02x}", fmt::join(link.sll_addr, link.sll_addr + 6, ":")) : "";
}

}  // namespace

std::string device_of(std::string_view hardware) {
  ifaddrs* first{};
  if (::getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> all{first, ::freeifaddrs};
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next)
    if (each->ifa_addr != nullptr && each->ifa_addr->sa_family == AF_PACKET &&
        equal_ignoring_case(hardware_address(each->ifa_addr), hardware))
      return each->ifa_name;
  return {};
}

}  // namespace ecr6::host
