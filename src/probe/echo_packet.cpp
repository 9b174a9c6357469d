#include "probe/echo_packet.hpp"

#include <algorithm>

namespace ecr6::probe {

namespace {

constexpr std::size_t header_size = 8;
constexpr std::size_t shortest_ip_header = 20;
constexpr unsigned char ipv4_request = 8, ipv4_reply = 0, ipv6_request = 128, ipv6_reply = 129;

unsigned byte_at(std::string_view bytes, std::size_t index) { return static_cast<unsigned char>(bytes[index]); }

std::uint16_t word_at(std::string_view bytes, std::size_t index) {
  return static_cast<std::uint16_t>(byte_at(bytes, index) << 8U | byte_at(bytes, index + 1));
}

void put(std::string& bytes, std::size_t index, std::uint16_t word) {
  bytes[index] = static_cast<char>(word >> 8U);
  bytes[index + 1] = static_cast<char>(word & 0xffU);
}

/// RFC 1071; `bytes` has an even length.
std::uint16_t checksum(std::string_view bytes) {
  std::uint32_t sum{};
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) sum += word_at(bytes, i);
  while (sum > 0xffffU) sum = (sum & 0xffffU) + (sum >> 16U);
  return static_cast<std::uint16_t>(~sum);
}

unsigned request_type(Family family) { return family == Family::ipv6 ? ipv6_request : ipv4_request; }
unsigned reply_type(Family family) { return family == Family::ipv6 ? ipv6_reply : ipv4_reply; }

/// Without the IP header that raw IPv4 sockets hand over; empty when that is not whole.
std::string_view icmp_part(const Echo& echo, std::string_view bytes) {
  if (echo.family == Family::ipv6 || echo.socket == PingSocket::datagram) return bytes;
  if (bytes.empty()) return {};
  const std::size_t length = (byte_at(bytes, 0) & 0x0fU) * 4;
  if (length < shortest_ip_header) return {};
  return bytes.substr(std::min(length, bytes.size()));
}

}  // namespace

std::string echo_request(const Echo& echo, std::uint16_t sequence) {
  std::string bytes(header_size, '\0');
  bytes[0] = static_cast<char>(request_type(echo.family));
  put(bytes, 4, echo.id);
  put(bytes, 6, sequence);
  bytes += echo.token;
  if (bytes.size() % 2 != 0) bytes += '\0';
  if (echo.family == Family::ipv4) put(bytes, 2, checksum(bytes));
  return bytes;
}

std::optional<std::uint16_t> reply_sequence(const Echo& echo, std::string_view bytes) {
  const std::string_view icmp = icmp_part(echo, bytes);
  if (icmp.size() < header_size || byte_at(icmp, 0) != reply_type(echo.family) || word_at(icmp, 4) != echo.id)
    return std::nullopt;
  if (!icmp.substr(header_size).starts_with(echo.token)) return std::nullopt;
  return word_at(icmp, 6);
}

bool is_quoted(const Echo& echo, std::string_view packet) {
  return packet.size() >= header_size && byte_at(packet, 0) == request_type(echo.family) &&
         word_at(packet, 4) == echo.id;
}

}  // namespace ecr6::probe
