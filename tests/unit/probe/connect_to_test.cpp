#include "probe/connect_to.hpp"

#include <doctest/doctest.h>

using namespace ecr6;
using namespace ecr6::probe;

namespace {

ConnectTo rule(const char* text) { return std::get<ConnectTo>(parse_connect_to(text)); }
Peer at(const char* address, std::uint16_t port) { return {*Address::parse(address), port}; }

}  // namespace

TEST_CASE("--connect-to is read as curl reads it") {
  CHECK(rule("a.example:443:[2001:db8::1]:8443").to_host == "2001:db8::1");
  CHECK(rule("::[::1]:").to_port == std::nullopt);
  CHECK(rule(":::8443").to_port == 8443);
  CHECK(rule("[2001:db8::1]:443:127.0.0.1:1").host == "2001:db8::1");
  for (const char* text :
       {"", "a:b", "a:443:b", "a:443:b:c", "a:0:b:1", "[::1:443:b:1", "a:443:b:1:2", "a:443:::1:1"}) {
    CAPTURE(text);
    CHECK(std::holds_alternative<std::string>(parse_connect_to(text)));
  }
}

TEST_CASE("the first rule that matches host, port and family decides where a connection goes") {
  const std::vector<ConnectTo> rules{rule("a.example:443:[::1]:8443"), rule("a.example:443:127.0.0.1:8444"),
                                     rule("[2001:db8::9]::[::1]:9")};
  CHECK(divert(rules, "a.example", at("2001:db8::5", 443)) == at("::1", 8443));
  CHECK(divert(rules, "a.example", at("192.0.2.5", 443)) == at("127.0.0.1", 8444));
  CHECK(divert(rules, "a.example", at("192.0.2.5", 444)) == at("192.0.2.5", 444));
  CHECK(divert(rules, "b.example", at("2001:db8:0::9", 443)) == at("::1", 9));
  CHECK(divert(rules, "b.example", at("2001:db8::8", 443)) == at("2001:db8::8", 443));
}

TEST_CASE("a HOST2 that is a name is looked up instead") {
  const std::vector<ConnectTo> rules{rule("a.example:443:b.example:443"), rule("::[::1]:1")};
  CHECK(name_to_look_up(rules, "a.example", 443) == "b.example");
  CHECK(name_to_look_up(rules, "a.example", 444) == "a.example");
  CHECK(name_to_look_up(rules, "c.example", 443) == "c.example");
}
