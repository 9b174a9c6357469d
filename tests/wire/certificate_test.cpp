#include <fmt/core.h>

#include "fixture.hpp"
#include "tls_peer.hpp"

using namespace ecr6;
using namespace ecr6::wire_test;
using namespace std::chrono_literals;

namespace {

Attempt greet(SSL_CTX* server, const char* host = "ecr.example") {
  boost::asio::io_context io{1};
  TlsPeer peer{io, server, {}};
  auto plan = plan_for(peer.port());
  plan.host = host;
  plan.timeout = 2s;
  return attempted(io, plan);
}

Wish wish(int from_days, int to_days) {
  Wish made;
  made.from_days = from_days;
  made.to_days = to_days;
  return made;
}

void check_rejected(const Attempt& seen, Cause cause) {
  CHECK(seen.cause == cause);
  CHECK(seen.reached == Reached::tls);
  CHECK(seen.tls_time);
  CHECK_FALSE(seen.http_time);
  CHECK_FALSE(seen.http);
  REQUIRE(seen.tls);
  CHECK_FALSE(seen.tls->verified);
  CHECK(seen.detail == seen.tls->verify);
  CHECK_FALSE(seen.tls->subject.empty());
}

}  // namespace

TEST_CASE("a certificate that is out of date does not stop an attempt that is after the server's time") {
  const auto ask = [](const Wish& wanted) {
    const Identity leaf = mint(wanted, &House::shared().authority);
    const Context server = server_context(leaf);
    boost::asio::io_context io{1};
    TlsPeer peer{io, server.get(), {}};
    auto plan = plan_for(peer.port());
    plan.host = "ecr.example";
    plan.timeout = 2s;
    plan.despite_dates = true;
    return attempted(io, plan);
  };
  for (const auto& dates : {wish(-90, -2), wish(2, 90)}) {
    const Attempt seen = ask(dates);
    CHECK(seen.went_through());
    REQUIRE(seen.http);
    CHECK(seen.http->status == 401);
    REQUIRE(seen.tls);
    CHECK_FALSE(seen.tls->verified);
    CHECK_FALSE(seen.tls->root.empty());  // dates are looked at once the chain stands
    CHECK(seen.tls->key == "EC 256");
    CHECK(seen.tls->signature == "ecdsa-with-SHA256");
  }
  Wish other = wish(-1, 90);
  other.names = "DNS:portal.example";
  check_rejected(ask(other), Cause::certificate_name_mismatch);
}

