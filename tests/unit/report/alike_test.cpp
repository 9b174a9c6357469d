#include "report/alike.hpp"

#include <doctest/doctest.h>

using namespace ecr6::report;

namespace {

bool are_alike(std::string_view left, std::string_view right, Numbers numbers = Numbers::have_to_match) {
  return frame_of(left, numbers) == frame_of(right, numbers);
}

}  // namespace

TEST_CASE("sentences are alike when only addresses, names, accounts and times differ") {
  const std::pair<const char*, const char*> rows[] = {
      {"2001:db8::1: connect_timeout after 3.00 s", "2001:db8::2: connect_timeout after 900 ms"},
      {"[2001:db8::1]:8443: refused (from 10.0.0.1)", "[2001:db8::2]:443: refused (from 10.0.0.254)"},
      {"Use the dual-stack name ecr.us-west-2.api.aws.", "Use the dual-stack name ecr.eu-west-1.api.aws."},
      {"account 123456789012", "account 210987654321"},
      {"in 2001:db8::/32, as", "in 10.0.0.0/8, as"},
      {"lost 12%, after 3 ms.", "lost 12%, after 40 ms."},
      {"2001:db8::: refused", "2001:db8::1: refused"},
      {"", ""},
  };
  for (const auto& [left, right] : rows) {
    CAPTURE(left);
    CHECK(are_alike(left, right));
  }
}

TEST_CASE("sentences that say different things are not alike") {
  const std::pair<const char*, const char*> rows[] = {
      {"IPv6 to the same name is reachable", "IPv4 to the same name is reachable"},
      {"2001:db8::1: connect_timeout", "2001:db8::1: connection_refused"},
      {"2001:db8::1: no answer", "2001:db8::1; no answer"},
      {"status 404", "status 503"},
      {"hop 3 is 2001:db8::1", "hop 4 is 2001:db8::1"},
      {"after 3 ms", "after 3"},
      {"10.0.0.1", "ecr.us-west-2.api.aws"},
      {"a  b", "a b"},
      {"e.g. this", "i.e. this"},
  };
  for (const auto& [left, right] : rows) {
    CAPTURE(left);
    CHECK(!are_alike(left, right));
  }
}

TEST_CASE("numbers without a unit differ only where they may") {
  CHECK(are_alike("all 2 addresses", "all 16 addresses", Numbers::may_differ));
  CHECK(!are_alike("all 2 addresses", "all 16 addresses"));
  CHECK(!are_alike("TLSv1", "TLSv2", Numbers::may_differ));
}

TEST_CASE("alike sentences become one: lists, ranges, and what they have in common once") {
  const std::pair<std::vector<std::string_view>, const char*> rows[] = {
      {{"2001:db8::1: timeout after 3.00 s (tried)", "2001:db8::2: timeout after 3.02 s (tried)"},
       "2001:db8::1 and 2001:db8::2: timeout after 3.00 to 3.02 s (tried)"},
      {{"after 1.20 s.", "after 900 ms.", "after 1.00 s."}, "after 900 ms to 1.20 s."},
      {{"after 5.4 ms", "after 12 ms", "after 5.4 ms"}, "after 5.4 to 12 ms"},
      {{"(all 8 addresses)", "(all 2 addresses)"}, "(all 2/8 addresses)"},
      {{"1 of", "2 of", "16 of", "3 of", "4 of"}, "1 to 16 of"},
      {{"name a.example.", "name b.example.", "name c.example."}, "name a.example, b.example and c.example."},
      {{"same words"}, "same words"},
      {{"same  words", "same  words"}, "same  words"},
      {{""}, ""},
  };
  for (const auto& [alike, text] : rows) {
    CAPTURE(text);
    CHECK(merged(alike) == text);
  }
}

TEST_CASE("a long list is bounded and says how many more there are") {
  std::vector<std::string> lines;
  for (int i = 1; i <= 136; ++i) lines.push_back("10.0.0." + std::to_string(i) + ": refused");
  CHECK(merged({lines.begin(), lines.end()}) ==
        "10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5, 10.0.0.6, 10.0.0.7 and 129 more: refused");
  CHECK(merged({lines.begin(), lines.begin() + 8}).find("10.0.0.7 and 10.0.0.8: refused") != std::string::npos);
  CHECK(listed({"a", "b"}, 2) == "a and b");
  CHECK(listed({"a", "b", "c"}, 2) == "a and 2 more");
}

TEST_CASE("text from outside that looks like a placeholder breaks nothing") {
  const std::vector<std::string_view> lines{
      "\x01"
      "a refused",
      "10.0.0.1 refused"};
  CHECK(!merged(lines).empty());
}
