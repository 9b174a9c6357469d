#include <fmt/format.h>

#include "ecr6/aws/host_port.hpp"
#include "host/nameserver_address.hpp"
#include "host/resolv_conf.hpp"

namespace ecr6::host {

namespace {

struct Parts {
  std::string_view address;
  std::optional<std::string_view> port;
};

/// Splits ADDRESS, ADDRESS:PORT, [ADDRESS] or [ADDRESS]:PORT. More than one colon without brackets is all address.
std::optional<Parts> split_port(std::string_view text) {
  if (!text.starts_with('[')) {
    const auto colon = text.find(':');
    if (colon == text.npos || text.find(':', colon + 1) != text.npos) return Parts{text, {}};
    return Parts{text.substr(0, colon), text.substr(colon + 1)};
  }
  const auto end = text.find(']');
  if (end == text.npos) return std::nullopt;
  const std::string_view rest = text.substr(end + 1);
  if (rest.empty()) return Parts{text.substr(1, end - 1), {}};
  if (!rest.starts_with(':')) return std::nullopt;
  return Parts{text.substr(1, end - 1), rest.substr(1)};
}

}  // namespace

Expected<Nameserver> parse_resolver(std::string_view text) {
  const auto parts = split_port(text);
  const auto zoned = parts ? parse_zoned(parts->address) : std::nullopt;
  if (!zoned)
    return problem(
        fmt::format("--resolver {}: expected the address of a nameserver, as 192.0.2.53, 192.0.2.53:5353, "
                    "2001:db8::53, [2001:db8::53]:5353 or fe80::1%eth0",
                    text));
  if (lacks_zone(*zoned))
    return problem(
        fmt::format("--resolver {}: a link-local address needs its interface; write {}%eth0 with the right name", text,
                    zoned->address.to_string()));
  const auto port = parts->port ? aws::parse_port(*parts->port) : std::optional<std::uint16_t>{53};
  if (!port) return problem(fmt::format("--resolver {}: expected a port from 1 to 65535 after the last colon", text));
  Nameserver server;
  server.address = zoned->address;
  server.zone = zoned->zone;
  server.port = *port;
  server.source = "--resolver";
  return server;
}

}  // namespace ecr6::host
