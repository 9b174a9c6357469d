#include "ecr6/core/special.hpp"

#include <doctest/doctest.h>

namespace ecr6 {

TEST_CASE("what addresses are reserved for") {
  struct Row {
    std::string_view address, use;
  };
  const Row rows[] = {
      {"::", "unspecified"},
      {"::1", "loopback"},
      {"::2", "IPv4-compatible, deprecated"},
      {"::ffff:192.0.2.1", "IPv4-mapped"},
      {"::fffe:192.0.2.1", ""},
      {"100::1", "discard-only"},
      {"100:0:0:1::", ""},
      {"2001:db8::1", "documentation"},
      {"2001:db7:ffff::", ""},
      {"2001:db9::", ""},
      {"3fff:fff:ffff::1", "documentation"},
      {"3fff:1000::", ""},
      {"2001:2::1", "benchmarking"},
      {"fc00::1", "unique local"},
      {"fdff::1", "unique local"},
      {"fe00::1", ""},
      {"fe80::1", "link-local"},
      {"febf::1", "link-local"},
      {"fec0::1", "site-local, deprecated"},
      {"ff02::1", "multicast"},
      {"64:ff9b::1", ""},
      {"2600:1f13::1", ""},
      {"0.0.0.0", "unspecified"},
      {"127.255.255.255", "loopback"},
      {"169.254.169.253", "link-local"},
      {"192.0.0.170", "protocol assignments"},
      {"192.0.2.1", "documentation"},
      {"198.51.100.1", "documentation"},
      {"203.0.113.255", "documentation"},
      {"203.0.114.0", ""},
      {"198.19.0.1", "benchmarking"},
      {"198.20.0.1", ""},
      {"224.0.0.1", "multicast"},
      {"255.255.255.255", "reserved"},
      {"52.119.160.1", ""},
      {"10.0.0.1", ""},
      {"100.64.0.1", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.address);
    CHECK(special_use(Address::parse(row.address).value()) == row.use);
  }
}

TEST_CASE("private addresses of either family") {
  for (const auto* text : {"10.0.0.1", "172.31.255.1", "192.168.1.1", "100.127.0.1", "fd00::1"}) {
    CAPTURE(text);
    CHECK(is_private(Address::parse(text).value()));
  }
  for (const auto* text : {"172.32.0.1", "100.128.0.1", "2600:1f13::1", "fe80::1", "::ffff:10.0.0.1", "127.0.0.1"}) {
    CAPTURE(text);
    CHECK_FALSE(is_private(Address::parse(text).value()));
  }
}

}  // namespace ecr6
