#include "ecr6/core/time.hpp"

#include <doctest/doctest.h>

using namespace ecr6;
using namespace std::chrono_literals;

TEST_CASE("a moment survives RFC 3339 there and back") {
  for (const char* text : {"2026-08-22T15:17:05Z", "1970-01-01T00:00:00.250Z", "2024-02-29T23:59:59.999Z"}) {
    CAPTURE(text);
    REQUIRE(from_rfc3339(text));
    CHECK(to_rfc3339(*from_rfc3339(text)) == text);
  }
  for (const char* text :
       {"", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00+01:00"}) {
    CAPTURE(text);
    CHECK_FALSE(from_rfc3339(text));
  }
}

TEST_CASE("durations carry microseconds through milliseconds") {
  CHECK(to_ms(12500us) == 12.5);
  CHECK(from_ms(to_ms(1234567us)) == 1234567us);
  CHECK(from_ms(-1) == 0us);
  CHECK(to_text(Duration{400us}) == "0.4 ms");
  CHECK(to_text(Duration{1250ms}) == "1.25 s");
}
