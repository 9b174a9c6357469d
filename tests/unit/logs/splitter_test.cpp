#include "ecr6/logs/splitter.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ecr6/core/text.hpp"

using namespace ecr6;
using namespace ecr6::logs;

namespace {

struct Collected : RecordSink {
  std::vector<std::string> records;
  std::vector<std::string> breaks;  ///< "LINE: MESSAGE"
  std::vector<std::uint64_t> oversized_lines;

  void record(const Record& record) override { records.emplace_back(record.text); }
  void oversized(std::uint64_t line) override { oversized_lines.push_back(line); }
  void broken(const Break& place) override { breaks.push_back(std::to_string(place.line) + ": " + place.message); }
};

/// Cuts a text that comes in pieces of `step` bytes.
Collected cut(const std::string& text, std::size_t step, RecordSplitter::Limits limits = {}) {
  Collected found;
  RecordSplitter splitter{found, limits};
  for (std::size_t at = 0; at < text.size(); at += step) {
    const std::size_t count = std::min(step, text.size() - at);
    std::copy_n(text.data() + at, count, splitter.room(count).data());
    splitter.filled(count);
  }
  splitter.finish();
  CHECK(splitter.bytes() == text.size());
  return found;
}

using Texts = std::vector<std::string>;

struct Row {
  const char* name;
  std::string text;
  Texts records;
  Texts breaks;
};

const std::string a = R"({"a":1})", b = R"({"b":{"c":[{"d":"}"}]}})", q = R"({"q":"\"{[\\"})";
const std::string long_one = R"({"x":")" + std::string(300, 'y') + R"(\\\"","z":{}})";

const Row rows[] = {
    {"nothing", "", {}, {}},
    {"white space", " \r\n\t", {}, {}},
    {"a bare object", a, {a}, {}},
    {"a byte order mark", "\xef\xbb\xbf" + a, {a}, {}},
    {"JSON Lines", a + "\n" + b + "\n", {a, b}, {}},
    {"JSON Lines with CRLF and no last line end", a + "\r\n" + b, {a, b}, {}},
    {"objects with nothing between them", a + b + q, {a, b, q}, {}},
    {"an array", "[" + a + ", " + b + "]", {a, b}, {}},
    {"arrays in arrays", "[[" + a + "],[]," + b + "]", {a, b}, {}},
    {"CloudTrail's own form", R"({"Records":[)" + a + "," + b + "]}", {a, b}, {}},
    {"of lookup-events", R"({"Events": [)" + a + R"(], "NextToken": "[{"})", {a}, {}},
    {"keys around Records",
     R"({"v":{"w":[{}]},"Records" :)"
     "\n[" +
         a + R"(],"x":[{"y":1}]})" + b,
     {a, b},
     {}},
    {"empty Records", R"({"Records":[]})", {}, {}},
    {"Records that are null", R"({"Records":null})", {R"({"Records":null})"}, {}},
    {"Records further in is no wrapper", R"({"x":{"Records":[{}]}})", {R"({"x":{"Records":[{}]}})"}, {}},
    {"a key that ends like Records", R"({"x\"Records":[{}]})", {R"({"x\"Records":[{}]})"}, {}},
    {"files slurped into an array", R"([{"Records":[)" + a + R"(]},{"Records":[)" + b + "]}]", {a, b}, {}},
    {"one file a line", R"({"Records":[)" + a + "]}\n" + R"({"Records":[)" + b + "]}\n", {a, b}, {}},
    {"escaped quotes and brackets in strings", q + long_one, {q, long_one}, {}},
    {"no UTF-8", "{\"a\":\"\xff\xfe\x80\"}", {"{\"a\":\"\xff\xfe\x80\"}"}, {}},
    {"not JSON at all", "hello\nworld\n", {}, {"1: expected a record ('{'), found 'h'"}},
    {"a line of something else", a + "\nError: {}\n" + b + "\n", {a, b}, {"2: expected a record ('{'), found 'E'"}},
    {"scalars in an array", "[1,2]\n" + a, {a}, {"1: expected a record ('{'), found '1'"}},
    {"cut off in a record",
     R"({"Records":[)" + a + ",\n{\"b\":",
     {a},
     {"2: the text ends inside the record that starts here"}},
    {"cut off in a string", a + "\n{\"b\":\"x", {a}, {"2: the text ends inside the record that starts here"}},
    {"cut off behind a record", R"({"Records":[)" + a, {a}, {"1: the text ends before its array or object is closed"}},
    {"cut off in the tail",
     R"({"Records":[)" + a + "]",
     {a},
     {"1: the text ends before its array or object is closed"}},
    {"a line cut off in a string", a + "\n{\"b\":\"x\n" + b + "\n" + q, {a, b, q}, {"2: line 2 ends inside a string"}},
    {"a line cut off behind a value",
     "{\"b\":1\n" + a,
     {a},
     {"1: the record is cut off: another one starts on line 2"}},
    {"a line cut off behind a colon",
     a + "\n" + a + "\n{\"b\":\n" + b,
     {a, a, b},
     {"3: the record is cut off: another one starts on line 4"}},
    {"the wrong bracket", a + "\n{\"b\":1]\n" + b, {a, b}, {"2: expected '}' at the end of the record, found ']'"}},
    {"a wrapper that breaks once is one break",
     "{\"Records\":[\n" + a + ",\n{\"b\":\"\n\"},\n" + b + "\n]}\n",
     {a, b},
     {"3: line 3 ends inside a string"}},
};

}  // namespace

