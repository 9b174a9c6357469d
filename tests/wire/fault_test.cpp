#include <fmt/core.h>

#include "fixture.hpp"
#include "tcp_peer.hpp"
#include "tls_peer.hpp"

using namespace ecr6;
using namespace ecr6::wire_test;
using namespace std::chrono_literals;

namespace {

struct Row {
  const char* name;
  Turn turn;
  Fault fault;
  Reached reached;
  Cause cause;
};

// One row per turn of the server and fault; the happy path is the last.
const Row rows[] = {
    {"hello dropped", Turn::hello, Fault::drop, Reached::tls, Cause::tls_timeout},
    {"closed before the hello", Turn::hello, Fault::close, Reached::tls, Cause::closed_early},
    {"reset before the hello", Turn::hello, Fault::reset, Reached::tls, Cause::connection_reset},
    {"hello stalled", Turn::hello, Fault::stall, Reached::tls, Cause::tls_timeout},
    {"garbage for a hello", Turn::hello, Fault::garbage, Reached::tls, Cause::not_tls},
    {"finished dropped", Turn::finished, Fault::drop, Reached::tls, Cause::tls_timeout},
    {"closed before finished", Turn::finished, Fault::close, Reached::tls, Cause::closed_early},
    {"reset before finished", Turn::finished, Fault::reset, Reached::tls, Cause::connection_reset},
    {"finished stalled", Turn::finished, Fault::stall, Reached::tls, Cause::tls_timeout},
    {"garbage for finished", Turn::finished, Fault::garbage, Reached::tls, Cause::tls_handshake_failed},
    {"answer dropped", Turn::answer, Fault::drop, Reached::http, Cause::http_timeout},
    {"closed before the answer", Turn::answer, Fault::close, Reached::http, Cause::closed_early},
    {"reset before the answer", Turn::answer, Fault::reset, Reached::http, Cause::connection_reset},
    {"answer stalled", Turn::answer, Fault::stall, Reached::http, Cause::http_timeout},
    {"garbage for an answer", Turn::answer, Fault::garbage, Reached::http, Cause::http_malformed},
};

Attempt meet(const Row& row, int version) {
  boost::asio::io_context io{1};
  const Context server = server_context(House::shared().leaf);
  SSL_CTX_set_max_proto_version(server.get(), version);
  TlsPeer::Order order;
  order.turn = row.turn;
  order.fault = row.fault;
  TlsPeer peer{io, server.get(), order};
  auto plan = plan_for(peer.port());
  plan.timeout = 150ms;
  return attempted(io, plan);
}

void check_blame(const Row& row, const Attempt& seen) {
  CHECK(seen.reached == row.reached);
  CHECK(seen.cause == row.cause);
  CHECK_FALSE(seen.detail.empty());
  CHECK(seen.connect_time);
  CHECK(seen.tls_time);
  CHECK(seen.tls.has_value() == (row.reached == Reached::http));
  CHECK(seen.http_time.has_value() == (row.reached == Reached::http));
  CHECK_FALSE(seen.http);
  CHECK(*seen.connect_time + *seen.tls_time + seen.http_time.value_or(0ms) < 600ms);
}

}  // namespace

TEST_CASE("a fault is blamed on its stage; earlier facts stay, later ones are absent") {
  for (const Row& row : rows)
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
      if (row.turn == Turn::finished && version == TLS1_3_VERSION) continue;  // that server has no such turn
      CAPTURE(row.name);
      CAPTURE(version);
      check_blame(row, meet(row, version));
    }
  const Row happy{"no fault", Turn::hello, Fault::none, Reached::done, Cause::other};
  CHECK(meet(happy, TLS1_2_VERSION).went_through());
  CHECK(meet(happy, TLS1_3_VERSION).went_through());
}

