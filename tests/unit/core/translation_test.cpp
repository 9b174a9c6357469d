#include "ecr6/core/translation.hpp"

#include <doctest/doctest.h>

#include <string>

namespace ecr6 {

namespace {

Address at(std::string_view text) { return Address::parse(text).value(); }

std::vector<std::string> prefixes(std::initializer_list<std::string_view> answers) {
  std::vector<Address> addresses;
  for (const auto text : answers) addresses.push_back(at(text));
  std::vector<std::string> texts;
  for (const Prefix& prefix : translation_prefixes(addresses)) texts.push_back(prefix.to_string());
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the examples of RFC 6052 section 2.4, one for each length") {
  struct Row {
    int length;
    std::string_view address;
  };
  const Row rows[] = {
      {32, "2001:db8:c000:221::"},      {40, "2001:db8:1c0:2:21::"},          {48, "2001:db8:122:c000:2:2100::"},
      {56, "2001:db8:122:3c0:0:221::"}, {64, "2001:db8:122:344:c0:2:2100::"}, {96, "2001:db8:122:344::192.0.2.33"},
      {96, "64:ff9b::192.0.2.33"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.address);
    CHECK(embedded_ipv4(at(row.address), row.length) == at("192.0.2.33"));
  }
}

TEST_CASE("what embeds no IPv4 address") {
  CHECK_FALSE(embedded_ipv4(at("192.0.2.33"), 96));
  CHECK_FALSE(embedded_ipv4(at("64:ff9b::192.0.2.33"), 95));
  CHECK_FALSE(embedded_ipv4(at("2001:db8:c000:221:100::"), 32));  // bits 64 to 71
  CHECK_FALSE(embedded_ipv4(at("2001:db8:c000:221::1"), 32));     // something behind the address
  CHECK_FALSE(embedded_ipv4(at("2001:db8:122:344:c0:2:2100:1"), 64));
}

TEST_CASE("addresses behind the well-known prefix, and behind those that were found") {
  const std::vector found{Prefix::parse("2001:db8:122::/48").value()};
  CHECK(translated_ipv4(at("64:ff9b::a00:1"), {}) == at("10.0.0.1"));
  CHECK_FALSE(translated_ipv4(at("64:ff9b:1::a00:1"), {}));  // the local-use prefix counts once it was found
  CHECK(translated_ipv4(at("64:ff9b:1::a00:1"), std::vector{Prefix::parse("64:ff9b:1::/96").value()}) ==
        at("10.0.0.1"));
  CHECK(translated_ipv4(at("2001:db8:122:c000:2:2100::"), found) == at("192.0.2.33"));
  CHECK_FALSE(translated_ipv4(at("2001:db8:122:c000:2:2100::"), {}));
  CHECK_FALSE(translated_ipv4(at("2001:db8:123:c000:2:2100::"), found));
  CHECK_FALSE(translated_ipv4(at("2001:db8:122::1"), found));  // in the network's own prefix, but nothing embedded
}

TEST_CASE("ipv4only.arpa shows a prefix of any length") {
  CHECK(prefixes({"64:ff9b::192.0.0.170", "64:ff9b::192.0.0.171"}) == Texts{"64:ff9b::/96"});
  CHECK(prefixes({"64:ff9b:1:fffe::192.0.0.171"}) == Texts{"64:ff9b:1:fffe::/96"});
  CHECK(prefixes({"2001:db8:c000:aa::"}) == Texts{"2001:db8::/32"});
  CHECK(prefixes({"2001:db8:1c0:0:aa::"}) == Texts{"2001:db8:100::/40"});
  CHECK(prefixes({"2001:db8:122:c000:0:aa00::"}) == Texts{"2001:db8:122::/48"});
  CHECK(prefixes({"2001:db8:122:3c0:0:ab::"}) == Texts{"2001:db8:122:300::/56"});
  CHECK(prefixes({"2001:db8:122:344:c0:0:aa00::"}) == Texts{"2001:db8:122:344::/64"});
  CHECK(prefixes({"64:ff9b::192.0.0.170", "2001:db8:64::192.0.0.170"}) == Texts{"64:ff9b::/96", "2001:db8:64::/96"});
}

TEST_CASE("what is no answer of a DNS64 shows no prefix") {
  CHECK(prefixes({}).empty());
  CHECK(prefixes({"2001:db8::1"}).empty());
  CHECK(prefixes({"64:ff9b::192.0.0.172"}).empty());
  CHECK(prefixes({"::ffff:192.0.0.170"}).empty());
  CHECK(prefixes({"::192.0.0.170"}).empty());
  CHECK(prefixes({"fe80::192.0.0.170"}).empty());
  CHECK(prefixes({"192.0.0.170"}).empty());
}

TEST_CASE("an address that reads in two ways counts for the prefix that another one names too") {
  // Behind a /32 and behind a /96 at once: the second record decides (RFC 7050 section 3).
  const std::string_view both = "2001:db8:c000:aa::192.0.0.170";
  CHECK(prefixes({both}) == Texts{"2001:db8:c000:aa::/96"});  // behind the /32 something follows: one reading is left
  CHECK(prefixes({both, "2001:db8:c000:aa::192.0.0.171"}) == Texts{"2001:db8:c000:aa::/96"});
}

TEST_CASE("a nameserver cannot make the list of prefixes long") {
  std::vector<Address> many;
  for (int i = 0; i < 100; ++i) many.push_back(at("2001:db8:" + std::to_string(i) + "::192.0.0.170"));
  CHECK(translation_prefixes(many).size() == max_translation_prefixes);
}

}  // namespace ecr6
