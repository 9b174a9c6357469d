#include "ecr6/core/diff.hpp"

#include <doctest/doctest.h>

using namespace ecr6;

TEST_CASE("edits put in, take away and replace") {
  CHECK(applied("abc", {}) == "abc");
  CHECK(applied("abc", {{0, 0, "x"}, {1, 2, ""}, {3, 3, "z"}}) == "xacz");
}

TEST_CASE("the diff is what patch expects: context, line numbers, and the missing final newline") {
  std::string text;
  for (int i = 1; i <= 20; ++i) text += "line " + std::to_string(i) + "\n";
  text += "end";
  const std::size_t twelve = text.find("line 12");
  const std::vector<Edit> edits{
      {0, 0, "new\n"}, {twelve, twelve + 4, "row"}, {twelve + 7, twelve + 7, "!"}, {text.size(), text.size(), "?"}};
  CHECK(unified_diff("f", text, edits) ==
        "--- f\n+++ f\n"
        "@@ -1,4 +1,5 @@\n-line 1\n+new\n+line 1\n line 2\n line 3\n line 4\n"
        "@@ -9,7 +10,7 @@\n line 9\n line 10\n line 11\n-line 12\n+row 12!\n line 13\n line 14\n line 15\n"
        "@@ -18,4 +19,4 @@\n line 18\n line 19\n line 20\n-end\n\\ No newline at end of file\n+end?\n\\ No newline at "
        "end of file\n");
  CHECK(unified_diff("f", text, {}).empty());
}

TEST_CASE("a file's name is written so that patch reads it and a terminal does not act on it") {
  const auto head = [](std::string_view name) {
    const std::string diff = unified_diff(name, "a", {{0, 0, "b"}});
    return diff.substr(4, diff.find('\n') - 4);
  };
  CHECK(head("a/b.yaml") == "a/b.yaml");
  CHECK(head("caf\xC3\xA9") == "caf\xC3\xA9");
  CHECK(head("a b") == "a b\t");
  CHECK(head("a\nb\"\\") == R"("a\012b\"\\")");
  CHECK(head("caf\xE9 \x1b[m") == R"("caf\351 \033[m")");
}
