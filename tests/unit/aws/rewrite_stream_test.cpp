#include <doctest/doctest.h>

#include <random>

#include "rewriting.hpp"

using namespace ecr6::aws;
using samples::new_name;
using samples::old_name;
using samples::Outcome;
using samples::rewritten;

namespace {

/// Bits of real files, and what makes them hard.
const std::vector<std::string> bits{old_name,
                                    new_name,
                                    "public.ecr.aws",
                                    "api.ecr.us-east-1.amazonaws.com",
                                    "\n",
                                    "\r\n",
                                    " ",
                                    "\"",
                                    "/",
                                    "//",
                                    "https://",
                                    ":",
                                    "=",
                                    "@",
                                    ".",
                                    "-",
                                    "*",
                                    "$",
                                    "${A}",
                                    "{{ .x }}",
                                    "{{ end }}",
                                    "<a>",
                                    "%s",
                                    "$(B)",
                                    "ecr",
                                    ".dkr.ecr.",
                                    ".amazonaws.com",
                                    "${A}.dkr.ecr.${B}.amazonaws.com",
                                    "}",
                                    "{",
                                    ")",
                                    "(",
                                    "x",
                                    "\xC3\xA9",
                                    "\\n",
                                    "${A:-",
                                    "{{ default \"public.ecr.aws\" }}",
                                    "dkr.ecr",
                                    "%3A%2F%2F",
                                    "%22",
                                    "%",
                                    "$1",
                                    "$env:",
                                    "$ECR_A",
                                    "<%= a %>",
                                    "account.",
                                    "region",
                                    "dkr\\.ecr",
                                    "\xEF\xBC\x9A",
                                    "+",
                                    ", ",
                                    "\xEF\xBB\xBF",
                                    "aaaaaaaa"};

std::string random_text(std::mt19937& random, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += bits[random() % bits.size()];
  return text;
}

}  // namespace

TEST_CASE("places are counted through texts longer than any buffer") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += i % 7 == 0 ? "some secret line\n" : "another line that says nothing\r\n";
  text += "   " + old_name;
  const Outcome outcome = rewritten(text, 5000);
  REQUIRE(outcome.names.size() == 1);
  CHECK(outcome.names[0].line == 20'001);
  CHECK(outcome.names[0].column == 4);
  CHECK(outcome.names[0].offset == text.size() - old_name.size());
  CHECK(rewritten(std::string(3'000'000, 'x') + " " + old_name).names.at(0).column == 3'000'002);
}

TEST_CASE("running twice changes nothing, pieces of any size give the same, and only names differ") {
  std::mt19937 random{20'250'501};
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random, 1 + random() % 40);
    CAPTURE(text);
    const Outcome once = rewritten(text);
    CHECK(rewritten(once.text).text == once.text);
    CHECK(rewritten(text, 1 + random() % 50).text == once.text);
    std::string expected;
    std::size_t at = 0;
    for (const Sighting& name : once.names) {
      CHECK(text.substr(name.offset, name.text.size()) == name.text);
      if (name.fate != Fate::rewritten) continue;
      expected += text.substr(at, name.offset - at) + name.replacement;
      at = name.offset + name.text.size();
    }
    CHECK(once.text == expected + text.substr(at));
  }
}

TEST_CASE("a text longer than the buffers comes out the same in pieces of any size") {
  std::mt19937 random{6};
  const std::string text = random_text(random, 20'000);
  const Outcome once = rewritten(text);
  CHECK(once.names.size() > 100);
  for (const std::size_t piece : {1000U, 4097U, 70'000U}) {
    const Outcome other = rewritten(text, piece);
    CHECK(other.text == once.text);
    REQUIRE(other.names.size() == once.names.size());
    for (std::size_t i = 0; i < once.names.size(); ++i) CHECK(other.names[i].offset == once.names[i].offset);
  }
  CHECK(rewritten(once.text).text == once.text);
}

TEST_CASE("a name is found wherever it lies to the borders of what is looked at") {
  const std::string name = "\n${" + std::string(40, 'a') + "}.dkr.ecr.{{ .Values.region }}.amazonaws.com/x\n";
  for (const std::size_t border : {rewrite_reach, 3 * rewrite_reach, 4 * rewrite_reach})
    for (std::size_t at = border - 2 * name.size(); at < border + name.size(); at += 3) {
      CAPTURE(at);
      const std::string text = std::string(at, 'x') + name + std::string(2 * rewrite_reach, 'y');
      const Outcome outcome = rewritten(text, 4 * rewrite_reach + 1);
      REQUIRE(outcome.names.size() == 1);
      CHECK(outcome.names[0].offset == at + 1);
      CHECK(outcome.text.size() + 7 == text.size());
    }
}