TEST_CASE("records are cut out of every form, whatever pieces the text comes in") {
  for (const Row& row : rows)
    for (const std::size_t step : {1, 2, 3, 7, 63, 64, 65, 1000}) {
      CAPTURE(std::string{row.name});
      CAPTURE(step);
      const Collected found = cut(row.text, step);
      CHECK(join(found.records, " | ") == join(row.records, " | "));
      CHECK(join(found.breaks, " | ") == join(row.breaks, " | "));
      CHECK(found.oversized_lines.empty());
    }
}

TEST_CASE("runs of backslashes escape what they should, wherever the blocks of 64 bytes end") {
  for (std::size_t count = 0; count < 140; ++count) {
    CAPTURE(count);
    const std::string run(count, '\\');
    const std::string record = R"({"a":")" + run + (count % 2 == 0 ? "" : "\"{") + R"(","b":{}})";
    const Collected found = cut(record + a, 1000);
    CHECK(found.records == Texts{record, a});
    CHECK(found.breaks.empty());
  }
}

TEST_CASE("a record over the bound is told by its line, and the next ones are read") {
  const std::string big = R"({"b":")" + std::string(5000, 'x') + R"(","c":[{}]})";
  for (const std::size_t step : {1, 64, 300, 10000}) {
    CAPTURE(step);
    const Collected found = cut(a + "\n" + big + "\n" + b, step, {1000, 64});
    CHECK(found.records == Texts{a, b});
    CHECK(found.oversized_lines == std::vector<std::uint64_t>{2});
    CHECK(found.breaks.empty());
  }
}

TEST_CASE("a wrapper may hold more than the bound in front of its records and behind them") {
  const std::string filler = "\"" + std::string(5000, 'x') + "\"";
  for (const std::size_t step : {1, 64, 300, 20000}) {
    CAPTURE(step);
    const Collected found =
        cut(R"({"f":)" + filler + R"(,"Records":[)" + a + R"(],"g":)" + filler + "}" + b, step, {1000, 64});
    CHECK(found.records == Texts{a, b});
    CHECK(found.oversized_lines.empty());
    CHECK(found.breaks.empty());
  }
}

TEST_CASE("nesting of arrays around records is bounded") {
  const Collected found = cut(std::string(65, '[') + "\n" + a, 1000);
  CHECK(found.breaks == Texts{"1: expected a record ('{'), found '['"});
  CHECK(found.records == Texts{a});
}

TEST_CASE("a record knows its line and whether it may hold escapes") {
  struct Seen : Collected {
    std::vector<std::pair<std::uint64_t, bool>> facts;
    void record(const Record& record) override { facts.emplace_back(record.line, record.has_backslash); }
  } seen;
  RecordSplitter splitter{seen};
  // Escapes are looked for in blocks: a record just in front of one that has some may be told to have some too.
  const std::string text = "\n{\"a\":\n1}" + std::string(64, ' ') + "\n{\"b\":\"\\n\"}";
  std::copy(text.begin(), text.end(), splitter.room(text.size()).begin());
  splitter.filled(text.size());
  splitter.finish();
  CHECK(seen.facts == std::vector<std::pair<std::uint64_t, bool>>{{2, false}, {4, true}});
}
