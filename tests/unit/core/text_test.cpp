#include "ecr6/core/text.hpp"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "ecr6/core/json.hpp"

using namespace ecr6;

TEST_CASE("printable leaves text alone and disarms what a terminal would act on") {
  CHECK(printable("Zürich \\ ok") == "Zürich \\ ok");
  CHECK(printable("a\x1b[31mb\r\n\x7f") == "a\\x1b[31mb\\x0d\\x0a\\x7f");
  CHECK(printable("\xe2\x80\xae"
                  "evil") == "\\u{202e}evil");
  CHECK(printable("\xff\xc0\x80") == "\\xff\\xc0\\x80");
  CHECK(printable("\xc2\x9b") == "\\u{009b}");
}

TEST_CASE("repaired text is valid UTF-8") {
  CHECK(repaired_utf8("ok \xc3\xa9") == "ok \xc3\xa9");
  CHECK(repaired_utf8("\xed\xa0\x80") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(repaired_utf8("\xe2\x82") == "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("splitting keeps empty pieces") {
  CHECK(split("a,,b", ',').size() == 3);
  CHECK(split("", ',').size() == 1);
}

TEST_CASE("edit distance counts single edits") {
  CHECK(edit_distance("us-wset-2", "us-west-2") == 2);
  CHECK(edit_distance("", "abc") == 3);
}

TEST_CASE("JSON escapes what a terminal would act on, and keeps its meaning") {
  const boost::json::value value{{"csi",
                                  "\xc2\x9b"
                                  "31m\x7f\x1b"},
                                 {"bidi",
                                  "\xe2\x80\xae"
                                  "a\xc3\xbc"},
                                 {"tag", "\xf3\xa0\x81\x81"}};
  const std::string text = to_text(value, 0);
  CHECK(text == "{\"csi\":\"\\u009b31m\\u007f\\u001b\",\"bidi\":\"\\u202ea\xc3\xbc\",\"tag\":\"\\udb40\\udc41\"}");
  CHECK(boost::json::parse(text) == value);
}

TEST_CASE("JSON numbers are plain decimals and text is repaired") {
  const boost::json::value value{{"ms", 12.5}, {"zero", 0.0}, {"text", "\xff"}, {"list", {1, 2}}};
  CHECK(to_text(value, 0) == "{\"ms\":12.5,\"zero\":0,\"text\":\"\xef\xbf\xbd\",\"list\":[1,2]}");
}
