#include <doctest/doctest.h>

#include "probe/echo_packet.hpp"

namespace ecr6::probe {

namespace {

Echo echo(Family family, PingSocket socket = PingSocket::datagram) { return {family, socket, 0x1234, "token"}; }

/// The reply that a host gives: the request with another type.
std::string reply(const Echo& echo, std::uint16_t sequence) {
  std::string bytes = echo_request(echo, sequence);
  bytes[0] = static_cast<char>(echo.family == Family::ipv6 ? 129 : 0);
  return bytes;
}

unsigned sum(std::string_view bytes) {
  unsigned total{};
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    total += static_cast<unsigned char>(bytes[i]) * 256U + static_cast<unsigned char>(bytes[i + 1]);
  while (total > 0xffff) total = (total & 0xffff) + (total >> 16);
  return total;
}

}  // namespace

TEST_CASE("an echo request has its type, identifier, sequence number and data") {
  const std::string v6 = echo_request(echo(Family::ipv6), 0x0102);
  CHECK(v6 == std::string{"\x80\0\0\0\x12\x34\x01\x02token\0", 14});
  const std::string v4 = echo_request(echo(Family::ipv4), 1);
  CHECK(v4[0] == '\x08');
  CHECK(sum(v4) == 0xffff);  // with its checksum the sum over everything is all ones (RFC 1071)
}

TEST_CASE("a reply to one of our requests gives its sequence number") {
  for (const auto family : both_families) CHECK(reply_sequence(echo(family), reply(echo(family), 7)) == 7);
  const Echo raw = echo(Family::ipv4, PingSocket::raw);
  CHECK(reply_sequence(raw, "\x45" + std::string(19, 'x') + reply(raw, 2)) == 2);
  CHECK(reply_sequence(raw, "\x46" + std::string(23, 'x') + reply(raw, 2)) == 2);  // with IP options
}

TEST_CASE("what is not a reply to one of our requests gives nothing") {
  const Echo ours = echo(Family::ipv6);
  Echo others = ours;
  others.id = 0x4321;
  CHECK_FALSE(reply_sequence(ours, reply(others, 1)));
  others = ours;
  others.token = "other";
  CHECK_FALSE(reply_sequence(ours, reply(others, 1)));
  CHECK_FALSE(reply_sequence(ours, echo_request(ours, 1)));  // on loopback a raw socket sees the request, too
  CHECK_FALSE(reply_sequence(ours, reply(ours, 1).substr(0, 7)));
  CHECK_FALSE(reply_sequence(ours, reply(ours, 1).substr(0, 9)));
  CHECK_FALSE(reply_sequence(ours, ""));
  const Echo raw = echo(Family::ipv4, PingSocket::raw);
  for (const auto bytes : {"", "\x45", "\x4f"}) CHECK_FALSE(reply_sequence(raw, bytes));
  CHECK_FALSE(reply_sequence(raw, reply(raw, 2)));
}

TEST_CASE("an ICMP error belongs to the request that it quotes, also when it quotes eight bytes alone") {
  for (const auto family : both_families) {
    const Echo ours = echo(family);
    CHECK(is_quoted(ours, echo_request(ours, 1)));
    CHECK(is_quoted(ours, echo_request(ours, 1).substr(0, 8)));
    CHECK_FALSE(is_quoted(ours, echo_request(ours, 1).substr(0, 7)));
    CHECK_FALSE(is_quoted(ours, reply(ours, 1)));
    Echo others = ours;
    others.id = 1;
    CHECK_FALSE(is_quoted(ours, echo_request(others, 1)));
  }
}

}  // namespace ecr6::probe
