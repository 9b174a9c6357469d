#include "host/host_facts.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace ecr6;
using namespace ecr6::host;

TEST_CASE("proxies are taken from the environment without their userinfo") {
  const std::map<std::string, std::string, std::less<>> set{{"HTTPS_PROXY", "http://user:p@ss@proxy.example:3128/x@y"},
                                                            {"all_proxy", "socks5://[2001:db8::1]:1080"},
                                                            {"HTTP_PROXY", "http://other.example"}};
  const auto lookup = [&](std::string_view name) -> std::optional<std::string> {
    const auto found = set.find(name);
    return found == set.end() ? std::nullopt : std::optional{found->second};
  };
  const auto proxies = proxy_settings(lookup);
  REQUIRE(proxies.size() == 2);
  CHECK(proxies[0].value == "http://proxy.example:3128/x@y");
  CHECK(proxies[1].variable == "all_proxy");
  CHECK(proxies[1].value == "socks5://[2001:db8::1]:1080");
}

TEST_CASE("the exceptions are kept in both spellings when they differ, and an empty proxy is none") {
  std::map<std::string, std::string, std::less<>> set{{"HTTPS_PROXY", ""}, {"NO_PROXY", "a"}, {"no_proxy", "b"}};
  const auto read = [&] {
    HostFacts facts;
    read_proxies(facts, [&](std::string_view name) -> std::optional<std::string> {
      const auto found = set.find(name);
      return found == set.end() ? std::nullopt : std::optional{found->second};
    });
    return facts;
  };
  CHECK(read().proxies.empty());
  CHECK(read().no_proxy == "a");
  CHECK(read().no_proxy_lower_case == "b");
  set["no_proxy"] = "a";
  CHECK(read().no_proxy_lower_case.empty());
  set["NO_PROXY"] = "";
  CHECK(read().no_proxy == "a");
  CHECK(read().no_proxy_lower_case.empty());
}

TEST_CASE("only lines of the hosts file that name an endpoint count") {
  const auto found = hosts_entries(
      "127.0.0.1 localhost\n# 192.0.2.1 a.example\n\n2001:db8::1\tB.example  A.example # c\nfe80::1%eth0 a.example\n",
      {"a.example", "c"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].name == "a.example");
  CHECK(found[0].address.to_string() == "2001:db8::1");
  CHECK(found[0].line == 4);
}
