#include "ecr6/logs/gzip.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace ecr6::logs;
using namespace std::string_literals;

namespace {

/// `printf hello | gzip -n`, and the same for "world".
const std::string hello =
    "\x1f\x8b\x08\0\0\0\0\0\0\x03\xcbH\xcd\xc9\xc9\x07\0\x86\xa6\x10"
    "6\x05\0\0\0"s;
const std::string world =
    "\x1f\x8b\x08\0\0\0\0\0\0\x03+\xcf/\xcaI\x01\0"
    "C\x11w:\x05\0\0\0"s;

struct Unpacked {
  std::string text, fault;
  bool may_end{};
};

Unpacked unpack(const std::string& packed, std::size_t step) {
  Gunzip gunzip;
  Unpacked out;
  std::array<char, 3> room{};
  for (std::size_t at = 0; at < packed.size(); at += step) {
    const std::string piece = packed.substr(at, step);
    gunzip.feed(piece);
    while (const std::size_t count = gunzip.unpack(room)) out.text.append(room.data(), count);
  }
  out.fault = gunzip.fault();
  out.may_end = gunzip.may_end();
  return out;
}

}  // namespace

TEST_CASE("gzip is unpacked whatever pieces it comes in") {
  struct Row {
    const char* name;
    std::string packed, text, fault;
    bool may_end;
  };
  std::string damaged = hello;
  damaged[19] = '!';  // in the checksum
  const Row rows[] = {
      {"one member", hello, "hello", "", true},
      {"two members", hello + world, "helloworld", "", true},
      {"padded with zeros", hello + std::string(512, '\0'), "hello", "", true},
      {"padding between members", hello + std::string(5, '\0') + world, "helloworld", "", true},
      {"cut off in the data", hello.substr(0, 14), "h", "", false},
      {"cut off in the trailer", hello.substr(0, hello.size() - 1), "hello", "", false},
      {"cut off in the second member", hello + world.substr(0, 5), "hello", "", false},
      {"damaged", damaged, "hello", "the gzip data is damaged: incorrect data check", false},
      {"something behind it", hello + "junk", "hello",
       "there is something else behind the gzip data: incorrect header check", false},
  };
  for (const Row& row : rows)
    for (const std::size_t step : {1, 5, 1000}) {
      CAPTURE(std::string{row.name});
      CAPTURE(step);
      const Unpacked out = unpack(row.packed, step);
      CHECK(out.fault == row.fault);
      CHECK(out.may_end == row.may_end);
      if (row.name != "cut off in the data"s) CHECK(out.text == row.text);
      CHECK(row.text.substr(0, out.text.size()) == out.text.substr(0, row.text.size()));
    }
}

TEST_CASE("gzip is told by its first bytes") {
  CHECK(Gunzip::is_gzip(hello));
  CHECK_FALSE(Gunzip::is_gzip("{"));
  CHECK_FALSE(Gunzip::is_gzip(""));
}
