#include "ecr6/core/address.hpp"

#include <doctest/doctest.h>

using ecr6::Address;
using ecr6::Prefix;

TEST_CASE("an address reads every legal spelling and prints RFC 5952") {
  struct Row {
    const char* text;
    const char* printed;
  };
  const Row rows[] = {{"2001:0DB8::1", "2001:db8::1"},
                      {"::", "::"},
                      {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
                      {"192.0.2.1", "192.0.2.1"},
                      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto address = Address::parse(row.text);
    REQUIRE(address);
    CHECK(address->to_string() == row.printed);
  }
}

TEST_CASE("what is not an address is not read") {
  for (const char* text : {"", "1.2.3", "1.2.3.256", "[::1]", "fe80::1%eth0", "::1/64", "2001:db8::g", "1.2.3.4 "}) {
    CAPTURE(text);
    CHECK_FALSE(Address::parse(text));
  }
}

TEST_CASE("a prefix contains its own family's addresses and nothing else") {
  CHECK(Prefix::parse("0.0.0.0/0")->contains(*Address::parse("192.0.2.1")));
  CHECK_FALSE(Prefix::parse("0.0.0.0/0")->contains(*Address::parse("2001:db8::1")));
  CHECK(Prefix::parse("2001:db8::/33")->contains(*Address::parse("2001:db8:7fff::1")));
  CHECK_FALSE(Prefix::parse("2001:db8::/33")->contains(*Address::parse("2001:db8:8000::1")));
  CHECK(Prefix::parse("10.1.2.3/8")->has_host_bits());
  CHECK(Prefix::parse("10.1.2.3/8")->masked().to_string() == "10.0.0.0/8");
  for (const char* text : {"10.0.0.0", "10.0.0.0/33", "::/129", "::/+1", "::/", "/8"}) {
    CAPTURE(text);
    CHECK_FALSE(Prefix::parse(text));
  }
}