TEST_CASE("what answers on the port but is not TLS") {
  struct Case {
    const char* name;
    Script script;
    Cause cause;
    std::string first_bytes;
    std::string detail;
  };
  const std::string http = "HTTP/1.1 400 Bad Request\r\n\r\n";
  const Case cases[] = {
      {"plain HTTP", {Expect{1}, Send{http}, Stall{1s}}, Cause::not_tls, http, "wrong version number"},
      {"a banner, unasked",
       {Send{"SSH-2.0-x\r\n"}, Stall{1s}},
       Cause::not_tls,
       "SSH-2.0-x\r\n",
       "wrong version number"},
      {"one byte, then nothing", {Expect{1}, Send{"H"}, Stall{1s}}, Cause::not_tls, "H", "no TLS record"},
      {"one byte, then the end", {Expect{300}, Send{"H"}, Close{}}, Cause::not_tls, "H", "no TLS record"},
      {"the first byte of a record",
       {Expect{1}, Send{"\x16"}, Stall{1s}},
       Cause::tls_timeout,
       "",
       "not finished within 200 ms"},
      {"a fatal alert",
       {Expect{1}, Send{std::string{"\x15\x03\x03\x00\x02\x02\x28", 7}}, Stall{1s}},
       Cause::tls_alert,
       "",
       "handshake failure (alert 40)"},
      {"silence", {Stall{1s}}, Cause::tls_timeout, "", "not finished within 200 ms"},
      {"the end after the hello", {Expect{300}, Close{}, Stall{1s}}, Cause::closed_early, "", "End of file"},
      {"a reset after the hello", {Expect{1}, Reset{}}, Cause::connection_reset, "", "Connection reset by peer"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.name);
    boost::asio::io_context io{1};
    TcpPeer peer{io, row.script};
    const Attempt seen = attempted(io, plan_for(peer.port()));
    CHECK(seen.reached == Reached::tls);
    CHECK(seen.cause == row.cause);
    CHECK(seen.first_bytes == row.first_bytes);
    CHECK(seen.detail == row.detail);
    CHECK_FALSE(seen.tls);
  }
}

TEST_CASE("a long greeting is cut to its first bytes") {
  boost::asio::io_context io{1};
  TcpPeer peer{io, {Expect{1}, Send{std::string(5000, 'x')}, Stall{1s}}};
  CHECK(attempted(io, plan_for(peer.port())).first_bytes == std::string(64, 'x'));
}

TEST_CASE("an answer that is wrong, endless or strange") {
  std::string many = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 100; ++i) many += fmt::format("X-{}: y\r\n", i);
  std::string endless = "HTTP/1.1 200 OK\r\n";
  while (endless.size() < 80'000) endless += "X-Filler: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n";
  std::string interim;
  for (int i = 0; i < 20; ++i) interim += "HTTP/1.1 100 Continue\r\n\r\n";
  struct Case {
    const char* name;
    std::string answer;
    std::optional<Cause> cause;
  };
  const Case cases[] = {
      {"a body that never comes", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", std::nullopt},
      {"HTTP/1.0", "HTTP/1.0 404 Not Found\r\n\r\n", std::nullopt},
      {"one interim answer", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", std::nullopt},
      {"interim answers without end", interim, Cause::http_malformed},
      {"more headers than are kept", many + "\r\n", std::nullopt},
      {"headers without end", endless, Cause::http_headers_too_large},
      {"another protocol", "220 mail.example ESMTP\r\n", Cause::http_malformed},
      {"a status line that is none", "HTTP/1.1 abc\r\n\r\n", Cause::http_malformed},
  };
  for (const Case& row : cases) {
    CAPTURE(row.name);
    boost::asio::io_context io{1};
    const Context server = server_context(House::shared().leaf);
    TlsPeer::Order order;
    order.answer = row.answer;
    TlsPeer peer{io, server.get(), order};
    const Attempt seen = attempted(io, plan_for(peer.port()));
    CHECK(seen.cause == row.cause);
    CHECK(seen.http.has_value() == !row.cause);
    CHECK((seen.first_bytes == row.answer.substr(0, 64)) == (row.cause == Cause::http_malformed));
    if (seen.http) CHECK(seen.http->headers.size() <= 64);
  }
}
