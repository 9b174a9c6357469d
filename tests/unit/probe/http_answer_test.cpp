#include "probe/http_answer.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ecr6;
using probe::HttpAnswer;
using State = HttpAnswer::State;

namespace {

const std::string registry =
    "HTTP/1.1 401 Unauthorized\r\nDocker-Distribution-Api-Version: registry/2.0\r\nSizes: \r\n"
    "Www-Authenticate: Basic realm=\"https://x/\",service=\"ecr.amazonaws.com\"\r\nContent-Length: 15\r\n\r\n";

State fed_in_pieces(HttpAnswer& answer, std::string_view text, std::size_t piece) {
  State state = State::reading;
  for (std::size_t at = 0; at < text.size(); at += piece) state = answer.feed(text.substr(at, piece));
  return state;
}

}  // namespace

TEST_CASE("a registry's answer reads the same however it is cut") {
  for (const std::size_t piece : {1u, 2u, 3u, 7u, 64u, 4096u}) {
    CAPTURE(piece);
    HttpAnswer answer;
    REQUIRE(fed_in_pieces(answer, registry + "Not Authorized\n", piece) == State::complete);
    const HttpFacts facts = answer.facts();
    CHECK(facts.status == 401);
    CHECK(facts.reason == "Unauthorized");
    CHECK(facts.version == 11);
    REQUIRE(facts.headers.size() == 4);
    CHECK(facts.headers[0].first == "Docker-Distribution-Api-Version");
    CHECK(facts.headers[1].second.empty());
  }
}

TEST_CASE("half an answer is none yet, and what is no answer shows at the first wrong byte") {
  HttpAnswer half;
  CHECK(fed_in_pieces(half, registry.substr(0, registry.size() - 1), 5) == State::reading);
  for (const char* text : {"SSH-2.0", "x", "HTTP/2", "HTTQ", "\r\nHTTP/1.1 200 OK\r\n\r\n"}) {
    CAPTURE(text);
    HttpAnswer other;
    CHECK(fed_in_pieces(other, text, 1) == State::malformed);
    CHECK_FALSE(other.detail().empty());
    CHECK_FALSE(other.first_bytes().empty());
    CHECK(other.feed("HTTP/1.1 200 OK\r\n\r\n") == State::malformed);
  }
}

TEST_CASE("headers end at 64 KiB, whether they come at once or byte by byte") {
  const std::string start = "HTTP/1.1 200 OK\r\nX: ";
  const std::string end = "\r\n\r\n";
  const std::string fits = start + std::string(65536 - start.size() - end.size(), 'y') + end;
  const std::string spills = start + std::string(65537 - start.size() - end.size(), 'y') + end;
  for (const std::size_t piece : {1u, 1000u, 16384u, 100000u}) {
    CAPTURE(piece);
    HttpAnswer small, large;
    CHECK(fed_in_pieces(small, fits, piece) == State::complete);
    CHECK(fed_in_pieces(large, spills, piece) == State::too_large);
    CHECK(large.detail() == "more than 65536 bytes of header");
  }
  HttpAnswer no_line;
  CHECK(fed_in_pieces(no_line, "HTTP/1.1 200 " + std::string(70000, 'y'), 1000) == State::too_large);
}

TEST_CASE("interim answers count against the same bound") {
  HttpAnswer answer;
  std::string early = "HTTP/1.1 103 Early Hints\r\nLink: " + std::string(20000, 'y') + "\r\n\r\n";
  CHECK(answer.feed(early) == State::reading);
  CHECK(answer.feed(early) == State::reading);
  CHECK(answer.feed(early) == State::reading);
  CHECK(answer.feed(early) == State::too_large);
  HttpAnswer other;
  CHECK(other.feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n") == State::complete);
  CHECK(other.facts().status == 101);
}

TEST_CASE("more headers than are kept are counted") {
  std::string text = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 70; ++i) text += "A: b\r\n";
  HttpAnswer answer;
  REQUIRE(answer.feed(text + "\r\n") == State::complete);
  CHECK(answer.facts().headers.size() == 64);
  CHECK(answer.facts().headers_left_out == 6);
}

TEST_CASE("the Host header names the port unless it is the usual one, and brackets IPv6") {
  CHECK(probe::request_text("a.example", 443, "/").find("\r\nHost: a.example\r\n") != std::string::npos);
  CHECK(probe::request_text("a.example", 8443, "/").find("\r\nHost: a.example:8443\r\n") != std::string::npos);
  CHECK(probe::request_text("::1", 443, "/v2/").find("GET /v2/ HTTP/1.1\r\nHost: [::1]\r\n") == 0);
  CHECK(probe::request_text("192.0.2.1", 1, "/").find("\r\nHost: 192.0.2.1:1\r\n") != std::string::npos);
}
