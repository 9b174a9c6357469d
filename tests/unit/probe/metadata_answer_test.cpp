#include <doctest/doctest.h>

#include "probe/metadata_answer.hpp"

namespace ecr6::probe {

namespace {

MetadataAnswer answer(int status, std::string body = "", std::string server = "") {
  return {status, std::move(server), std::move(body)};
}

}  // namespace

TEST_CASE("a token is visible ASCII of a sensible length") {
  CHECK(is_token("AQAEALnCBQ-5cQ=="));
  CHECK(is_token(std::string(1024, 'x')));
  for (const auto& text : {std::string{}, std::string(1025, 'x'), std::string{"a b"}, std::string{"a\r\nEvil: 1"},
                           std::string{"a\x80"}, std::string{"<html>\n"}}) {
    CAPTURE(text);
    CHECK_FALSE(is_token(text));
  }
}

TEST_CASE("a status that a switched-off service gives is a refusal, any other is a stranger's") {
  for (const int status : {400, 401, 403, 429, 500, 503}) CHECK(refusal_of(answer(status)) == MetadataOutcome::denied);
  for (const int status : {200, 301, 404, 405}) CHECK(refusal_of(answer(status)) == MetadataOutcome::not_metadata);
  CHECK(refusal_of(answer(404, "", "EC2ws")) == MetadataOutcome::denied);
}

TEST_CASE("the list of interfaces is hardware addresses and nothing else") {
  CHECK(macs_of("0a:1b:2c:3d:4e:5f/\n0A:00:00:00:00:01/") ==
        std::vector<std::string>{"0a:1b:2c:3d:4e:5f", "0a:00:00:00:00:01"});
  for (const auto text : {"", "<html>", "0a:1b:2c:3d:4e:5f/\nelse", "0a:1b:2c:3d:4e/", "0a-1b-2c-3d-4e-5f/",
                          "0g:1b:2c:3d:4e:5f/", "../../../../17chars"})
    CHECK(macs_of(text).empty());
}

TEST_CASE("404 and an empty body say none, what cannot be read is not known") {
  const auto address = Address::parse("2600:1f13::7").value();
  CHECK(addresses_of(answer(200, "2600:1f13::7\n")) == std::vector{address});
  CHECK(addresses_of(answer(404, "<html>not found")) == std::vector<Address>{});
  CHECK(addresses_of(answer(200)) == std::vector<Address>{});
  for (const auto& bad : {answer(200, "2600:1f13::7\nelse"), answer(500), answer(401), answer(0)}) {
    CHECK_FALSE(addresses_of(bad));
    CHECK_FALSE(prefixes_of(bad));
  }
  CHECK(prefixes_of(answer(200, "2600:1f13::/64\n2600:1f14::/64"))->size() == 2);
  std::string many;
  for (int i = 0; i < 257; ++i) many += "10.0.0.1\n";
  CHECK_FALSE(addresses_of(answer(200, many)));
}

TEST_CASE("an identifier is short and made of what EC2 makes them of") {
  CHECK(identifier_of(answer(200, "eni-0123abcd\n")) == "eni-0123abcd");
  for (const auto& bad :
       {answer(404, "eni-1"), answer(200, "<html>"), answer(200, "a b"), answer(200, std::string(65, 'a'))})
    CHECK(identifier_of(bad).empty());
}

}  // namespace ecr6::probe
