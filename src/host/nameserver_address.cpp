#include "host/nameserver_address.hpp"

#include <algorithm>

namespace ecr6::host {

namespace {

bool is_interface_name(std::string_view text) {
  constexpr std::size_t longest = 15;  // IFNAMSIZ - 1
  const auto is_odd = [](unsigned char c) { return c <= ' ' || c == '/' || c == 0x7f; };
  return !text.empty() && text.size() <= longest && std::none_of(text.begin(), text.end(), is_odd);
}

}  // namespace

std::optional<ZonedAddress> parse_zoned(std::string_view text) {
  const auto percent = std::min(text.find('%'), text.size());
  const auto address = Address::parse(text.substr(0, percent));
  if (!address) return std::nullopt;
  if (percent == text.size()) return ZonedAddress{*address, {}};
  const std::string_view zone = text.substr(percent + 1);
  if (!address->is_v6() || !address->is_link_local() || !is_interface_name(zone)) return std::nullopt;
  return ZonedAddress{*address, std::string{zone}};
}

bool lacks_zone(const ZonedAddress& zoned) {
  return zoned.address.is_v6() && zoned.address.is_link_local() && zoned.zone.empty();
}

}  // namespace ecr6::host
