#include "report/wrap.hpp"

#include <doctest/doctest.h>

using namespace ecr6::report;
using Lines = std::vector<std::string>;

TEST_CASE("text is wrapped at blanks and hangs in its margin") {
  CHECK(wrap("one two three four", 2, 10) == Lines{"  one two", "  three", "  four"});
  CHECK(wrap("", 2, 10) == Lines{""});
  CHECK(wrap("  one   two ", 0, 10) == Lines{"one two"});
}

TEST_CASE("a word too long for its margin moves into it and only one longer than the line is broken") {
  CHECK(wrap("a abcdefghi b", 4, 10) == Lines{"    a", " abcdefghi", "    b"});
  CHECK(wrap("abcdefghijklmno", 4, 10) == Lines{"abcdefghij", "    klmno"});
}

TEST_CASE("columns count code points, and cutting never breaks one") {
  CHECK(columns("Zürich") == 6);
  CHECK(padded("Zü", 4) == "Zü  ");
  CHECK(shortened("Zürichsee", 6) == "Zür...");
  CHECK(shortened("Zürich", 6) == "Zürich");
  CHECK(wrap("üüüü", 0, 3) == Lines{"üüü", "ü"});
}