TEST_CASE("a rejected certificate stops the attempt, and is shown whole") {
  const Identity& authority = House::shared().authority;
  SUBCASE("expired") {
    const Identity leaf = mint(wish(-90, -2), &authority);
    check_rejected(greet(server_context(leaf).get()), Cause::certificate_expired);
  }
  SUBCASE("not yet valid") {
    const Identity leaf = mint(wish(2, 90), &authority);
    check_rejected(greet(server_context(leaf).get()), Cause::certificate_not_yet_valid);
  }
  SUBCASE("self-signed") {
    const Identity leaf = mint(Wish{});
    const Attempt seen = greet(server_context(leaf).get());
    check_rejected(seen, Cause::certificate_untrusted);
    CHECK(seen.tls->verify_code == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
  }
  SUBCASE("another name") {
    check_rejected(greet(server_context(House::shared().leaf).get(), "api.ecr.example"),
                   Cause::certificate_name_mismatch);
  }
  SUBCASE("another address") {
    check_rejected(greet(server_context(House::shared().leaf).get(), "192.0.2.1"), Cause::certificate_name_mismatch);
  }
}

TEST_CASE("a wildcard covers one label") {
  const Context server = server_context(House::shared().leaf);
  CHECK(greet(server.get(), "123456789012.dkr-ecr.example").went_through());
  CHECK(greet(server.get(), "a.b.dkr-ecr.example").cause == Cause::certificate_name_mismatch);
}

TEST_CASE("a missing intermediate is untrusted, and with it all is well") {
  Wish middle;
  middle.subject = "ecr6 test intermediate";
  middle.names.clear();
  middle.authority = true;
  const Identity intermediate = mint(middle, &House::shared().authority);
  const Identity leaf = mint(Wish{}, &intermediate);
  const Attempt alone = greet(server_context(leaf).get());
  check_rejected(alone, Cause::certificate_untrusted);
  CHECK(alone.tls->chain.size() == 1);
  const Attempt complete = greet(server_context(leaf, {&intermediate}).get());
  CHECK(complete.went_through());
  CHECK(complete.tls->chain == std::vector<std::string>{"CN = ecr.example", "CN = ecr6 test intermediate"});
}

TEST_CASE("of a long chain ten are kept and the rest is counted") {
  const Identity leaf = mint({}, &House::shared().authority);
  const Identity& filler = House::shared().authority;
  const std::vector<const Identity*> twelve(12, &filler);
  const Attempt seen = greet(server_context(leaf, twelve).get());
  REQUIRE(seen.tls);
  CHECK(seen.tls->chain.size() == 10);
  CHECK(seen.tls->chain_left_out == 3);
}

TEST_CASE("ten thousand names cost a hundred") {
  Wish many;
  for (int i = 0; i < 9999; ++i) many.names += fmt::format(",DNS:host-{}.ecr.example", i);
  const Identity leaf = mint(many, &House::shared().authority);
  const Attempt seen = greet(server_context(leaf).get());
  CHECK(seen.went_through());
  REQUIRE(seen.tls);
  CHECK(seen.tls->names.size() == 100);
  CHECK(seen.tls->names_left_out == 9900);
  CHECK(*seen.tls_time < 1s);
}

TEST_CASE("a certificate beyond the bound is not read, and the bound is named") {
  Wish huge;
  const std::string label(60, 'x');
  for (int i = 0; i < 9999; ++i) huge.names += fmt::format(",DNS:{}-{}.ecr.example", label.substr(0, 57), i);
  const Identity leaf = mint(huge, &House::shared().authority);
  const Attempt seen = greet(server_context(leaf).get());
  CHECK(seen.cause == Cause::tls_handshake_failed);
  CHECK(seen.detail.find("524288 bytes") != std::string::npos);
  CHECK_FALSE(seen.tls);
}

TEST_CASE("text of any length from a certificate is cut") {
  Wish long_names;
  long_names.names += ",DNS:" + std::string(5000, 'y');
  const Identity leaf = mint(long_names, &House::shared().authority);
  const Attempt seen = greet(server_context(leaf).get());
  REQUIRE(seen.tls);
  REQUIRE(seen.tls->names.size() == 2);
  CHECK(seen.tls->names[1].size() == 1027);
}

TEST_CASE("old TLS is shown whole, and fails for its age") {
  const Context server = server_context(House::shared().leaf);
  SSL_CTX_set_cipher_list(server.get(), "DEFAULT:@SECLEVEL=0");
  SSL_CTX_set_max_proto_version(server.get(), TLS1_VERSION);
  const Attempt seen = greet(server.get());
  CHECK(seen.cause == Cause::tls_too_old);
  CHECK(seen.reached == Reached::tls);
  REQUIRE(seen.tls);
  CHECK(seen.tls->version == "TLSv1");
  CHECK(seen.tls->verified);
}

TEST_CASE("a server that wants a client certificate says so only after the handshake") {
  const Context server = server_context(House::shared().leaf);
  SSL_CTX_set_verify(server.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SUBCASE("in TLS 1.3") {
    const Attempt seen = greet(server.get());
    CHECK(seen.reached == Reached::http);
    CHECK(seen.cause == Cause::tls_alert);
    CHECK(seen.detail == "certificate required (alert 116)");
    CHECK(seen.tls);
    CHECK(seen.http_time);
  }
  SUBCASE("and in the handshake before that") {
    SSL_CTX_set_max_proto_version(server.get(), TLS1_2_VERSION);
    const Attempt seen = greet(server.get());
    CHECK(seen.reached == Reached::tls);
    CHECK(seen.cause == Cause::tls_alert);
    CHECK(seen.detail == "handshake failure (alert 40)");
  }
}
