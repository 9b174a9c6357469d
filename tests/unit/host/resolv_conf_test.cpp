#include "host/resolv_conf.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

using namespace ecr6;
using namespace ecr6::host;

namespace {

std::string shown(const Nameserver& server) {
  const std::string zone = server.zone.empty() ? "" : "%" + server.zone;
  return server.address.to_string() + zone + " " + std::to_string(server.port) +
         (server.used_by_system ? " system" : "");
}

std::vector<std::string> shown(const ResolvConf& conf) {
  std::vector<std::string> out;
  for (const auto& server : conf.nameservers) out.push_back(shown(server));
  return out;
}

/// A file that is gone when the test ends.
struct TemporaryFile {
  explicit TemporaryFile(const std::string& text)
      : path{fmt::format("/tmp/ecr6-resolv-conf-{}-{}", getpid(), text.size())} {
    std::ofstream{path} << text;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::remove(path.c_str()); }
  const std::string path;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("nameservers come in order, with zones, and the system's three are marked") {
  const auto conf = parse_resolv_conf(
      "# a comment\n"
      "search example.com\n"
      "nameserver 192.0.2.1\n"
      "nameserver\t2001:db8::53  # trailing words\n"
      "nameserver fe80::1%eth0;x\r\n"
      "options edns0\n"
      "nameserver 127.1\n"
      "nameserver 192.0.2.9",
      "/etc/resolv.conf");
  CHECK(shown(conf) == Lines{"192.0.2.1 53 system", "2001:db8::53 53 system", "fe80::1%eth0 53 system", "127.0.0.1 53",
                             "192.0.2.9 53"});
  CHECK(conf.problems.empty());
  CHECK(conf.nameservers.at(0).source == "/etc/resolv.conf");
}

TEST_CASE("lines that glibc does not read as nameservers are not nameservers") {
  const auto conf = parse_resolv_conf(" nameserver 192.0.2.1\nnameservers 192.0.2.2\n;nameserver 192.0.2.3\n", "r");
  CHECK(shown(conf).empty());
  CHECK(conf.problems.empty());
}

TEST_CASE("a malformed line is reported with its number and the rest is read") {
  const auto conf = parse_resolv_conf(
      "nameserver dns.example\nnameserver\nnameserver fe80::1\nnameserver 2001:db8::1%eth0\n"
      "nameserver fe80::1%an-interface-name-too-long\nnameserver 192.0.2.1\n",
      "r");
  CHECK(shown(conf) == Lines{"192.0.2.1 53 system"});
  CHECK(conf.problems == Lines{"r: line 1: \"dns.example\" is not the address of a nameserver",
                               "r: line 2: \"\" is not the address of a nameserver",
                               "r: line 3: fe80::1 is link-local and needs its interface, as in fe80::1%eth0",
                               "r: line 4: \"2001:db8::1%eth0\" is not the address of a nameserver",
                               "r: line 5: \"fe80::1%an-interface-name-too-long\" is not the address of a nameserver"});
}

TEST_CASE("a nameserver named twice is asked once, and takes two of the system's places") {
  const auto conf = parse_resolv_conf(
      "nameserver 192.0.2.1\nnameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\n", "r");
  CHECK(shown(conf) == Lines{"192.0.2.1 53 system", "192.0.2.2 53 system", "192.0.2.3 53"});
}

TEST_CASE("too many nameservers and malformed lines are bounded, and said") {
  std::string many;
  for (int i = 0; i < 40; ++i) many += fmt::format("nameserver 192.0.2.{}\n", i);
  const auto conf = parse_resolv_conf(many, "r");
  CHECK(conf.nameservers.size() == max_nameservers);
  CHECK(conf.problems == Lines{"r: 24 more nameservers after the first 16 are not asked"});

  std::string garbage;
  for (int i = 0; i < 4000; ++i) garbage += "nameserver x\n";
  CHECK(parse_resolv_conf(garbage, "r").problems.size() <= 18);
}

TEST_CASE("a file without a usable nameserver is a problem that says what to do") {
  const TemporaryFile empty{"search example.com\n"};
  const auto none = read_resolv_conf(empty.path);
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().sentence ==
        "no usable nameserver in " + empty.path +
            "; add a line such as \"nameserver 192.0.2.53\", or name one with --resolver ADDR");
}

TEST_CASE("the file is read, and one that cannot be read is a problem") {
  const TemporaryFile file{"nameserver ::1\n"};
  const auto conf = read_resolv_conf(file.path);
  REQUIRE(conf.has_value());
  CHECK(shown(*conf) == Lines{"::1 53 system"});

  const auto missing = read_resolv_conf("/nonexistent/resolv.conf");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().sentence == "there is no /nonexistent/resolv.conf; name a nameserver with --resolver ADDR");
  CHECK(read_resolv_conf("/tmp").error().sentence ==
        "/tmp is not a regular file; name a nameserver with --resolver ADDR");
  const TemporaryFile large{"nameserver ::1\n" + std::string(70000, '#')};
  CHECK(read_resolv_conf(large.path).error().sentence.find("larger than 65536 bytes") != std::string::npos);
}

TEST_CASE("--resolver reads every spelling of an address with and without port") {
  const std::pair<const char*, const char*> rows[] = {{"192.0.2.53", "192.0.2.53 53"},
                                                      {"192.0.2.53:5353", "192.0.2.53 5353"},
                                                      {"2001:db8::53", "2001:db8::53 53"},
                                                      {"[2001:db8::53]", "2001:db8::53 53"},
                                                      {"[2001:db8::53]:65535", "2001:db8::53 65535"},
                                                      {"fe80::1%eth0", "fe80::1%eth0 53"},
                                                      {"[fe80::1%eth0]:5353", "fe80::1%eth0 5353"},
                                                      {"::1", "::1 53"}};
  for (const auto& [text, expected] : rows) {
    const std::string row = text;
    CAPTURE(row);
    const auto server = parse_resolver(text);
    REQUIRE(server.has_value());
    CHECK(shown(*server) == expected);
    CHECK(server->source == "--resolver");
  }
}

TEST_CASE("--resolver refuses anything else with one sentence that says why") {
  const std::pair<std::string, const char*> rows[] = {{"", "expected the address"},
                                                      {"dns.example", "expected the address"},
                                                      {"192.0.2.53:", "expected a port"},
                                                      {"192.0.2.53:0", "expected a port"},
                                                      {"192.0.2.53:65536", "expected a port"},
                                                      {"192.0.2.53:+53", "expected a port"},
                                                      {"192.0.2.53:53x", "expected a port"},
                                                      {"[::1]:", "expected a port"},
                                                      {"[::1]53", "expected the address"},
                                                      {"[::1", "expected the address"},
                                                      {"2001:db8::53:99999", "expected the address"},
                                                      {"127.1", "expected the address"},
                                                      {"fe80::1", "needs its interface"},
                                                      {"[fe80::1]:53", "needs its interface"},
                                                      {"fe80::1%", "expected the address"},
                                                      {"fe80::1%a/b", "expected the address"},
                                                      {"2001:db8::1%eth0", "expected the address"},
                                                      {"192.0.2.1%eth0", "expected the address"}};
  for (const auto& [text, why] : rows) {
    CAPTURE(text);
    const auto server = parse_resolver(text);
    REQUIRE_FALSE(server.has_value());
    CHECK(server.error().sentence.find(why) != std::string::npos);
    CHECK(server.error().sentence.find("--resolver " + text) == 0);
  }
}
